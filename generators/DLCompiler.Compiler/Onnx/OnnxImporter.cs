using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Onnx;

/// <summary>
/// Maps an ONNX model to the graph, node by node. Weights become parameters; sizes and axes, which ONNX passes as tensors, are followed as known values
/// (<see cref="OnnxFolding"/>) as far as they are computed from what the file says.
/// </summary>
public sealed class OnnxImporter
{
    private readonly OnnxModel model;
    private readonly Dictionary<string, OnnxValue> values = [];
    private readonly List<ParameterSpecification> parameters = [];
    private readonly Dictionary<string, OnnxTensor> parameterValues = [];
    private readonly HashSet<string> givenInputs = [];

    private OnnxImporter(OnnxModel model, int batch) => (this.model, Batch) = (model, batch);

    /// <summary>The batch's size, where it is the same at every call; 0 where it is not.</summary>
    public int Batch { get; }

    /// <summary>Takes the graph's nodes.</summary>
    public GraphBuilder Graph { get; } = new();

    /// <summary>The graph of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="assumptions">What may be assumed beyond the file.</param>
    /// <exception cref="OnnxException">It can't be mapped.</exception>
    /// <exception cref="ShapeException">Its shapes don't fit.</exception>
    public static OnnxImport Import(OnnxModel model, OnnxAssumptions assumptions)
    {
        var importer = new OnnxImporter(model, assumptions.Batch);
        OnnxGraph graph = model.Graph;
        foreach (KeyValuePair<string, OnnxTensor> initializer in graph.Initializers) importer.Define(initializer.Key, initializer.Value);
        var inputs = new List<(string Name, Node Node)>();
        foreach (OnnxValueInfo input in graph.Inputs.Where(input => !graph.Initializers.ContainsKey(input.Name)))
        {
            if (assumptions.Known.TryGetValue(input.Name, out OnnxTensor? known))
            {
                importer.Define(input.Name, known);
                continue;
            }

            Node node = importer.Graph.Add(new Input(input.Name, InputType(input, assumptions.Batched.Contains(input.Name))));
            importer.givenInputs.Add(input.Name);
            importer.Define(input.Name, node);
            inputs.Add((input.Name, node));
        }

        foreach (OnnxNode node in graph.Nodes) importer.Map(node);
        Node[] outputs = [.. graph.Outputs.Select(output => importer.NodeOf(importer.Find(output.Name)))];
        var function = new FunctionGraph("Predict", FunctionKind.Predict, importer.Graph, [.. inputs.Select(input => input.Node)], outputs, [], [], null);
        return new OnnxImport(
            new ModelGraph(graph.Name, importer.parameters, [], [function]), [.. inputs.Select(input => input.Name)], importer.parameterValues);
    }

    /// <summary>The graph's element type for one of ONNX: 64-bit integers are kept in 32 bits, and of floating-point types there is one.</summary>
    public static ElementType ElementOf(OnnxElement element) => element switch
    {
        OnnxElement.Float => ElementType.Float32,
        OnnxElement.Int32 or OnnxElement.Int64 => ElementType.Int32,
        OnnxElement.Bool => ElementType.Bool,
        OnnxElement.Undefined => throw new OnnxException(OnnxProblem.Element, "a value is no tensor"),
        _ => throw new OnnxException(OnnxProblem.Element, $"the element type {element} has no counterpart"),
    };

    /// <summary>The version of an operator set.</summary>
    public long Opset(string domain) => model.Opsets.TryGetValue(domain == "ai.onnx" ? "" : domain, out long version) ? version : 0;

    /// <summary>Whether a value is an input of the model that the caller gives.</summary>
    public bool IsGiven(OnnxValue value) => givenInputs.Contains(value.Name);

    /// <summary>A value as a node: a known one becomes a constant where its elements are equal, else a parameter.</summary>
    public Node NodeOf(OnnxValue value)
    {
        if (value.Node is not null) return value.Node;
        OnnxTensor tensor = value.Tensor!;

        // Constants of a higher precision are rounded.
        ElementType element = tensor.Element == OnnxElement.Double ? ElementType.Float32 : ElementOf(tensor.Element);
        var type = new TensorType(element, new Shape(tensor.Shape.Select(size => (Dimension)size)));
        if (tensor.Values.Count > 0 && tensor.Values.All(item => item.Equals(tensor.Values[0])))
            return value.Node = Graph.Constant(element == ElementType.Float32 ? (float)tensor.Values[0] : tensor.Values[0], type);
        string name = value.Name.Length > 0 ? value.Name : "constant";
        if (parameterValues.ContainsKey(name)) name += "_" + parameters.Count.ToString(CultureInfo.InvariantCulture);
        parameters.Add(new ParameterSpecification(name, type.Shape, InitializerKind.Zeros, 1, 1, StorageKind.RowMajor));
        parameterValues.Add(name, tensor);
        return value.Node = Graph.Add(new Parameter(name, type));
    }

    private static TensorType InputType(OnnxValueInfo input, bool batched)
    {
        if (input.Shape is null) throw new OnnxException(OnnxProblem.NotConstant, $"the shape of the input '{input.Name}' is not known");
        Dimension Size(long size, int axis) => axis == 0 && (batched || size < 0) ? Dimension.Symbol("N")
            : size >= 0 ? size : throw new OnnxException(OnnxProblem.NotConstant, $"dimension {axis} of the input '{input.Name}' is not known");
        return new TensorType(ElementOf(input.Element), new Shape(input.Shape.Select(Size)));
    }

    private void Map(OnnxNode node)
    {
        var call = new OnnxCall(this, node, [.. node.Inputs.Select(name => name.Length == 0 ? null : Find(name))]);
        if (OnnxOperators.Find(node.Domain, node.Operator) is not { } map) throw call.Fail(OnnxProblem.Operator, "has no mapping");
        Graph.Label = node.Name.Length > 0 ? node.Name : node.Operator;
        IReadOnlyList<OnnxValue> results;
        try
        {
            results = map(call);
        }
        catch (OnnxException exception) when (!exception.Message.StartsWith(node.Operator, System.StringComparison.Ordinal))
        {
            throw call.Fail(exception.Problem, ": " + exception.Message, exception.Input);
        }

        for (int i = 0; i < node.Outputs.Count; i++)
        {
            if (node.Outputs[i].Length == 0) continue;
            if (i >= results.Count) throw call.Fail(OnnxProblem.Form, $"has no mapping for its result number {i}");
            Define(node.Outputs[i], results[i]);
        }
    }

    private OnnxValue Find(string name) =>
        values.TryGetValue(name, out OnnxValue? value) ? value : throw new OnnxException(OnnxProblem.Invalid, $"there is no value '{name}'");

    private void Define(string name, OnnxValue value)
    {
        if (value.Name.Length == 0) value.Name = name;
        values[name] = value;
    }
}
