using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Generation;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary;
using DLCompiler.Compiler.Vocabulary.Losses;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>Evaluates one model: creates it, names its layers, runs each entry point, and gathers what they made.</summary>
/// <param name="enclosing">The models that are being evaluated because one holds the next.</param>
/// <param name="multiples">What sizes that are known at run time only have to be multiples of.</param>
/// <param name="uses">Takes what each call of a layer does to shapes; null where nobody asks.</param>
internal sealed class ModelEvaluator(
    ClassProgram model,
    Func<string, ClassProgram?> programs,
    EvaluationLimits limits,
    IReadOnlyList<string> enclosing,
    SizeMultiples multiples,
    LayerUses? uses = null,
    CancellationToken cancellation = default)
{
    private readonly DiagnosticSink sink = new();
    private LayerNaming? layers;
    private readonly StreamCounter streams = new();
    private readonly List<FunctionGraph> functions = [];
    private readonly Dictionary<string, EvaluationResult> nested = new(StringComparer.Ordinal);

    /// <summary>Evaluates a model: anew whenever a size turns out to have to be a multiple of a number.</summary>
    public static EvaluationResult Evaluate(ClassProgram model, Func<string, ClassProgram?> programs, EvaluationLimits limits, IReadOnlyList<string> enclosing,
        LayerUses? uses, CancellationToken cancellation)
    {
        var multiples = new SizeMultiples();
        while (true)
        {
            try
            {
                return new ModelEvaluator(model, programs, limits, enclosing, multiples, uses, cancellation).Evaluate();
            }
            catch (SizeRequirement requirement)
            {
                multiples.Add(requirement);
            }
        }
    }

    /// <summary>The graph, the diagnostics and the signature.</summary>
    private EvaluationResult Evaluate()
    {
        var reader = new EntryPointReader(model, programs, sink, multiples);
        IReadOnlyList<EntryPoint> entries = reader.Read();
        // DLC1006, which is a rule of declarations and reported with them.
        if (model.HyperParameters.Count > 0) sink.NoteError();

        Func<string, long> bounds = symbol => reader.Symbols.FirstOrDefault(size => size.Name == symbol)?.Bound ?? 1;
        var interpreter = new Interpreter(programs, sink, limits, cancellation) { Uses = uses };
        var summary = new SummaryCollector(bounds);
        LayerNaming naming = layers = new LayerNaming(sink);
        LossKind? loss = model.Train is { } train && Enum.TryParse(train.Loss, out LossKind kind) ? kind : null;
        var signature = new SignatureBuilder(model, entries, loss);

        // Nothing is run with an input that has no shape, or a constructor that has no arguments.
        BlockInstance? instance = sink.HasErrors ? null : interpreter.CreateModel(model);
        if (instance is not null)
        {
            naming.Visit(instance);
            EvaluateNested(naming, interpreter);
            bool hasPredict = entries.Any(entry => entry.Kind == FunctionKind.Predict);
            foreach (EntryPoint entry in entries)
            {
                // The parameters that a step misses may have got their sizes from a wrong tensor.
                if (interpreter.IsExhausted || sink.Diagnostics.Any(known => known.Id == DiagnosticIds.UpdatesName)) break;
                interpreter.Summary = hasPredict && entry.Kind != FunctionKind.Predict ? null : summary;
                Run(entry, instance, interpreter, loss, signature, reader.Symbols);
                if (interpreter.Summary is not null && functions.Count > 0 && functions[functions.Count - 1].Name == entry.Name)
                    summary.Complete(functions[functions.Count - 1].Graph);
                summary.NextFunction();
                uses?.NextFunction();
            }
        }

        var parameters = new ParameterCollector(naming, nested, sink);
        if (instance is not null) parameters.Collect();

        // Updates are in the order of storage too, which is known only now.
        IEnumerable<string> names = parameters.Parameters.Select(parameter => parameter.Name);
        List<FunctionGraph> complete = [.. functions.Select(function => function with { Updates = [.. names.Where(function.Updates.Contains)] })];
        if (instance is not null && !sink.HasErrors && model.Inference is { } inference && inference.IsSet(Incremental.Option)) AddGeneration(complete,
            inference);
        multiples.Report(sink);
        if (instance is not null && !sink.HasErrors) UnusedFields.Report(instance, entries, functions.SelectMany(function => Reached(function.Outputs)), sink);
        ModelSignature surface = signature.Build(reader.Symbols, parameters, summary);
        if (instance is not null && !sink.HasErrors && model.Budget is { } budget) BudgetCheck.Report(model, budget, surface, sink);
        ModelGraph? graph = instance is null || sink.HasErrors ? null : new ModelGraph(model.Name, parameters.Parameters, parameters.States, complete)
        {
            Inference = new InferenceOptions(Winograd: model.Inference?.IsSet(nameof(InferenceOptions.Winograd)) ?? false),
        };
        return new EvaluationResult(graph, sink.Diagnostics, surface);
    }

    private void AddGeneration(List<FunctionGraph> complete, InferenceSpecification inference)
    {
        (IReadOnlyList<FunctionGraph> next, string? problem) = complete.FirstOrDefault(function => function.Name == "Predict") is { } prediction
            ? Incremental.Create(prediction)
            : ([], "it has no Forward");
        complete.AddRange(next);
        if (problem is not null) sink.Report(DiagnosticIds.Unsupported, new Origin(new SourceSite(model.MetadataName, inference.Site), null),
            $"'{model.Name}' can't be continued token by token: {problem}");
    }

    // A model that is a field is a model of its own: its mistakes are reported there, and its parameters all belong to this one.
    private void EvaluateNested(LayerNaming naming, Interpreter interpreter)
    {
        foreach (ClassProgram program in naming.Models.Select(instance => instance.Program))
        {
            if (nested.ContainsKey(program.MetadataName)) continue;
            // A model that holds itself was stopped when it was created; this is for the ones that limits let through.
            if (enclosing.Contains(program.MetadataName)) continue;
            EvaluationResult result = Evaluate(program, programs, limits, [.. enclosing, model.MetadataName], null, cancellation);
            nested.Add(program.MetadataName, result);
            if (result.Model is not null) continue;
            interpreter.WrongModels.Add(program.MetadataName);
            sink.NoteError();
        }
    }

    private void Run(EntryPoint entry, BlockInstance instance, Interpreter interpreter, LossKind? loss, SignatureBuilder signature,
        IReadOnlyList<SymbolicSize> symbols)
    {
        BlockInstance? part = instance.Parts.FirstOrDefault(candidate => candidate.Program.MetadataName == entry.Owner.MetadataName);
        if (part is null) return;
        var graph = new GraphBuilder();
        var state = new FunctionState(graph, entry.Kind == FunctionKind.Step, streams)
        {
            Bounds = BoundedSizes.Of([.. entry.Inputs.Select(input => input.Shape)], symbols).ToDictionary(size => size.Name, size => size.Bound ?? 1),
        };
        interpreter.Function = state;
        List<Node> inputs = [.. entry.Inputs.Select(input => graph.Add(new Input(input.Name, new TensorType(input.Element, input.Shape))))];
        for (int index = 0; index < inputs.Count; index++) state.Trail.AddInput(inputs[index], Declared(entry, index));
        object? result = entry.Method is { } method
            ? interpreter.RunEntry(part, method, [.. inputs.Select(input => (object?)new TensorValue(input))])
            : interpreter.RunChain(part, inputs[0]);
        interpreter.Function = null;
        if (Outputs(result, entry, interpreter.LastReturn) is not { } outputs) return;
        if (!outputs.All(graph.Owns))
        {
            Origin place = new(new SourceSite(entry.Owner.MetadataName, interpreter.LastReturn ?? entry.Method?.Site ?? entry.Owner.Site), entry.Created);
            sink.Report(
                DiagnosticIds.Unsupported, place, "a tensor that belongs to a single step of a Scan or a Repeat is returned; return the results of the Scan or the Repeat");
            return;
        }

        if (entry.Name == "Train")
        {
            if (loss is not { } lossKind)
            {
                string known = string.Join(", ", Enum.GetNames(typeof(LossKind)));
                sink.Report(DiagnosticIds.InvalidArgument, entry.Site, $"the loss is none that exists; use Loss.{known}");
                return;
            }

            if (outputs.Count != 1)
            {
                sink.Report(
                    DiagnosticIds.Target,
                    entry.Site,
                    $"[Train] needs a Forward that returns one tensor, but that of '{model.Name}' returns {Checks.Text(outputs.Count)}; declare a [Step] instead");
                return;
            }

            if (Loss(LossTable.Find(lossKind), state, outputs[0], entry, inputs) is not { } node) return;
            outputs = [node];
        }

        if (entry.Kind == FunctionKind.Step && (outputs.Count != 1 || outputs[0].Shape.Rank != 0))
        {
            Origin place = new(new SourceSite(entry.Owner.MetadataName, interpreter.LastReturn ?? entry.Method?.Site ?? entry.Owner.Site), entry.Created);
            string returned = string.Join(" and ", outputs.Select(output => Checks.Name(output.Shape)));
            string advice = outputs.Count == 1 ? "take the Mean()" : "add the losses";
            var error = new VocabularyError(
                DiagnosticIds.ReturnShape, place, $"{entry.MethodName} is a step and returns {returned}; a step returns its loss, a scalar: {advice}")
            {
                Properties = outputs.Count == 1 ? DiagnosticProperty.List((DiagnosticProperties.Call, "Mean()")) : [],
            };
            sink.Report(error, state.Trail.Of(outputs));
            return;
        }

        signature.Complete(entry, inputs, outputs);
        functions.Add(new FunctionGraph(entry.Name, entry.Kind, graph, inputs, outputs, state.Writes, Updates(entry, outputs), entry.Optimizer)
        {
            Sizes = [.. BoundedSizes.Of([.. inputs.Select(input => input.Shape)], symbols).Select(size => new BoundedSize(size.Name, size.Bound ?? 1))],
        });
    }

    // Where the shape of an input is written.
    private static Origin Declared(EntryPoint entry, int index)
    {
        MethodParameter? parameter = entry.Method?.Parameters[index];
        int site = parameter is null ? entry.Owner.ChainInput?.Site ?? entry.Owner.Site : parameter.Shape?.Site ?? parameter.Site;
        return new Origin(new SourceSite(entry.Owner.MetadataName, site), entry.Created);
    }

    private IReadOnlyList<Node>? Outputs(object? result, EntryPoint entry, int? returned)
    {
        switch (result)
        {
            case TensorValue tensor:
                return [tensor.Node];
            case TupleValue { Items.Count: > 0 } tuple when tuple.Items.All(item => item is TensorValue):
                return [.. tuple.Items.Select(item => ((TensorValue)item!).Node)];
            case PoisonValue:
                return null;
            case TupleValue tuple when tuple.Items.Any(item => item is PoisonValue):
                return null;
            default:
                Origin place = new(new SourceSite(entry.Owner.MetadataName, returned ?? entry.Method?.Site ?? entry.Owner.Site), entry.Created);
                string what = entry.Method?.ReturnType == "void" ? ", but returns nothing" : result is null ? ", but returns null" : "";
                sink.Report(DiagnosticIds.EntryPoint, place, $"{entry.MethodName} of '{entry.Owner.Name}' must return a tensor, or a tuple of tensors{what}");
                return null;
        }
    }

    private Node? Loss(LossDefinition definition, FunctionState state, Node prediction, EntryPoint entry, List<Node> inputs)
    {
        const string Name = "target";
        if (entry.Method?.Parameters.FirstOrDefault(parameter => parameter.Name == Name) is { } own)
        {
            var place = new Origin(new SourceSite(entry.Owner.MetadataName, own.Site), entry.Created);
            sink.Report(new VocabularyError(
                DiagnosticIds.DuplicateName, place, "[Train] adds an input 'target' to those of Forward, which has one of that name; rename it", entry.Site)
            {
                Properties = DiagnosticProperty.List((DiagnosticProperties.Name, Name), (DiagnosticProperties.Kind, "Target")),
            });
            return null;
        }

        if (MisplacedBatch(definition, state, prediction, entry, inputs)) return null;
        try
        {
            state.Graph.Label = "loss";
            Node target = state.Graph.Add(new Input(Name, definition.TargetType(prediction.Type) ?? prediction.Type));
            ArgumentSet settings = TrainLoss.Read(model.Train?.Numbers ?? [], definition.Kind, entry.Site, sink);
            Node loss = definition.Apply(state.Graph, settings, prediction, target, entry.Site, entry.Site);
            LossActivation.Check(state, definition.Kind, prediction, entry.Site);
            foreach (VocabularyError warning in state.TakeWarnings()) sink.Report(warning);
            inputs.Add(target);
            return loss;
        }
        catch (VocabularyError error)
        {
            sink.Report(error, state.Trail.Of([prediction]));
            return null;
        }
    }

    // Whether a prediction has rows, and they are not the samples: data sets have a target for each sample.
    private bool MisplacedBatch(LossDefinition definition, FunctionState state, Node prediction, EntryPoint entry, List<Node> inputs)
    {
        if (inputs.Count == 0 || inputs[0].Shape.Rank == 0 || prediction.Shape.Rank == 0 || definition.TargetType(prediction.Type) is null) return false;
        Dimension batch = inputs[0].Shape[0];
        if (prediction.Shape[0] == batch) return false;
        VocabularyCall? maker = state.Trail.FirstWithout(batch, prediction);
        string advice = $"keep the batch first, as in Reshape(x.Shape[0], …)";
        var error = new VocabularyError(
            DiagnosticIds.Target,
            maker?.Origin ?? entry.Site,
            maker is null
                ? $"[Train] compares {batch} rows with {batch} targets, but Forward returns {prediction.Shape}; {advice}"
                : $"{maker.Tensors.First().Shape} loses its batch here, and [Train] compares {prediction.Shape} with {batch} targets; {advice}",
            maker is null ? [] : [entry.Site]);
        sink.Report(error, state.Trail.Of([prediction]));
        return true;
    }

    // The parameters that the loss depends on, of the fields that the step names.
    private IReadOnlyList<string> Updates(EntryPoint entry, IReadOnlyList<Node> outputs)
    {
        if (entry.Kind != FunctionKind.Step) return [];
        List<string> all = [.. Reached(outputs)];
        HashSet<string> reached = [.. all.Where(parameter => layers?.LayerOf(parameter)?.IsFrozen != true)];
        if (all.Count > 0 && reached.Count == 0)
        {
            sink.Report(DiagnosticIds.UpdatesName, entry.Site,
                $"every parameter that {entry.MethodName} reaches is [Frozen], so that nothing is left to train; free one of the fields");
            return [];
        }

        if (entry.Updates.Count == 0) return [.. reached];

        // The fields that could be named, in the order of their names.
        List<string> fields = [.. reached.Select(parameter => parameter.Split('.')[0]).Distinct().OrderBy(name => name, StringComparer.Ordinal).Take(8)];
        foreach ((string field, int site) in entry.Updates)
        {
            if (reached.Any(parameter => IsOf(parameter, field))) continue;
            bool isField = Classes().Any(program => program.Fields.Any(candidate => candidate.Name == field));
            sink.Report(
                DiagnosticIds.UpdatesName,
                entry.Site with { Site = entry.Site.Site with { Site = site } },
                (all.Any(parameter => IsOf(parameter, field)) ? $"Updates names '{field}', which is [Frozen]"
                    : isField
                    ? $"Updates names '{field}', but {entry.MethodName} reaches no parameter of it"
                    : $"Updates names '{field}', which is not a field of '{model.Name}'") + Alternatives(fields),
                fields.Count == 0 ? [] : DiagnosticProperty.List((DiagnosticProperties.Alternatives, string.Join(",", fields))));
        }

        return [.. reached.Where(parameter => entry.Updates.Any(field => IsOf(parameter, field.Name)))];
    }

    private static string Alternatives(List<string> fields) =>
        fields.Count == 0 ? "; it reaches none at all" : $"; use {string.Join(" or ", fields.Select(field => $"'{field}'"))}";

    private IEnumerable<ClassProgram> Classes()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        ClassProgram? program = model;
        while (program is not null && seen.Add(program.MetadataName))
        {
            yield return program;
            program = program.Base is { } parent ? programs(parent.Type) : null;
        }
    }

    private static bool IsOf(string parameter, string field) => parameter.StartsWith(field + ".", StringComparison.Ordinal);

    private static IEnumerable<string> Reached(IReadOnlyList<Node> outputs)
    {
        var seen = new HashSet<int>();
        var pending = new Stack<Node>(outputs);
        while (pending.Count > 0)
        {
            Node node = pending.Pop();
            if (!seen.Add(node.Id)) continue;
            if (node.Operator is Parameter parameter) yield return parameter.Identifier;
            foreach (Node input in node.Inputs) pending.Push(input);
        }
    }
}
