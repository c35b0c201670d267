using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Generation;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Programs.Evaluation;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Emit.Surface;

/// <summary>What a model that continues sequences tells the runtime.</summary>
/// <param name="Function">The index of its function; −1 for a wrong model.</param>
/// <param name="Vocabulary">Tokens that have scores.</param>
/// <param name="IdLimit">What ids are below; 0 where any may come.</param>
/// <param name="MaximumLength">The longest sequence.</param>
/// <param name="Memories">Elements of a sequence in each memory, at most.</param>
internal sealed record GenerationSurface(int Function, long Vocabulary, long IdLimit, long MaximumLength, EquatableArray<long> Memories)
{
    /// <summary>The function that reads the model's other inputs; null where there are none.</summary>
    public SurfaceFunction? Source { get; init; }

    /// <summary>Elements of a sequence in the memories that it fills, which are the first ones, as C#.</summary>
    public EquatableArray<string> Kept { get; init; } = EquatableArray<string>.Empty;

    /// <summary>Null for a model that doesn't.</summary>
    /// <param name="signature">The model's signature.</param>
    /// <param name="model">Its graph; null for a wrong model.</param>
    /// <param name="predict">Its prediction over whole sequences; null for a model without one.</param>
    public static GenerationSurface? Create(ModelSignature signature, ModelGraph? model, SurfaceFunction? predict)
    {
        if (!signature.Generates) return null;
        List<FunctionGraph> functions = model is null ? [] : [.. model.Functions];
        int index = functions.FindIndex(function => function.Name == Incremental.Name);
        SurfaceFunction? source = predict is null ? null : SourceOf(predict, functions.FindIndex(function => function.Name == Incremental.SourceName));
        if (index < 0) return new GenerationSurface(-1, 0, 0, 0, EquatableArray<long>.Empty) { Source = source };
        FunctionGraph next = functions[index];
        IEnumerable<Node> kept = source is null ? [] : functions[source.Index].MemoryWrites.Select(write => write.Memory);
        return new GenerationSurface(index, next.Outputs[0].Shape[1].Value, IndexLimits.Of(next, next.Inputs[0]), next.Sizes[0].Bound,
            next.Memories.Select(memory => Elements(memory).Evaluate(symbol => next.Sizes.First(size => size.Name == symbol).Bound)).ToEquatableArray())
        {
            Source = source,
            Kept = kept.Select(memory => SurfaceModel.Text(Elements(memory), source!.Sizes) ?? "0").ToEquatableArray(),
        };
    }

    private static Dimension Elements(Node memory) => memory.Shape.Skip(1).Aggregate(Dimension.One, (product, size) => product * size);

    // The prediction's inputs without the ids that grow, and their sizes.
    private static SurfaceFunction? SourceOf(SurfaceFunction predict, int index)
    {
        EquatableArray<InputSignature> inputs = predict.Signature.Inputs;
        List<int> candidates = [.. Enumerable.Range(0, inputs.Count)
            .Where(number => Incremental.IsGrowing(new TensorType(inputs[number].Element, inputs[number].Shape), predict.Sizes.Select(size => size.Symbol)))];
        if (inputs.Count < 2 || candidates.Count == 0) return null;
        IReadOnlyList<int> growing = [.. candidates
            .Where(number => predict.Signature.Outputs.Any(output => output.Shape is { } shape && Incremental.Grows(inputs[number].Shape, shape)))];
        int ids = (growing.Count > 0 ? growing : candidates).Last();
        Dimension length = inputs[ids].Shape[1];
        return predict with
        {
            Index = index,
            Inputs = predict.Inputs.Where((_, number) => number != ids).ToEquatableArray(),
            Sizes = predict.Sizes.Where(size => Dimension.Symbol(size.Symbol) != length).ToEquatableArray(),
        };
    }
}
