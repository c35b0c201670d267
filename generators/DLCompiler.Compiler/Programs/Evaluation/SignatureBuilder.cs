using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Generation;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary;
using DLCompiler.Compiler.Vocabulary.Losses;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>Makes a model's signature: from declarations first, then from what evaluation finds.</summary>
internal sealed class SignatureBuilder(ClassProgram model, IReadOnlyList<EntryPoint> entries, LossKind? loss)
{
    private readonly Dictionary<string, FunctionSignature> complete = new(StringComparer.Ordinal);

    /// <summary>Takes over the inputs and outputs of a function that was evaluated.</summary>
    public void Complete(EntryPoint entry, IReadOnlyList<Node> inputs, IReadOnlyList<Node> outputs)
    {
        FunctionSignature declared = Declared(entry);
        complete[entry.Name] = declared with
        {
            Inputs = inputs.Select((input, index) => new InputSignature(declared.Inputs[index].Name, input.Type.Element, input.Shape)).ToEquatableArray(),
            Outputs = outputs.Select(output => new OutputSignature(output.Type.Element, output.Shape)).ToEquatableArray(),
        };
    }

    /// <summary>The signature.</summary>
    public ModelSignature Build(IReadOnlyList<SymbolicSize> symbols, ParameterCollector parameters, SummaryCollector summary) => new(
        model.MetadataName,
        model.Name,
        entries.Select(entry => complete.TryGetValue(entry.Name, out FunctionSignature? function) ? function : Declared(entry)).ToEquatableArray(),
        parameters.Parameters.Select(parameter => new NamedShape(parameter.Name, parameter.Shape)).ToEquatableArray(),
        parameters.States.Select(state => new NamedShape(state.Name, state.Shape)).ToEquatableArray(),
        symbols.ToEquatableArray(),
        summary.Rows,
        parameters.Parameters.Sum(parameter => parameter.Shape.ElementCount.Value),
        summary.Flops,
        summary.ActivationBytes,
        loss,
        parameters.Nested.ToEquatableArray())
    {
        Generates = model.Inference?.IsSet(Incremental.Option) ?? false,
    };

    // What the declarations alone tell: enough for members with the right parameters.
    private FunctionSignature Declared(EntryPoint entry)
    {
        Shape? returned = entry.Method?.ReturnShape is { } specification && ShapeParser.TryParse(specification, out Shape shape, out _, out _) ? shape : null;
        int results = entry.Method is { } method && method.ReturnType.StartsWith("(", StringComparison.Ordinal) ? method.ReturnType.Split(',').Length : 1;
        EquatableArray<InputSignature> inputs = entry.Inputs.ToEquatableArray();
        EquatableArray<OutputSignature> outputs = entry.Kind == FunctionKind.Step
            ? [new OutputSignature(ElementType.Float32, Shape.Scalar)]
            : Enumerable.Repeat(new OutputSignature(ElementType.Float32, results == 1 ? returned : null), results).ToEquatableArray();
        if (entry.Name == "Train") inputs = inputs.Append(Target(returned)).ToEquatableArray();
        return new FunctionSignature(entry.Name, entry.Kind, entry.MethodName, inputs, outputs, entry.Optimizer);
    }

    private InputSignature Target(Shape? returned)
    {
        TensorType? type = returned is { } shape && loss is { } kind ? LossTable.Find(kind).TargetType(new TensorType(ElementType.Float32, shape)) : null;
        ElementType element = loss == LossKind.SoftmaxCrossEntropy ? ElementType.Int32 : ElementType.Float32;
        return new InputSignature("target", element, type?.Shape ?? Shape.Scalar);
    }
}
