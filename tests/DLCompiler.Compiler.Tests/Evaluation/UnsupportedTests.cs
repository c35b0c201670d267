using System;
using DLCompiler.Compiler.Programs;
using DLCompiler.Compiler.Programs.Evaluation;
using Xunit;

namespace DLCompiler.Compiler.Tests.Evaluation;

/// <summary>What can't be compiled, what fails at compile time, and programs that would never end.</summary>
public sealed class UnsupportedTests
{
    private static void Expect(string id, string mark, string message, Func<ClassWriter, Statement[]> body, Action<ClassWriter>? prepare = null)
    {
        var c = new ClassWriter("Net");
        prepare?.Invoke(c);
        c.Forward(c.Tensor("x", "N", 4), [.. body(c), c.Return(c.Name("x"))]);
        c.Evaluate().HasOne(id, c[mark], message);
    }

    private static Expression IsLarge(ClassWriter c) => c.Operate(">", c.On(c.On(c.Name("x"), "Sum"), "Item"), c.Value(3f));

    [Fact]
    public void WhileOnTensorData() => Expect(
        "DLC2001", "here", "'while' depends on tensor data and can't be compiled; loop a number of times that is known at compile time, or walk along a sequence by Scan", c =>
            [c.While(IsLarge(c), c.Block(), "here")]);

    [Fact]
    public void IfOnTensorData() => Expect(
        "DLC2001",
        "here",
        "'if' depends on tensor data and can't be compiled; use elementwise operations such as Maximum, or decide by shapes and hyperparameters",
        c => [c.If(c.Operate("&&", c.Value(true), IsLarge(c)), c.Block(), null, "here")]);

    [Fact]
    public void ForEachOverATensor() => Expect(
        "DLC2001", "foreach", "'foreach' depends on tensor data and can't be compiled; use operations on whole tensors", c =>
            [c.ForEach("e", c.On(c.Name("x"), "ToArray"))]);

    [Fact]
    public void NumbersOutOfTensors() => Expect(
        "DLC2001",
        "here",
        "'exponent' is read out of a tensor by Item, which can't be compiled; leave Item() out: a tensor with one element takes part in operations as it is",
        c => [c.Let("y", c.On(c.Name("x"), "Pow", ("exponent", c.Mark("here", c.On(c.Name("x"), "Item")))))]);

    [Fact]
    public void UnknownCalls() => Expect(
        "DLC2001",
        "here",
        "a call of Console.WriteLine can't be compiled; a body runs at compile time: remove it, or return the tensor and print it where the model is used",
        c => [c.Do(c.Mark("here", c.Static("System.Console", "WriteLine", ("value", c.Value("text")))))]);

    [Fact]
    public void UnknownConstructs() => Expect(
        "DLC2001", "here",
            "'try' can't be compiled; leave it out: what a body throws is a message of the compiler's", c => [new Statement.Unsupported("'try'", c.Site("here"))]);

    [Fact]
    public void ValuesOfOtherClasses() => Expect(
        "DLC2001",
        "here",
        "the value of Environment.ProcessorCount is not known at compile time; use a const or a hyperparameter",
        c => [c.Let("n", c.Mark("here", c.Operate("+", new Expression.Member(null, "System.Environment", "ProcessorCount", c.Site(null)), c.Value(1))))]);

    [Fact]
    public void DecisionsByTheBatch() => Expect(
        "DLC2001",
        "here",
        "N > 3 depends on a size that is known at run time only and can't be compiled; decide by the other dimensions, or by a hyperparameter",
        c => [c.Let("y", c.Mark("here", c.Operate(">", c.Size(c.Name("x"), 0), c.Value(3))))]);

    [Fact]
    public void TheBatchAsAnArgument() => Expect(
        "DLC2001",
        "here",
        "'axis' is N here, which is known at run time only; use a number, a hyperparameter or a constant dimension",
        c => [c.Let("y", c.On(c.Name("x"), "Sum", ("axis", c.Mark("here", c.Size(c.Name("x"), 0)))))]);

    [Fact]
    public void LayersThatAreNotFields() => Expect(
        "DLC2001",
        "here",
        "a Dense owns weights, which need a name in checkpoints; make it a field of the class",
        c => [c.Let("fc", c.Mark("here", c.Dense(3))), c.Let("y", c.Forward(c.Name("fc"), "DLCompiler.Dense", c.Name("x")))]);

    [Fact]
    public void DropoutNeedsNoName()
    {
        var c = new ClassWriter("Net");
        c.Forward(c.Tensor("x", "N", 4), c.Return(c.Forward(c.Layer("Dropout", ("rate", c.Value(0.5f))), "DLCompiler.Dropout", c.Name("x"))));
        Assert.Equal("[N, 4]", c.Right().OutputShape());
    }

    [Fact]
    public void TensorsAreNotFields()
    {
        var c = new ClassWriter("Net");
        c.Field("ones", c.Mark("here", c.Static("DLCompiler.Tensor", "Ones", ("sizes", c.Array(c.Value(3))))));
        c.Forward(c.Tensor("x", "N", 4), c.Return(c.Name("x")));
        c.Evaluate().HasOne("DLC2001", c["here"], "tensors exist inside Forward and steps only; create it there, or make it a layer if it is trained");
    }

    [Fact]
    public void ModelsCompileSomething()
    {
        var c = new ClassWriter("Net");
        Assert.Equal("'Net' has nothing to compile; give it a Forward, a chain of layers, or a [Step]", Assert.Single(c.Evaluate().Diagnostics).Message);
    }

    [Fact]
    public void ForwardTakesTensors()
    {
        var c = new ClassWriter("Net");
        c.Method("Forward", [c.Tensor("x", "N", 4), c.Any("k")], [c.Return(c.Name("x"))]);
        c.Evaluate().HasOne("DLC1019", c["k"], "'k' of Forward is not a tensor; numbers that shape a network are hyperparameters of a [Block]");
    }

    [Fact]
    public void ForwardReturnsTensors()
    {
        var c = new ClassWriter("Net");
        c.Forward(c.Tensor("x", "N", 4), c.Return(c.Mark("here", c.Value(3))));
        c.Evaluate().HasOne("DLC1019", c["here"], "Forward of 'Net' must return a tensor, or a tuple of tensors");
    }

    [Fact]
    public void StepsHaveDifferentNames()
    {
        var c = new ClassWriter("Net");
        c.Step("FitLoss", [c.Tensor("x", "N", 4)], [c.Return(c.On(c.Name("x"), "Mean"))]);
        c.Step("Fit", [c.Tensor("x", "N", 4)], [c.Return(c.On(c.Name("x"), "Mean"))]);
        c.Evaluate().HasOne("DLC1008", c["Fit"], "two steps would both be StepFit; rename 'Fit'");
    }

    [Fact]
    public void DivisionByZero() => Expect("DLC2002", "here", "division by zero", c => [c.Let("r", c.Mark("here", c.Operate("/", c.Value(1), c.Value(0))))]);

    [Theory]
    [InlineData("+", int.MaxValue, 1)]
    [InlineData("*", int.MaxValue, 2)]
    [InlineData("/", int.MinValue, -1)]
    public void Overflow(string symbol, int left, int right) =>
        Expect("DLC2002", "here", "the result overflows; use smaller numbers, or long", c => [c.Let("r", c.Mark("here", c.Operate(symbol, c.Value(left), c.Value(right))))]);

    [Fact]
    public void IndexOutsideAnArray() => Expect(
        "DLC2002",
        "here",
        "index 2 is outside an array of 2 elements; use 0 or 1",
        c => [c.Let("r", new Expression.Element(c.Array(c.Value(1), c.Value(2)), c.Mark("here", c.Value(2)), c.Site(null)))]);

    [Fact]
    public void ThrownExceptions() => Expect(
        "DLC2002",
        "here",
        "the model refuses: four features, please",
        c => [c.Do(c.Mark("here", new Expression.Throw(c.New("System.ArgumentException", ("message", c.Value("four features, please"))), c.Site(null))))]);

    [Fact]
    public void LoopsWithoutEnd() => Expect(
        "DLC2010",
        "here",
        "evaluation takes more than 2,000,000 steps; is there a loop that does not end?",
        c => [c.While(c.Value(true), c.Block(), "here")]);

    [Fact]
    public void RecursionWithoutEnd() => Expect(
        "DLC2010",
        "here",
        "calls are nested more than 200 deep; is there a recursion that does not end?",
        c => [c.Let("r", c.Own("Helper", ("n", c.Value(1))))],
        c => c.Method("Helper", [c.Any("n")], [c.Return(c.Mark("here", c.Own("Helper", ("n", c.Name("n")))))]));

    [Fact]
    public void ArraysWithoutEnd() => Expect(
        "DLC2010",
        "here",
        "evaluation makes arrays, lists and strings with more than 2,000,000 elements",
        c => [c.Let("r", c.Mark("here", new Expression.SizedArray("int", c.Value(int.MaxValue), c.Site(null))))]);

    [Fact]
    public void OperationsWithoutEnd()
    {
        var c = new ClassWriter("Net");
        c.Forward(
            c.Tensor("x", "N", 4), c.While(c.Value(true), c.Set("x", c.On(c.Operator("Addition", c.Name("x"), c.Value(1f)), "Tanh"))), c.Return(c.Name("x")));
        EvaluationResult result = c.Evaluate();
        Assert.Equal("the model has more than 20,000 operations", Assert.Single(result.Diagnostics).Message);
    }

    [Fact]
    public void ModelsThatHoldThemselves()
    {
        var c = new ClassWriter("Net");
        c.Field("self", c.Mark("here", c.New("App.Net")));
        c.Forward(c.Tensor("x", "N", 4), c.Return(c.Name("x")));
        c.Evaluate().HasOne("DLC2010", c["here"], "'Net' holds itself, without end; make the inner one a [Block]");
    }
}
