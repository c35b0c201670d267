namespace DLCompiler.Compiler.Programs;

/// <summary>What a class is to the compiler.</summary>
public enum ClassKind
{
    /// <summary><c>[Model]</c>: compiled.</summary>
    Model,

    /// <summary><c>[Block]</c>: inlined into the models that use it.</summary>
    Block,
}

/// <summary>
/// A user's <c>[Model]</c> or <c>[Block]</c> class, lowered once from source: everything the evaluator needs, hyperparameters unresolved, no symbols and no
/// locations.
/// It is also what an assembly publishes of its blocks, so that they inline across projects.
/// </summary>
/// <param name="MetadataName">Namespace, containing types and name: <c>App.Nets+LeNet5</c>.</param>
/// <param name="Name">The simple name, as diagnostics show it.</param>
/// <param name="Base">The block that a model derives from, as a creation expression with its arguments; null for none or <c>Sequential</c>.</param>
/// <param name="HyperParameters">The primary constructor's parameters.</param>
/// <param name="Fields">Fields, in source order.</param>
/// <param name="Chain">For <c>Sequential</c>: the stacked layer attributes, in source order, as creations of the layer types (<c>DLCompiler.Dense</c>,
/// <c>DLCompiler.Relu</c>).</param>
/// <param name="ChainInput">For <c>Sequential</c>: the shape in <c>[Input]</c>.</param>
/// <param name="Train">The <c>[Train]</c> attribute, if any.</param>
/// <param name="Budget">The <c>[Budget]</c> attribute, if any.</param>
/// <param name="Inference">The <c>[Inference]</c> attribute, if any.</param>
/// <param name="Site">The class's name in its declaration.</param>
public sealed record ClassProgram(
    string MetadataName,
    string Name,
    ClassKind Kind,
    Expression.New? Base,
    bool IsSequential,
    EquatableArray<HyperParameter> HyperParameters,
    EquatableArray<FieldProgram> Fields,
    EquatableArray<MethodProgram> Methods,
    EquatableArray<Expression.New> Chain,
    ShapeSpecification? ChainInput,
    TrainSpecification? Train,
    BudgetSpecification? Budget,
    InferenceSpecification? Inference,
    int Site);

/// <summary>A parameter of a block's primary constructor.</summary>
public sealed record HyperParameter(string Name, string Type, Expression? Default, int Site);

/// <summary>
/// A field, or a property without a body. <paramref name="Type"/> is its type's metadata name (<c>DLCompiler.Dense</c>, <c>App.ResidualBlock</c>,
/// <c>int</c>); arrays end in
/// <c>[]</c>, type arguments follow in brackets (<c>DLCompiler.Tensor`1[int]</c>). Static read-only fields stand here too: references to them have no receiver.
/// </summary>
public sealed record FieldProgram(string Name, string Type, Expression? Initializer, int Site)
{
    /// <summary>What its attributes say of the training of what it holds; null where there are none.</summary>
    public FieldTraining? Training { get; init; }
}

/// <summary><c>[Frozen]</c> and <c>[ParameterGroup]</c>: whether what a field holds stays as it is, and the optimizer's numbers for it.</summary>
public sealed record FieldTraining(bool Frozen, EquatableArray<NamedNumber> Numbers);

/// <summary>
/// A method: <c>Forward</c>, a training step, or a helper; a property with a body is a method <c>get_Name</c> without parameters, and reading it a call.
/// Shapes are given
/// for tensor parameters of models' entry points. Types are named as in <see cref="FieldProgram"/>.
/// </summary>
public sealed record MethodProgram(
    string Name,
    bool IsStatic,
    EquatableArray<MethodParameter> Parameters,
    string ReturnType,
    ShapeSpecification? ReturnShape,
    Statement Body,
    StepSpecification? Step,
    int Site);

/// <summary>A method's parameter.</summary>
public sealed record MethodParameter(string Name, string Type, Expression? Default, ShapeSpecification? Shape, int Site);

/// <summary>A <c>[Shape]</c> or <c>[Input]</c>: sizes as numbers or as text (<c>N</c>, <c>T &lt;= 256</c>).</summary>
public sealed record ShapeSpecification(EquatableArray<DeclaredSize> Sizes, int Site);

/// <summary>A size of a <c>[Shape]</c> or <c>[Input]</c>.</summary>
public sealed record DeclaredSize(string Text, int Site);

/// <summary>A <c>[Train]</c>: loss and optimizer kinds by their enum names; numbers by their property names, as far as given.</summary>
public sealed record TrainSpecification(string Loss, string Optimizer, EquatableArray<NamedNumber> Numbers, int Site);

/// <summary>A <c>[Step]</c>: which fields it updates (empty: all that the loss reaches).</summary>
public sealed record StepSpecification(EquatableArray<UpdatedField> Updates, string Optimizer, EquatableArray<NamedNumber> Numbers, int Site);

/// <summary>A field that a step updates, by its name.</summary>
public sealed record UpdatedField(string Name, int Site);

/// <summary>A named argument of an attribute; truth values are 0 and 1.</summary>
public sealed record NamedNumber(string Name, double Value, int Site);

/// <summary>A <c>[Budget]</c>: the limits that are set, by their property names.</summary>
public sealed record BudgetSpecification(EquatableArray<NamedNumber> Limits, int Site);

/// <summary>An <c>[Inference]</c>: the properties that are set, by their names.</summary>
public sealed record InferenceSpecification(EquatableArray<NamedNumber> Options, int Site)
{
    /// <summary>Whether a truth value is set, and to true.</summary>
    public bool IsSet(string name)
    {
        foreach (NamedNumber option in Options)
            if (option.Name == name) return option.Value != 0;
        return false;
    }
}
