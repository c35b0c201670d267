using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Vocabulary.Values;
using static DLCompiler.Compiler.Vocabulary.Building;

namespace DLCompiler.Compiler.Vocabulary.Layers;

/// <summary>
/// <c>Dropout(rate)</c>: in training, each element is zero with probability rate and divided by 1 − rate otherwise (Srivastava et al. 2014, inverted form);
/// nothing in prediction.
/// </summary>
internal static class DropoutLayer
{
    public static LayerDefinition Definition { get; } = new("DLCompiler.Dropout", CheckRate, Forward, HasParameters: false);

    /// <summary>Checks a share of elements that are dropped.</summary>
    public static void CheckRate(ArgumentSet arguments) => CheckRate(arguments, "rate");

    /// <inheritdoc cref="CheckRate(ArgumentSet)"/>
    public static void CheckRate(ArgumentSet arguments, string name)
    {
        double rate = arguments.Number(name);
        if (rate is >= 0 and < 1) return;
        string percent = rate is > 1 and < 100 ? $": write {Checks.Text(rate / 100)}f for {Checks.Text(rate)} %" : ", the share of elements that are dropped";
        throw Checks.Wrong(arguments, name, $"is {Checks.Text(rate)}; it must be at least 0 and less than 1{percent}");
    }

    private static object Forward(VocabularyCall call)
    {
        Node x = call.Input;
        double rate = call.Layer.Arguments.Number("rate");
        if (!call.Function.Training || rate == 0) return new TensorValue(x);
        Node random = call.Graph.Add(new RandomUniform(x.Shape, call.Function.NextStream()));
        ScalarExpression kept = new ScalarExpression.Compare(Comparison.GreaterOrEqual, Y, rate);
        return new TensorValue(call.Graph.Map(new ScalarExpression.Select(kept, X * (1 / (1 - rate)), 0.0), x, random));
    }
}
