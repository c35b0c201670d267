using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary;

/// <summary>A value given to a parameter of a layer or an operation.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="IsDefault">Whether the user left it out.</param>
/// <param name="Origin">The argument's expression; for a default, what it is an argument of.</param>
/// <param name="ElementOrigins">For an array, its elements, as far as they are written out.</param>
public sealed record ArgumentValue(string Name, object? Value, bool IsDefault, Origin Origin, IReadOnlyList<Origin> ElementOrigins)
{
    /// <summary>Whether it is written as a constant, so that it does not depend on hyperparameters.</summary>
    public bool IsConstant { get; init; }
}

/// <summary>
/// The arguments of a call or of a layer, read by name as what the layer needs. Names are those of the public API; attributes' named arguments differ in
/// case only.
/// </summary>
/// <param name="origin">The call or creation as a whole.</param>
public sealed class ArgumentSet(IReadOnlyList<ArgumentValue> arguments, Origin origin)
{
    /// <summary>The call or creation as a whole.</summary>
    public Origin Origin { get; } = origin;

    /// <summary>All arguments, in order.</summary>
    public IReadOnlyList<ArgumentValue> All => arguments;

    /// <summary>The argument of a parameter; null if there is none.</summary>
    public ArgumentValue? Find(string name) => arguments.FirstOrDefault(argument => string.Equals(argument.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where the argument is written; the whole call where it is left out.</summary>
    public Origin OriginOf(string name) => Find(name) is { IsDefault: false } argument ? argument.Origin : Origin;

    /// <summary>Where an element of an array argument is written; the whole argument where it isn't written out.</summary>
    public Origin OriginOf(string name, int element) =>
        Find(name) is { } argument && argument.ElementOrigins.Count > element ? argument.ElementOrigins[element] : OriginOf(name);

    /// <summary>A whole number that is known at compile time.</summary>
    public int Integer(string name, int fallback = 0) => Find(name) is { } argument ? ToInteger(name, argument.Value, OriginOf(name)) : fallback;

    /// <summary>A number that is known at compile time.</summary>
    public double Number(string name, double fallback = 0) => Find(name) is { } argument ? ToNumber(name, argument.Value, OriginOf(name)) : fallback;

    /// <summary>Numbers that are known at compile time.</summary>
    public IReadOnlyList<double> Numbers(string name) => [.. Items(name).Select((item, index) => ToNumber(name, item, OriginOf(name, index)))];

    /// <summary>A truth value.</summary>
    public bool Flag(string name, bool fallback) =>
        Find(name) is not { } argument ? fallback : argument.Value is bool value ? value : throw NotKnown(name, argument.Value, OriginOf(name));

    /// <summary>The name of an enumeration's member.</summary>
    public string Member(string name, string fallback) =>
        Find(name) is not { } argument ? fallback : argument.Value is EnumValue value ? value.Member : throw NotKnown(name, argument.Value, OriginOf(name));

    /// <summary>Whole numbers that are known at compile time.</summary>
    public IReadOnlyList<int> Integers(string name) => [.. Items(name).Select((item, index) => ToInteger(name, item, OriginOf(name, index)))];

    /// <summary>Sizes, of which some may be known at run time only.</summary>
    public IReadOnlyList<Dimension> Sizes(string name) => [.. Items(name).Select((item, index) => item switch
    {
        SizeValue size => size.Dimension,
        _ => Dimension.Constant(ToInteger(name, item, OriginOf(name, index))),
    })];

    /// <summary>A tensor.</summary>
    public Node Tensor(string name) => Find(name) is { } argument ? ToTensor(name, argument.Value, OriginOf(name)) : throw NotKnown(name, null, Origin);

    /// <summary>A tensor that may be left out; null where it is.</summary>
    public Node? OptionalTensor(string name) => Find(name) is { Value: not null } ? Tensor(name) : null;

    /// <summary>An array of tensors.</summary>
    public IReadOnlyList<Node> Tensors(string name) =>
        [.. Items(name).Select((item, index) => ToTensor($"{name}[{Checks.Text(index)}]", item, OriginOf(name, index)))];

    private IReadOnlyList<object?> Items(string name) =>
        Find(name) is not { } argument ? [] : argument.Value is ListValue list ? list.Items : throw NotKnown(name, argument.Value, OriginOf(name));

    private static Node ToTensor(string name, object? value, Origin origin) => value is TensorValue tensor ? tensor.Node : throw NotKnown(name, value, origin);

    private static int ToInteger(string name, object? value, Origin origin) => value is int number ? number : throw NotKnown(name, value, origin);

    private static double ToNumber(string name, object? value, Origin origin) => value switch
    {
        int or long or double => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        // The decimal digits the user wrote, not the float's binary tail: 0.1f is 0.1.
        float single => double.Parse(single.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => throw NotKnown(name, value, origin),
    };

    private static VocabularyError NotKnown(string name, object? value, Origin origin) => value switch
    {
        SizeValue size =>
            new(
                DiagnosticIds.Unsupported,
                origin,
                $"{Written(name)} is {size.Dimension} here, which is known at run time only; use a number, a hyperparameter or a constant dimension")
            { Tensors = [] },
        ScalarValue =>
            new(
                DiagnosticIds.Unsupported,
                origin,
                $"{Written(name)} is computed from a size that is known at run time only; use a number, a hyperparameter or a constant dimension")
            {
                Tensors = [],
            },
        EnumValue member => new(
            DiagnosticIds.Unsupported,
            origin,
            $"the value of {member.Type.Substring(member.Type.LastIndexOf('.') + 1)}.{member.Member} is not known at compile time; use a const or a hyperparameter")
        {
            Tensors = [],
        },
        null => new(DiagnosticIds.EvaluationFailed, origin, $"{Written(name)} is null; give it a value before") { Tensors = [] },
        _ => new(DiagnosticIds.Unsupported, origin, $"the value of {Written(name)} can't be compiled") { Tensors = [] },
    };

    /// <summary>A parameter in a sentence.</summary>
    public static string Written(string parameter) => parameter is "left" or "right" ? $"the {parameter} operand" : $"'{parameter}'";
}
