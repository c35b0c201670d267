using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Emit;
using DLCompiler.Compiler.Graph;
using DLCompiler.Runtime;
using Xunit;
using Xunit.Abstractions;

namespace DLCompiler.Backend.Tests;

/// <summary>The bounds that emitted code keeps so that the run-time compiler does its best: methods stay short, with few locals, and nothing is
/// unsafe.</summary>
public sealed class CodeShapeTests(ITestOutputHelper output)
{
    // Beyond these RyuJIT optimises less: 60,000 bytes or 512 locals at once.
    private const int MostBytes = 20_000, MostLocals = 500;

    [Fact]
    public void LeNetKeepsTheBounds() => Check(NetworkTests.LeNet(28, 6, 16, 120, 84, 10));

    [Fact]
    public void AResidualNetworkKeepsTheBounds() => Check(NetworkTests.Residual(32, 16));

    private void Check(GraphCase network)
    {
        ModelGraph model = network.Build();
        string text = KernelFile.PrintCompiled(model, "Model0", ElementType.Float32);
        Assert.DoesNotMatch(new Regex(@"\bunsafe\b"), text);

        // A warning would be an error here.
        CompiledModel compiled = CompiledModels.Compile([model], ElementType.Float32)[0];
        var methods = new List<(string Name, int Bytes, int Locals)>();
        foreach (Type type in compiled.GetType().Assembly.GetTypes())
        {
            MethodInfo[] own =
                type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly);
            foreach (MethodInfo method in own)
                if (method.GetMethodBody() is { } body) methods.Add(($"{type.Name}.{method.Name}", body.GetILAsByteArray()!.Length, body.LocalVariables.Count));
            if (type.IsSubclassOf(typeof(CompiledFunction))) output.WriteLine($"{type.Name}: {own.Count(method => method.IsStatic)} kernels, largest {methods.Where(method => method.Name.StartsWith(type.Name, StringComparison.Ordinal)).Max(method => method.Bytes)} bytes of IL");
        }

        output.WriteLine($"{text.Count(letter => letter == '\n')} lines, {text.Length / 1024} KB");
        Assert.DoesNotContain(methods, method => method.Bytes > MostBytes || method.Locals > MostLocals);
    }
}
