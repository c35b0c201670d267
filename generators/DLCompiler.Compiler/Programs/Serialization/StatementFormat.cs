using System;
using static DLCompiler.Compiler.Programs.Statement;

namespace DLCompiler.Compiler.Programs.Serialization;

/// <summary>How statements are written and read: a tag, then the fields in the order of the records.</summary>
internal static class StatementFormat
{
    public static Statement Node(ProgramStream stream, Statement? value) => Optional(stream, value) ?? throw new FormatException("A statement is missing.");

    private static Statement? Optional(ProgramStream s, Statement? value)
    {
        char tag = s.Tag(value switch
        {
            null => '~',
            Block => '{',
            Declare => 'd',
            Destructure => 'D',
            Evaluate => 'e',
            If => 'i',
            For => 'f',
            ForEach => 'F',
            While => 'w',
            Statement.Switch => 'h',
            Return => 'r',
            Break => 'b',
            Continue => 'c',
            LocalFunction => 'l',
            Unsupported => '!',
            _ => throw new ArgumentException($"{value.GetType()} has no tag."),
        });
        switch (tag)
        {
            case '~': return null;
            case '{': { var n = value as Block; return new Block(s.List(n?.Statements, Node), Site(s, n)); }
            case 'd': { var n = value as Declare; return new Declare(s.Text(n?.Identifier), ExpressionFormat.Optional(s, n?.Value), Site(s, n)); }
            case 'D':
                {
                    var n = value as Destructure;
                    return new Destructure(ExpressionFormat.Node(s, n?.Target), ExpressionFormat.Node(s, n?.Value), Site(s, n));
                }

            case 'e': { var n = value as Evaluate; return new Evaluate(ExpressionFormat.Node(s, n?.Value), Site(s, n)); }
            case 'i': { var n = value as If; return new If(ExpressionFormat.Node(s, n?.Condition), Node(s, n?.Then), Optional(s, n?.Else), Site(s, n)); }
            case 'f':
                {
                    var n = value as For;
                    return new For(s.List(n?.Initializers, Node), ExpressionFormat.Optional(s, n?.Condition), s.List(n?.Incrementors, Node), Node(s, n?.Body),
                        Site(s, n));
                }

            case 'F':
                {
                    var n = value as ForEach;
                    return new ForEach(ExpressionFormat.Node(s, n?.Target), ExpressionFormat.Node(s, n?.Source), Node(s, n?.Body), Site(s, n));
                }

            case 'w': { var n = value as While; return new While(ExpressionFormat.Node(s, n?.Condition), Node(s, n?.Body), s.Truth(n?.TestFirst), Site(s, n)); }
            case 'h':
                {
                    var n = value as Statement.Switch;
                    return new Statement.Switch(ExpressionFormat.Node(s, n?.Value), s.List(n?.Sections, Section), Site(s, n));
                }

            case 'r': { var n = value as Return; return new Return(ExpressionFormat.Optional(s, n?.Value), Site(s, n)); }
            case 'b': return new Break(Site(s, value));
            case 'c': return new Continue(Site(s, value));
            case 'l': { var n = value as LocalFunction; return new LocalFunction(s.Text(n?.Identifier), s.Texts(n?.Parameters), Node(s, n?.Body), Site(s, n)); }
            case '!': { var n = value as Unsupported; return new Unsupported(s.Text(n?.What), Site(s, n)); }
            default: throw new FormatException($"There is no statement of kind '{tag}'.");
        }
    }

    private static SwitchSection Section(ProgramStream stream, SwitchSection? value) =>
        new(stream.List(value?.Patterns, PatternFormat.Node), ExpressionFormat.Optional(stream, value?.Guard), Node(stream, value?.Body));

    private static int Site(ProgramStream stream, Statement? value) => stream.Number(value?.Site);
}
