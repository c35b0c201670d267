using System.Linq;
using System.Threading.Tasks;
using DLCompiler.CodeFixes;
using DLCompiler.Generator.Analyzers;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace DLCompiler.Generator.Tests;

public sealed class CodeFixTests
{
    [Theory]
    [InlineData("net.Forward(x)", "net.Predict(x.ToArray())")]
    [InlineData("net.Forward(x.Relu())", "net.Predict(x.Relu().ToArray())")]
    [InlineData("net.Forward(x + x)", "net.Predict((x + x).ToArray())")]
    public async Task ForwardOutsideAModelBecomesPredict(string before, string after)
    {
        string text =
            $$"""
            using DLCompiler;
            [Model] public partial class Net { readonly Dense fc = new(2); public Tensor Forward([Shape("N", 4)] Tensor x) => fc.Forward(x); }
            static class Use { static object Run(Net net, Tensor x) => {{before}}; }
            """;
        CSharpCompilation compilation = TestCompilation.Create(text);
        using var workspace = new AdhocWorkspace();
        Project project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Tests", "Tests", LanguageNames.CSharp,
            compilationOptions: compilation.Options, parseOptions: TestCompilation.ParseOptions, metadataReferences: compilation.References));
        Document document = project.AddDocument("Test.cs", text);
        CompilationWithAnalyzers analysis = (await document.Project.GetCompilationAsync())!.WithAnalyzers([new EagerCallAnalyzer()]);
        Diagnostic diagnostic = Assert.Single(await analysis.GetAnalyzerDiagnosticsAsync());
        CodeAction? fix = null;
        await new UsePredictCodeFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => fix = action, default));
        var change = (await fix!.GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single();
        string changed = (await change.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
        Assert.Equal(text.Replace(before, after), changed);
    }
}
