using System;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Programs;
using Xunit;

namespace DLCompiler.Compiler.Tests.Evaluation;

/// <summary>C# at compile time: a body computes a number, and the graph shows it as a constant in a map.</summary>
public sealed class LanguageTests
{
    // Forward multiplies its input by what the statements leave in `r`.
    private static double Result(Func<ClassWriter, Statement[]> body, Action<ClassWriter>? prepare = null)
    {
        var c = new ClassWriter("Net");
        prepare?.Invoke(c);
        c.Forward(
            c.Tensor("x", "N", 4, 6), [.. body(c), c.Return(c.Operator("Multiply", c.Name("x"), new Expression.Convert("float", c.Name("r"), c.Site(null))))]);
        ModelGraph model = c.Right();
        Node product = Assert.Single(model.Function("Predict").Outputs);
        if (product.Operator is Map { Expression: ScalarExpression.Unary { Function: UnaryFunction.Negate } }) return -1;
        if (product.Operator is not Map { Expression: ScalarExpression.Binary map }) return 1; // times one: the input itself
        return Assert.IsType<ScalarExpression.Constant>(map.Left is ScalarExpression.Constant ? map.Left : map.Right).Value;
    }

    [Theory]
    [InlineData("+", 7, 3, 10)]
    [InlineData("-", 3, 7, -4)]
    [InlineData("*", 7, 3, 21)]
    [InlineData("/", -7, 2, -3)]
    [InlineData("%", -7, 2, -1)]
    [InlineData("<<", 3, 33, 6)]
    [InlineData(">>", -8, 1, -4)]
    [InlineData("&", 6, 3, 2)]
    [InlineData("|", 6, 3, 7)]
    [InlineData("^", 6, 3, 5)]
    [InlineData("/", 7.0, 2, 3.5)]
    [InlineData("/", 7L, 2, 3)]
    public void Operators(string symbol, object left, object right, double expected) =>
        Assert.Equal(expected, Result(c => [c.Let("r", c.Operate(symbol, c.Value(left), c.Value(right)))]));

    [Fact]
    public void FloatsRoundToFloat() => Assert.Equal(0.33333334, Result(c => [c.Let("r", c.Operate("/", c.Value(1f), c.Value(3f)))]), 1e-12);

    [Fact]
    public void ShapesAreNumbers() => Assert.Equal(24, Result(c => [c.Let("r", c.Operate("*", c.Size(c.Name("x"), 1), c.Size(c.Name("x"), 2)))]));

    [Fact]
    public void LoopsRun() =>
        Assert.Equal(10, Result(c => [c.Let("r", c.Value(0)), c.For("i", c.Value(5), c.Set("r", c.Operate("+", c.Name("r"), c.Name("i"))))]));

    [Fact]
    public void BreakAndContinueJump() => Assert.Equal(1 + 3, Result(c =>
    [
        c.Let("r", c.Value(0)),
        c.For(
            "i",
            c.Value(100),
            c.If(c.Operate("==", c.Name("i"), c.Value(2)), new Statement.Continue(c.Site(null))),
            c.If(c.Operate(">", c.Name("i"), c.Value(3)), new Statement.Break(c.Site(null))),
            c.Set("r", c.Operate("+", c.Name("r"), c.Name("i")))),
    ]));

    [Fact]
    public void WhileRuns() => Assert.Equal(64, Result(c =>
        [c.Let("r", c.Value(1)), c.While(c.Operate("<", c.Name("r"), c.Value(50)), c.Set("r", c.Operate("*", c.Name("r"), c.Value(2))))]));

    [Fact]
    public void DoWhileRunsOnce() => Assert.Equal(2, Result(c =>
        [c.Let("r", c.Value(1)), c.While(c.Value(false), c.Set("r", c.Operate("*", c.Name("r"), c.Value(2))), testFirst: false)]));

    [Fact]
    public void ForEachGoesThroughSpreads() => Assert.Equal(1 + 2 + 3 + 4, Result(c =>
    [
        c.Let("a", c.Array(c.Value(2), c.Value(3))),
        c.Let("r", c.Value(0)),
        c.ForEach("i", c.Array(c.Value(1), new Expression.Spread(c.Name("a"), c.Site(null)), c.Value(4)), c.Set("r", c.Operate("+", c.Name("r"), c.Name("i")))),
    ]));

    [Fact]
    public void RangesAndIndicesFromTheEnd() => Assert.Equal(34, Result(c =>
    [
        c.Let("a", c.Array(c.Value(1), c.Value(2), c.Value(3), c.Value(4))),
        c.Let("b", new Expression.Element(c.Name("a"), new Expression.Range(c.Value(1), null, c.Site(null)), c.Site(null))),
        c.Let("r", c.Operate(
            "+",
            c.Operate("*", new Expression.Element(c.Name("b"), new Expression.FromEnd(c.Value(2), c.Site(null)), c.Site(null)), c.Value(10)),
            new Expression.Element(c.Name("b"), c.Value(2), c.Site(null)))),
    ]));

    [Fact]
    public void ArraysAreShared() => Assert.Equal(5, Result(c =>
    [
        c.Let("a", new Expression.SizedArray("int", c.Value(2), c.Site(null))),
        c.Let("b", c.Name("a")),
        c.Do(new Expression.Assign(new Expression.Element(c.Name("b"), c.Value(1), c.Site(null)), c.Value(5), c.Site(null))),
        c.Let("r", new Expression.Element(c.Name("a"), c.Value(1), c.Site(null))),
    ]));

    [Fact]
    public void TuplesComeApart() => Assert.Equal(21, Result(c =>
    [
        new Statement.Destructure(c.Tuple(c.Name("a"), c.Name("r")), c.Tuple(c.Value(1), c.Value(2)), c.Site(null)),
        c.Set("r", c.Operate("+", c.Operate("*", c.Name("r"), c.Value(10)), c.Name("a"))),
    ]));

    [Fact]
    public void LambdasSeeTheVariablesAround() => Assert.Equal(12, Result(c =>
    [
        c.Let("k", c.Value(2)),
        c.Let("f", c.Lambda(["n"], c.Operate("*", c.Name("n"), c.Name("k")))),
        c.Set("k", c.Value(3)),
        c.Let("r", c.Invoke("f", c.Value(4))),
    ]));

    [Fact]
    public void LocalFunctionsAreThereBeforeTheyAreWrittenAndRecurse() => Assert.Equal(120, Result(c =>
    [
        c.Let("r", c.Invoke("factorial", c.Value(5))),
        c.Function("factorial", ["n"], c.Return(c.Choose(
            c.Operate("<=", c.Name("n"), c.Value(1)),
            c.Value(1),
            c.Operate("*", c.Name("n"), c.Invoke("factorial", c.Operate("-", c.Name("n"), c.Value(1))))))),
    ]));

    [Fact]
    public void HelpersAreCalled() => Assert.Equal(7, Result(
        c => [c.Let("r", c.Own("Helper", ("n", c.Value(6))))],
        c => c.Method("Helper", [c.Any("n")], [c.Return(c.Operate("+", c.Name("n"), c.Value(1)))])));

    [Theory]
    [InlineData(3, 30)]
    [InlineData(8, 80)]
    [InlineData(5, 99)]
    public void SwitchesMatchPatterns(int value, double expected) => Assert.Equal(expected, Result(c =>
    [
        c.Let("r", new Expression.Switch(
            c.Value(value),
            [
                new SwitchArm(new Pattern.Constant(c.Value(3)), null, c.Value(30)),
                new SwitchArm(new Pattern.Relational(">", c.Value(7)), null, c.Value(80)),
                new SwitchArm(new Pattern.Any(null), null, c.Value(99)),
            ],
            c.Site(null))),
    ]));

    [Theory]
    [InlineData(2, 20)]
    [InlineData(4, 1)]
    public void SwitchStatementsFallBackToTheDefault(int value, double expected) => Assert.Equal(expected, Result(c =>
    [
        c.Let("r", c.Value(0)),
        new Statement.Switch(
            c.Value(value),
            [
                new SwitchSection([], null, c.Block(c.Set("r", c.Value(1)), new Statement.Break(c.Site(null)))),
                new SwitchSection([new Pattern.Constant(c.Value(2))], null, c.Block(c.Set("r", c.Value(20)), new Statement.Break(c.Site(null)))),
            ],
            c.Site(null)),
    ]));

    [Fact]
    public void TheOtherSideOfAShortCircuitIsNotEvaluated() => Assert.Equal(1, Result(c =>
    [
        c.Let("r", c.Value(1)),
        c.If(c.Operate("&&", c.Value(false), c.Operate("==", c.Operate("/", c.Value(1), c.Value(0)), c.Value(0))), c.Set("r", c.Value(2))),
    ]));

    [Fact]
    public void MathIsKnown() => Assert.Equal(
        6, Result(
            c =>
                [
                    c.Let(
                        "r",
                        c.Operate(
                            "+", c.Static("System.Math", "Max", ("a", c.Value(2)), ("b", c.Value(-3))), c.Static("System.MathF", "Sqrt", ("x", c.Value(16f)))))
                ]));

    [Fact]
    public void FunctionsOfFloatsAreFloats() =>
        Assert.Equal(0.35355338, Result(c => [c.Let("r", c.Operate("/", c.Value(1f), c.Static("System.MathF", "Sqrt", ("x", c.Value(8f)))))]));

    [Fact]
    public void SequencesAreKnown() => Assert.Equal(0 + 1 + 4 + 9, Result(c =>
    [
        c.Let("squares", c.Static(
            "System.Linq.Enumerable",
            "Select",
            ("source", c.Static("System.Linq.Enumerable", "Range", ("start", c.Value(0)), ("count", c.Value(4)))),
            ("selector", c.Lambda(["i"], c.Operate("*", c.Name("i"), c.Name("i")))))),
        c.Let("r", c.Static("System.Linq.Enumerable", "Sum", ("source", c.Name("squares")))),
    ]));

    [Fact]
    public void SizesKnownAtRunTimeAddAndMultiply()
    {
        var c = new ClassWriter("Net");
        Expression size = c.Operate("*", c.Operate("*", c.Value(2), c.Size(c.Name("x"), 0)), c.Value(3));
        c.Forward(c.Tensor("x", "N", 12), c.Return(c.On(c.Name("x"), "Reshape", ("sizes", c.Array(size, c.Value(2))))));
        Assert.Equal("[6*N, 2]", c.Right().OutputShape());
    }

    [Fact]
    public void SizesKnownAtRunTimeScaleTensors()
    {
        var c = new ClassWriter("Net");
        Expression count = new Expression.Convert("float", c.Size(c.Name("x"), 0), c.Site(null));
        c.Forward(c.Tensor("x", "N", 12), c.Return(c.Operator("Division", c.Name("x"), count)));
        Assert.Contains("a/N", Assert.Single(c.Right().Function("Predict").Outputs).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void SizesThatAreEqualForEveryBatchAreEqual() => Assert.Equal(1, Result(c =>
        [c.Let("r", c.Choose(c.Operate("==", c.Size(c.Name("x"), 0), c.Size(c.On(c.Name("x"), "Relu"), 0)), c.Value(1), c.Value(2)))]));

    [Fact]
    public void TiedFieldsShareTheirWeights()
    {
        var c = new ClassWriter("Net");
        c.Field("fc", c.Dense(4));
        c.Forward(c.Tensor("x", "N", 4), c.Let("y", c.Name("x")), c.For("i", c.Value(3), c.Set("y", c.Use("fc", c.Name("y")))), c.Return(c.Name("y")));
        ModelGraph model = c.Right();
        Assert.Equal(["fc.weight", "fc.bias"], model.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(3, model.Function("Predict").Graph.Nodes.Count(node => node.Operator.Name == "Contract"));
    }

    [Fact]
    public void ABlockCanBeGivenALayer()
    {
        var inner = new ClassWriter("Inner", ClassKind.Block).HyperParameter("shared", "DLCompiler.Dense");
        inner.Forward(inner.Tensor("x"), inner.Return(inner.Forward(inner.Name("shared"), "DLCompiler.Dense", inner.Name("x"))));
        var outer = new ClassWriter("Outer", ClassKind.Block).HyperParameter("shared", "DLCompiler.Dense");
        outer.Field("a", outer.New("App.Inner", ("shared", outer.Name("shared")))).Field("b", outer.New("App.Inner", ("shared", outer.Name("shared"))));
        outer.Forward(outer.Tensor("x", "N", 4), outer.Return(outer.Use("b", outer.Use("a", outer.Name("x"), "App.Inner"), "App.Inner")));
        var c = new ClassWriter("Net");
        c.DerivesFrom("Outer", ("shared", c.Dense(4)));
        Assert.Equal(["a.shared.weight", "a.shared.bias"], c.Right(outer, inner).Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void ForwardCanReturnSeveralTensors()
    {
        var c = new ClassWriter("Net");
        c.Forward(c.Tensor("x", "N", 4), c.Return(c.Tuple(c.Name("x"), c.On(c.Name("x"), "Sum", ("axis", c.Value(1))))));
        Assert.Equal(["[N, 4]", "[N]"], c.Right().Function("Predict").Outputs.Select(output => output.Shape.ToString()));
    }
}
