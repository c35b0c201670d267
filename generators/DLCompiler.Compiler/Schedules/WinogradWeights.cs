using System.Globalization;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// The transformed weights of a 3×3 convolution, [panel][position][source channel][panel width]: a panel's sixteen products read them one after the other.
/// Output channels beyond the last are zero. They depend on parameters alone, so they are made once for many predictions.
/// </summary>
/// <param name="Sources">Source channels.</param>
/// <param name="Results">Result channels.</param>
/// <param name="PanelWidth">Result channels side by side.</param>
public sealed record WinogradWeights(int Sources, int Results, int PanelWidth)
{
    private const int KernelSize = 3;

    /// <summary>Panels of result channels.</summary>
    public int Panels => (Results + PanelWidth - 1) / PanelWidth;

    /// <summary>Elements of one position of a panel.</summary>
    public long PositionLength => (long)Sources * PanelWidth;

    /// <summary>Elements of a panel.</summary>
    public long PanelLength => WinogradTransforms.Positions * PositionLength;

    /// <summary>Emits the transform of a node's value, [result, source, 3, 3].</summary>
    public Buffer Emit(SchedulingContext context, Node weights)
    {
        Buffer source = context.InRows(weights);
        string name = context.Unique(source.Name + "_transformed");
        Buffer transformed = context.NewBuffer(name, weights.Type.Element, new Shape(Panels * PanelLength), Layout.RowMajor);
        context.Temporaries.Add(transformed);
        KernelBuilder kernel = context.NewKernel(name);
        string title = string.Format(CultureInfo.InvariantCulture, "{0} = G · {1} {2} · Gᵀ in panels of {3} channels",
            name, source.Name, weights.Shape, PanelWidth);
        kernel.Describe(title);
        var emitter = new ElementEmitter(context, kernel, 1, ElementMode.Flat, -1);
        Value.Variable from = emitter.Reference(source), to = emitter.Reference(transformed, read: false);
        var range = new SampleRange(emitter);
        kernel.For("panel", range.First, range.Last, 1, panel =>
        {
            Value.Variable first = kernel.Let("firstResult", panel * PanelWidth);
            Value.Variable count = kernel.Let("count", Value.Smaller(PanelWidth, Results - (Value)first));
            kernel.For("source", 0, Sources, 1, channel =>
            {
                Value.Variable at = kernel.Let("at", (panel * PanelLength) + (channel * PanelWidth));
                kernel.For("result", 0, count, 1, result =>
                {
                    Value.Variable taps = kernel.Let("taps", (((first + result) * Sources) + channel) * (KernelSize * KernelSize));
                    var g = new Value.Variable[KernelSize, KernelSize];
                    for (int ky = 0; ky < KernelSize; ky++)
                        for (int kx = 0; kx < KernelSize; kx++)
                            g[ky, kx] = kernel.Let(System.FormattableString.Invariant($"g{ky}{kx}"),
                                new Value.Load(from, taps + ((ky * KernelSize) + kx), ValueKind.Real));
                    Value[,] u = WinogradTransforms.Weights(kernel, g, ValueKind.Real);
                    for (int position = 0; position < WinogradTransforms.Positions; position++)
                        kernel.Store(to, at + result + (position * PositionLength), u[position / WinogradTransforms.Side, position % WinogradTransforms.Side]);
                });
                kernel.For("pad", count, PanelWidth, 1, pad =>
                    kernel.For("position", 0, WinogradTransforms.Positions, 1, position =>
                        kernel.Store(to, at + pad + (position * PositionLength), new Value.Literal(0, ValueKind.Real))));
            });
        });
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments], new Partition.Items(Panels), [.. emitter.Reads], [transformed]));
        return transformed;
    }
}
