namespace DLCompiler.Compiler.Diagnostics;

/// <summary>The names of the facts that findings carry for code fixes.</summary>
public static class DiagnosticProperties
{
    /// <summary>The size that would be right where a wrong one is written.</summary>
    public const string RightSize = "RightSize";

    /// <summary>The name of the argument that is wrong.</summary>
    public const string Argument = "Argument";

    /// <summary>Which of several sizes is wrong, counted from 0, where the argument is a list.</summary>
    public const string Element = "Element";

    /// <summary>The padding with which a kernel fits that is larger than its input.</summary>
    public const string Padding = "Padding";

    /// <summary>What the finding is about: the name of a parameter, field, member or method.</summary>
    public const string Name = "Name";

    /// <summary>The names that could stand where a wrong one does, with commas between them.</summary>
    public const string Alternatives = "Alternatives";

    /// <summary>
    /// What the name belongs to, for DLC1008: <c>Member</c> (of the class), <c>Step</c> (a method with <c>[Step]</c>), <c>Layer</c> (a field), <c>Target</c> (a
    /// parameter of <c>Forward</c>).
    /// </summary>
    public const string Kind = "Kind";

    /// <summary>The attribute that is missing: <c>Shape</c> or <c>Input</c>. Not there where one is written and wrong.</summary>
    public const string MissingAttribute = "MissingAttribute";

    /// <summary>The name of the batch that the method's other inputs have; <c>N</c> where there is none.</summary>
    public const string Batch = "Batch";

    /// <summary>The shape that would be right, as the arguments of <c>[Shape]</c>: <c>"N", 16, 5, 5</c>.</summary>
    public const string RightShape = "RightShape";

    /// <summary>The operand that a projection makes fit: <c>left</c> or <c>right</c>. <see cref="RightSize"/> is then the projection's filters or
    /// units.</summary>
    public const string Operand = "Operand";

    /// <summary>The layer that makes an operand fit: <c>Conv2D</c> (kernel 1) or <c>Dense</c>.</summary>
    public const string Projection = "Projection";

    /// <summary>The projection's stride; not there where it is 1.</summary>
    public const string Stride = "Stride";

    /// <summary>How the shapes came about, a line per tensor: <c>[N, 1, 28, 28] → conv1 → [N, 6, 28, 28]</c>. For people, not for code fixes.</summary>
    public const string Chain = "Chain";

    /// <summary>
    /// A call on the wrong expression, or on its <see cref="Operand"/> where there is one, that makes it right: <c>Mean()</c>, <c>Transpose(1, 2)</c>.
    /// </summary>
    public const string Call = "Call";
}
