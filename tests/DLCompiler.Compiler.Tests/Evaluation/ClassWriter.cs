using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Programs;

namespace DLCompiler.Compiler.Tests.Evaluation;

/// <summary>
/// Writes the program of one class by hand, as the parser would from source: sites are numbered in the order of writing, and those that a test asks for get
/// a name.
/// </summary>
public sealed class ClassWriter(string name, ClassKind kind = ClassKind.Model)
{
    private readonly Dictionary<string, int> marks = new(StringComparer.Ordinal);
    private readonly List<FieldProgram> fields = [];
    private readonly List<MethodProgram> methods = [];
    private readonly List<HyperParameter> hyperParameters = [];
    private readonly List<Expression.New> chain = [];
    private Expression.New? parent;
    private ShapeSpecification? input;
    private TrainSpecification? train;
    private int next;

    /// <summary>The class's metadata name.</summary>
    public string MetadataName => "App." + name;

    /// <summary>The place that was marked.</summary>
    public SourceSite this[string mark] => new(MetadataName, marks[mark]);

    /// <summary>The program.</summary>
    public ClassProgram Program => new(
        MetadataName,
        name,
        kind,
        parent,
        chain.Count > 0,
        hyperParameters.ToEquatableArray(),
        fields.ToEquatableArray(),
        methods.ToEquatableArray(),
        chain.ToEquatableArray(),
        input,
        train,
        null,
        null,
        Site(null));

    // Declarations.

    public ClassWriter HyperParameter(string parameter, string type = "int", object? fallback = null)
    {
        hyperParameters.Add(new HyperParameter(parameter, type, fallback is null ? null : Value(fallback), Site(null)));
        return this;
    }

    /// <summary>A field, marked by its own name.</summary>
    public ClassWriter Field(string field, Expression value, string type = "?")
    {
        fields.Add(new FieldProgram(field, type, value, Site(field)));
        return this;
    }

    public ClassWriter DerivesFrom(string block, params (string, Expression)[] arguments)
    {
        parent = New("App." + block, arguments);
        marks["base"] = parent.Site;
        return this;
    }

    public ClassWriter Trains(string loss, string optimizer, params (string Name, double Value)[] numbers)
    {
        train = new TrainSpecification(loss, optimizer, numbers.Select(number => new NamedNumber(number.Name, number.Value, Site("train"))).ToEquatableArray(), Site("train"));
        return this;
    }

    public ClassWriter Input(params object[] sizes)
    {
        input = Shape(sizes);
        return this;
    }

    /// <summary>A layer of a chain, marked by its position.</summary>
    public ClassWriter Then(string layer, params (string, Expression)[] arguments)
    {
        Expression.New creation = New("DLCompiler." + layer, arguments);
        marks[chain.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)] = creation.Site;
        chain.Add(creation);
        return this;
    }

    public ShapeSpecification Shape(params object[] sizes)
    {
        int site = Site("shape");
        return new(sizes.Select(size => new DeclaredSize(Convert.ToString(size, System.Globalization.CultureInfo.InvariantCulture)!, site)).ToEquatableArray(), site);
    }

    public MethodParameter Tensor(string parameter, params object[] sizes) =>
        new(parameter, "DLCompiler.Tensor", null, sizes.Length == 0 ? null : Shape(sizes), Site(parameter));

    public MethodParameter Ids(string parameter, params object[] sizes) => Tensor(parameter, sizes) with { Type = "DLCompiler.Tensor`1[int]" };

    /// <summary>A parameter of a helper.</summary>
    public MethodParameter Any(string parameter) => new(parameter, "int", null, null, Site(parameter));

    public ClassWriter Forward(MethodParameter parameter, params Statement[] body) => Method("Forward", [parameter], body);

    public ClassWriter Method(string method, MethodParameter[] parameters, Statement[] body, ShapeSpecification? returns = null, StepSpecification? step = null)
    {
        methods.Add(new MethodProgram(method, false, [.. parameters], "DLCompiler.Tensor", returns, Block(body), step, Site(method)));
        return this;
    }

    public ClassWriter Step(string method, MethodParameter[] parameters, Statement[] body, params string[] updates) =>
        Method(method, parameters, body, step: new StepSpecification([.. updates.Select(name => new UpdatedField(name, Site("updates " + name)))], "Adam", [], Site("step " + method)));

    // Statements.

    public Statement Block(params Statement[] statements) => new Statement.Block([.. statements], Site(null));

    public Statement Let(string variable, Expression value) => new Statement.Declare(variable, value, Site(null));

    public Statement Do(Expression value) => new Statement.Evaluate(value, value.Site);

    /// <summary>Marked <c>return</c>.</summary>
    public Statement Return(Expression value)
    {
        marks["return"] = value.Site;
        return new Statement.Return(value, value.Site);
    }

    public Statement If(Expression condition, Statement then, Statement? otherwise = null, string? mark = null) =>
        new Statement.If(condition, then, otherwise, Site(mark));

    public Statement While(Expression condition, Statement body, string? mark = null, bool testFirst = true) =>
        new Statement.While(condition, body, testFirst, Site(mark));

    public Statement For(string variable, Expression end, params Statement[] body) => new Statement.For(
        [Let(variable, Value(0))], Operate("<", Name(variable), end),
        [
            Do(new Expression.Increment(Name(variable), 1, true, Site(null)))
        ], Block(body), Site(null));

    public Statement ForEach(string variable, Expression source, params Statement[] body) =>
        new Statement.ForEach(Name(variable), source, Block(body), Site("foreach"));

    public Statement Function(string function, string[] parameters, params Statement[] body) =>
        new Statement.LocalFunction(function, [.. parameters], Block(body), Site(null));

    public Statement Set(string variable, Expression value) => Do(new Expression.Assign(Name(variable), value, Site(null)));

    // Expressions.

    /// <summary>Names an expression's place.</summary>
    public T Mark<T>(string mark, T expression)
        where T : Expression
    {
        marks[mark] = expression.Site;
        return expression;
    }

    public Expression Value(object? value) => new Expression.Literal(value, Site(null));

    public Expression Name(string variable) => new Expression.Name(variable, Site(null));

    public Expression Member(string field) => new Expression.Member(new Expression.This(Site(null)), MetadataName, field, Site(null));

    public Expression Enum(string type, string member) => new Expression.Member(null, "DLCompiler." + type, member, Site(null));

    public Expression.New New(string type, params (string Name, Expression Value)[] arguments) => new(type, Arguments(arguments), Site(null));

    public Expression.New Layer(string type, params (string Name, Expression Value)[] arguments) => New("DLCompiler." + type, arguments);

    public Expression.New Dense(int units) => Layer("Dense", ("units", Value(units)));

    public Expression Array(params Expression[] elements) => new Expression.Array([.. elements], Site(null));

    public Expression Tuple(params Expression[] elements) => new Expression.Tuple([.. elements], Site(null));

    public Expression Lambda(string[] parameters, Expression body) =>
        new Expression.Lambda([.. parameters], Block(new Statement.Return(body, body.Site)), Site(null));

    public Expression Operate(string symbol, Expression left, Expression right) => new Expression.Binary(symbol, left, right, Site(null));

    public Expression Choose(Expression condition, Expression ifTrue, Expression ifFalse) => new Expression.Conditional(condition, ifTrue, ifFalse, Site(null));

    /// <summary><c>field.Forward(x)</c> of a layer.</summary>
    public Expression Use(string field, Expression x, string owner = "DLCompiler.Layer") => Forward(Member(field), owner, x);

    /// <summary><c>receiver.Forward(x)</c>.</summary>
    public Expression Forward(Expression receiver, string owner, Expression x) =>
        new Expression.Call(receiver, owner, "Forward", Arguments([("x", x)]), Site(null));

    /// <summary>A method of tensors.</summary>
    public Expression On(Expression receiver, string method, params (string Name, Expression Value)[] arguments) =>
        new Expression.Call(receiver, "DLCompiler.Tensor", method, Arguments(arguments), Site(null));

    /// <summary>A static method.</summary>
    public Expression Static(string owner, string method, params (string Name, Expression Value)[] arguments) =>
        new Expression.Call(null, owner, method, Arguments(arguments), Site(null));

    /// <summary>An operator of tensors: <c>Addition</c>.</summary>
    public Expression Operator(string method, Expression left, Expression right) =>
        Static("DLCompiler.Tensor", "op_" + method, ("left", left), ("right", right));

    /// <summary>A method of the class itself.</summary>
    public Expression Own(string method, params (string Name, Expression Value)[] arguments) =>
        new Expression.Call(new Expression.This(Site(null)), MetadataName, method, Arguments(arguments), Site(null));

    /// <summary>A local function, or a lambda in a variable.</summary>
    public Expression Invoke(string function, params Expression[] arguments) => new Expression.Invoke(Name(function), [.. arguments], Site(null));

    /// <summary><c>x.Shape[axis]</c>.</summary>
    public Expression Size(Expression x, int axis) =>
        new Expression.Element(new Expression.Member(x, "DLCompiler.Tensor", "Shape", Site(null)), Value(axis), Site(null));

    public int Site(string? mark)
    {
        if (mark is not null) marks[mark] = next;
        return next++;
    }

    private static EquatableArray<Argument> Arguments((string Name, Expression Value)[] arguments) =>
        arguments.Select(argument => new Argument(argument.Name, argument.Value, IsDefault: false)).ToEquatableArray();
}
