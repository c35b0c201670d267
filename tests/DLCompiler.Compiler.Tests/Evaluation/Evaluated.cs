using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Programs.Evaluation;
using Xunit;

namespace DLCompiler.Compiler.Tests.Evaluation;

/// <summary>Evaluates hand-written classes and states what tests expect of the result.</summary>
internal static class Evaluated
{
    /// <summary>Evaluates the first class; the others are there to be found.</summary>
    public static EvaluationResult Evaluate(this ClassWriter model, params ClassWriter[] others) =>
        ModelEvaluation.Evaluate(model.Program, name => others.Append(model).FirstOrDefault(other => other.MetadataName == name)?.Program);

    /// <summary>The graph of a model without mistakes.</summary>
    public static ModelGraph Right(this ClassWriter model, params ClassWriter[] others)
    {
        EvaluationResult result = model.Evaluate(others);
        Assert.Equal([], result.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        return result.Model!;
    }

    /// <summary>A function of a model.</summary>
    public static FunctionGraph Function(this ModelGraph model, string name) => model.Functions.Single(function => function.Name == name);

    /// <summary>The shape of prediction's only result.</summary>
    public static string OutputShape(this ModelGraph model) => Assert.Single(model.Function("Predict").Outputs).Shape.ToString();

    /// <summary>Asserts that there is one mistake: this one, at this place.</summary>
    public static CompilerDiagnostic HasOne(this EvaluationResult result, string id, SourceSite place, string message)
    {
        CompilerDiagnostic diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal((id, message), (diagnostic.Id, diagnostic.Message));
        Assert.Equal(place, diagnostic.Location);
        Assert.Equal(DiagnosticRules.Find(id).Severity == DiagnosticSeverity.Error, result.Model is null);
        return diagnostic;
    }
}
