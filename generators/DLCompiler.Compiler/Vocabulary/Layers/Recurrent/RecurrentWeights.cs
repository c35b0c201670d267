using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Vocabulary.Layers.Recurrent;

/// <summary>
/// The weights of one direction of one layer, or of a cell, under PyTorch's names: <c>weight_ih</c> [gates·H, inputs], <c>weight_hh</c> [gates·H, H],
/// <c>bias_ih</c> and <c>bias_hh</c> [gates·H]. They are uniform on ±1/√H at first.
/// </summary>
internal sealed record RecurrentWeights(Node Input, Node Recurrent, Node? InputBias, Node? RecurrentBias)
{
    /// <summary>Declares them.</summary>
    /// <param name="call">The layer's use.</param>
    /// <param name="suffix">What their names end with: <c>_l0_reverse</c>.</param>
    /// <param name="gates">The number of gates.</param>
    /// <param name="units">H.</param>
    /// <param name="inputs">The number of inputs.</param>
    public static RecurrentWeights Declare(VocabularyCall call, string suffix, int gates, int units, long inputs)
    {
        ArgumentSet arguments = call.Layer.Arguments;
        InitializerKind weights = Initializers.Weights(arguments, InitializerKind.UniformFanIn), biases = Initializers.Biases(arguments);
        bool hasBias = arguments.Flag("bias", true);

        // The default's bound is that of the units for all of them.
        Node Weight(string name, long columns) => call.Parameter(
            name + suffix, new Shape(gates * units, columns), weights, weights == InitializerKind.UniformFanIn ? units : columns, units, StorageKind.Panels, 1);
        Node? Bias(string name) => hasBias ? call.Parameter(name + suffix, new Shape(gates * units), biases, units, units) : null;
        return new RecurrentWeights(Weight("weight_ih", inputs), Weight("weight_hh", units), Bias("bias_ih"), Bias("bias_hh"));
    }

    /// <summary>The input's share of the gates: one product for all rows.</summary>
    /// <param name="graph">Takes the new nodes.</param>
    /// <param name="rows">[rows, inputs].</param>
    /// <param name="joined">Whether the recurrent bias is added here too.</param>
    public Node Project(GraphBuilder graph, Node rows, bool joined)
    {
        Node product = graph.Add(new Graph.Operators.Contract(false, true), rows, Input);
        if (InputBias is null) return product;
        Node bias = joined ? graph.Add(InputBias, RecurrentBias!) : InputBias;
        return graph.Map(Building.X + Building.Y, product, graph.BroadcastAlong(bias, product.Shape, [1]));
    }
}
