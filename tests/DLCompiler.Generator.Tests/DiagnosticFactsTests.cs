using System;
using System.Linq;
using System.Threading.Tasks;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DLCompiler.Generator.Tests;

/// <summary>What findings tell code fixes in their properties.</summary>
public sealed class DiagnosticFactsTests
{
    private const string Image = "public Tensor Forward([Shape(\"N\", 3, 32, 32)] Tensor x)";

    public static TheoryData<string, string, string> Cases => new()
    {
        { "the last axis", "readonly Dense fc = new(16); [return: Shape(\"N\", 10)] public Tensor Forward([Shape(\"N\", 64)] Tensor x) => fc.Forward(x);",
            "RightShape=\"N\", 16" },
        { "no mean", "readonly Dense fc = new(16); [Step] Tensor FitLoss([Shape(\"N\", 64)] Tensor x) => fc.Forward(x);", "Call=Mean()" },
        { "an input size", "readonly Dense fc = new(16, input: 60); public Tensor Forward([Shape(\"N\", 64)] Tensor x) => fc.Forward(x);",
            "Argument=input; RightSize=64" },
        { "a skip that another convolution widened",
            $"readonly Conv2D a = new(64, 3, padding: 1), b = new(128, 3, stride: 2, padding: 1); {Image} {{ x = a.Forward(x); return x + b.Forward(x); }}",
            "Operand=left; Projection=Conv2D; RightSize=128; Stride=2" },
        { "two branches", $"readonly Conv2D a = new(64, 3, padding: 1), b = new(128, 3, padding: 1); {Image} => b.Forward(x) + a.Forward(x);",
            "Operand=right; Projection=Conv2D; RightSize=128" },
        { "features", "readonly Dense fc = new(16); public Tensor Forward([Shape(\"N\", 64)] Tensor x) => fc.Forward(x) + x;",
            "Operand=right; Projection=Dense; RightSize=16" },
        { "no projection helps", "public Tensor Forward([Shape(\"N\", 3, 5)] Tensor x) => x + x.Transpose(1, 2);", "" },
        { "no shape", "readonly Dense fc = new(16); public Tensor Forward(Tensor x, [Shape(\"B\", 16)] Tensor y) => fc.Forward(x) + y;",
            "Batch=B; MissingAttribute=Shape; Name=x" },
        { "a wrong shape", "public Tensor Forward([Shape(3, 16)] Tensor y) => y.Relu();", "" },
        { "an emitted name", "void Fit() { } public Tensor Forward([Shape(\"N\", 64)] Tensor x) => x.Relu();", "Kind=Member; Name=Fit" },
        { "two steps", "readonly Dense a = new(1); [Step] Tensor GanLoss([Shape(\"N\", 6)] Tensor x) => a.Forward(x).Mean(); [Step] Tensor Gan([Shape(\"N\", 6)] Tensor x) => a.Forward(x).Mean();",
            "Kind=Step; Name=Gan" },
        { "an unused layer", "readonly Dense spare = new(16); public Tensor Forward([Shape(\"N\", 64)] Tensor x) => x.Relu();", "Name=spare" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task FindingsCarryTheFactsThatFixesNeed(string what, string members, string expected)
    {
        Assert.NotEmpty(what);
        Diagnostic found = Assert.Single(await AnalyzerRun.Of(TestCompilation.Create($"using DLCompiler; [Model] public partial class Net {{ {members} }}")));
        Assert.Equal(expected, string.Join("; ", found.Properties.Where(fact => fact.Key != "Chain").OrderBy(fact => fact.Key, StringComparer.Ordinal)
            .Select(fact => $"{fact.Key}={fact.Value}")));
    }
}
