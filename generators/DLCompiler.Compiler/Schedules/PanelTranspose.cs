using System.Linq;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// The transposed copy of weight panels that an input gradient multiplies by: [⌈columns/16⌉][rows][16], made once a step because the weights change once a
/// step.
/// </summary>
public static class PanelTranspose
{
    /// <summary>Columns of one panel of the copy.</summary>
    public const int Width = 16;

    /// <summary>The copy of a parameter, emitted at its first use.</summary>
    public static Buffer Of(SchedulingContext context, Buffer weight)
    {
        string name = weight.Name + "_transposed";
        if (context.Temporaries.FirstOrDefault(buffer => buffer.Name == name) is { } existing) return existing;
        long rows = weight.Shape[0].Value, columns = weight.Shape[1].Value;
        long panels = (columns + Width - 1) / Width;
        Buffer copy = context.NewBuffer(name, weight.Element, new Shape(panels * rows * Width), Layout.RowMajor);
        context.Temporaries.Add(copy);

        KernelBuilder kernel = context.NewKernel(name);
        var emitter = new ElementEmitter(context, kernel, 1, ElementMode.Rows, -1);
        string title = $"{name}: panels of {weight.Name} transposed for the input gradient";
        kernel.Describe(title);
        Value.Variable from = emitter.Reference(weight), to = emitter.Reference(copy, read: false);
        var range = new SampleRange(emitter);
        int width = Buffer.PanelWidth(rows);
        kernel.For("panel", range.First, range.Last, 1, panel =>
        {
            for (long source = 0; source * width < rows; source++)
            {
                kernel.Add(new KernelStatement.Primitive("Lanes.TransposeToLanes",
                [
                    new Value.Shifted(from, (panel * (Width * (long)width)) + (source * columns * width)), width,
                    new Value.Shifted(to, (panel * (rows * Width)) + (source * width * Width)), System.Math.Min(width, rows - (source * width)),
                    new Value.ToInt32(Value.Smaller(Width, columns - (panel * (long)Width))),
                ]));
            }
        });
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments], new Partition.Items(panels), emitter.Reads, [copy]));
        return copy;
    }
}
