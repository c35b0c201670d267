using System;
using static DLCompiler.Compiler.Programs.Expression;

namespace DLCompiler.Compiler.Programs.Serialization;

/// <summary>How expressions are written and read: a tag, then the fields in the order of the records.</summary>
internal static class ExpressionFormat
{
    public static Expression? Optional(ProgramStream stream, Expression? value) => Body(stream, stream.Tag(TagOf(value)), value);

    public static Expression Node(ProgramStream stream, Expression? value) => Optional(stream, value) ?? throw new FormatException("An expression is missing.");

    public static Argument Argument(ProgramStream stream, Argument? value) =>
        new(stream.Text(value?.Parameter), Node(stream, value?.Value), stream.Truth(value?.IsDefault));

    private static char TagOf(Expression? value) => value switch
    {
        null => '~',
        Literal => 'L',
        Name => 'N',
        This => 'T',
        Member => 'M',
        Call => 'C',
        Invoke => 'I',
        New => 'W',
        Expression.Array => 'A',
        SizedArray => 'Z',
        Spread => 'S',
        Expression.Tuple => 'P',
        TupleElement => 'p',
        Element => 'E',
        FromEnd => '^',
        Expression.Range => 'R',
        Unary => 'U',
        Binary => 'B',
        Expression.Convert => 'V',
        Conditional => '?',
        Assign => 'G',
        CompoundAssign => 'g',
        Increment => '+',
        Discard => '_',
        Lambda => 'F',
        MethodGroup => 'm',
        Expression.Switch => 'H',
        Is => 'i',
        Interpolated => '$',
        Throw => 't',
        Unsupported => '!',
        _ => throw new ArgumentException($"{value.GetType()} has no tag."),
    };

    private static Expression? Body(ProgramStream s, char tag, Expression? value)
    {
        switch (tag)
        {
            case '~': return null;
            case 'L': { var e = value as Literal; return new Literal(s.Constant(e?.Value), Site(s, e)); }
            case 'N': { var e = value as Name; return new Name(s.Text(e?.Identifier), Site(s, e)); }
            case 'T': return new This(Site(s, value));
            case 'M': { var e = value as Member; return new Member(Optional(s, e?.Receiver), s.Text(e?.Owner), s.Text(e?.Identifier), Site(s, e)); }
            case 'C':
                {
                    var e = value as Call;
                    return new Call(Optional(s, e?.Receiver), s.Text(e?.Owner), s.Text(e?.Method), s.List(e?.Arguments, Argument), Site(s, e));
                }

            case 'I': { var e = value as Invoke; return new Invoke(Node(s, e?.Function), s.List(e?.Arguments, Node), Site(s, e)); }
            case 'W': { var e = value as New; return new New(s.Text(e?.Type), s.List(e?.Arguments, Argument), Site(s, e)); }
            case 'A': { var e = value as Expression.Array; return new Expression.Array(s.List(e?.Elements, Node), Site(s, e)); }
            case 'Z': { var e = value as SizedArray; return new SizedArray(s.Text(e?.ElementType), Node(s, e?.Length), Site(s, e)); }
            case 'S': { var e = value as Spread; return new Spread(Node(s, e?.Operand), Site(s, e)); }
            case 'P': { var e = value as Expression.Tuple; return new Expression.Tuple(s.List(e?.Elements, Node), Site(s, e)); }
            case 'p': { var e = value as TupleElement; return new TupleElement(Node(s, e?.Operand), s.Number(e?.Index), Site(s, e)); }
            case 'E': { var e = value as Element; return new Element(Node(s, e?.Receiver), Node(s, e?.Position), Site(s, e)); }
            case '^': { var e = value as FromEnd; return new FromEnd(Node(s, e?.Operand), Site(s, e)); }
            case 'R': { var e = value as Expression.Range; return new Expression.Range(Optional(s, e?.Start), Optional(s, e?.End), Site(s, e)); }
            case 'U': { var e = value as Unary; return new Unary(s.Text(e?.Operator), Node(s, e?.Operand), Site(s, e)); }
            case 'B': { var e = value as Binary; return new Binary(s.Text(e?.Operator), Node(s, e?.Left), Node(s, e?.Right), Site(s, e)); }
            case 'V': { var e = value as Expression.Convert; return new Expression.Convert(s.Text(e?.Type), Node(s, e?.Operand), Site(s, e)); }
            case '?': { var e = value as Conditional; return new Conditional(Node(s, e?.Condition), Node(s, e?.IfTrue), Node(s, e?.IfFalse), Site(s, e)); }
            case 'G': { var e = value as Assign; return new Assign(Node(s, e?.Target), Node(s, e?.Value), Site(s, e)); }
            case 'g':
                {
                    var e = value as CompoundAssign;
                    return new CompoundAssign(s.Text(e?.Operator), Node(s, e?.Target), Node(s, e?.Value), s.OptionalText(e?.Owner), s.OptionalText(e?.Method),
                        Site(s, e));
                }

            case '+': { var e = value as Increment; return new Increment(Node(s, e?.Target), s.Number(e?.Delta), s.Truth(e?.Postfix), Site(s, e)); }
            case '_': return new Discard(Site(s, value));
            case 'F': { var e = value as Lambda; return new Lambda(s.Texts(e?.Parameters), StatementFormat.Node(s, e?.Body), Site(s, e)); }
            case 'm': { var e = value as MethodGroup; return new MethodGroup(s.Text(e?.Owner), s.Text(e?.Method), Site(s, e)); }
            case 'H': { var e = value as Expression.Switch; return new Expression.Switch(Node(s, e?.Value), s.List(e?.Arms, Arm), Site(s, e)); }
            case 'i': { var e = value as Is; return new Is(Node(s, e?.Value), PatternFormat.Node(s, e?.Pattern), Site(s, e)); }
            case '$': { var e = value as Interpolated; return new Interpolated(s.List(e?.Parts, Node), Site(s, e)); }
            case 't': { var e = value as Throw; return new Throw(Optional(s, e?.Exception), Site(s, e)); }
            case '!': { var e = value as Unsupported; return new Unsupported(s.Text(e?.What), Site(s, e)); }
            default: throw new FormatException($"There is no expression of kind '{tag}'.");
        }
    }

    private static SwitchArm Arm(ProgramStream stream, SwitchArm? value) =>
        new(PatternFormat.Node(stream, value?.Pattern), Optional(stream, value?.Guard), Node(stream, value?.Value));

    private static int Site(ProgramStream stream, Expression? value) => stream.Number(value?.Site);
}
