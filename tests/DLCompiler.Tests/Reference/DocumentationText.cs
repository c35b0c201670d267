using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace DLCompiler.Tests.Reference;

/// <summary>A symbol's documentation comment, as Markdown.</summary>
internal sealed partial class DocumentationText
{
    private const char Paragraph = '\u2029';

    private readonly XElement root;

    private DocumentationText(XElement root) => this.root = root;

    /// <summary>The documentation of a symbol of the sources; that of the member it inherits from where it says so.</summary>
    public static DocumentationText Of(ISymbol symbol, Compilation sources)
    {
        for (int depth = 0; depth < 8; depth++)
        {
            string xml = symbol.GetDocumentationCommentXml(expandIncludes: false) ?? "";
            XElement root = xml.Length == 0 ? new XElement("member") : XElement.Parse(xml, System.Xml.Linq.LoadOptions.PreserveWhitespace);
            if (root.Element("inheritdoc")?.Attribute("cref")?.Value is not { } reference) return new DocumentationText(root);
            if (DocumentationCommentId.GetFirstSymbolForDeclarationId(reference, sources) is not { } other) return new DocumentationText(root);
            symbol = other;
        }

        throw new InvalidOperationException($"{symbol} inherits its documentation in a circle.");
    }

    /// <summary>What it is.</summary>
    public string Summary => Text(root.Element("summary"));

    /// <summary>What else there is to say.</summary>
    public string Remarks => Text(root.Element("remarks"));

    /// <summary>What it gives.</summary>
    public string Returns => Text(root.Element("returns"));

    /// <summary>Code that uses it.</summary>
    public string Example => string.Join('\n', (root.Element("example")?.Descendants("code").FirstOrDefault()?.Value ?? "").Trim('\n').Split('\n')
        .Select(line => line.TrimEnd()));

    /// <summary>The parameters with what they mean.</summary>
    public IEnumerable<(string Name, string Text)> Parameters => root.Elements("param").Select(element => (element.Attribute("name")!.Value, Text(element)));

    /// <summary>What is thrown, and when.</summary>
    public IEnumerable<(string Type, string Text)> Exceptions =>
        root.Elements("exception").Select(element => (Name(element.Attribute("cref")!.Value), Text(element)));

    private static string Text(XElement? element)
    {
        if (element is null) return "";
        var text = new StringBuilder();
        foreach (XNode node in element.Nodes()) Append(text, node);
        return string.Join("\n\n", text.ToString().Split(Paragraph).Select(part => Spaces().Replace(part, " ").Trim()).Where(part => part.Length > 0));
    }

    private static void Append(StringBuilder text, XNode node)
    {
        switch (node)
        {
            case XText plain:
                text.Append(Escaped(plain.Value));
                break;
            case XElement { Name.LocalName: "c" } code:
                text.Append('`').Append(code.Value).Append('`');
                break;
            case XElement { Name.LocalName: "paramref" or "typeparamref" } parameter:
                text.Append('`').Append(parameter.Attribute("name")!.Value).Append('`');
                break;
            case XElement { Name.LocalName: "see" } see:
                text.Append('`').Append(see.Attribute("langword")?.Value ?? Name(see.Attribute("cref")?.Value ?? see.Attribute("href")!.Value)).Append('`');
                break;
            case XElement { Name.LocalName: "para" } paragraph:
                text.Append(Paragraph);
                foreach (XNode inner in paragraph.Nodes()) Append(text, inner);
                break;
            case XElement other:
                foreach (XNode inner in other.Nodes()) Append(text, inner);
                break;
        }
    }

    // What Markdown would read as markup.
    private static string Escaped(string text) => Markup().Replace(text, @"\$0");

    // M:DLCompiler.Tensor.Relu(System.Int32) is Tensor.Relu, T:System.ArgumentException is ArgumentException.
    private static string Name(string reference)
    {
        string plain = reference[(reference.IndexOf(':') + 1)..].Split('(')[0].Replace("``1", "", StringComparison.Ordinal)
            .Replace("`1", "", StringComparison.Ordinal);
        string[] parts = plain.Split('.');
        return reference.StartsWith("T:", StringComparison.Ordinal) || parts.Length < 2 ? parts[^1] : parts[^2] + "."
            + (parts[^1] == "#ctor" ? parts[^2] : parts[^1]);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[*_<>|\[\]]")]
    private static partial Regex Markup();
}
