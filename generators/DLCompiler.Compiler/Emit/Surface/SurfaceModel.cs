using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Programs.Evaluation;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary;

namespace DLCompiler.Compiler.Emit.Surface;

/// <summary>A tensor that crosses the surface, with what its span must look like.</summary>
/// <param name="Name">The parameter's name, as source writes it.</param>
/// <param name="PlainName">The name without escapes, for messages.</param>
/// <param name="Element">The C# element type.</param>
/// <param name="Shape">The shape as documentation shows it.</param>
/// <param name="Size">Elements: per sample, or of the whole tensor; null where a wrong model does not say.</param>
/// <param name="HasBatch">Whether the first axis is the batch.</param>
/// <param name="Limit">For ids and labels: what they are below; 0 for other numbers.</param>
internal sealed record SurfaceTensor(string Name, string PlainName, string Element, string Shape, long? Size, bool HasBatch, long Limit);

/// <summary>An entry point as the surface shows it.</summary>
/// <param name="Index">Its index among the compiled functions.</param>
/// <param name="Member">The public method: <c>Predict</c>, <c>StepTrain</c>, <c>StepDiscriminator</c>.</param>
internal sealed record SurfaceFunction(
    int Index, string Member, FunctionSignature Signature, EquatableArray<SurfaceTensor> Inputs, EquatableArray<SurfaceTensor> Outputs)
{
    /// <summary>Whether every size is known, so that spans can be checked: always so for a right model.</summary>
    public bool IsComplete => Inputs.Concat(Outputs).All(tensor => tensor.Size is not null);
}

/// <summary>Everything that the surface prints, decided: the printers only print.</summary>
internal sealed record SurfaceModel(EquatableArray<SurfaceFunction> Functions, TrainingSurface? Training)
{
    /// <summary>Decides the surface of a model.</summary>
    /// <param name="signature">The model's signature.</param>
    /// <param name="model">Its graph; null for a wrong model.</param>
    public static SurfaceModel Create(ModelSignature signature, ModelGraph? model)
    {
        List<SurfaceFunction> functions = [];
        for (int i = 0; i < signature.Functions.Count; i++)
        {
            FunctionSignature function = signature.Functions[i];
            FunctionGraph? graph = model?.Functions.FirstOrDefault(candidate => candidate.Name == function.Name);
            HashSet<string> taken = [];
            List<SurfaceTensor> inputs = [];
            for (int k = 0; k < function.Inputs.Count; k++)
            {
                InputSignature input = function.Inputs[k];
                long limit = graph is not null && k < graph.Inputs.Count ? IndexLimits.Of(graph, graph.Inputs[k]) : 0;
                inputs.Add(Tensor(input.Name, input.Element, input.Shape, limit, signature, taken));
            }

            List<SurfaceTensor> outputs = [];
            foreach (OutputSignature output in function.Outputs)
            {
                string name = function.Outputs.Count == 1 ? "result" : "result" + Number(outputs.Count + 1);
                outputs.Add(Tensor(name, output.Element, output.Shape, 0, signature, taken));
            }

            string member = function.Name == "Train" ? "StepTrain" : function.Name;
            functions.Add(new SurfaceFunction(i, member, function, inputs.ToEquatableArray(), outputs.ToEquatableArray()));
        }

        return new SurfaceModel(functions.ToEquatableArray(), TrainingSurface.Create(signature, functions));
    }

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static SurfaceTensor Tensor(string name, ElementType element, Shape? shape, long limit, ModelSignature signature, HashSet<string> taken)
    {
        string free = Identifiers.Free(name, taken);
        taken.Add(free);
        string type = element switch
        {
            ElementType.Float64 => "double",
            ElementType.Int32 => "int",
            ElementType.Bool => "bool",
            ElementType.UInt8 => "byte",
            _ => "float",
        };
        if (shape is not { } known) return new SurfaceTensor(Identifiers.Escape(free), free, type, "", null, HasBatch: true, limit);
        Dimension count = known.ElementCount;
        if (count.IsConstant) return new SurfaceTensor(Identifiers.Escape(free), free, type, known.ToString(), count.Value, HasBatch: false, limit);
        Dimension batch = signature.Symbols.Count > 0 ? Dimension.Symbol(signature.Symbols[0].Name) : Dimension.One;
        long? perSample = count.TryDivide(batch, out Dimension quotient) && quotient.IsConstant ? quotient.Value : null;
        return new SurfaceTensor(Identifiers.Escape(free), free, type, known.ToString(), perSample, HasBatch: true, limit);
    }
}

/// <summary>What <c>Fit</c> and <c>Evaluate</c> need: models with one input, a prediction and a <c>[Train]</c>.</summary>
internal sealed record TrainingSurface(
    int TrainFunction, int PredictFunction, LossKind Loss, EquatableArray<string> InputShape, EquatableArray<string> OutputShape, long IdLimit)
{
    public static TrainingSurface? Create(ModelSignature signature, List<SurfaceFunction> functions)
    {
        SurfaceFunction? train = functions.FirstOrDefault(function => function.Signature.Name == "Train");
        SurfaceFunction? predict = functions.FirstOrDefault(function => function.Signature.Name == "Predict");
        if (signature.Loss is not { } loss || train is null || predict is null || predict.Inputs.Count != 1 || predict.Outputs.Count != 1) return null;
        EquatableArray<string> result = predict.Signature.Outputs[0].Shape is { } shape ? Sizes(shape) : [];
        return new TrainingSurface(train.Index, predict.Index, loss, Sizes(predict.Signature.Inputs[0].Shape), result, predict.Inputs[0].Limit);
    }

    // One sample's sizes: without the batch axis.
    private static EquatableArray<string> Sizes(Shape shape) => shape.Skip(1).Select(size => size.ToString()).ToEquatableArray();
}
