using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary;

/// <summary>One use of a layer or an operation, as its lowering sees it.</summary>
/// <param name="function">The function that is being built.</param>
/// <param name="layer">The layer; null for operations.</param>
/// <param name="receiver">The tensor that the method is called on; null for static methods and layers.</param>
/// <param name="arguments">The call's arguments.</param>
/// <param name="receiverOrigin">The receiver's expression; the whole call for static methods.</param>
public sealed class VocabularyCall(FunctionState function, LayerInstance? layer, object? receiver, ArgumentSet arguments, Origin receiverOrigin)
{
    /// <summary>The function that is being built.</summary>
    public FunctionState Function { get; } = function;

    /// <summary>Takes the new nodes.</summary>
    public GraphBuilder Graph => Function.Graph;

    /// <summary>The call's arguments.</summary>
    public ArgumentSet Arguments { get; } = arguments;

    /// <summary>The call as a whole.</summary>
    public Origin Origin => Arguments.Origin;

    /// <summary>What the method is called on; null for static methods and layers.</summary>
    public object? Receiver => receiver;

    /// <summary>The receiver's expression.</summary>
    public Origin ReceiverOrigin { get; } = receiverOrigin;

    /// <summary>Whether a layer with weights is used, whose results are unbounded.</summary>
    public bool IsOfLayer => layer is { Definition.HasParameters: true };

    /// <summary>Whether it is an attribute of a chain that is used.</summary>
    public bool IsInChain => layer is { InChain: true };

    /// <summary>
    /// Runs a lambda or a method that is given as an argument; poison if it has a mistake, which is reported. Gives the returned expression's place too, where
    /// it is known.
    /// </summary>
    public Func<object?, IReadOnlyList<object?>, (object? Value, Origin? Place)> Invoke { get; init; } = (_, _) => (PoisonValue.Instance, null);

    /// <summary>The layer that is used.</summary>
    public LayerInstance Layer => layer!;

    /// <summary>The tensor that goes through: the receiver, or the layer's argument.</summary>
    public Node Input => receiver is TensorValue tensor ? tensor.Node : Arguments.Tensor(Arguments.All[0].Name);

    /// <summary>All tensors that go in: the receiver, then the arguments.</summary>
    public IEnumerable<Node> Tensors => Arguments.All.Select(argument => argument.Value).Prepend(receiver)
        .SelectMany(value => value switch
        {
            ListValue list => list.Items,
            TupleValue tuple => tuple.Items,
            _ => (IReadOnlyList<object?>)[value],
        }).OfType<TensorValue>().Select(tensor => tensor.Node);

    /// <summary>Where <see cref="Input"/> is written.</summary>
    public Origin InputOrigin => receiver is null && Arguments.All.Count > 0 ? Arguments.All[0].Origin : ReceiverOrigin;

    /// <summary>The parameter of the layer, declared if it is new.</summary>
    /// <param name="factor">What drawn values are multiplied by; null for the layer's gain.</param>
    /// <param name="zeroRow">The row that is zero whatever is drawn; −1 for none.</param>
    public Node Parameter(
        string name, Shape shape, InitializerKind initializer, long fanIn, long fanOut, StorageKind storage = StorageKind.RowMajor, double? factor = null,
        int zeroRow = -1)
    {
        if (shape.ElementCount.Value > int.MaxValue)
        {
            throw new VocabularyError(
                DiagnosticIds.InvalidArgument,
                Layer.Arguments.Origin,
                $"{Layer.Quoted} would have {shape.ElementCount} weights {shape}, more than an array can hold",
                Origin);
        }

        // Biases are not scaled.
        double gain = factor ?? (name.EndsWith("weight", StringComparison.Ordinal) ? Layer.Arguments.Number("gain", 1) : 1);
        if (double.IsNaN(gain) || double.IsInfinity(gain)) throw Checks.Wrong(Layer.Arguments, "gain", $"is {Checks.Text(gain)}; it must be a finite number");
        ParameterSpecification parameter = Layer.Declare(
            new ParameterSpecification($"{Layer.Name}.{name}", shape, initializer, fanIn, fanOut, storage) { Gain = gain, ZeroRow = zeroRow });
        return Graph.Add(new Parameter(parameter.Name, new TensorType(ElementType.Float32, parameter.Shape)));
    }

    /// <summary>The state of the layer, declared if it is new.</summary>
    public StateSpecification State(string name, Shape shape, double initialValue) =>
        Layer.Declare(new StateSpecification($"{Layer.Name}.{name}", shape, initialValue));

    /// <summary>Checks that a layer that is used again gets the input size that its weights are made for.</summary>
    public void BindInput(long inputs, string what, Shape shape)
    {
        if (Layer.BoundInput is { } bound && bound != inputs)
        {
            throw new VocabularyError(
                DiagnosticIds.TiedSize,
                Origin,
                $"{Layer.Quoted} receives {Checks.Text(inputs)} {what} here ({shape}) and {Checks.Text(bound)} at its first use ({Layer.FirstShape}): "
                    + "a layer that is used twice shares its weights. Give both the same size, or use two layers",
                Layer.FirstUse!);
        }

        Layer.Bind(inputs, shape, Origin);
    }

    /// <summary>A declared input size that is not the received one.</summary>
    public VocabularyError WrongInputSize(string argument, string what, int declared, long received, string input) => new(
        DiagnosticIds.InputSize,
        Layer.Arguments.OriginOf(argument),
        $"{Layer.Quoted} is declared with {Checks.Count(declared, what.TrimEnd('s'), what)} but receives {Checks.Text(received)} ({input}). "
            + $"Use {Checks.Text(received)}, or omit it",
        Origin)
    {
        Properties = DiagnosticProperty.List((DiagnosticProperties.Argument, argument), (DiagnosticProperties.RightSize, Checks.Text(received))),
    };

    /// <summary>An error at the call as a whole.</summary>
    public VocabularyError Error(string id, string message, params (string Name, string Value)[] facts) =>
        new(id, Origin, message) { Properties = DiagnosticProperty.List(facts) };

    /// <summary>An error at the tensor that goes through.</summary>
    public VocabularyError ErrorAtInput(string id, string message) => new(id, InputOrigin, message) { Tensors = [Input] };

    /// <summary>An error at an argument of the call.</summary>
    public VocabularyError ErrorAt(string id, string argument, string message) => new(id, Arguments.OriginOf(argument), message);

    /// <summary>An error at an argument that the layer was created with; the use is the other party.</summary>
    public VocabularyError ErrorAtLayer(string id, string argument, string message, EquatableArray<DiagnosticProperty> facts) =>
        new(id, Layer.Arguments.OriginOf(argument), message, Origin) { Properties = facts };
}
