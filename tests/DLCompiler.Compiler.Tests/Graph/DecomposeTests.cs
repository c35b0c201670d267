using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Tests.Autodiff;
using DLCompiler.Compiler.Tests.Reference;
using Xunit;
using static DLCompiler.Compiler.Tests.Autodiff.Operand;

namespace DLCompiler.Compiler.Tests.Graph;

/// <summary>An operator and what it decomposes into are the same function.</summary>
public sealed class DecomposeTests
{
    private static readonly Dimension N = Dimension.Symbol("N");

    private static readonly Dictionary<string, (Operator Operator, Operand[] Operands)> Cases = new()
    {
        ["softmax"] = (new Softmax(), [Real(N, 4)]),
        ["softmax gradient"] = (new SoftmaxGradient(), [Real(N, 4), Real(N, 4)]),
        ["cross-entropy"] = (new SoftmaxCrossEntropy(), [Real(N, 4), Ids(4, N)]),
        ["cross-entropy gradient"] = (new SoftmaxCrossEntropyGradient(), [Real(N, 4), Ids(4, N), Real(N)]),
        ["attention"] = (new Attention(new AttentionForm(4, 2, 0.5) { Before = 2, After = 1, HasLengths = true, HasBias = true, DropRate = 0.4 }),
            [Real(N, 3, 4, 2), Real(N, 4, 2, 2), Real(N, 4, 2, 2), Ids(5, N), Real(1, 4, 3, 4), Positive(N, 4, 3, 16)]),
        ["attention of rows that see nothing"] = (new Attention(new AttentionForm(2, 2, 0.5) { IsPacked = true, Before = -2, After = 3 }), [Real(N, 4, 6, 2)]),
        ["attention gradient"] = (new AttentionGradient(new AttentionForm(2, 1, 0.5) { After = 0 }, AttentionOperand.Key),
            [Real(N, 3, 2, 2), Real(N, 4, 1, 2), Real(N, 4, 1, 2), Real(N, 3, 2, 2), Real(N, 2, 3), Real(N, 3, 2, 2)]),
        ["batch norm"] = (new BatchNormalize(0.1), [Real(N, 2, 3), Real(2), Real(2), Real(2), Positive(2)]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void IsTheSameFunction(string name)
    {
        (Operator @operator, Operand[] operands) = Cases[name];
        var graph = new GraphBuilder();
        Node[] inputs = [.. operands.Select((operand, i) => graph.Add(new Input($"x{i}", operand.Type)))];
        Node node = graph.Add(@operator, inputs), parts = @operator.Decompose(graph, node)!;
        var random = new Random(1);
        Dictionary<Node, ReferenceTensor> feeds = inputs.Zip(operands).ToDictionary(pair => pair.First, pair => pair.Second.Draw(random));

        ReferenceTensor[] values = ReferenceInterpreter.Evaluate([node, parts], feeds, Operand.Symbols);

        Assert.NotEqual(@operator, parts.Operator);
        Assert.Equal(values[0].Values, values[1].Values, (a, b) => Math.Abs(a - b) < 1e-13);
    }

    [Fact]
    public void SumsOfAttentionAreThoseOfItsParts()
    {
        var graph = new GraphBuilder();
        Operand operand = Real(N, 3, 2, 2);
        Node[] inputs = [.. Enumerable.Range(0, 3).Select(i => graph.Add(new Input($"x{i}", operand.Type)))];
        var form = new AttentionForm(2, 2, 0.5) { After = 0, Before = 1 };
        Node logSum = graph.Add(new AttentionLogSum(form), graph.Add(new Attention(form), inputs));
        var random = new Random(1);

        ReferenceTensor[] values = ReferenceInterpreter.Evaluate([logSum, logSum.Operator.Decompose(graph, logSum)!],
            inputs.ToDictionary(input => input, _ => operand.Draw(random)), Operand.Symbols);

        Assert.Equal(values[0].Values, values[1].Values, (a, b) => Math.Abs(a - b) < 1e-13);
    }

    [Fact]
    public void EveryDecompositionIsTested()
    {
        IEnumerable<Type> declared = typeof(Operator).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Operator)) && type.GetMethod(nameof(Operator.Decompose))!.DeclaringType == type);
        Assert.Equal(declared.Where(type => type != typeof(Loop) && type != typeof(AttentionLogSum)).Select(type => type.Name).Order(),
            Cases.Values.Select(pair => pair.Operator.Name).Distinct().Order());
    }
}
