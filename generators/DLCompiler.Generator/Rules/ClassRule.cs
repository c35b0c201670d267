using System.Collections.Generic;
using System.Collections.Immutable;
using DLCompiler.Compiler.Programs;
using Microsoft.CodeAnalysis;

namespace DLCompiler.Generator.Rules;

/// <summary>
/// A rule about the declaration of a <c>[Model]</c> or <c>[Block]</c>: the analyzer reports what it finds, and the generator compiles no model that breaks
/// one.
/// </summary>
internal abstract class ClassRule
{
    /// <summary>All rules about declarations.</summary>
    public static ImmutableArray<ClassRule> All { get; } =
        [new PartialRule(), new ConstructorRule(), new SignatureRule(), new DuplicateNameRule(), new ChainRule()];

    /// <summary>The id of the rule's diagnostic.</summary>
    public abstract string Id { get; }

    /// <summary>Whether nothing is added to a class that breaks the rule: then errors of C# may follow from that, and are no reason for silence.</summary>
    public virtual bool TakesMembers => false;

    /// <summary>What is wrong with a class.</summary>
    public abstract IEnumerable<Finding> Check(INamedTypeSymbol type, ClassKind kind);

    /// <summary>A place and what is wrong there.</summary>
    internal sealed record Finding(Location Location, string Message)
    {
        /// <summary>What a code fix needs to know.</summary>
        public ImmutableDictionary<string, string?> Properties { get; init; } = ImmutableDictionary<string, string?>.Empty;
    }
}
