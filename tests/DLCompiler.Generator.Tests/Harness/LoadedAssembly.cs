using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DLCompiler.Generator.Tests.Harness;

/// <summary>A compilation with its emitted code, loaded to be run.</summary>
internal sealed class LoadedAssembly : IDisposable
{
    private readonly AssemblyLoadContext context = new("generated", isCollectible: true);
    private readonly Assembly assembly;

    public LoadedAssembly(GeneratorRun run, params byte[][] references)
    {
        Assert.Empty(run.Reported);
        foreach (byte[] reference in references) context.LoadFromStream(new MemoryStream(reference));
        assembly = context.LoadFromStream(new MemoryStream(Image(run)));
    }

    public static byte[] Image(GeneratorRun run)
    {
        using var image = new MemoryStream();
        // The programs that tests run need no documentation.
        var result = run.Output.WithOptions(run.Output.Options.WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Suppress)])).Emit(image);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return image.ToArray();
    }

    /// <summary>Calls a static method without parameters.</summary>
    public object? Run(string type, string method)
    {
        try
        {
            return assembly.GetType(type, throwOnError: true)!.GetMethod(method)!.Invoke(null, null);
        }
        catch (TargetInvocationException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }

    public void Dispose() => context.Unload();
}
