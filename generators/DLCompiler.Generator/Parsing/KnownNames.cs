namespace DLCompiler.Generator.Parsing;

/// <summary>Metadata names of the library's types that the parser looks for.</summary>
internal static class KnownNames
{
    public const string Namespace = "DLCompiler";
    public const string Model = "DLCompiler.ModelAttribute";
    public const string Block = "DLCompiler.BlockAttribute";
    public const string Train = "DLCompiler.TrainAttribute";
    public const string Step = "DLCompiler.StepAttribute";
    public const string Budget = "DLCompiler.BudgetAttribute";
    public const string Inference = "DLCompiler.InferenceAttribute";
    public const string Frozen = "DLCompiler.FrozenAttribute";
    public const string ParameterGroup = "DLCompiler.ParameterGroupAttribute";
    public const string Shape = "DLCompiler.ShapeAttribute";
    public const string Input = "DLCompiler.InputAttribute";
    public const string Sequential = "DLCompiler.Sequential";
    public const string AxisIndex = "DLCompiler.AxisIndex";
    public const string Layer = "DLCompiler.Layer";
    public const string LayerAttribute = "DLCompiler.LayerAttribute";
    public const string CompiledBlock = "DLCompiler.Runtime.CompiledBlockAttribute";

    /// <summary>What the generator signs its members with; such members are not the user's.</summary>
    public const string Tool = "DLCompiler.Generator";
}
