using System;
using System.Globalization;
using BenchmarkDotNet.Running;
using DLCompiler.Benchmarks;
using DLCompiler.Benchmarks.Kernels;

switch (args)
{
    case ["serve", var threads]:
        new Server(int.Parse(threads, CultureInfo.InvariantCulture)).Run();
        return 0;

    case ["kernels", .. var options]:
        BenchmarkSwitcher.FromAssembly(typeof(Server).Assembly).Run(options, new KernelConfig());
        return 0;

    default:
        Console.Error.WriteLine("usage: DLCompiler.Benchmarks serve THREADS (driven by benchmarks/peers.py) | kernels --filter '*Exp*' (single kernels)");
        return 2;
}
