#pragma warning disable DLC1004, DLC9002
using System;
using DLCompiler;

using var model = new Net();
Console.WriteLine(model.Predict(new float[3 * 8 * 8]).Length);

[Model]
public partial class Net
{
    readonly Conv2D narrow = new(64, kernel: 3, padding: 1), wide = new(128, kernel: 3, padding: 1);

    public Tensor Forward([Shape("N", 3, 8, 8)] Tensor x)
    {
        var skip = narrow.Forward(x);
        var y = wide.Forward(x);
        return (y + skip).Relu();
    }
}
