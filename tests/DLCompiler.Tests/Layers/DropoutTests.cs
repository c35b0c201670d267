using System;
using Xunit;

namespace DLCompiler.Tests.Layers;

public class DropoutTests
{
    [Fact]
    public void Prediction_keeps_everything()
    {
        var layer = new Dropout(0.5f);
        Assert.Equal(Pattern.Of(4, 4).ToArray(), layer.Forward(Pattern.Of(4, 4)).ToArray());
        Assert.Equal(Pattern.Of(4, 4).ToDouble().ToArray(), layer.Forward(Pattern.Of(4, 4).ToDouble()).ToArray());
        Assert.Empty(layer.Parameters);
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1f)]
    [InlineData(float.NaN)]
    public void The_rate_is_a_probability_below_one(float rate) => Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(rate));
}
