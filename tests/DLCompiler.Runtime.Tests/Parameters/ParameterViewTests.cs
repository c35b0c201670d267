using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace DLCompiler.Runtime.Tests;

public sealed class ParameterViewTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(16, 4)]
    [InlineData(17, 4)]
    [InlineData(32, 9)]
    [InlineData(100, 7)]
    public void PanelsConvertBothWaysAndKeepTheirPaddingZero(int rows, int columns)
    {
        float[]? stored = null;
        var model = new FakeModel().Parameter("before", [3]).Parameter("w", [rows, columns], ParameterStorage.Panels).Parameter("after", [2]);
        int length = (int)(model.ParameterList[2].Offset - 16);
        model.Function("Predict", (frame, _) => stored = Enumerable.Range(0, length).Select(i => frame.Parameter<float>(16 + i)).ToArray());
        using var host = new ModelHost(model, 1);
        var values = Enumerable.Range(1, rows * columns).Select(i => (float)i).ToArray();
        host.Parameters["w"].CopyFrom(values);
        Assert.Equal(values, host.Parameters["w"].ToArray());
        Assert.Equal(new float[3], host.Parameters["before"].ToArray());
        Assert.Equal(new float[2], host.Parameters["after"].ToArray());

        var call = host.Call(0);
        call.Input<float>(0, [1], 1, "x");
        call.Run();
        // Written out from the layout's definition [⌈rows/P⌉][columns][P].
        int panel = rows <= 16 ? 16 : 32;
        for (int i = 0; i < length; i++)
        {
            int row = i / (columns * panel) * panel + i % panel, column = i / panel % columns;
            Assert.Equal(row < rows ? values[row * columns + column] : 0, stored![i]);
            if (row < rows) Assert.Equal(i, PanelLayout.StoredIndex(model.ParameterList[1], row * columns + column));
        }
    }

    [Fact]
    public void ViewsAreFoundByNameAndListedInOrder()
    {
        using var host = LinearModel.Host();
        Assert.Equal(["fc.weight", "fc.bias", "fc.running_mean"], host.Parameters.Select(view => view.Name));
        Assert.Equal([true, true, false], host.Parameters.Select(view => view.IsTrained));
        Assert.Equal("fc.weight [1, 3]", host.Parameters["fc.weight"].ToString());
        Assert.Equal([0.25f], host.Parameters["fc.running_mean"].ToArray());
        Assert.False(host.Parameters.TryGet("fc.gain", out _));
        var exception = Assert.Throws<KeyNotFoundException>(() => host.Parameters["fc.gain"]);
        Assert.Equal("The model has no parameter 'fc.gain'. Its parameters are: fc.weight, fc.bias, fc.running_mean.", exception.Message);
    }

    [Fact]
    public void WrongLengthsAreRefused()
    {
        using var host = LinearModel.Host();
        var exception = Assert.Throws<ArgumentException>(() => host.Parameters["fc.weight"].CopyFrom(new float[4]));
        Assert.StartsWith("'fc.weight' [1, 3] has 3 elements, but the span has 4.", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => host.Parameters["fc.weight"].CopyTo(new float[2]));
        host.Parameters["fc.weight"].CopyTo(new float[5]);
    }
}
