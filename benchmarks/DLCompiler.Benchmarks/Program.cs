using System;
using System.Globalization;
using DLCompiler.Benchmarks;

if (args is not ["serve", var threads])
{
    Console.Error.WriteLine("usage: DLCompiler.Benchmarks serve THREADS (it is driven by benchmarks/peers.py)");
    return 2;
}

new Server(int.Parse(threads, CultureInfo.InvariantCulture)).Run();
return 0;
