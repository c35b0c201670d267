using System.Threading.Tasks;
using DLCompiler.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace DLCompiler.Generator.Tests.CodeFixes;

/// <summary>DLC3002: prediction instead of the eager reference.</summary>
public sealed class UsePredictTests
{
    private const string Key = "UsePredict";
    private const string Net =
        "using DLCompiler;\n[Model] public partial class Net { readonly Dense fc = new(4); public Tensor Forward([Shape(\"N\", 4)] Tensor x) => fc.Forward(x); }\n";

    private static string Use(string body) => Net + $"static class Use\n{{\n    static object? Run(Net net, Tensor x, float[] pixels)\n    {{\n        {body}\n    }}\n}}\n";

    [Theory]
    [InlineData("return net.Forward(x);", "return net.Predict(x.ToArray());")]
    [InlineData("return net.Forward(x.Relu());", "return net.Predict(x.Relu().ToArray());")]
    [InlineData("return net.Forward(x + x /* twice */);", "return net.Predict((x + x).ToArray() /* twice */);")]
    [InlineData("return net.Forward(Tensor.FromArray(pixels, 1, 4));", "return net.Predict(pixels);")]
    [InlineData("return net // slow\n            .Forward(x);", "return net // slow\n            .Predict(x.ToArray());")]
    [InlineData("return net.Forward(x).ToArray(); // numbers", "return net.Predict(x.ToArray()); // numbers")]
    [InlineData("Tensor y = net.Forward(x);\n        return y;", "float[] y = net.Predict(x.ToArray());\n        return y;")]
    [InlineData("return net?.Forward(x);", "return net?.Predict(x.ToArray());")]
    public Task ForwardOutsideAModelBecomesPredict(string before, string after) =>
        FixTest.ChangesAsync(new UsePredictCodeFix(), Key, Use(before), Use(after));

    [Fact]
    public async Task CallsInCallsAreChangedTogether()
    {
        using var solution = new FixSolution([("Test.cs", Use("return net.Forward(net.Forward(x));"))]);
        await FixTest.ChangesAllAsync(new UsePredictCodeFix(), Key, FixAllScope.Document, solution, [Use("return net.Predict(net.Predict(x.ToArray()));")]);
    }

    [Fact]
    public async Task AProjectIsChangedAtOnce()
    {
        string Other(string body) => $"using DLCompiler;\nclass Other {{ object Run(Net net, Tensor x) => {body}; }}\n";
        using var solution = new FixSolution([("A.cs", Use("return net.Forward(x);")), ("B.cs", Other("net.Forward(x)"))]);
        await FixTest.ChangesAllAsync(new UsePredictCodeFix(), Key, FixAllScope.Project, solution,
            [Use("return net.Predict(x.ToArray());"), Other("net.Predict(x.ToArray())")]);
    }
}
