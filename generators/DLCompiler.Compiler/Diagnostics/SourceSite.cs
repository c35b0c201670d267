namespace DLCompiler.Compiler.Diagnostics;

/// <summary>
/// A place in a user's program: the class, and the number of the expression, statement, field or method within it (see <see cref="Programs.Expression"/>).
/// </summary>
/// <param name="ClassMetadataName">The class whose numbering <paramref name="Site"/> belongs to.</param>
/// <param name="Site">The number; the front end keeps the table from numbers to source spans.</param>
public sealed record SourceSite(string ClassMetadataName, int Site);
