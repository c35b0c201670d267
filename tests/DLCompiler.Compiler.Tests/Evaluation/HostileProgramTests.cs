using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Programs;
using Xunit;

namespace DLCompiler.Compiler.Tests.Evaluation;

/// <summary>
/// Programs that make no sense: an assembly may publish anything as a block's program. Evaluation ends, and says what is wrong instead of
/// failing itself. The programs are random with a seed.
/// </summary>
public sealed class HostileProgramTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void EvaluationNeverFails(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 250; round++)
        {
            var c = new ClassWriter("Net");
            c.Field("fc", c.Dense(4)).Field("list", c.Array(c.Value(1), c.Dense(2)));
            c.Method("Helper", [c.Any("n")], [c.Return(Value(c, random, 3))]);
            c.Forward(c.Tensor("x", "N", 4), [.. Enumerable.Range(0, 3).Select(_ => Line(c, random, 2)), c.Return(Value(c, random, 4))]);
            ClassProgram program = c.Program;

            // No exception, and an answer: a graph or a reason.
            var result = c.Evaluate();
            Assert.True(result.Model is not null || result.Diagnostics.Count > 0, program.ToString());
        }
    }

    private static Statement Line(ClassWriter c, Random random, int depth)
    {
        Expression Any() => Value(c, random, depth);
        Statement Body() => depth == 0 ? c.Block() : c.Block(Line(c, random, depth - 1));
        return random.Next(9) switch
        {
            0 => c.Let("a", Any()),
            1 => c.Set(random.Next(2) == 0 ? "a" : "x", Any()),
            2 => c.If(Any(), Body(), Body()),
            3 => c.ForEach("a", Any(), Body()),
            4 => c.For("i", c.Value(random.Next(4)), Body()),
            5 => new Statement.Destructure(c.Tuple(c.Name("a"), c.Name("b")), Any(), c.Site(null)),
            6 => new Statement.Switch(Any(), [new SwitchSection([Shape(c, random)], null, Body()), new SwitchSection([], null, Body())], c.Site(null)),
            7 => c.Function("f", ["n"], c.Return(Any())),
            _ => c.Do(Any()),
        };
    }

    private static Expression Value(ClassWriter c, Random random, int depth)
    {
        Expression Any() => Value(c, random, depth - 1);
        if (depth == 0)
        {
            object?[] literals = [0, 1, -1, int.MaxValue, 3L, 0.5f, 2.0, true, "text", null];
            return random.Next(5) == 0 ? c.Name(Pick(random, "x", "a", "b", "nothing", "f")) : c.Value(literals[random.Next(literals.Length)]);
        }

        string symbol = Pick(random, "+", "-", "*", "/", "%", "<<", ">>>", "&", "==", "<", "&&", "??", "@");
        string type = Pick(random, "int", "long", "float", "byte", "decimal", "string");
        return random.Next(22) switch
        {
            0 => c.Operate(symbol, Any(), Any()),
            1 => new Expression.Unary(Pick(random, "-", "!", "~", "+", "?"), Any(), c.Site(null)),
            2 => new Expression.Convert(type, Any(), c.Site(null)),
            3 => c.Choose(Any(), Any(), Any()),
            4 => c.Array(Any(), new Expression.Spread(Any(), c.Site(null))),
            5 => c.Tuple(Any(), Any()),
            6 => new Expression.TupleElement(Any(), random.Next(-1, 4), c.Site(null)),
            7 => new Expression.Element(Any(), Any(), c.Site(null)),
            8 => new Expression.Element(Any(), new Expression.Range(Any(), new Expression.FromEnd(Any(), c.Site(null)), c.Site(null)), c.Site(null)),
            9 => c.Member(Pick(random, "fc", "list", "missing")),
            10 => c.Use("fc", Any()),
            11 => c.On(Any(), Pick(random, "Relu", "Sum", "Softmax", "Reshape", "Item", "MaxPool", "MatMul", "Concat", "SoftmaxCrossEntropy"), ("axis", Any())),
            12 => c.On(Any(), Pick(random, "Slice", "Permute", "Transpose", "Pow", "Zeros", "Full", "op_Addition"), ("start", Any()), ("sizes", Any()),
                ("axes", Any())),
            13 => c.Operator(Pick(random, "Addition", "Division", "Nonsense"), Any(), Any()),
            14 => c.Static("System.Math", Pick(random, "Max", "Sqrt", "Clamp", "Log"), ("a", Any())),
            15 => c.Static("System.Linq.Enumerable", Pick(random, "Range", "Select", "Sum", "First", "Zip", "Aggregate", "Repeat", "Skip"), ("a", Any()),
                ("b", Any())),
            16 => c.Static("System.String", Pick(random, "Join", "Substring", "Split", "op_Equality"), ("a", Any())),
            17 => c.Layer(Pick(random, "Dense", "Conv2D", "Embedding", "Unknown"), ("units", Any()), ("kernel", Any())),
            18 => c.Own("Helper", ("n", Any())),
            19 => new Expression.Invoke(Any(), [Any()], c.Site(null)),
            20 => new Expression.Switch(Any(), [new SwitchArm(Shape(c, random), null, Any())], c.Site(null)),
            _ => c.Size(Any(), random.Next(-1, 4)),
        };
    }

    private static Pattern Shape(ClassWriter c, Random random) => random.Next(4) switch
    {
        0 => new Pattern.Constant(Value(c, random, 0)),
        1 => new Pattern.Relational("<", Value(c, random, 0)),
        2 => new Pattern.Not(new Pattern.Any("p")),
        _ => new Pattern.Positional([new Pattern.Any(null), new Pattern.Any(null)]),
    };

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];
}
