using System.Threading.Tasks;
using Xunit;

namespace DLCompiler.Generator.Tests.Robustness;

/// <summary>What mutants have broken once.</summary>
public sealed class FoundTests
{
    [Theory]
    [InlineData("using DLCompiler; [Model, Input(\"N\", 8), Dense(1)] public partial class D : Sequential; [Model, Input(\"N\", 8), Dense(2)] public partial class D : Sequential;")]
    [InlineData("using DLCompiler; [Block] public partial class D { } [Block] public partial class D { public Tensor Forward(Tensor x) => x; }")]
    [InlineData("using DLCompiler; [Model, Input(\"N\", 784)] [Dense(128), Relu delegate { } Dense(10)] public partial class Mlp : Sequential;")]
    [InlineData("using DLCompiler; [Model] partial class { }")]
    public async Task Survives(string text) => Assert.Null(await Survival.Complaint(text, compile: true));
}
