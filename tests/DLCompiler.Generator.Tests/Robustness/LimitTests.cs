using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using DLCompiler.Generator.Analyzers;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;
using Xunit.Abstractions;

namespace DLCompiler.Generator.Tests.Robustness;

/// <summary>Models that are too large, or never end: one diagnostic that names the limit, soon, with little memory.</summary>
public sealed class LimitTests(ITestOutputHelper output)
{
    // A megabyte of source in the full run.
    private static int Numbers => Environment.GetEnvironmentVariable("DLC_TEST_FULL") == "1" ? 150_000 : 20_000;

    private static string Net(string members, string body) =>
        "using System.Linq; using DLCompiler; [Model] public partial class Net { " + members
        + " public Tensor Forward([Shape(\"N\", 8)] Tensor x) { " + body + " } }";

    /// <summary>Name, text, the id expected (empty for none), and the most megabytes that evaluation may allocate.</summary>
    public static TheoryData<string, string, string, int> Cases => new()
    {
        { "a billion rounds", Net("", "int n = 0; for (int i = 0; i < 1_000_000_000; i++) n = i; return x * n;"), "DLC2010", 1000 },
        { "a loop without end", Net("", "while (true) { } return x;"), "DLC2010", 1000 },
        { "a helper that calls itself", Net("Tensor F(Tensor x) => F(x).Relu();", "return F(x);"), "DLC2010", 50 },
        { "two helpers that call each other", Net("Tensor F(Tensor x) => G(x); Tensor G(Tensor x) => F(x);", "return F(x);"), "DLC2010", 50 },
        { "a lambda that calls itself", Net("", "System.Func<int, int> f = null!; f = n => f(n + 1); return x * f(0);"), "DLC2010", 50 },
        { "a billion elements", Net("", "var a = new int[1_000_000_000]; return x * a.Length;"), "DLC2010", 50 },
        { "a list that grows", Net("", "var a = new System.Collections.Generic.List<int>(); for (;;) a.Add(1); return x;"), "DLC2010", 1000 },
        { "a string that doubles", Net("", "string s = \"ab\"; for (int i = 0; i < 60; i++) s += s; return x * s.Length;"), "DLC2010", 300 },
        { "a range of two billion", Net("", "return x * Enumerable.Range(0, int.MaxValue).Select(i => i * 2).Last();"), "DLC2010", 300 },
        { "operations without end", Net("", "for (;;) x = x.Relu(); return x;"), "DLC2010", 1000 },
        { "a block in itself", "using DLCompiler; [Block] public partial class B { readonly B b = new(); public Tensor Forward(Tensor x) => b.Forward(x); } "
            + "[Model] public partial class Net { readonly B b = new(); public Tensor Forward([Shape(\"N\", 8)] Tensor x) => b.Forward(x); }", "DLC2010", 50 },
        { "two blocks in each other",
            "using DLCompiler; [Block] public partial class A { readonly B b = new(); public Tensor Forward(Tensor x) => b.Forward(x); } "
            + "[Block] public partial class B { readonly A a = new(); public Tensor Forward(Tensor x) => a.Forward(x); } "
            + "[Model] public partial class Net { readonly A a = new(); public Tensor Forward([Shape(\"N\", 8)] Tensor x) => a.Forward(x); }", "DLC2010", 50 },
        { "blocks that double", "using DLCompiler; [Block] public partial class T(int n) { readonly T[] t = n == 0 ? [] : [new(n - 1), new(n - 1)]; "
            + "public Tensor Forward(Tensor x) => x; } [Model] public partial class Net { readonly T t = new(60); "
            + "public Tensor Forward([Shape(\"N\", 8)] Tensor x) => t.Forward(x); }", "DLC2010", 1000 },
        { "layers too large to count", Net("readonly Dense a = new(int.MaxValue), b = new(int.MaxValue);", "return b.Forward(a.Forward(x));"), "DLC1011", 50 },
        { "sizes that overflow", Net("", "return x.Reshape(x.Shape[0], int.MaxValue, int.MaxValue, int.MaxValue);"), "DLC1011", 50 },
        { "deep parentheses", Net("", $"return x * {new string('(', 400)}1{new string(')', 400)};"), "", 50 },
        { "a sum of 2,000", Net("", "return x * (" + string.Join(" + ", Enumerable.Repeat("1", 2000)) + ");"), "", 50 },
        { "calls in a row", Net("", "return x" + string.Concat(Enumerable.Repeat(".Relu()", 600)) + ";"), "", 100 },
        { "a megabyte of text", Net($"const string S = \"{new string('a', 1 << 20)}\";", "return x * S.Length;"), "", 50 },
        { "a megabyte of numbers", Net("static readonly int[] A = [" + string.Join(",", Enumerable.Range(0, Numbers).Select(Text)) + "];",
            "return x * A[7];"), "", 500 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task AreStated(string name, string text, string id, int megabytes)
    {
        _ = name;
        CSharpCompilation compilation = TestCompilation.Create(text).WithOptions(
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Null(await Survival.Complaint(compilation));

        long before = GC.GetAllocatedBytesForCurrentThread();
        GeneratorRun run = GeneratorRun.Of(compilation, withKernels: false);
        long allocated = (GC.GetAllocatedBytesForCurrentThread() - before) >> 20;
        output.WriteLine($"{allocated} MB");
        ImmutableArray<Diagnostic> found = await AnalyzerRun.Of(run);
        Assert.Equal(id.Length == 0 ? [] : [id], found.Where(item => item.DefaultSeverity == DiagnosticSeverity.Error).Select(item => item.Id));
        Assert.Equal(id.Length > 0, run.Reported.Any(item => item.Id == "DLC9002"));
        Assert.InRange(allocated, 0, megabytes);
        if (id == "DLC2010") Assert.Matches("[0-9]", found.Single(item => item.Id == id).GetMessage(CultureInfo.InvariantCulture));
    }

    /// <summary>So many layers compile, in a chain and in a loop; ten thousand are beyond the limit, which is said.</summary>
    [Theory]
    [InlineData(false, 300, true)]
    [InlineData(true, 300, true)]
    [InlineData(false, 10_000, false)]
    [InlineData(true, 10_000, false)]
    public async Task ManyLayers(bool chain, int layers, bool compiles)
    {
        string text = chain
            ? "using DLCompiler; [Model, Input(\"N\", 8)] " + string.Concat(Enumerable.Repeat("[Dense(8), Relu]\n", layers / 2))
                + "public partial class Net : Sequential;"
            : Net($"readonly Dense[] layers = Enumerable.Range(0, {Text(layers)}).Select(_ => new Dense(8)).ToArray();",
                "foreach (var layer in layers) x = layer.Forward(x); return x;");
        CSharpCompilation compilation = TestCompilation.Create(text).WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Null(await Survival.Complaint(compilation, compile: compiles));
        Assert.Equal(compiles ? [] : ["DLC2010"], (await AnalyzerRun.Of(compilation)).Select(item => item.Id));
    }

    [Fact]
    public async Task CancellationEndsEvaluationAndEmission()
    {
        CSharpCompilation compilation = TestCompilation.Create(Net("", "for (int i = 0; i < 1_000_000_000; i++) { } return x;"));
        using var source = new CancellationTokenSource();
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new ModelGenerator());
        await source.CancelAsync();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<OperationCanceledException>(() => driver.RunGenerators(compilation, source.Token));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 << 20);
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([new ModelAnalyzer()]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => analysis.GetAnalyzerDiagnosticsAsync(source.Token));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
