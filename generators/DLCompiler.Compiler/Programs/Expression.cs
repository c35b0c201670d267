namespace DLCompiler.Compiler.Programs;

/// <summary>
/// An expression of a user's program. Value-equal; <c>Site</c> is the expression's number within its class, in source order: where that is in which file
/// stands in
/// a table beside the program, so that moving code does not change the program.
/// </summary>
public abstract record Expression(int Site)
{
    /// <summary>A constant; <paramref name="Value"/> is null, bool, int, long, float, double or string.</summary>
    public sealed record Literal(object? Value, int Site) : Expression(Site);

    /// <summary>A local variable, a parameter of the method, or a hyperparameter (primary-constructor parameter) of the block.</summary>
    public sealed record Name(string Identifier, int Site) : Expression(Site);

    /// <summary>The object that the method runs on.</summary>
    public sealed record This(int Site) : Expression(Site);

    /// <summary>
    /// A field or a property without a body. <paramref name="Owner"/> is the declaring type's metadata name; the receiver is null for static members. A
    /// member of an
    /// enumeration is one too: <c>Initializer.HeNormal</c> has the owner <c>DLCompiler.Initializer</c>, also where it is a default or an attribute's argument.
    /// </summary>
    public sealed record Member(Expression? Receiver, string Owner, string Identifier, int Site) : Expression(Site);

    /// <summary>
    /// A call. Arguments stand in parameter order: defaults filled in, <c>params</c> packed into an array. User-defined operators are calls of
    /// <c>op_Addition</c> and so on. <paramref name="Owner"/> is the declaring type's metadata name without type arguments (<c>DLCompiler.Tensor`1</c>).
    /// </summary>
    public sealed record Call(Expression? Receiver, string Owner, string Method, EquatableArray<Argument> Arguments, int Site) : Expression(Site);

    /// <summary>A call of a lambda or local function held in a variable.</summary>
    public sealed record Invoke(Expression Function, EquatableArray<Expression> Arguments, int Site) : Expression(Site);

    /// <summary>An object creation. <paramref name="Type"/> is the metadata name. Arguments as in <see cref="Call"/>.</summary>
    public sealed record New(string Type, EquatableArray<Argument> Arguments, int Site) : Expression(Site);

    /// <summary>An array, list or collection expression with its elements; a <see cref="Spread"/> element contributes all of its own.</summary>
    public sealed record Array(EquatableArray<Expression> Elements, int Site) : Expression(Site);

    /// <summary><c>new T[length]</c>: <paramref name="ElementType"/> tells the default value.</summary>
    public sealed record SizedArray(string ElementType, Expression Length, int Site) : Expression(Site);

    /// <summary><c>..other</c> inside a collection expression.</summary>
    public sealed record Spread(Expression Operand, int Site) : Expression(Site);

    /// <summary>A tuple.</summary>
    public sealed record Tuple(EquatableArray<Expression> Elements, int Site) : Expression(Site);

    /// <summary>An element of a tuple, by position.</summary>
    public sealed record TupleElement(Expression Operand, int Index, int Site) : Expression(Site);

    /// <summary><c>receiver[index]</c> on an array, a list or a shape.</summary>
    public sealed record Element(Expression Receiver, Expression Position, int Site) : Expression(Site);

    /// <summary><c>^n</c>.</summary>
    public sealed record FromEnd(Expression Operand, int Site) : Expression(Site);

    /// <summary><c>a..b</c>; a missing end is null.</summary>
    public sealed record Range(Expression? Start, Expression? End, int Site) : Expression(Site);

    /// <summary>A built-in operator, as C# writes it: <c>-</c>, <c>!</c>, <c>~</c>, <c>+</c>.</summary>
    public sealed record Unary(string Operator, Expression Operand, int Site) : Expression(Site);

    /// <summary>A built-in operator, as C# writes it; <c>&amp;&amp;</c>, <c>||</c> and <c>??</c> evaluate their right side only where C# does.</summary>
    public sealed record Binary(string Operator, Expression Left, Expression Right, int Site) : Expression(Site);

    /// <summary>A built-in numeric or reference conversion to the named type (<c>int</c>, <c>float</c>, <c>double</c>, <c>long</c>, <c>string</c>, or a
    /// metadata name).</summary>
    public sealed record Convert(string Type, Expression Operand, int Site) : Expression(Site);

    /// <summary><c>condition ? a : b</c>.</summary>
    public sealed record Conditional(Expression Condition, Expression IfTrue, Expression IfFalse, int Site) : Expression(Site);

    /// <summary><c>target = value</c>; the target is a <see cref="Name"/>, <see cref="Element"/>, <see cref="Tuple"/> of them, or a <see
    /// cref="Discard"/>.</summary>
    public sealed record Assign(Expression Target, Expression Value, int Site) : Expression(Site);

    /// <summary><c>target += value</c>: <paramref name="Operator"/> is <c>+</c> and so on; <paramref name="Method"/> is the user-defined operator's call
    /// where there is one.</summary>
    public sealed record CompoundAssign(string Operator, Expression Target, Expression Value, string? Owner, string? Method, int Site) : Expression(Site);

    /// <summary><c>++x</c>, <c>x--</c>.</summary>
    public sealed record Increment(Expression Target, int Delta, bool Postfix, int Site) : Expression(Site);

    /// <summary><c>_</c> as a target.</summary>
    public sealed record Discard(int Site) : Expression(Site);

    /// <summary>A lambda.</summary>
    public sealed record Lambda(EquatableArray<string> Parameters, Statement Body, int Site) : Expression(Site);

    /// <summary>A method of the user's own class as a value (method group).</summary>
    public sealed record MethodGroup(string Owner, string Method, int Site) : Expression(Site);

    /// <summary>A switch expression.</summary>
    public sealed record Switch(Expression Value, EquatableArray<SwitchArm> Arms, int Site) : Expression(Site);

    /// <summary><c>x is pattern</c>.</summary>
    public sealed record Is(Expression Value, Pattern Pattern, int Site) : Expression(Site);

    /// <summary><c>$"…"</c>; parts are literals and expressions.</summary>
    public sealed record Interpolated(EquatableArray<Expression> Parts, int Site) : Expression(Site);

    /// <summary><c>throw</c> as an expression.</summary>
    public sealed record Throw(Expression? Exception, int Site) : Expression(Site);

    /// <summary>Something that can't be compiled; <paramref name="What"/> names it in the diagnostic (DLC2001) reported where evaluation reaches it.</summary>
    public sealed record Unsupported(string What, int Site) : Expression(Site);
}

/// <summary>An argument with its parameter's name; <paramref name="IsDefault"/> where the caller left it out.</summary>
public sealed record Argument(string Parameter, Expression Value, bool IsDefault);

/// <summary>One arm of a switch expression.</summary>
public sealed record SwitchArm(Pattern Pattern, Expression? Guard, Expression Value);

/// <summary>A pattern of <c>is</c> and <c>switch</c>.</summary>
public abstract record Pattern
{
    /// <summary>Equal to a constant.</summary>
    public sealed record Constant(Expression Value) : Pattern;

    /// <summary><c>&lt; 3</c>.</summary>
    public sealed record Relational(string Operator, Expression Value) : Pattern;

    /// <summary><c>_</c> or <c>var name</c>.</summary>
    public sealed record Any(string? Name) : Pattern;

    /// <summary><c>a or b</c>, <c>a and b</c>.</summary>
    public sealed record Combined(bool And, Pattern Left, Pattern Right) : Pattern;

    /// <summary><c>not a</c>.</summary>
    public sealed record Not(Pattern Operand) : Pattern;

    /// <summary><c>(a, b)</c> on a tuple.</summary>
    public sealed record Positional(EquatableArray<Pattern> Elements) : Pattern;
}
