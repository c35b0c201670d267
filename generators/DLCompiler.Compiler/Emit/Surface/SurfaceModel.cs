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
/// <param name="Size">Elements, as C#: per sample, or of the whole tensor; null where a wrong model does not say.</param>
/// <param name="HasBatch">Whether the first axis is the batch.</param>
/// <param name="Limit">For ids and labels: what they are below; 0 for other numbers.</param>
internal sealed record SurfaceTensor(string Name, string PlainName, string Element, string Shape, string? Size, bool HasBatch, long Limit)
{
    /// <summary>The padded size of the sequences whose lengths the tensor holds, as source writes it; null where it holds none.</summary>
    public string? Longest { get; init; }
}

/// <summary>A size besides the batch that calls give.</summary>
/// <param name="Symbol">Its name in shapes.</param>
/// <param name="Name">The parameter's name, as source writes it.</param>
/// <param name="PlainName">The name without escapes.</param>
/// <param name="Bound">The largest value.</param>
/// <param name="Multiple">What it has to be a multiple of: the symbol counts such parts.</param>
internal sealed record SurfaceSize(string Symbol, string Name, string PlainName, long Bound, long Multiple)
{
    /// <summary>The name that the user gave it.</summary>
    public string Written => SizeMultiples.BaseOf(Symbol);
}

/// <summary>An entry point as the surface shows it.</summary>
/// <param name="Index">Its index among the compiled functions.</param>
/// <param name="Member">The public method: <c>Predict</c>, <c>StepTrain</c>, <c>StepDiscriminator</c>.</param>
internal sealed record SurfaceFunction(
    int Index, string Member, FunctionSignature Signature, EquatableArray<SurfaceTensor> Inputs, EquatableArray<SurfaceTensor> Outputs)
{
    /// <summary>The sizes besides the batch, in the order in which the compiled function knows them.</summary>
    public EquatableArray<SurfaceSize> Sizes { get; init; } = EquatableArray<SurfaceSize>.Empty;

    /// <summary>Whether every size is known, so that spans can be checked: always so for a right model.</summary>
    public bool IsComplete => Inputs.Concat(Outputs).All(tensor => tensor.Size is not null);
}

/// <summary>Everything that the surface prints, decided: the printers only print.</summary>
internal sealed record SurfaceModel(EquatableArray<SurfaceFunction> Functions, TrainingSurface? Training, GenerationSurface? Generation)
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
            HashSet<string> taken = [.. function.Inputs.Select(input => input.Name)];
            EquatableArray<SurfaceSize> sizes = function.Sizes(signature.Symbols).Select(size => Size(size, taken)).ToEquatableArray();
            taken = [.. sizes.Select(size => size.PlainName)];
            List<SurfaceTensor> inputs = [];
            for (int k = 0; k < function.Inputs.Count; k++)
            {
                InputSignature input = function.Inputs[k];
                long limit = graph is not null && k < graph.Inputs.Count ? IndexLimits.Of(graph, graph.Inputs[k]) : 0;
                Dimension? longest = graph is not null && k < graph.Inputs.Count ? IndexLimits.LongestOf(graph, graph.Inputs[k]) : null;
                inputs.Add(Tensor(input.Name, input.Element, input.Shape, limit, function, sizes, taken) with
                {
                    Longest = longest is null ? null : Text(longest, sizes),
                });
            }

            List<SurfaceTensor> outputs = [];
            foreach (OutputSignature output in function.Outputs)
            {
                string name = function.Outputs.Count == 1 ? "result" : "result" + Number(outputs.Count + 1);
                outputs.Add(Tensor(name, output.Element, output.Shape, 0, function, sizes, taken));
            }

            string member = function.Name == "Train" ? "StepTrain" : function.Name;
            functions.Add(new SurfaceFunction(i, member, function, inputs.ToEquatableArray(), outputs.ToEquatableArray()) { Sizes = sizes });
        }

        SurfaceFunction? predict = functions.FirstOrDefault(function => function.Signature.Name == "Predict");
        return new SurfaceModel(functions.ToEquatableArray(), TrainingSurface.Create(signature, functions),
            GenerationSurface.Create(signature, model, predict));
    }

    private static string Number(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static SurfaceTensor Tensor(string name, ElementType element, Shape? shape, long limit, FunctionSignature function,
        EquatableArray<SurfaceSize> sizes, HashSet<string> taken)
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
        if (function.Batch is not { } batch || !count.TryDivide(batch, out Dimension perSample)) return new SurfaceTensor(Identifiers.Escape(free), free,
            type, known.ToString(), Text(count, sizes), HasBatch: false, limit);
        return new SurfaceTensor(Identifiers.Escape(free), free, type, known.ToString(), Text(perSample, sizes), HasBatch: true, limit);
    }

    private static SurfaceSize Size(SymbolicSize size, HashSet<string> taken)
    {
        string symbol = SizeMultiples.BaseOf(size.Name);
        long multiple = SizeMultiples.MultipleOf(size.Name);
        string name = Identifiers.Free(char.ToLowerInvariant(symbol[0]) + symbol.Substring(1), taken);
        taken.Add(name);
        return new SurfaceSize(size.Name, Identifiers.Escape(name), name, (size.Bound ?? 1) * multiple, multiple);
    }

    /// <summary>A polynomial in the parameters that give sizes, as C#; null if it has others.</summary>
    internal static string? Text(Dimension size, EquatableArray<SurfaceSize> sizes)
    {
        if (!size.Symbols().All(symbol => sizes.Any(known => known.Symbol == symbol))) return null;
        return size.InWholeSizes().Text(symbol =>
        {
            string parameter = sizes.First(known => known.Written == SizeMultiples.BaseOf(symbol)).Name;
            long parts = SizeMultiples.MultipleOf(symbol);
            return parts == 1 ? parameter : $"({parameter} / {Number(parts)})";
        }, " * ");
    }
}

/// <summary>What <c>Fit</c> and <c>Evaluate</c> need: models with one input, a prediction and a <c>[Train]</c>.</summary>
internal sealed record TrainingSurface(
    int TrainFunction, int PredictFunction, LossKind Loss, EquatableArray<string> InputShape, EquatableArray<string> OutputShape, long IdLimit,
    EquatableArray<SurfaceSize> Sizes)
{
    public static TrainingSurface? Create(ModelSignature signature, List<SurfaceFunction> functions)
    {
        SurfaceFunction? train = functions.FirstOrDefault(function => function.Signature.Name == "Train");
        SurfaceFunction? predict = functions.FirstOrDefault(function => function.Signature.Name == "Predict");
        if (signature.Loss is not { } loss || train is null || predict is null || predict.Inputs.Count != 1 || predict.Outputs.Count != 1) return null;
        EquatableArray<string>? input = Sample(predict.Signature.Inputs[0].Shape, predict.Sizes);
        EquatableArray<string>? result = predict.Signature.Outputs[0].Shape is { } shape ? Sample(shape, predict.Sizes) : [];
        if (input is null || result is null || !train.Sizes.Select(size => size.Symbol).SequenceEqual(predict.Sizes.Select(size => size.Symbol))) return null;
        return new TrainingSurface(train.Index, predict.Index, loss, input.Value, result.Value, predict.Inputs[0].Limit, predict.Sizes);
    }

    // One sample's sizes, without the batch axis: numbers, or -1 - i for a size that follows from the data. Null where one follows in another way.
    private static EquatableArray<string>? Sample(Shape shape, EquatableArray<SurfaceSize> sizes)
    {
        var result = new List<string>();
        foreach (Dimension size in shape.Skip(1))
        {
            int index = sizes.ToList().FindIndex(known => Dimension.Symbol(known.Symbol) * known.Multiple == size);
            if (!size.IsConstant && index < 0) return null;
            result.Add(size.IsConstant ? size.ToString() : (-1 - index).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return result.ToEquatableArray();
    }
}
