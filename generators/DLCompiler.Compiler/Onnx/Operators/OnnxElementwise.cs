using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Onnx.Operators;

/// <summary>Arithmetic and functions of each element, with broadcasting.</summary>
internal static class OnnxElementwise
{
    public static readonly ScalarExpression X = new ScalarExpression.Input(0), Y = new ScalarExpression.Input(1), Z = new ScalarExpression.Input(2);

    public static Dictionary<string, OnnxMapping> All { get; } = new()
    {
        ["Add"] = Binary(X + Y),
        ["Sub"] = Binary(X - Y),
        ["Mul"] = Binary(X * Y),
        ["Div"] = call => Map(call, IsInteger(call, 0) ? ScalarFunctions.Truncate(X / Y) : X / Y, call.Value(0), call.Value(1)),
        ["Mod"] = Mod,
        ["Pow"] = Power,
        ["Neg"] = Unary(-X),
        ["Abs"] = Unary(Call(UnaryFunction.Abs)),
        ["Sign"] = Unary(Call(UnaryFunction.Sign)),
        ["Ceil"] = Unary(ScalarFunctions.Ceiling(X)),
        ["Floor"] = Unary(Call(UnaryFunction.Floor)),
        ["Round"] = Unary(ScalarFunctions.Round(X)),
        ["Reciprocal"] = Unary(1 / X),
        ["Sqrt"] = Unary(Call(UnaryFunction.Sqrt)),
        ["Exp"] = Unary(Call(UnaryFunction.Exp)),
        ["Log"] = Unary(Call(UnaryFunction.Log)),
        ["Sin"] = Unary(Call(UnaryFunction.Sin)),
        ["Cos"] = Unary(Call(UnaryFunction.Cos)),
        ["Tan"] = Unary(Call(UnaryFunction.Sin) / Call(UnaryFunction.Cos)),
        ["Asin"] = Unary(Call(UnaryFunction.Asin)),
        ["Acos"] = Unary(Call(UnaryFunction.Acos)),
        ["Atan"] = Unary(Call(UnaryFunction.Atan)),
        ["Sinh"] = Unary(Call(UnaryFunction.Sinh)),
        ["Cosh"] = Unary(Call(UnaryFunction.Cosh)),
        ["Tanh"] = Unary(Call(UnaryFunction.Tanh)),
        ["Asinh"] = Unary(Call(UnaryFunction.Asinh)),
        ["Acosh"] = Unary(Call(UnaryFunction.Acosh)),
        ["Atanh"] = Unary(Call(UnaryFunction.Atanh)),
        ["Erf"] = Unary(Call(UnaryFunction.Erf)),
        ["Max"] = call => Fold(call, new ScalarExpression.Binary(BinaryFunction.Max, X, Y)),
        ["Min"] = call => Fold(call, new ScalarExpression.Binary(BinaryFunction.Min, X, Y)),
        ["Sum"] = call => Fold(call, X + Y),
        ["Mean"] = call => [call.Graph.Multiply(call.NodeOf(Fold(call, X + Y)[0]), 1.0 / call.Count)],
        ["Clip"] = Clip,
    };

    /// <summary>A mapping of one operand.</summary>
    public static OnnxMapping Unary(ScalarExpression expression) => call => Map(call, expression, call.Value(0));

    /// <summary>A function of an operator's first operand.</summary>
    public static ScalarExpression Call(UnaryFunction function) => new ScalarExpression.Unary(function, X);

    /// <summary>An elementwise function with the first operand's element type: of known operands the value itself.</summary>
    public static IReadOnlyList<OnnxValue> Map(OnnxCall call, ScalarExpression expression, params IReadOnlyList<OnnxValue> operands) =>
        Map(call, expression, null, operands);

    /// <summary>An elementwise function: of known operands the value itself.</summary>
    /// <param name="element">The result's element type; null for that of the first operand.</param>
    public static IReadOnlyList<OnnxValue> Map(OnnxCall call, ScalarExpression expression, OnnxElement? element, params IReadOnlyList<OnnxValue> operands)
    {
        OnnxElement known = element ?? operands[0].Tensor?.Element ?? OnnxElement.Undefined;
        if (operands.All(operand => operand.Tensor is not null) && OnnxFolding.Map(expression, known, operands) is { } tensor) return [tensor];
        Node[] nodes = [.. operands.Select(call.NodeOf)];
        return [call.Graph.Map(expression, element is { } wanted ? OnnxImporter.ElementOf(wanted) : nodes[0].Type.Element, Broadcast(call, nodes))];
    }

    /// <summary>Operands repeated to their common shape.</summary>
    public static IReadOnlyList<Node> Broadcast(OnnxCall call, IReadOnlyList<Node> nodes)
    {
        Shape shape = nodes[0].Shape;
        foreach (Node node in nodes)
        {
            if (!Broadcasting.TryCombine(shape, node.Shape, out Shape common, out int conflict))
                throw call.Fail(OnnxProblem.Invalid, $"has the operands {shape} and {node.Shape}, which differ in dimension {conflict}");
            shape = common;
        }

        return [.. nodes.Select(node => call.Graph.Broadcast(node, shape))];
    }

    /// <summary>Whether an operand has integers.</summary>
    public static bool IsInteger(OnnxCall call, int index) =>
        call.Value(index).Tensor is { } tensor ? tensor.IsInteger : call.Node(index).Type.Element == ElementType.Int32;

    /// <summary>Whether a value has truth values.</summary>
    public static bool IsBool(OnnxValue value) => ElementOf(value) == OnnxElement.Bool;

    /// <summary>A value's element type; of integers that are computed, the longer one.</summary>
    public static OnnxElement ElementOf(OnnxValue value) => value.Tensor?.Element ?? value.Node!.Type.Element switch
    {
        ElementType.Int32 => OnnxElement.Int64,
        ElementType.Bool => OnnxElement.Bool,
        _ => OnnxElement.Float,
    };

    private static OnnxMapping Binary(ScalarExpression expression) => call => Map(call, expression, call.Value(0), call.Value(1));

    private static IReadOnlyList<OnnxValue> Fold(OnnxCall call, ScalarExpression expression) =>
        [Enumerable.Range(1, call.Count - 1).Aggregate(call.Value(0), (result, index) => Map(call, expression, result, call.Value(index))[0])];

    // The remainder has the sign of the divisor, or of the dividend where fmod is asked for.
    private static IReadOnlyList<OnnxValue> Mod(OnnxCall call)
    {
        ScalarExpression quotient = X / Y;
        ScalarExpression whole = call.Integer("fmod", 0) != 0 ? ScalarFunctions.Truncate(quotient) : new ScalarExpression.Unary(UnaryFunction.Floor, quotient);
        return Map(call, X - (Y * whole), call.Value(0), call.Value(1));
    }

    private static IReadOnlyList<OnnxValue> Power(OnnxCall call)
    {
        // An integer power of any number: repeated products, which are defined for negative numbers too.
        if (call.Value(1).Tensor is { Values.Count: 1 } exponent && exponent.Values[0] is var power && power == Math.Floor(power) && power is >= 1 and <= 4)
            return Map(call, Enumerable.Repeat(X, (int)power).Aggregate((left, right) => left * right), call.Value(0));
        if (call.Value(1).Tensor is { Values.Count: 1 } half && half.Values[0] == 0.5) return Map(call, Call(UnaryFunction.Sqrt), call.Value(0));
        if (call.Value(0).Tensor is null && call.Node(0).Type.Element != ElementType.Float32)
            throw call.Fail(OnnxProblem.Form, "is mapped for floating-point bases only");

        // |x|ʸ, with x's sign where y is odd.
        ScalarExpression size = new ScalarExpression.Binary(BinaryFunction.Power, new ScalarExpression.Unary(UnaryFunction.Abs, X), Y);
        ScalarExpression floor = new ScalarExpression.Unary(UnaryFunction.Floor, Y), half1 = 0.5 * Y;
        ScalarExpression isWhole = new ScalarExpression.Compare(Comparison.Equal, Y, floor);
        ScalarExpression isEven = new ScalarExpression.Compare(Comparison.Equal, half1, new ScalarExpression.Unary(UnaryFunction.Floor, half1));
        ScalarExpression negative = new ScalarExpression.Select(isWhole, new ScalarExpression.Select(isEven, size, -size), double.NaN);
        ScalarExpression value = new ScalarExpression.Select(new ScalarExpression.Compare(Comparison.Less, X, 0), negative, size);
        return Map(call, value, OnnxElement.Float, call.Value(0), call.Value(1));
    }

    private static IReadOnlyList<OnnxValue> Clip(OnnxCall call)
    {
        // Bounds are attributes up to version 6, operands from 11 on; with both, the upper one wins.
        var operands = new List<OnnxValue> { call.Value(0) };
        ScalarExpression result = X;
        if (Bound(1, "min") is { } low) result = new ScalarExpression.Binary(BinaryFunction.Max, result, low);
        if (Bound(2, "max") is { } high) result = new ScalarExpression.Binary(BinaryFunction.Min, result, high);
        return Map(call, result, operands);

        ScalarExpression? Bound(int index, string name)
        {
            if (call.Attribute(name)?.Number is { } number) return number;
            if (!call.Has(index)) return null;
            operands.Add(call.Value(index));
            return new ScalarExpression.Input(operands.Count - 1);
        }
    }
}
