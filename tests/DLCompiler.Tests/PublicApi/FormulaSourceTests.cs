using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DLCompiler.Tests.PublicApi;

/// <summary>The documentation of what has a formula says whose it is: an author and a year, or PyTorch's where definitions differ in the field.</summary>
public sealed partial class FormulaSourceTests
{
    // Elementary functions and constants have no author.
    private static readonly HashSet<string> elementary = ["Zeros", "Ones", "Tanh", "TanhAttribute", "Sigmoid", "SigmoidAttribute"];

    [Fact]
    public void Layers_losses_activations_optimizers_and_initializers_name_their_source()
    {
        var missing = Subjects().Where(symbol => !elementary.Contains(symbol.Name) && !NamesASource(symbol, depth: 0))
            .Select(symbol => symbol.ToDisplayString()).ToList();
        Assert.True(missing.Count == 0, "Without a source in their documentation:\n" + string.Join('\n', missing));
    }

    [Fact]
    public void All_kinds_are_looked_at()
    {
        string[] names = [.. Subjects().Select(symbol => symbol.Name)];
        Assert.All(["Dense", "Conv2D", "DropoutAttribute", "SoftmaxCrossEntropy", "Gelu", "AdamW", "HeNormal"], name => Assert.Contains(name, names));
    }

    private static IEnumerable<ISymbol> Subjects()
    {
        var layer = Type("DLCompiler.Layer");
        var attribute = Type("DLCompiler.LayerAttribute");
        // Windows, and rearrangements of elements, are what their shapes say.
        string[] shaping = ["AvgPoolAttribute", "MaxPoolAttribute", "FlattenAttribute", "ReshapeAttribute"];
        var types = Library.PublicTypes(Library.Sources.Assembly.GlobalNamespace).ToList();
        var chain = types.Where(type => SymbolEqualityComparer.Default.Equals(type.BaseType, attribute) && !shaping.Contains(type.Name)).ToList();
        var activations = chain.Select(type => type.Name[..^"Attribute".Length]);
        return types.Where(type => SymbolEqualityComparer.Default.Equals(type.BaseType, layer)).Concat<ISymbol>(chain)
            .Concat(Type("DLCompiler.Tensor").GetMembers().Where(member => activations.Contains(member.Name) && Library.IsVisible(member)))
            .Concat(new[] { "Loss", "Optimizer", "Initializer" }.SelectMany(name => Type("DLCompiler." + name).GetMembers().OfType<IFieldSymbol>()))
            .Where(symbol => symbol.Name != "Default");
    }

    private static INamedTypeSymbol Type(string name) => Library.Sources.GetTypeByMetadataName(name)!;

    // Or a member that it refers to does.
    private static bool NamesASource(ISymbol symbol, int depth)
    {
        string xml = symbol.GetDocumentationCommentXml() ?? "";
        if (Source().IsMatch(xml)) return true;
        var others = Reference().Matches(xml).Select(match => match.Groups[1].Value)
            .Select(id => DocumentationCommentId.GetFirstSymbolForDeclarationId(id, Library.Sources));
        return depth < 2 && others.OfType<ISymbol>().Any(other => !SymbolEqualityComparer.Default.Equals(other, symbol) && NamesASource(other, depth + 1));
    }

    [GeneratedRegex(@"\(\w[^()]* (19|20)\d\d|PyTorch")]
    private static partial Regex Source();

    [GeneratedRegex("cref=\"([^\"]*)\"")]
    private static partial Regex Reference();
}
