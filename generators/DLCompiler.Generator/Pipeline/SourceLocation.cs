using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DLCompiler.Generator.Pipeline;

/// <summary>A place in a file by value: a <see cref="Location"/> would keep a whole compilation alive.</summary>
internal sealed record SourceLocation(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static SourceLocation Of(Location location)
    {
        FileLinePositionSpan lines = location.GetLineSpan();
        return new SourceLocation(lines.Path, location.SourceSpan, lines.Span);
    }

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}
