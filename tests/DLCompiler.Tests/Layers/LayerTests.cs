using System.Collections.Generic;
using System.Linq;
using DLCompiler.Runtime;
using Xunit;

namespace DLCompiler.Tests.Layers;

/// <summary>How eager layers come by their parameters.</summary>
public class LayerTests
{
    private sealed class Storage : Dictionary<string, Tensor>, IParameterSource
    {
        public Tensor? Find(string name) => this.GetValueOrDefault(name);
    }

    [Fact]
    public void A_layer_of_a_model_uses_the_model_s_parameters_as_they_are_now()
    {
        var storage = new Storage { ["fc.weight"] = Tensor.FromArray([1, 2], 1, 2), ["fc.bias"] = Tensor.FromArray([1]) };
        var layer = new Dense(1);
        layer.Attach(storage, "fc");
        Expect.Tensor("[1, 1] 4", layer.Forward(Tensor.Ones(1, 2)));
        storage["fc.bias"] = Tensor.FromArray([5]);
        Expect.Tensor("[1, 1] 8", layer.Forward(Tensor.Ones(1, 2)));
        Expect.Mismatch(() => layer.Forward(Tensor.Ones(1, 3)), "'fc' has a weight of shape [1, 2]", "[1, 3]");
    }

    [Fact]
    public void A_parameter_that_the_model_does_not_have_is_the_layer_s_own()
    {
        var layer = new Dense(1).With(("bias", Tensor.FromArray([3])));
        layer.Attach(new Storage { ["fc.weight"] = Tensor.FromArray([1], 1, 1) }, "fc");
        Expect.Tensor("[1, 1] 4", layer.Forward(Tensor.Ones(1, 1)));
    }

    [Fact]
    public void Parameters_can_be_set_again_and_in_double()
    {
        var layer = new Dense(1, bias: false).With(("weight", Tensor.FromArray([1], 1, 1)));
        layer.SetParameter("weight", Tensor<double>.Full(0.1, 1, 1));
        Assert.Equal(0.1, layer.Forward(Tensor<double>.Full(1, 1, 1)).Item());
        Assert.Equal(0.1f, layer.Forward(Tensor.Ones(1, 1)).Item());
        Assert.Equal(0.1f, layer.Parameters.Single().Value.Item());
    }
}
