namespace DLCompiler.Compiler.Programs.Serialization;

/// <summary>How classes, fields, methods and their attributes are written and read: fields in the order of the records.</summary>
internal static class ClassFormat
{
    public static ClassProgram Class(ProgramStream stream, ClassProgram? value) => new(
        stream.Text(value?.MetadataName),
        stream.Text(value?.Name),
        stream.Tag(value?.Kind == ClassKind.Model ? 'M' : 'B') == 'M' ? ClassKind.Model : ClassKind.Block,
        (Expression.New?)ExpressionFormat.Optional(stream, value?.Base),
        stream.Truth(value?.IsSequential),
        stream.List(value?.HyperParameters, HyperParameter),
        stream.List(value?.Fields, Field),
        stream.List(value?.Methods, Method),
        stream.List(value?.Chain, (inner, item) => (Expression.New)ExpressionFormat.Node(inner, item)),
        Shape(stream, value?.ChainInput),
        Train(stream, value?.Train),
        Budget(stream, value?.Budget),
        Inference(stream, value?.Inference),
        stream.Number(value?.Site));

    private static HyperParameter HyperParameter(ProgramStream stream, HyperParameter? value) => new(
        stream.Text(value?.Name),
        stream.Text(value?.Type),
        ExpressionFormat.Optional(stream, value?.Default),
        stream.Number(value?.Site));

    private static FieldProgram Field(ProgramStream stream, FieldProgram? value) => new(
        stream.Text(value?.Name),
        stream.Text(value?.Type),
        ExpressionFormat.Optional(stream, value?.Initializer),
        stream.Number(value?.Site))
    {
        Training = Training(stream, value?.Training),
    };

    private static FieldTraining? Training(ProgramStream stream, FieldTraining? value) =>
        IsAbsent(stream, value) ? null : new FieldTraining(stream.Truth(value?.Frozen), stream.List(value?.Numbers, Number));

    private static MethodProgram Method(ProgramStream stream, MethodProgram? value) => new(
        stream.Text(value?.Name),
        stream.Truth(value?.IsStatic),
        stream.List(value?.Parameters, Parameter),
        stream.Text(value?.ReturnType),
        Shape(stream, value?.ReturnShape),
        StatementFormat.Node(stream, value?.Body),
        Step(stream, value?.Step),
        stream.Number(value?.Site));

    private static MethodParameter Parameter(ProgramStream stream, MethodParameter? value) => new(
        stream.Text(value?.Name),
        stream.Text(value?.Type),
        ExpressionFormat.Optional(stream, value?.Default),
        Shape(stream, value?.Shape),
        stream.Number(value?.Site));

    private static ShapeSpecification? Shape(ProgramStream stream, ShapeSpecification? value) =>
        IsAbsent(stream, value) ? null : new ShapeSpecification(stream.List(value?.Sizes, Size), stream.Number(value?.Site));

    private static DeclaredSize Size(ProgramStream stream, DeclaredSize? value) => new(stream.Text(value?.Text), stream.Number(value?.Site));

    private static TrainSpecification? Train(ProgramStream stream, TrainSpecification? value) =>
        IsAbsent(stream, value)
            ? null
            : new TrainSpecification(stream.Text(value?.Loss), stream.Text(value?.Optimizer), stream.List(value?.Numbers, Number), stream.Number(value?.Site));

    private static BudgetSpecification? Budget(ProgramStream stream, BudgetSpecification? value) =>
        IsAbsent(stream, value) ? null : new BudgetSpecification(stream.List(value?.Limits, Number), stream.Number(value?.Site));

    private static InferenceSpecification? Inference(ProgramStream stream, InferenceSpecification? value) =>
        IsAbsent(stream, value) ? null : new InferenceSpecification(stream.List(value?.Options, Number), stream.Number(value?.Site));

    private static StepSpecification? Step(ProgramStream stream, StepSpecification? value) =>
        IsAbsent(stream, value)
            ? null
            : new StepSpecification(stream.List(value?.Updates, Field), stream.Text(value?.Optimizer), stream.List(value?.Numbers, Number),
                stream.Number(value?.Site));

    private static NamedNumber Number(ProgramStream stream, NamedNumber? value) => new(
        stream.Text(value?.Name),
        stream.Double(value?.Value ?? 0),
        stream.Number(value?.Site));

    private static UpdatedField Field(ProgramStream stream, UpdatedField? value) => new(stream.Text(value?.Name), stream.Number(value?.Site));

    private static bool IsAbsent(ProgramStream stream, object? value) => stream.Tag(value is null ? '~' : '=') == '~';
}
