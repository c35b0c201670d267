using System;
using System.IO;
using System.Text;
using Quickstart;

Console.OutputEncoding = Encoding.UTF8;
return CommandLine.Create(Run).Parse(args).Invoke();

static int Run(Options options)
{
    try
    {
        new Session(options).Run();
        return 0;
    }
    catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine("error: " + exception.Message);
        return 1;
    }
}
