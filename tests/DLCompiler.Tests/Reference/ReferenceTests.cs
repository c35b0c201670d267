using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using DLCompiler.Tests.PublicApi;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DLCompiler.Tests.Reference;

/// <summary>
/// The reference in <c>docs/reference</c> is what the declarations and their comments say; <c>DLC_ACCEPT=1</c> writes it anew. Names elsewhere stand in
/// <c>Names.txt</c>.
/// </summary>
public sealed class ReferenceTests
{
    // What every tensor has, and no operation on tensors.
    private static readonly HashSet<string> plain = ["CopyTo", "Equals", "FromArray", "GetHashCode", "Item", "ToArray", "ToDouble", "ToString"];

    private static readonly (string Kind, string Title)[] kinds =
        [("layer", "Layers"), ("operator", "Tensor methods: operators, activations, pools"), ("loss", "Losses"), ("optimizer", "Optimizers")];

    [Fact]
    public void Everything_has_a_row_of_names()
    {
        ILookup<string, ReferenceName> names = ReferenceName.Read().ToLookup(name => name.Name);
        string[] missing = [.. Subjects().Select(subject => subject.Key).Where(subject => !names[subject.Name].Any(name => name.Kind == subject.Kind
            || (subject.Kind == "operator" && name.Kind == "loss"))).Select(subject => $"{subject.Kind} | {subject.Name}").Order(StringComparer.Ordinal)];
        Assert.True(missing.Length == 0, "Without a row in Names.txt:\n" + string.Join('\n', missing));
        string[] gone = [.. ReferenceName.Read().Where(name => Members(name).Count == 0).Select(name => $"{name.Kind} | {name.Name}")];
        Assert.True(gone.Length == 0, "Rows of Names.txt without a declaration:\n" + string.Join('\n', gone));
    }

    [Fact]
    public void Pages_are_as_committed()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var pages = ReferenceName.Read().Select(name => (Name: name, Page: new ReferencePage(name, Members(name), Attribute(name)))).ToList();
        foreach ((_, ReferencePage page) in pages) files[page.Path] = page.Text();
        files["README.md"] = Index(pages);
        files["coming-from-pytorch-and-keras.md"] = Table(pages);
        string folder = Folder();
        if (Environment.GetEnvironmentVariable("DLC_ACCEPT") == "1") Write(folder, files);
        string[] found = Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "*.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal)] : [];
        Assert.Equal(files.Keys, found);
        foreach ((string path, string text) in files) Assert.Equal(text,
            File.ReadAllText(Path.Combine(folder, path)).Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    private static string Index(IEnumerable<(ReferenceName Name, ReferencePage Page)> pages)
    {
        var text = new StringBuilder("# Reference\n\nA page for each layer, tensor method, loss and optimizer, from its declaration. What something is called elsewhere: "
            + "[coming from PyTorch or Keras](coming-from-pytorch-and-keras.md).\n");
        foreach ((string kind, string title) in kinds)
        {
            text.Append($"\n## {title}\n\n");
            foreach ((ReferenceName name, ReferencePage page) in pages.Where(pair =>
                pair.Name.Kind == kind)) text.Append($"* [{name.Name}]({page.Path}): {page.FirstSentence}\n");
        }

        return text.ToString();
    }

    private static string Table(IEnumerable<(ReferenceName Name, ReferencePage Page)> pages)
    {
        var text = new StringBuilder("# Coming from PyTorch or Keras\n\nImages are [N, channels, height, width], as in PyTorch. `nn.X` is a module or its function, other names of "
            + "PyTorch are functions and methods of tensors; names of Keras are layers, losses, or functions of `keras.ops`.\n\n| PyTorch | Keras | ONNX | DLCompiler |\n|---|---|---|---|\n");
        foreach ((ReferenceName name, ReferencePage page) in pages.Where(pair => pair.Name.PyTorch.Length + pair.Name.Keras.Length + pair.Name.Onnx.Length > 0)
            .OrderBy(pair => Key(pair.Name), StringComparer.OrdinalIgnoreCase))
        {
            text.Append($"| {Code(name.PyTorch)} | {Code(name.Keras)} | {Code(name.Onnx)} | [{name.Name}]({page.Path}) |\n");
        }

        return text.ToString();

        static string Key(ReferenceName name) => name.PyTorch.Length > 0 ? name.PyTorch : name.Keras.Length > 0 ? name.Keras : name.Onnx;
        static string Code(string name) => name.Length == 0 ? "" : $"`{name}`";
    }

    // What the vocabulary consists of, with its declarations.
    private static IEnumerable<IGrouping<(string Kind, string Name), ISymbol>> Subjects()
    {
        INamedTypeSymbol layer = Type("Layer");
        IEnumerable<ISymbol> layers = Types().Where(type => SymbolEqualityComparer.Default.Equals(type.BaseType, layer)
            || type.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "BlockAttribute"));
        IEnumerable<ISymbol> methods = Types().Where(type => type.Arity == 0
            && type.Name is "Tensor" or "IndexOperations" or "MaskOperations" or "SequenceOperations")
            .SelectMany(type => type.GetMembers().OfType<IMethodSymbol>())
            .Where(method => method.MethodKind == MethodKind.Ordinary && !method.Name.StartsWith("op_", StringComparison.Ordinal) && Library.IsVisible(method)
                && !plain.Contains(method.Name));
        return layers.Select(symbol => (Key: ("layer", symbol.Name), Symbol: symbol))
            .Concat(methods.Select(symbol => (Key: ("operator", symbol.Name), Symbol: symbol)))
            .Concat(Type("Optimizer").GetMembers().OfType<IFieldSymbol>().Select(field => (Key: ("optimizer", field.Name), Symbol: (ISymbol)field)))
            .GroupBy(pair => pair.Key, pair => pair.Symbol);
    }

    private static IReadOnlyList<ISymbol> Members(ReferenceName name)
    {
        IEnumerable<ISymbol> declared = Subjects().Where(subject => subject.Key.Name == name.Name
            && (subject.Key.Kind == name.Kind || (name.Kind == "loss" && subject.Key.Kind == "operator")))
            .SelectMany(subject => subject);
        return name.Kind == "layer"
            ? [.. declared.OfType<INamedTypeSymbol>().SelectMany(type => new ISymbol[] { type }
                .Concat(type.InstanceConstructors.Where(Library.IsVisible)).Concat(Methods(type)))]
            : [.. declared.OrderBy(symbol => symbol.Locations[0].SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(symbol => symbol.Locations[0].SourceSpan.Start)];
    }

    // Forward, then what else it does to tensors.
    private static IEnumerable<ISymbol> Methods(INamedTypeSymbol type) => type.GetMembers().OfType<IMethodSymbol>()
        .Where(method => method.MethodKind == MethodKind.Ordinary && !method.IsOverride && Library.IsVisible(method) && IsSingle(method))
        .OrderBy(method => method.Name != "Forward");

    // The double-precision form is the same.
    private static bool IsSingle(IMethodSymbol method) => !method.ReturnType.ToDisplayString().Contains("double", StringComparison.Ordinal);

    private static INamedTypeSymbol? Attribute(ReferenceName name) => Types().FirstOrDefault(type => type.Name == name.Name + "Attribute"
        && SymbolEqualityComparer.Default.Equals(type.BaseType, Type("LayerAttribute")));

    private static IEnumerable<INamedTypeSymbol> Types() => Library.PublicTypes(Library.Sources.Assembly.GlobalNamespace);

    private static INamedTypeSymbol Type(string name) => Library.Sources.GetTypeByMetadataName("DLCompiler." + name)!;

    private static void Write(string folder, SortedDictionary<string, string> files)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        foreach ((string path, string text) in files)
        {
            string full = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
        }
    }

    private static string Folder([CallerFilePath] string caller = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", "..", "docs", "reference"));
}
