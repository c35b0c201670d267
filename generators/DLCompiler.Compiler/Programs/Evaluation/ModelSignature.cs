using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>
/// What the printed surface of a model needs to know: entry points with their shapes, sizes, the summary. Value-equal, and as complete as possible for a
/// wrong model too:
/// a wrong model has the same members as a right one, they only throw.
/// </summary>
/// <param name="MetadataName">The class.</param>
/// <param name="Name">The simple name.</param>
/// <param name="Functions">Predict (if there is a <c>Forward</c>), Train (if there is a <c>[Train]</c>), then one per <c>[Step]</c> in source order.</param>
/// <param name="Parameters">The trained tensors in storage order: name in checkpoints and canonical shape.</param>
/// <param name="States">The running statistics in storage order.</param>
/// <param name="Symbols">The symbolic sizes in order of appearance; the first is the batch.</param>
/// <param name="Rows">The summary: a row per layer, in the order of evaluation.</param>
/// <param name="ParameterCount">The number of trained numbers.</param>
/// <param name="Flops">Multiplications plus additions of one prediction of one sample; without a <c>Forward</c>, of all steps' losses. Symbolic sizes count
/// with their bounds.</param>
/// <param name="ActivationBytes">The sum of the sizes of the outputs in <paramref name="Rows"/>, for one sample; views and dropout have none of their
/// own.</param>
/// <param name="Loss">The kind of loss in <c>[Train]</c>, if any.</param>
/// <param name="Nested">Fields that are models themselves: they alias this model's storage.</param>
public sealed record ModelSignature(
    string MetadataName,
    string Name,
    EquatableArray<FunctionSignature> Functions,
    EquatableArray<NamedShape> Parameters,
    EquatableArray<NamedShape> States,
    EquatableArray<SymbolicSize> Symbols,
    EquatableArray<SummaryRow> Rows,
    long ParameterCount,
    long Flops,
    long ActivationBytes,
    LossKind? Loss,
    EquatableArray<NestedModel> Nested)
{
    /// <summary>Whether the model continues sequences token by token.</summary>
    public bool Generates { get; init; }
}

/// <summary>A tensor with its key in checkpoints and its canonical shape.</summary>
public sealed record NamedShape(string Name, Shape Shape);

/// <summary>An entry point.</summary>
/// <param name="Name">The graph function: <c>Predict</c>, <c>Train</c>, <c>StepDiscriminator</c>.</param>
/// <param name="Method">The user's method: <c>Forward</c>, <c>DiscriminatorLoss</c>.</param>
/// <param name="Inputs">The inputs in order; Train's last is <c>target</c>.</param>
/// <param name="Outputs">The results; a step has one, the scalar loss.</param>
/// <param name="Optimizer">How a step updates parameters, with its default numbers; null for prediction.</param>
public sealed record FunctionSignature(
    string Name,
    FunctionKind Kind,
    string Method,
    EquatableArray<InputSignature> Inputs,
    EquatableArray<OutputSignature> Outputs,
    OptimizerSpecification? Optimizer)
{
    /// <summary>The batch: the first size of the first input; null where that is wrong.</summary>
    public Dimension? Batch => BoundedSizes.BatchOf(Inputs.Select(input => input.Shape));

    /// <summary>The sizes besides the batch that calls give, in their order.</summary>
    /// <param name="symbols">All of the model's symbolic sizes.</param>
    public IReadOnlyList<SymbolicSize> Sizes(IReadOnlyList<SymbolicSize> symbols) => BoundedSizes.Of([.. Inputs.Select(input => input.Shape)], symbols);
}

/// <summary>An input of an entry point. The shape is scalar where the user gave none that can be understood; there is a diagnostic then.</summary>
public sealed record InputSignature(string Name, ElementType Element, Shape Shape);

/// <summary>A result; the shape is null where a wrong model neither declares nor reaches one.</summary>
public sealed record OutputSignature(ElementType Element, Shape? Shape);

/// <summary>A size that is known at run time only.</summary>
/// <param name="Bound">The largest value, where one is declared (<c>T &lt;= 256</c>).</param>
public sealed record SymbolicSize(string Name, long? Bound);

/// <summary>A row of the summary: one layer, once, with the output of its first use and the arithmetic of all uses.</summary>
/// <param name="Layer">The layer's name in checkpoints, or the operation's (<c>Flatten</c>).</param>
/// <param name="Kind">The layer's type: <c>Conv2D</c>.</param>
/// <param name="OutputShape">The output's shape, with the batch symbolic.</param>
/// <param name="Parameters">The trained numbers that it owns.</param>
/// <param name="Flops">Multiplications plus additions per sample.</param>
/// <param name="ActivationBytes">Bytes of the output for one sample; 0 for views and dropout, which have none of their own.</param>
public sealed record SummaryRow(string Layer, string Kind, Shape OutputShape, long Parameters, long Flops, long ActivationBytes);

/// <summary>A field that is a model: its parameters and states are contiguous runs of the parent's, in the same order as its own.</summary>
/// <param name="Field">The field's name: <c>G</c>.</param>
/// <param name="MetadataName">The model's class.</param>
/// <param name="FirstParameter">The index in <see cref="ModelSignature.Parameters"/> where its run starts.</param>
/// <param name="FirstState">The index in <see cref="ModelSignature.States"/> where its run starts.</param>
public sealed record NestedModel(string Field, string MetadataName, int FirstParameter, int ParameterCount, int FirstState, int StateCount);
