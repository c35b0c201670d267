using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>What the layers share that normalise each sample by itself: the check of ε, the statistics, and the factors per feature.</summary>
internal static class Normalizing
{
    /// <summary>Checks the arguments of a layer that normalises rows: a declared number of features, and ε.</summary>
    public static void CheckRows(ArgumentSet arguments)
    {
        Checks.Optional(arguments, "features");
        CheckEpsilon(arguments);
    }

    /// <summary>The last axis of [N, …, features], after the check that there is one, and that the features are those that are declared.</summary>
    public static int RowAxis(VocabularyCall call)
    {
        Shape shape = call.Input.Shape;
        int last = shape.Rank - 1;
        if (last < 0 || (last == 0 && !shape[0].IsConstant))
        {
            throw call.ErrorAtInput(
                Diagnostics.DiagnosticIds.WrongRank, $"{call.Layer.Quoted} expects [N, features] but receives {Checks.Name(shape)}{Checks.AddAxis(shape)}");
        }

        CheckDeclared(call, Checks.Constant(call, last, call.Layer.Quoted), "features");
        return last;
    }

    /// <summary>Checks that ε is positive.</summary>
    public static void CheckEpsilon(ArgumentSet arguments)
    {
        double epsilon = arguments.Number("epsilon", 1e-5);
        if (!(epsilon > 0)) throw Checks.Wrong(arguments, "epsilon", $"is {Checks.Text(epsilon)}; it must be positive, such as 1e-5f");
    }

    /// <summary>(x − mean)/√(variance + ε) over axes (ascending), with the biased variance.</summary>
    public static Node Standardize(GraphBuilder graph, Node x, EquatableArray<int> axes, double epsilon)
    {
        Node centred = graph.Subtract(x, graph.Mean(x, axes, keepDimensions: true));
        return DivideByRoot(graph, centred, graph.Mean(graph.Square(centred), axes, keepDimensions: true), epsilon);
    }

    /// <summary>x/√(mean of x² + ε) over axes (ascending).</summary>
    public static Node DivideByRootMeanSquare(GraphBuilder graph, Node x, EquatableArray<int> axes, double epsilon) =>
        DivideByRoot(graph, x, graph.Mean(graph.Square(x), axes, keepDimensions: true), epsilon);

    /// <summary>x·weight, plus the bias if there is one: a number of each for every position along an axis.</summary>
    public static Node Scale(VocabularyCall call, Node x, int axis, bool hasBias)
    {
        long features = x.Shape[axis].Value;
        Node weight = call.Parameter("weight", new Shape(features), InitializerKind.Ones, features, features);
        Node scaled = call.Graph.Map(X * Y, x, call.Graph.BroadcastAlong(weight, x.Shape, [axis]));
        if (!hasBias) return scaled;
        Node bias = call.Parameter("bias", new Shape(features), InitializerKind.Zeros, features, features);
        return call.Graph.Map(X + Y, scaled, call.Graph.BroadcastAlong(bias, x.Shape, [axis]));
    }

    /// <summary>The channels of [N, C, …], after the check that they are those that are declared.</summary>
    public static long Channels(VocabularyCall call)
    {
        Node x = call.Input;
        if (x.Shape.Rank < 2)
        {
            throw call.ErrorAtInput(
                Diagnostics.DiagnosticIds.WrongRank,
                $"{call.Layer.Quoted} expects [N, channels, …] but receives {Checks.Name(x.Shape)}{Checks.AddAxis(x.Shape)}");
        }

        for (int axis = 2; axis < x.Shape.Rank; axis++) Checks.Constant(call, axis, call.Layer.Quoted);
        long channels = Checks.Constant(call, 1, call.Layer.Quoted);
        CheckDeclared(call, channels, "channels");
        return channels;
    }

    /// <summary>Checks a declared number of features, and that a layer that is used again gets as many.</summary>
    public static void CheckDeclared(VocabularyCall call, long features, string what)
    {
        int declared = call.Layer.Arguments.Integer("features");
        if (declared != 0 && declared != features) throw call.WrongInputSize("features", what, declared, features, call.Input.Shape.ToString());
        call.BindInput(features, what, call.Input.Shape);
    }

    // One root and one division a row: elements are multiplied.
    private static Node DivideByRoot(GraphBuilder graph, Node x, Node square, double epsilon) =>
        graph.Map(X * Y, x, graph.Broadcast(graph.Map(1 / Call(UnaryFunction.Sqrt, X + epsilon), square), x.Shape));
}
