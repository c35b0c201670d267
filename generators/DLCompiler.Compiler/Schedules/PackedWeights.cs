using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// A convolution's weights in the order in which tiles of output channels read them: [group][panel][source block][ky][source channel][kx][panel width], or with
/// the source channel before ky. Output channels beyond the last are zero. It depends on parameters alone, so it is made once for many predictions.
/// </summary>
/// <param name="Groups">Groups of channels.</param>
/// <param name="Sources">Source channels of a group.</param>
/// <param name="Results">Result channels of a group.</param>
/// <param name="Height">Rows of the kernel.</param>
/// <param name="Width">Columns of the kernel.</param>
/// <param name="PanelWidth">Result channels side by side.</param>
/// <param name="TapsInside">Whether all taps of a source channel lie together; else those of one row of the kernel.</param>
/// <param name="Forward">Whether the stored weights are [result, source, ky, kx]; else [source, result, ky, kx].</param>
public sealed record PackedWeights(int Groups, int Sources, int Results, int Height, int Width, int PanelWidth, bool TapsInside, bool Forward)
{
    /// <summary>Source channels of a block.</summary>
    public int BlockSources => System.Math.Min(Sources, Target.BlockSamples);

    /// <summary>Blocks of source channels.</summary>
    public int SourceBlocks => (Sources + BlockSources - 1) / BlockSources;

    /// <summary>Panels of a group.</summary>
    public int Panels => (Results + PanelWidth - 1) / PanelWidth;

    /// <summary>Elements of a panel.</summary>
    public long PanelLength => (long)SourceBlocks * BlockSources * Height * Width * PanelWidth;

    /// <summary>Elements between neighbouring source channels.</summary>
    public long SourceStep => (long)(TapsInside ? Height * Width : Width) * PanelWidth;

    /// <summary>Where a source block's row of the kernel begins in a panel; all rows where taps lie inside.</summary>
    public Value Row(Value block, Value ky) => TapsInside
        ? block * (BlockSources * SourceStep)
        : ((block * Height) + ky) * (BlockSources * SourceStep);

    /// <summary>Where a tap of a source channel begins, from <see cref="Row"/> and the channel's own steps.</summary>
    public long Tap(int ky, int kx) => (long)(TapsInside ? (ky * Width) + kx : kx) * PanelWidth;

    /// <summary>Emits the packing of a node's value.</summary>
    public Buffer Emit(SchedulingContext context, Node weights)
    {
        Buffer source = context.InRows(weights);
        string name = context.Unique(source.Name + "_packed");
        Buffer packed = context.NewBuffer(name, weights.Type.Element, new Shape(Groups * Panels * PanelLength), Layout.RowMajor);
        context.Temporaries.Add(packed);
        KernelBuilder kernel = context.NewKernel(name);
        string title = string.Format(CultureInfo.InvariantCulture, "{0} = {1} {2} in panels of {3} channels", name, source.Name, weights.Shape, PanelWidth);
        kernel.Describe(title);
        var emitter = new ElementEmitter(context, kernel, 1, ElementMode.Flat, -1);
        Value.Variable from = emitter.Reference(source), to = emitter.Reference(packed, read: false);
        var range = new SampleRange(emitter);
        long taps = (long)Height * Width;
        kernel.For("panel", range.First, range.Last, 1, panel =>
        {
            Value.Variable group = kernel.Let("group", panel / Panels), first = kernel.Let("firstResult", panel % Panels * PanelWidth);
            Value.Variable count = kernel.Let("count", Value.Smaller(PanelWidth, Results - (Value)first));
            kernel.For("source", 0, Sources, 1, channel =>
                kernel.For("ky", 0, Height, 1, ky =>
                    kernel.For("kx", 0, Width, 1, kx =>
                    {
                        Value inPanel = Row(channel / BlockSources, ky) + (channel % BlockSources * SourceStep)
                            + (((TapsInside ? (ky * Width) + kx : kx)) * PanelWidth);
                        Value.Variable at = kernel.Let("at", (panel * PanelLength) + inPanel), tap = kernel.Let("tap", (ky * Width) + kx);
                        kernel.For("result", 0, count, 1, result =>
                        {
                            Value position = Forward
                                ? ((((group * Results) + first + result) * Sources) + channel) * taps
                                : ((((group * Sources) + channel) * Results) + first + result) * taps;
                            kernel.Store(to, at + result, new Value.Load(from, position + tap, ValueKind.Real));
                        });
                        kernel.For("pad", count, PanelWidth, 1, pad => kernel.Store(to, at + pad, new Value.Literal(0, ValueKind.Real)));
                    })));
        });
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments], new Partition.Items(Groups * Panels), [.. emitter.Reads.Distinct()],
            [packed]));
        return packed;
    }
}
