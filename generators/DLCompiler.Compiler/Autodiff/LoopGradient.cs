using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Autodiff;

/// <summary>
/// The gradient rule of loops, back-propagation through time: a loop in the other direction that carries the gradients of the carried values and the sums of
/// the shared values' gradients. It walks the original sequences, the carried values with which each step began (stored by the original loop), and the
/// gradients of the outputs; each step differentiates the original body. Only floating-point values have gradients.
/// </summary>
internal static class LoopGradient
{
    /// <summary>The gradient of each input; null where none flows.</summary>
    /// <param name="graph">Takes the new nodes.</param>
    /// <param name="loop">The loop, whichever result.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="gradientOf">The gradient of each result, by number; null for none.</param>
    public static IReadOnlyList<Node?> Differentiate(GraphBuilder graph, Loop loop, IReadOnlyList<Node> inputs, Func<int, Node?> gradientOf)
    {
        var step = new GraphBuilder();
        SubGraph body = loop.Body;
        (int carriedCount, int sharedStart) = (loop.CarriedCount, loop.CarriedCount + loop.SequenceCount);

        // The original body again, on parameters of the new one.
        Node[] arguments = [.. body.Parameters.Select((parameter, i) => step.Add(new Input($"x{i}", parameter.Type)))];
        IReadOnlyList<Node> results = body.Inline(step, arguments);

        // What the new body is given besides: parameter in the body, value outside.
        Given[] carried = [.. FloatIndices(body.Results.Take(carriedCount))
            .Select(i => Give($"carried{i}", body.Results[i], gradientOf(i) ?? graph.Constant(0, inputs[i].Type), i))];
        Given[] sums = [.. FloatIndices(body.Parameters).Where(i => i >= sharedStart)
            .Select(i => Give($"sum{i}", body.Parameters[i], graph.Constant(0, inputs[i].Type), i))];
        Given[] outputs = [.. Enumerable.Range(carriedCount, loop.OutputCount).Where(i => gradientOf(i) is not null)
            .Select(i => Give($"output{i}", body.Results[i], gradientOf(i)!, i))];
        Given[] entries = [.. Enumerable.Range(0, carriedCount).Where(i => gradientOf(loop.EntryResult(i)) is not null)
            .Select(i => Give($"entry{i}", body.Parameters[i], gradientOf(loop.EntryResult(i))!, i))];

        int[] variables = [.. FloatIndices(body.Parameters)];
        IReadOnlyDictionary<Node, Node> gradients = ReverseMode.Gradients(
            step,
            [.. carried.Concat(outputs).Select(given => (results[given.Index], given.Parameter))],
            [.. variables.Select(i => arguments[i])]);

        Node NextCarried(Given given)
        {
            Node throughStep = gradients[arguments[given.Index]];
            return entries.FirstOrDefault(entry => entry.Index == given.Index) is { } entry ? step.Add(throughStep, entry.Parameter) : throughStep;
        }

        int[] sequences = [.. variables.Where(i => i >= carriedCount && i < sharedStart)];
        var reversed = new SubGraph(
            [
                .. carried.Concat(sums).Select(given => given.Parameter),
                .. arguments.Take(sharedStart), .. outputs.Concat(entries).Select(given => given.Parameter),
                .. arguments.Skip(sharedStart),
            ],
            [
                .. carried.Select(NextCarried),
                .. sums.Select(given => step.Add(given.Parameter, gradients[arguments[given.Index]])),
                .. sequences.Select(i => gradients[arguments[i]]),
            ]);
        Node[] reversedInputs =
        [
            .. carried.Concat(sums).Select(given => given.Value),
            .. Enumerable.Range(0, carriedCount).Select(i => graph.Add(loop.WithResult(loop.EntryResult(i)), inputs)),
            .. inputs.Skip(carriedCount).Take(loop.SequenceCount),
            .. outputs.Concat(entries).Select(given => given.Value),
            .. inputs.Skip(sharedStart),
        ];
        Node Result(int number) => graph.Add(
            loop with
            {
                Body = reversed,
                CarriedCount = carried.Length + sums.Length,
                SequenceCount = sharedStart + outputs.Length + entries.Length,
                Reverse = !loop.Reverse,
                Result = number,
            },
            reversedInputs);

        var wanted = new Node?[inputs.Count];
        for (int i = 0; i < carried.Length; i++) wanted[carried[i].Index] = Result(i);
        for (int i = 0; i < sums.Length; i++) wanted[sums[i].Index] = Result(carried.Length + i);
        for (int i = 0; i < sequences.Length; i++) wanted[sequences[i]] = Result(carried.Length + sums.Length + i);
        return wanted;

        Given Give(string name, Node like, Node value, int index) => new(step.Add(new Input(name, like.Type)), value, index);
    }

    private static IEnumerable<int> FloatIndices(IEnumerable<Node> nodes) =>
        nodes.Select((node, i) => (node, i)).Where(pair => pair.node.Type.Element.IsFloat()).Select(pair => pair.i);

    /// <summary>A gradient: the new body's parameter for it, the value that is passed for it, and the number of the parameter or result that it belongs
    /// to.</summary>
    private sealed record Given(Node Parameter, Node Value, int Index);
}
