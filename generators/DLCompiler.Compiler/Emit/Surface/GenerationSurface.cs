using System.Linq;
using DLCompiler.Compiler.Generation;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Programs.Evaluation;
using DLCompiler.Compiler.Schedules;

namespace DLCompiler.Compiler.Emit.Surface;

/// <summary>What a model that continues sequences tells the runtime.</summary>
/// <param name="Function">The index of its function; −1 for a wrong model.</param>
/// <param name="Vocabulary">Tokens that have scores.</param>
/// <param name="IdLimit">What ids are below; 0 where any may come.</param>
/// <param name="MaximumLength">The longest sequence.</param>
/// <param name="Memories">Elements of a sequence in each memory.</param>
internal sealed record GenerationSurface(int Function, long Vocabulary, long IdLimit, long MaximumLength, EquatableArray<long> Memories)
{
    /// <summary>Null for a model that doesn't.</summary>
    public static GenerationSurface? Create(ModelSignature signature, ModelGraph? model)
    {
        if (!signature.Generates) return null;
        int index = model is null ? -1 : model.Functions.ToList().FindIndex(function => function.Name == Incremental.Name);
        if (index < 0) return new GenerationSurface(-1, 0, 0, 0, EquatableArray<long>.Empty);
        FunctionGraph function = model!.Functions[index];
        return new GenerationSurface(index, function.Outputs[0].Shape[1].Value, IndexLimits.Of(function, function.Inputs[0]), function.Sizes[0].Bound,
            function.Memories.Select(memory => SchedulingContext.ElementsOfSample(memory.Shape)).ToEquatableArray());
    }
}
