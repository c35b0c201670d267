namespace DLCompiler.Compiler.Programs;

/// <summary>A statement of a user's program; see <see cref="Expression"/> for sites and equality.</summary>
public abstract record Statement(int Site)
{
    /// <summary>A block.</summary>
    public sealed record Block(EquatableArray<Statement> Statements, int Site) : Statement(Site);

    /// <summary>A local variable, with or without a value.</summary>
    public sealed record Declare(string Identifier, Expression? Value, int Site) : Statement(Site);

    /// <summary><c>var (a, b) = value;</c>: nested targets are tuples of names.</summary>
    public sealed record Destructure(Expression Target, Expression Value, int Site) : Statement(Site);

    /// <summary>An expression for its effect.</summary>
    public sealed record Evaluate(Expression Value, int Site) : Statement(Site);

    /// <summary><c>if</c>.</summary>
    public sealed record If(Expression Condition, Statement Then, Statement? Else, int Site) : Statement(Site);

    /// <summary><c>for</c>.</summary>
    public sealed record For(EquatableArray<Statement> Initializers, Expression? Condition, EquatableArray<Statement> Incrementors, Statement Body, int Site)
        : Statement(Site);

    /// <summary><c>foreach</c>; the target is a <see cref="Expression.Name"/> or a tuple of names.</summary>
    public sealed record ForEach(Expression Target, Expression Source, Statement Body, int Site) : Statement(Site);

    /// <summary><c>while</c>, and <c>do … while</c> with <paramref name="TestFirst"/> false.</summary>
    public sealed record While(Expression Condition, Statement Body, bool TestFirst, int Site) : Statement(Site);

    /// <summary><c>switch</c>.</summary>
    public sealed record Switch(Expression Value, EquatableArray<SwitchSection> Sections, int Site) : Statement(Site);

    /// <summary><c>return</c>, and the end of an expression body. The site is the returned expression as a whole, where there is one.</summary>
    public sealed record Return(Expression? Value, int Site) : Statement(Site);

    /// <summary><c>break</c>.</summary>
    public sealed record Break(int Site) : Statement(Site);

    /// <summary><c>continue</c>.</summary>
    public sealed record Continue(int Site) : Statement(Site);

    /// <summary>A local function.</summary>
    public sealed record LocalFunction(string Identifier, EquatableArray<string> Parameters, Statement Body, int Site) : Statement(Site);

    /// <summary>Something that can't be compiled; see <see cref="Expression.Unsupported"/>.</summary>
    public sealed record Unsupported(string What, int Site) : Statement(Site);
}

/// <summary>One section of a switch statement; no patterns for <c>default</c>.</summary>
public sealed record SwitchSection(EquatableArray<Pattern> Patterns, Expression? Guard, Statement Body);
