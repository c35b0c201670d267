using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DLCompiler.Generator.Tests.Robustness;

/// <summary>Classes and projects of every kind: they compile, or a diagnostic says why not.</summary>
public sealed class DeclarationTests
{
    private const string Body = "{ readonly Dense fc = new(4); public Tensor Forward([Shape(\"N\", 8)] Tensor x) => fc.Forward(x); }";

    /// <summary>A declaration, and whether it is a model that compiles.</summary>
    public static TheoryData<string, bool> Declarations => new()
    {
        { $"[Model] public sealed partial class Net {Body}", true },
        { $"[Model] internal partial class @event {Body}", true },
        { $"[Model] public partial class Net {Body} [Model] public partial class NET {Body} [Model] public partial class net {Body}", true },
        { $"namespace A {{ [Model] public partial class Net {Body} }} namespace B {{ [Model] public partial class Net {Body} }}", true },
        { $"namespace A {{ public partial class B {{ [Model] public partial class Net {Body} }} }} namespace A.B2 {{ [Model] public partial class Net {Body} }}", true },
        { $"[Model] public partial class {new string('N', 400)} {Body}", true },
        { $"[Model] public partial class Größe\u0410\u4e2d {Body}", true },
        { "[Model] public partial class Net { readonly Dense a = new(4); } public partial class Net { readonly Dense b = new(2); } "
            + "partial class Net { public Tensor Forward([Shape(\"N\", 8)] Tensor x) => b.Forward(a.Forward(x)); }", true },
        { $"#nullable disable\n[Model] public partial class Net {Body}\n#nullable restore", true },
        { $"#line 1 \"other.cs\"\n[Model] public partial class Net {Body}\n#line hidden", true },
        { $"#if true\n[Model] public partial class Net {Body}\n#endif", true },
        { $"#pragma warning disable\n[Model] public partial class Net {Body}", true },
        { $"[Model] public partial record Net {Body}", false },
        { $"[Model] public partial record class Net(int A) {Body}", false },
        { $"[Model] public partial class Net<T> {Body}", false },
        { $"public partial class Outer<T> {{ [Model] public partial class Net {Body} }}", false },
        { $"[Model] file partial class Net {Body}", false },
        { "[Model] public static partial class Net { public static Tensor Forward([Shape(\"N\", 8)] Tensor x) => x; }", false },
        { $"[Model] public class Net {Body}", false },
        { $"public class Outer {{ [Model] public partial class Net {Body} }}", false },
        { $"[Model] public partial class Net(int units) {Body}", false },
        { "[Model] public partial class Net { }", false },
        { "[Model] public partial class Net : Missing { }", false },
        { "[Model, Block] public partial class Net { readonly Net net = new(); public Tensor Forward([Shape(\"N\", 8)] Tensor x) => net.Forward(x); }", false },
    };

    [Theory]
    [MemberData(nameof(Declarations))]
    public async Task CompileOrSayWhy(string declaration, bool compiles)
    {
        CSharpCompilation compilation = Project("using DLCompiler;\n" + declaration);
        Assert.Null(await Survival.Complaint(compilation, compile: true));
        GeneratorRun run = GeneratorRun.Of(compilation);
        Assert.Equal(compiles, run.Result.GeneratedSources.Any(source => source.HintName.EndsWith(".Kernels.g.cs", StringComparison.Ordinal)));
        Assert.Equal(!compiles, run.Output.GetDiagnostics().Concat(run.Reported).Concat(await AnalyzerRun.Of(run))
            .Any(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error));
    }

    [Fact]
    public async Task AModelThatDerivesFromOneHasNoWarningsInEmittedCode() => Assert.Null(
        await Survival.Complaint(Project($"using DLCompiler; [Model] public partial class A {Body} [Model] public partial class B : A {{ }}"), compile: true));

    [Fact]
    public async Task AnAbstractModelSurvives() =>
        Assert.Null(await Survival.Complaint(Project("using DLCompiler; [Model] public abstract partial class Net " + Body)));

    [Fact]
    public async Task TwoProjectsMayHaveClassesOfTheSameNames()
    {
        string text = "using DLCompiler; namespace App; [Block] public partial class Piece(int n) { readonly Dense fc = new(n); public Tensor Forward(Tensor x) => fc.Forward(x); } "
            + "[Model] public partial class Net { readonly Piece p = new(4); public Tensor Forward([Shape(\"N\", 8)] Tensor x) => p.Forward(x); }";
        GeneratorRun library = GeneratorRun.Of(Project(text));
        using var image = new MemoryStream();
        Assert.True(library.Output.Emit(image).Success);
        image.Position = 0;
        CSharpCompilation application = Project(text).AddReferences(MetadataReference.CreateFromStream(image)).WithAssemblyName("Application");
        Assert.Null(await Survival.Complaint(application, compile: true));
        Assert.Contains(GeneratorRun.Of(application).Result.GeneratedSources, source => source.HintName == "App.Net.Kernels.g.cs");
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3)]
    [InlineData(LanguageVersion.CSharp9)]
    [InlineData(LanguageVersion.CSharp11)]
    public void OldLanguagesSurvive(LanguageVersion version)
    {
        var options = new CSharpParseOptions(version);
        CSharpCompilation compilation = Project("");
        compilation = compilation.RemoveAllSyntaxTrees()
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText("using DLCompiler; [Model] public partial class Net " + Body, options));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGenerators(compilation);
        Assert.Null(driver.GetRunResult().Results.Single().Exception);
    }

    [Fact]
    public async Task WithoutTheLibraryNothingBreaks()
    {
        CSharpCompilation compilation = Project("using DLCompiler; [Model] public partial class Net " + Body);
        MetadataReference library = compilation.References.Single(reference => Path.GetFileName(reference.Display) == "DLCompiler.dll");
        Assert.Null(await Survival.Complaint(compilation.RemoveReferences(library)));
        // A class of the user's own takes the place of the library's attribute, and of nothing else.
        Assert.Null(await Survival.Complaint(compilation.RemoveReferences(library).AddSyntaxTrees(CSharpSyntaxTree.ParseText(
            "namespace DLCompiler { public sealed class ModelAttribute : System.Attribute { } public class Tensor { } }", TestCompilation.ParseOptions))));
    }

    private static CSharpCompilation Project(string text) => TestCompilation.Create(text).WithOptions(
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, checkOverflow: true, nullableContextOptions: NullableContextOptions.Enable));
}
