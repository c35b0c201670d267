using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Vocabulary;

/// <summary>The function that is being built: its graph, its mode, its states.</summary>
/// <param name="training">Whether dropout and batch statistics exist.</param>
/// <param name="streams">Numbers the random streams of the whole model.</param>
public sealed class FunctionState(GraphBuilder graph, bool training, StreamCounter streams)
{
    private readonly Dictionary<string, (Node State, Node Value)> writes = [];
    private readonly List<VocabularyError> warnings = [];
    private readonly HashSet<Node> misfits = [];
    private readonly Stack<GraphBuilder> bodies = [];
    private int elements;

    /// <summary>The graph that new nodes belong to: the function's, or that of the body of a loop.</summary>
    public GraphBuilder Graph => bodies.Count > 0 ? bodies.Peek() : graph;

    /// <summary>Whether the body of a loop is being built.</summary>
    public bool IsInLoop => bodies.Count > 0;

    /// <summary>Starts the body of a loop: new nodes belong to it.</summary>
    public LoopBody BeginLoop()
    {
        var body = new LoopBody(Graph);
        bodies.Push(body.Graph);
        return body;
    }

    /// <summary>Ends what <see cref="BeginLoop"/> began.</summary>
    public void EndLoop() => bodies.Pop();

    /// <summary>Whether dropout and batch statistics exist.</summary>
    public bool Training { get; } = training;

    /// <summary>The largest values of the sizes besides the batch that are known at run time only, by their symbols.</summary>
    public IReadOnlyDictionary<string, long> Bounds { get; init; } = new Dictionary<string, long>();

    /// <summary>Which expression gave which tensor.</summary>
    public ShapeTrail Trail { get; } = new();

    /// <summary>Whether a size can be required to be a multiple: one that calls give, and whose bound leaves room.</summary>
    public bool CanRequire(SizeRequirement requirement) => Bounds.TryGetValue(requirement.Symbol, out long bound) && bound >= requirement.Multiple;

    /// <summary>Notes something that compiles and is probably not meant.</summary>
    public void Warn(VocabularyError warning) => warnings.Add(warning);

    /// <summary>What was noted since the last call.</summary>
    public IReadOnlyList<VocabularyError> TakeWarnings()
    {
        if (warnings.Count == 0) return [];
        List<VocabularyError> taken = [.. warnings];
        warnings.Clear();
        return taken;
    }

    /// <summary>Notes a tensor that does not fit the weights of a layer; false if it did not fit those of another one before, and that was said.</summary>
    public bool IsNewMisfit(Node tensor) => misfits.Add(tensor);

    /// <summary>The states that were written, and their values at the function's end.</summary>
    public IReadOnlyList<(Node State, Node Value)> Writes => [.. writes.Values];

    /// <summary>Stands for an element while a function of the user's runs: one that no other run has, so that it is seen where it does not belong.</summary>
    public ScalarExpression.Input NewElement() => new(--elements);

    /// <summary>A random stream that no other use has.</summary>
    public int NextStream() => streams.Next();

    /// <summary>The current value of a state: that at entry, or what was written since.</summary>
    public Node Read(StateSpecification state) =>
        writes.TryGetValue(state.Name, out (Node State, Node Value) written) ? written.Value : Entry(state);

    /// <summary>Gives a state another value.</summary>
    public void Write(StateSpecification state, Node value) => writes[state.Name] = (Entry(state), value);

    private Node Entry(StateSpecification state) => Graph.Add(new State(state.Name, new TensorType(ElementType.Float32, state.Shape)));
}

/// <summary>Numbers random streams from 0.</summary>
public sealed class StreamCounter
{
    private int next;

    /// <summary>The next number.</summary>
    public int Next() => next++;
}
