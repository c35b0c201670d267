namespace DLCompiler.Generator.Pipeline;

/// <summary>The names by which tests find the generator's steps.</summary>
internal static class StepNames
{
    public const string Models = "Models";
    public const string Blocks = "Blocks";
    public const string Published = "Published";
    public const string Referenced = "Referenced";
    public const string Library = "Library";
    public const string Sources = "Sources";
    public const string Evaluations = "Evaluations";
    public const string Schedules = "Schedules";
    public const string Decisions = "Decisions";
    public const string Surfaces = "Surfaces";
    public const string Kernels = "Kernels";
    public const string Publications = "Publications";
    public const string Reports = "Reports";
}
