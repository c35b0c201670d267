using System.Linq;
using System.Text;

namespace DLCompiler.Compiler.Emit;

/// <summary>The class that emitted files add a part to: how to reopen it, and how to name it from elsewhere.</summary>
/// <param name="Namespace">The namespace as source writes it (keywords escaped); empty for the global one.</param>
/// <param name="Containers">The containing types, outermost first.</param>
/// <param name="Name">The class's name as source writes it: keywords are escaped (<c>@class</c>).</param>
/// <param name="MetadataName">The class's name in metadata: <c>App.Outer+LeNet5</c>.</param>
/// <param name="HintName">The emitted files' name, without extension: unique in the compilation, whatever the case of letters.</param>
public sealed record TypeDeclaration(string Namespace, EquatableArray<ContainingType> Containers, string Name, string MetadataName, string HintName)
{
    /// <summary>The class's name from anywhere: <c>global::App.Outer.LeNet5</c>.</summary>
    public string QualifiedName =>
        "global::" + string.Join(".", new[] { Namespace }.Where(space => space.Length > 0).Concat(Containers.Select(container => container.Name)).Append(Name));

    /// <summary>
    /// The name as an identifier that is unique among the models of an assembly, for helpers that stand beside the class: <c>App_Outer_LeNet5</c>.
    /// </summary>
    public string Identifier
    {
        get
        {
            var text = new StringBuilder();
            foreach (char letter in MetadataName) text.Append(char.IsLetterOrDigit(letter) ? letter : '_');
            return text.ToString();
        }
    }
}

/// <summary>
/// A type around a model: <paramref name="Keyword"/> is <c>class</c>, <c>struct</c>, <c>record</c> …; <paramref name="Name"/> includes type parameters.
/// </summary>
public sealed record ContainingType(string Keyword, string Name);
