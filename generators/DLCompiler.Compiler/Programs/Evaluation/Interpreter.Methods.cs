using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <content>Methods of the user's classes.</content>
internal sealed partial class Interpreter
{
    /// <summary>Runs an entry point on a model; poison if there is an error.</summary>
    public object? RunEntry(BlockInstance instance, MethodProgram method, IReadOnlyList<object?> arguments)
    {
        try
        {
            return Run(instance, method, arguments, null, new Scope(new Frame(instance), null), method.Site);
        }
        catch (EvaluationStopped)
        {
            return Poison;
        }
    }

    /// <summary>Runs the layers of a chain on an input; poison if there is an error.</summary>
    public object? RunChain(BlockInstance instance, Node input)
    {
        try
        {
            return Chain(instance, new TensorValue(input), new Scope(new Frame(instance), null), instance.Program.Site);
        }
        catch (EvaluationStopped)
        {
            return Poison;
        }
    }

    private object? CallMember(BlockInstance receiver, Expression.Call call, IReadOnlyList<ArgumentValue> arguments, Scope scope)
    {
        bool isOwn = receiver == scope.Frame.Instance || scope.Frame.Instance.Parts.Contains(receiver);
        if (!isOwn) receiver.IsUsed = true;
        foreach (BlockInstance part in receiver.Parts)
        {
            if (FindMethod(part.Program, call.Method, arguments) is { } method)
            {
                // A call of an inherited method that the class hides still goes to the inherited one.
                if (part.Program.MetadataName != call.Owner && part.Parts.Any(other => other != part && other.Program.MetadataName == call.Owner)) continue;
                object?[] values = [.. arguments.Select(argument => argument.Value)];
                Origin[] origins = [.. arguments.Select(argument => argument.Origin)];
                return Described(receiver, arguments, scope, call.Site, isOwn,
                    () => Guarded(part, () => Run(part, method, values, origins, scope, call.Site), isOwn));
            }

            if (part.Program.IsSequential && call.Method == "Forward")
            {
                return Described(receiver, arguments, scope, call.Site, isOwn,
                    () => Guarded(part, () => ChainCall(part, arguments, scope, call.Site), isOwn));
            }
        }

        string advice = call.Method == "Predict" ? "call Forward: it becomes part of this model" : "call methods that are written in the model or block";
        return Fail(scope, call.Site, DiagnosticIds.Unsupported, $"a call of {receiver.Program.Name}.{call.Method} can't be compiled; {advice}");
    }

    // A call of a block is to the caller what a call of a layer is.
    private object? Described(
        BlockInstance receiver, IReadOnlyList<ArgumentValue> arguments, Scope scope, int site, bool isOwn, System.Func<object?> run)
    {
        int first = Function?.Graph.Nodes.Count ?? 0;
        object? result = run();
        if (!isOwn && Uses is { } uses && Function is { } function && result is TensorValue tensor)
        {
            Node? input = arguments.Select(argument => argument.Value).OfType<TensorValue>().FirstOrDefault()?.Node;
            uses.Add(scope.Frame.At(site), receiver.Prefix?.TrimEnd('.') ?? receiver.Program.Name, input, tensor.Node, function.Graph, first, []);
        }

        return result;
    }

    // The mistakes of a model that is a field are reported for that model itself.
    private object? Guarded(BlockInstance part, System.Func<object?> run, bool isOwn)
    {
        if (isOwn || !WrongModels.Contains(part.Program.MetadataName)) return run();
        sink.BeginSilence();
        try
        {
            return run();
        }
        finally
        {
            sink.EndSilence();
        }
    }

    private static MethodProgram? FindMethod(ClassProgram program, string name, IReadOnlyList<ArgumentValue> arguments)
    {
        MethodProgram[] candidates = [.. program.Methods.Where(method => method.Name == name && method.Parameters.Count == arguments.Count)];
        return candidates.FirstOrDefault(
            method => method.Parameters.Select(parameter => parameter.Name).SequenceEqual(arguments.Select(argument => argument.Name)))
            ?? candidates.FirstOrDefault();
    }

    // Origins of the arguments where the shapes that they declare are to be checked; null at entry points, where they hold by construction.
    private object? Run(BlockInstance instance, MethodProgram method, IReadOnlyList<object?> arguments, IReadOnlyList<Origin>? origins, Scope caller, int site)
    {
        return Nested(caller, site, () =>
        {
            var frame = new Frame(instance, caller.Frame.InField);
            var hyperParameters = new Scope(frame, null);
            foreach (KeyValuePair<string, object?> parameter in instance.HyperParameters) hyperParameters.Declare(parameter.Key, parameter.Value);
            Scope scope = hyperParameters.Nested();
            var symbols = new SymbolBindings();
            for (int index = 0; index < method.Parameters.Count; index++)
            {
                object? value = index < arguments.Count ? arguments[index] : null;
                MethodParameter parameter = method.Parameters[index];
                if (parameter.Shape is { } specification && value is TensorValue tensor
                    && Misfit(specification, tensor.Shape, symbols, frame, "Shape", out Shape declared) is { } difference)
                {
                    Origin origin = origins is not null && index < origins.Count ? origins[index] : caller.Frame.At(site);
                    sink.Report(new VocabularyError(
                        DiagnosticIds.WrongRank,
                        origin,
                        $"'{parameter.Name}' of {instance.Program.Name}.{method.Name} is declared as {declared} but receives {tensor.Shape}: "
                            + difference,
                        frame.At(parameter.Site)), TrailOf(tensor));
                    return Poison;
                }

                scope.Declare(parameter.Name, value);
            }

            Execute(method.Body, scope);
            LastReturn = frame.ReturnSite;
            object? result = frame.ReturnValue;
            if (method.ReturnShape is { } returned && result is TensorValue tensorResult
                && Misfit(returned, tensorResult.Shape, symbols, frame, "return: Shape", out Shape expected) is { } wrong)
            {
                var error = new VocabularyError(
                    DiagnosticIds.ReturnShape,
                    frame.At(frame.ReturnSite ?? method.Site),
                    $"{method.Name} declares {Checks.Name(expected)} but returns {Checks.Name(tensorResult.Shape)}: {wrong}",
                    frame.At(returned.Site))
                {
                    Properties = DiagnosticProperty.List((DiagnosticProperties.RightShape, ShapeParser.Write(tensorResult.Shape))),
                };
                sink.Report(error, TrailOf(tensorResult));
                return Poison;
            }

            return result;
        });
    }

    private ShapeTrail.Account TrailOf(TensorValue tensor) => Function?.Trail.Of([tensor.Node]) ?? ShapeTrail.Account.None;

    // In what a shape differs from the one that an attribute declares, and what helps; null if in nothing.
    private string? Misfit(ShapeSpecification specification, Shape actual, SymbolBindings symbols, Frame frame, string attribute, out Shape declared)
    {
        if (ShapeParser.TryParse(specification, out declared, out _, out ShapeMistake? mistake))
        {
            return symbols.Difference(declared, actual) is { } difference
                ? $"{difference}. Declare [{attribute}({ShapeParser.Write(actual)})], or change the layer that gives it"
                : null;
        }

        // Those of an entry point's parameters are reported before anything runs.
        if (mistake is not null) sink.ReportInPlace(DiagnosticIds.MissingShape, frame.At(mistake.Site).Site, mistake.Message);
        return null;
    }

    private object? ChainCall(BlockInstance part, IReadOnlyList<ArgumentValue> arguments, Scope scope, int site)
    {
        if (arguments.Count == 0 || arguments[0].Value is not TensorValue input)
            return Fail(scope, site, DiagnosticIds.Unsupported, $"a call of {part.Program.Name}.Forward without a tensor can't be compiled");
        if (part.Program.ChainInput is { } specification
            && Misfit(specification, input.Shape, new SymbolBindings(), new Frame(part), "Input", out Shape declared) is { } difference)
        {
            var error = new VocabularyError(
                DiagnosticIds.WrongRank,
                arguments[0].Origin,
                $"the input of {part.Program.Name} is declared as {declared} but receives {input.Shape}: {difference}",
                new Origin(new SourceSite(part.Program.MetadataName, specification.Site), part.Created));
            sink.Report(error, TrailOf(input));
            return Poison;
        }

        return Nested(scope, site, () => Chain(part, input, new Scope(new Frame(part), null), part.Program.Site));
    }

    private object? Chain(BlockInstance instance, TensorValue input, Scope scope, int site)
    {
        object? value = input;
        for (int index = 0; index < instance.Chain.Count && value is TensorValue tensor; index++)
        {
            value = Use(instance.Chain[index], instance.Chain[index].Definition.Forward, tensor, [], scope, instance.Program.Chain[index].Site);
        }

        Tick(scope, site);
        return value;
    }
}
