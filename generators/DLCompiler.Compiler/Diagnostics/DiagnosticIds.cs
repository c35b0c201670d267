namespace DLCompiler.Compiler.Diagnostics;

/// <summary>The ids of all diagnostics. They are stable: an id is never given another meaning.</summary>
public static class DiagnosticIds
{
    /// <summary>What a layer does to shapes: shown on request.</summary>
    public const string LayerShapes = "DLC0001";

    /// <summary>A method returns another shape than it declares.</summary>
    public const string ReturnShape = "DLC1001";

    /// <summary>A layer declares another input size than it receives.</summary>
    public const string InputSize = "DLC1002";

    /// <summary>A tensor has the wrong number of axes, or an axis of the wrong size, for what it is given to.</summary>
    public const string WrongRank = "DLC1003";

    /// <summary>The shapes of two operands don't broadcast.</summary>
    public const string Broadcast = "DLC1004";

    /// <summary>An entry point's tensor parameter has no <c>[Shape]</c>, or one that can't be understood.</summary>
    public const string MissingShape = "DLC1005";

    /// <summary>A model has constructor parameters.</summary>
    public const string ModelParameters = "DLC1006";

    /// <summary>A model or block is not partial.</summary>
    public const string NotPartial = "DLC1007";

    /// <summary>Two things would have the same name in the generated code or in checkpoints.</summary>
    public const string DuplicateName = "DLC1008";

    /// <summary>A count does not divide a size.</summary>
    public const string Divisibility = "DLC1010";

    /// <summary>A size, axis or rate is outside its range.</summary>
    public const string InvalidArgument = "DLC1011";

    /// <summary>A kernel is larger than its padded input.</summary>
    public const string KernelDoesNotFit = "DLC1012";

    /// <summary>A reshape changes the number of elements.</summary>
    public const string ReshapeCount = "DLC1013";

    /// <summary>Concatenated tensors differ outside the concatenated axis.</summary>
    public const string Concat = "DLC1014";

    /// <summary>The inner sizes of a matrix product differ.</summary>
    public const string MatMul = "DLC1015";

    /// <summary>Labels or a target don't fit the prediction.</summary>
    public const string Target = "DLC1016";

    /// <summary>A name in <c>Updates</c> is not a field with parameters.</summary>
    public const string UpdatesName = "DLC1017";

    /// <summary>A layer that is used more than once receives inputs of different sizes.</summary>
    public const string TiedSize = "DLC1018";

    /// <summary>A model lacks a method to compile, or has one with a signature that can't be an entry point.</summary>
    public const string EntryPoint = "DLC1019";

    /// <summary>A size that is known at run time only has to be a multiple of a number, which is checked at run time.</summary>
    public const string UnprovenSize = "DLC1020";

    /// <summary>Something in a body can't be compiled.</summary>
    public const string Unsupported = "DLC2001";

    /// <summary>The evaluation of a body fails: an overflow, a division by zero, an index out of range, a thrown exception.</summary>
    public const string EvaluationFailed = "DLC2002";

    /// <summary>The evaluation of a body exceeds a limit: steps, nodes, depth.</summary>
    public const string LimitExceeded = "DLC2010";

    /// <summary>A layer is never used.</summary>
    public const string UnusedField = "DLC3001";

    /// <summary><c>Forward</c> is called outside a model.</summary>
    public const string EagerCall = "DLC3002";

    /// <summary>A loss follows an activation that it applies itself, or lacks the one that it needs.</summary>
    public const string LossActivation = "DLC3003";

    /// <summary>The tensor that an operation gives is not used.</summary>
    public const string DroppedResult = "DLC3004";

    /// <summary>A dense layer acts on the width of images.</summary>
    public const string DenseOnImages = "DLC3005";

    /// <summary>A number of an optimizer has no effect with the kind that is chosen.</summary>
    public const string UnusedSetting = "DLC3006";

    /// <summary>An attribute has no effect, because the class is no model.</summary>
    public const string NoModel = "DLC3007";

    /// <summary>A layer is used, and no result depends on it.</summary>
    public const string WithoutEffect = "DLC3008";

    /// <summary>An operation makes what it gives for one sample depend on the others.</summary>
    public const string SamplesMixed = "DLC3009";

    /// <summary>Images have their channels last where they are expected first.</summary>
    public const string ChannelsLast = "DLC3010";

    /// <summary>A model needs more than its budget.</summary>
    public const string OverBudget = "DLC4001";

    /// <summary>A line of a file of overrides is not followed: it can't be read, means nothing, or what it says is impossible.</summary>
    public const string Schedule = "DLC4002";

    /// <summary>The compiler failed on a model.</summary>
    public const string CompilerFailure = "DLC9001";

    /// <summary>A wrong model was not compiled, whatever else is reported or suppressed.</summary>
    public const string NotCompiled = "DLC9002";
}
