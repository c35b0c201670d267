using DLCompiler.Compiler.Programs;
using Microsoft.CodeAnalysis;

namespace DLCompiler.Generator.Parsing;

/// <summary>A class as the compiler sees it, and beside it what only diagnostics need.</summary>
/// <param name="Program">The class's program: value-equal, without symbols and locations.</param>
/// <param name="Sites">Where the program's sites stand.</param>
/// <param name="Name">The class's name in its declaration.</param>
/// <param name="HasInvalidCode">Whether the C# compiler rejects some of the code: it reports that itself.</param>
internal sealed record ParsedClass(ClassProgram Program, SiteTable Sites, Location Name, bool HasInvalidCode);
