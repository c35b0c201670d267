using System.Linq;
using DLCompiler.Generator.Tests.Harness;
using Xunit;

namespace DLCompiler.Generator.Tests.Operators;

/// <summary>Operations that are attributes of chains too are the same there.</summary>
public sealed class ChainTests
{
    [Fact]
    public void Attributes_compute_what_methods_do()
    {
        using var assembly = new LoadedAssembly(GeneratorRun.Of("""
            using System.Linq;
            using DLCompiler;
            namespace Chains;

            [Model, Input("N", 12)]
            [Relu6, Elu(0.5f), Selu, Celu(2), GeluTanh, Silu, Mish, Softplus(2), Softsign, LogSigmoid, HardSigmoid, HardSwish, HardTanh(-0.5f, 0.9f), Glu]
            [SwiGlu, LogSoftmax]
            public partial class Chain : Sequential;

            [Model] public partial class Methods
            {
                public Tensor Forward([Shape("N", 12)] Tensor x) => x.Relu6().Elu(0.5f).Selu().Celu(2).GeluTanh().Silu().Mish().Softplus(2).Softsign()
                    .LogSigmoid().HardSigmoid().HardSwish().HardTanh(-0.5f, 0.9f).Glu().SwiGlu().LogSoftmax();
            }

            public static class Check
            {
                public static float[][] Run()
                {
                    float[] x = Enumerable.Range(0, 36).Select(i => (i * 0.37f % 5) - 2).ToArray();
                    using var chain = new Chain();
                    using var methods = new Methods();
                    return [chain.Predict(x), methods.Predict(x)];
                }
            }
            """));
        var results = (float[][])assembly.Run("Chains.Check", "Run")!;
        Assert.Equal(results[1], results[0]);
        Assert.True(results[0].Distinct().Count() > 1);
    }
}
