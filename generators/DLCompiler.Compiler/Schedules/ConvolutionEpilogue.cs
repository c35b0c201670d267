using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>The end of a convolution's tiles, whatever their schedule: what follows elementwise is computed while a sum is in its register, then it is
/// stored.</summary>
/// <param name="Context">What the schedules share.</param>
/// <param name="Anchor">The convolution, or input gradient of one.</param>
/// <param name="Result">The node whose value is stored: the anchor or the end of its epilogue.</param>
/// <param name="Destination">Where it is stored.</param>
public sealed record ConvolutionEpilogue(SchedulingContext Context, Node Anchor, Node Result, Buffer Destination)
{
    /// <summary>Finishes and stores one sum.</summary>
    /// <param name="emitter">The tile's.</param>
    /// <param name="sum">The sum.</param>
    /// <param name="coordinates">Its coordinates from the tile's first element.</param>
    /// <param name="lane">Its first lane within a block of sixteen.</param>
    public void Store(ElementEmitter emitter, Value sum, Value[] coordinates, int lane = 0)
    {
        Value value = sum;
        if (Result != Anchor)
        {
            emitter.Bind(Anchor, sum);
            value = emitter.Evaluate(Result, coordinates, lane, Context.Target.Pack);
        }

        Access write = emitter.AccessOf(Destination, AffineMap.Identity(4));
        emitter.Kernel.Store(emitter.Reference(write, read: false), emitter.At(write.Position, coordinates) + lane, value);
    }

    /// <summary>What the kernel computes, for its reader.</summary>
    public string Title(Buffer source, Buffer weight) =>
        $"{Destination.Name} {Anchor.Shape} = {source.Name} {Anchor.Inputs[0].Shape} {(Anchor.Operator is Convolve ? "*" : "*ᵀ")} {weight.Name} {Anchor.Inputs[1].Shape}"
        + (Result != Anchor ? "; epilogue: " + LoopNest.Describe(Result, Context) : "");
}
