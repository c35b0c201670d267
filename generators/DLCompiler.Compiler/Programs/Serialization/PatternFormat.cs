using System;

namespace DLCompiler.Compiler.Programs.Serialization;

/// <summary>How patterns are written and read.</summary>
internal static class PatternFormat
{
    public static Pattern Node(ProgramStream s, Pattern? value)
    {
        char tag = s.Tag(value switch
        {
            Pattern.Constant => 'c',
            Pattern.Relational => 'r',
            Pattern.Any => 'a',
            Pattern.Combined => '&',
            Pattern.Not => 'n',
            Pattern.Positional => 'p',
            null => '~',
            _ => throw new ArgumentException($"{value.GetType()} has no tag."),
        });
        switch (tag)
        {
            case 'c': return new Pattern.Constant(ExpressionFormat.Node(s, (value as Pattern.Constant)?.Value));
            case 'r': { var p = value as Pattern.Relational; return new Pattern.Relational(s.Text(p?.Operator), ExpressionFormat.Node(s, p?.Value)); }
            case 'a': return new Pattern.Any(s.OptionalText((value as Pattern.Any)?.Name));
            case '&': { var p = value as Pattern.Combined; return new Pattern.Combined(s.Truth(p?.And), Node(s, p?.Left), Node(s, p?.Right)); }
            case 'n': return new Pattern.Not(Node(s, (value as Pattern.Not)?.Operand));
            case 'p': return new Pattern.Positional(s.List((value as Pattern.Positional)?.Elements, Node));
            default: throw new FormatException($"There is no pattern of kind '{tag}'.");
        }
    }
}
