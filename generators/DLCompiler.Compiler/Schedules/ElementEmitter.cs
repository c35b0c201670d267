using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Schedules;

/// <summary>What a kernel reads from memory: a stored value at a linear function of its loop coordinates.</summary>
/// <param name="Position">Elements from the buffer's start; in the batch-innermost layout, coordinate 0 counts blocks.</param>
/// <param name="VariesByLane">Whether neighbouring lanes read neighbouring elements; else one element serves all.</param>
public readonly record struct Access(Buffer Buffer, Affine Position, bool VariesByLane)
{
    /// <summary>Whether a result's sample needs other samples of the buffer: another worker may own them.</summary>
    public bool CrossesSamples { get; init; }
}

/// <summary>How a kernel walks over elements.</summary>
public enum ElementMode
{
    /// <summary>By index, vectors along the last axis.</summary>
    Rows,

    /// <summary>By block of sixteen samples and index, vectors across samples.</summary>
    Lanes,

    /// <summary>By sample, block of sixteen channels (axis 1) and index, vectors across channels.</summary>
    Channels,

    /// <summary>By position in memory: all operands have one shape and one layout.</summary>
    Flat,
}

/// <summary>
/// Writes the elementwise part of kernels: evaluates a node at given loop coordinates, computing everything that fusion left inside and loading the rest.
/// </summary>
public sealed class ElementEmitter(SchedulingContext context, KernelBuilder kernel, int axes, ElementMode mode, int vectorAxis)
{
    private readonly Dictionary<(Buffer, EquatableArray<Dimension>), Value.Variable> references = [];
    private readonly List<Access> operands = [];
    private readonly List<CallArgument> arguments = [];
    private readonly List<Read> reads = [];
    private readonly Dictionary<Node, Value> bound = [];
    private readonly Dictionary<Node, Value> hoisted = [];
    private readonly Dictionary<(Node, EquatableArray<Affine>), Value> known = [];
    private readonly Dictionary<Value, Value.Variable> loads = [];
    private readonly Dictionary<string, Value.Variable> sizes = [];
    private readonly Dictionary<int, Value.Variable> numbers = [];

    private readonly List<Affine> counted = [];

    // Whether what was looked at counts elements along the axis of the vectors: then it is computed by element.
    private bool countsAlongVector;

    /// <summary>Samples of a block: the least that is given to a worker.</summary>
    public int BlockSamples => context.BlockSamples;

    /// <summary>What the kernel's parameters so far are given, in their order.</summary>
    public List<CallArgument> Arguments => arguments;

    /// <summary>What the kernel reads.</summary>
    public List<Read> Reads => reads;

    /// <summary>The position that random numbers are drawn for: that of the element being written.</summary>
    public Value RandomIndex { get; set; } = 0;

    /// <summary>The kernel under construction.</summary>
    public KernelBuilder Kernel => kernel;

    /// <summary>Makes a node stand for a value: an accumulator in a tile's epilogue.</summary>
    public void Bind(Node node, Value value) => bound[node] = value;

    /// <summary>Ends that: the node is computed, or loaded, again.</summary>
    public void Release(Node node) => bound.Remove(node);

    /// <summary>How each memory argument is walked, in the order of <see cref="Arguments"/>; integers and numbers have none.</summary>
    public IReadOnlyList<Access> Operands => operands;

    /// <summary>The parameter that refers to a buffer's first element.</summary>
    public Value.Variable Reference(Buffer buffer, bool read = true) => Reference(new Access(buffer, Affine.Fixed(Dimension.Zero, 0), false), read);

    /// <summary>The parameter that refers to a buffer walked in a certain way: a tile's caller moves it to the tile's first element.</summary>
    public Value.Variable Reference(Access access, bool read = true)
    {
        (Buffer, EquatableArray<Dimension>) key = (access.Buffer, TileOperands ? access.Position.Coefficients : EquatableArray<Dimension>.Empty);
        if (!references.TryGetValue(key, out Value.Variable? variable))
        {
            variable = kernel.Reference(access.Buffer.Name, context.StorageElement(access.Buffer));
            references.Add(key, variable);
            arguments.Add(new CallArgument.Memory(access.Buffer));
            operands.Add(access);
        }

        if (read)
        {
            var entry = new Read(access.Buffer, OwnSamples: access.Buffer.IsBatch && !access.CrossesSamples);
            if (!reads.Contains(entry)) reads.Add(entry);
        }

        return variable;
    }

    /// <summary>Whether the kernel is a tile: each operand's parameter then refers to the tile's first element.</summary>
    public bool TileOperands { get; init; }

    /// <summary>The integer parameter that carries a symbolic size.</summary>
    public Value Size(Dimension dimension)
    {
        if (dimension.IsConstant) return dimension.Value;
        string key = dimension.ToString();
        if (!sizes.TryGetValue(key, out Value.Variable? variable))
        {
            variable = kernel.IndexParameter(SizeSymbol.Parameter(dimension));
            sizes.Add(key, variable);
            arguments.Add(new CallArgument.Size(dimension));
        }

        return variable;
    }

    /// <summary>The parameter that carries a number of the run.</summary>
    public Value Number(int index, string name)
    {
        if (!numbers.TryGetValue(index, out Value.Variable? variable))
        {
            variable = kernel.RealParameter(name);
            numbers.Add(index, variable);
            arguments.Add(new CallArgument.Number(index, name));
        }

        return variable;
    }

    /// <summary>All that a node's evaluation reads, in the order of first use, with the coordinates it depends on.</summary>
    public IReadOnlyList<Access> Accesses(Node node, IEnumerable<Node>? except = null)
    {
        var found = new List<Access>();
        var stop = new HashSet<Node>(except ?? []);
        Collect(node, AffineMap.Identity(axes));
        return found;

        void Collect(Node current, EquatableArray<Affine> indices)
        {
            if (stop.Contains(current)) return;
            if (context.Stored(current, mode) is { } buffer)
            {
                Access access = AccessOf(buffer, indices);
                if (!found.Contains(access)) found.Add(access);
                return;
            }

            if (current.Operator is Iota iota)
            {
                if (vectorAxis >= 0 && indices[iota.Axis].DependsOn(vectorAxis)) countsAlongVector = true;
                counted.Add(indices[iota.Axis]);
            }

            for (int input = 0; input < current.Inputs.Count; input++) Collect(current.Inputs[input], InputIndices(current, input, indices));
        }
    }

    /// <summary>What was looked at and is the number of a coordinate itself: axes that it tells apart can't be walked as one.</summary>
    public IReadOnlyList<Affine> Counted => counted;

    /// <summary>Whether lanes can be evaluated together: every access is by neighbouring elements or one for all.</summary>
    public bool CanVectorize(Node node, IEnumerable<Node>? except = null) => Accesses(node, except).All(access => mode != ElementMode.Rows
        || access.Position.Coefficients[vectorAxis] == Dimension.Zero
        || (access.Position.Coefficients[vectorAxis] == Dimension.One && !context.IsForeign(access.Buffer))) && !countsAlongVector;

    /// <summary>Evaluates what doesn't depend on coordinates, before the loops.</summary>
    public void HoistScalars(Node node)
    {
        if (hoisted.ContainsKey(node) || bound.ContainsKey(node) || context.Fusion.EpilogueOf(node) is not null
            || context.Stored(node, mode) is not null) return;
        if (node.Operator is Map && (node.Shape.Rank == 0 || IsUniform(node)))
        {
            foreach (Node input in node.Inputs) HoistScalars(input);
            var scalar = new ElementEvaluation(this, [], 0, ValueKind.Real);
            hoisted[node] = kernel.Let(context.NameOf(node), scalar.Evaluate(node, EquatableArray<Affine>.Empty));
            return;
        }

        foreach (Node input in node.Inputs) HoistScalars(input);
    }

    // The same number for every element: 1/N.
    private static bool IsUniform(Node node) => node.Operator is Constant || (node.Operator is Map && node.Inputs.All(IsUniform));

    /// <summary>The node's value at the coordinates, as a vector or one element.</summary>
    /// <param name="lane">In the batch-innermost layout: the first lane of the vector within its block.</param>
    public Value Evaluate(Node node, IReadOnlyList<Value> coordinates, Value lane, ValueKind pack)
    {
        known.Clear();
        return new ElementEvaluation(this, coordinates, lane, pack).Evaluate(node, AffineMap.Identity(axes).Take(node.Shape.Rank).ToEquatableArray());
    }

    /// <summary>A linear function's value at the coordinates.</summary>
    public Value At(Affine affine, IReadOnlyList<Value> coordinates)
    {
        Value sum = Size(affine.Constant);
        for (int axis = 0; axis < coordinates.Count; axis++) sum = coordinates[axis] * Size(affine.Coefficients[axis]) + sum;
        return sum;
    }

    /// <summary>Where a buffer is read for given indices of its axes.</summary>
    public Access AccessOf(Buffer buffer, EquatableArray<Affine> indices)
    {
        if (mode == ElementMode.Flat) return buffer.Shape.Rank == 0 ? new Access(buffer, Affine.Fixed(Dimension.Zero, 1), false)
            : new Access(buffer, Affine.Coordinate(0, 1), true);
        if (mode == ElementMode.Channels) return ByChannels(buffer, indices);
        if (mode == ElementMode.Rows || !buffer.IsBatch)
        {
            Affine position = AffineMap.Position(indices, buffer.Strides, axes);
            bool crosses = mode == ElementMode.Rows && buffer.IsBatch && !indices[0].IsCoordinate(0);
            return new Access(buffer, position, mode == ElementMode.Rows && vectorAxis >= 0 && position.DependsOn(vectorAxis)) { CrossesSamples = crosses };
        }

        if (!indices[0].IsCoordinate(0)) throw new InvalidOperationException($"{buffer.Name}: samples are not read in order.");
        return new Access(buffer, AffineMap.Position(indices, buffer.LaneStrides, axes), true);
    }

    // Coordinate 1 counts blocks of channels.
    private Access ByChannels(Buffer buffer, EquatableArray<Affine> indices)
    {
        if (!buffer.IsBatch)
        {
            Affine elements = AffineMap.Position(indices, buffer.Strides, axes);
            return new Access(buffer, elements with
            {
                Coefficients = [.. elements.Coefficients.Select((step, axis) => axis == 1 ? step * Target.BlockSamples : step)],
            }, elements.DependsOn(1));
        }

        if (indices.Count == 1) return new Access(buffer, AffineMap.Position(indices, buffer.Strides, axes), false);
        long first = indices[1].Constant.Value;
        bool varies = indices[1].DependsOn(1);
        if (!indices[0].IsCoordinate(0) || !ChannelAnalysis.IsByBlocks(indices[1]))
            throw new InvalidOperationException($"{buffer.Name}: channels are not read in order.");
        Affine block = indices[1] with { Constant = first / Target.BlockSamples };
        Affine position = AffineMap.Position([.. indices.Select((index, axis) => axis == 1 ? block : index)], buffer.ChannelStrides, axes);
        return new Access(buffer, varies ? position : position + Affine.Fixed(first % Target.BlockSamples, axes), varies);
    }

    /// <summary>The indices of an operand's axes for given indices of the value's axes.</summary>
    public static EquatableArray<Affine> InputIndices(Node node, int input, EquatableArray<Affine> indices)
    {
        switch (node.Operator)
        {
            case Map or Recompute:
                return indices;
            case Broadcast broadcast:
                Node operand = node.Inputs[0];
                return broadcast.Axes.Select((axis, position) =>
                    operand.Shape[position] == node.Shape[axis] ? indices[axis]
                        : Affine.Fixed(Dimension.Zero, indices.Count == 0 ? 0 : indices[0].Coefficients.Count)).ToEquatableArray();
            case Permute permute:
                var permuted = new Affine[indices.Count];
                for (int axis = 0; axis < indices.Count; axis++) permuted[permute.Axes[axis]] = indices[axis];
                return permuted.ToEquatableArray();
            case Slice slice:
                return indices.Select((index, axis) => axis == slice.Axis
                    ? (index * slice.Step) + Affine.Fixed(slice.Start, index.Coefficients.Count)
                    : index).ToEquatableArray();
            case Flip flip:
                return indices.Select((index, axis) => axis == flip.Axis
                    ? Affine.Fixed(node.Shape[axis] - Dimension.One, index.Coefficients.Count) + (index * -1)
                    : index).ToEquatableArray();
            default:
                throw new InvalidOperationException($"{node.Operator.Name} is not evaluated element by element.");
        }
    }

    // One evaluation at fixed coordinates.
    private sealed class ElementEvaluation(ElementEmitter emitter, IReadOnlyList<Value> coordinates, Value lane, ValueKind pack)
    {
        public Value Evaluate(Node node, EquatableArray<Affine> indices)
        {
            if (emitter.bound.TryGetValue(node, out Value? value)) return value;
            if (emitter.hoisted.TryGetValue(node, out value)) return Pack(value);
            if (emitter.known.TryGetValue((node, indices), out value)) return value;
            value = Compute(node, indices);
            if (coordinates.Count == 0) return value;

            // A value that is used once stands where it is used; any other gets a name.
            if (value is not (Value.Variable or Value.Literal or Value.Splat) && emitter.ReferencesTo(node) > 1) value = emitter.Name(node, value);
            emitter.known[(node, indices)] = value;
            return value;
        }

        private Value Compute(Node node, EquatableArray<Affine> indices)
        {
            if (emitter.StoredBuffer(node) is { } buffer) return Load(buffer, indices);
            switch (node.Operator)
            {
                case Constant { Type.Element: ElementType.Bool } constant:
                    return IsTrue(new Value.Literal(constant.Value, pack));
                case Constant constant:
                    return new Value.Literal(constant.Value, pack);
                case Map map:
                    return new ScalarTranslation(emitter, index => Evaluate(node.Inputs[index], indices), pack).Translate(map.Expression);
                case Iota iota:
                    return Pack(new Value.ToReal(emitter.At(indices[iota.Axis], coordinates)));
                case RandomUniform random:
                    emitter.Kernel.UsesRandomNumbers = true;
                    return new Value.Uniform(random.Stream, emitter.RandomIndex + emitter.OfEarlierSteps(node), pack);
                default:
                    return Evaluate(node.Inputs[0], InputIndices(node, 0, indices));
            }
        }

        private Value Load(Buffer buffer, EquatableArray<Affine> indices)
        {
            Access access = emitter.AccessOf(buffer, indices);
            Value.Variable reference = emitter.Reference(access);
            Value offset = emitter.At(access.Position, coordinates);
            Value position = emitter.IsBlocked && access.VariesByLane ? offset + lane : offset;
            Value loaded = pack == ValueKind.Vector && access.VariesByLane
                ? emitter.LoadOnce(buffer, new Value.Load(reference, position, ValueKind.Vector))
                : emitter.LoadOnce(buffer, Pack(emitter.Number(buffer, new Value.Load(reference, position, ValueKind.Real))));
            return buffer.Element == ElementType.Bool ? IsTrue(loaded) : loaded;
        }

        // Truth values are stored as numbers.
        private Value IsTrue(Value number) => new Value.Apply(Operation.NotEqual, [number, new Value.Literal(0, pack)], ValueKind.Mask);

        private Value Pack(Value value) => pack == ValueKind.Vector && value.Kind == ValueKind.Real ? new Value.Splat(value) : value;
    }

    // The caller's integers and truth values become numbers of the kernel's type.
    private Value Number(Buffer buffer, Value load) => context.IsForeign(buffer) ? new Value.Cast(context.Target.Element, load) : load;

    private Buffer? StoredBuffer(Node node) => context.Stored(node, mode);

    // The rows of a tile share what depends on the column alone (a bias): it is loaded for the first of them.
    private Value LoadOnce(Buffer buffer, Value load)
    {
        if (!TileOperands || buffer.IsBatch) return load;
        if (!loads.TryGetValue(load, out Value.Variable? variable)) loads[load] = variable = kernel.Let(buffer.Name, load);
        return variable;
    }

    private int ReferencesTo(Node node) => context.Fusion.ReferencesTo(node);

    /// <summary>In a loop, each step has random numbers of its own: how many earlier steps have. Positions count the padding of rows.</summary>
    public Value OfEarlierSteps(Node node)
    {
        if (context.Counter is not { } counter) return 0;
        int last = node.Shape.Rank - 1;
        Dimension positions = last < 0 || !node.Shape[last].IsConstant ? node.Shape.ElementCount
            : node.Shape.With(last, Buffer.PaddedRow(node.Shape[last].Value)).ElementCount;

        // Vectors of numbers are drawn at multiples of their lengths.
        return positions.TryDivide(16, out _) ? Size(Dimension.Symbol(counter.Name) * positions)
            : (Size(positions) + 15L) / 16L * 16L * Size(Dimension.Symbol(counter.Name));
    }

    private Value Name(Node node, Value value) => kernel.Let(context.NameOf(node), value);

    private bool IsBlocked => mode is ElementMode.Lanes or ElementMode.Channels;
}
