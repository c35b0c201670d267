using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Programs.Evaluation.Library;
using DLCompiler.Compiler.Vocabulary;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <content>Uses of layers and operations: what becomes nodes.</content>
internal sealed partial class Interpreter
{
    // A layer on a tensor: the receiver in a chain, the first argument in a body.
    private object? Use(
        LayerInstance layer, Func<VocabularyCall, object> lower, TensorValue? input, IReadOnlyList<ArgumentValue> arguments, Scope scope, int site)
    {
        layer.IsUsed = true;
        if (layer.IsInvalid)
        {
            sink.NoteError();
            return Poison;
        }

        if (layer.Name is null && layer.Definition.HasParameters)
        {
            sink.Report(
                DiagnosticIds.Unsupported,
                layer.Arguments.Origin,
                $"a {layer.Definition.Kind} owns weights, which need a name in checkpoints; make it a field of the class");
            layer.IsInvalid = true;
            return Poison;
        }

        return Lower(
            layer,
            layer.Definition.HasRow,
            layer.Name ?? layer.Definition.Kind,
            layer.Definition.Kind,
            input,
            scope.Frame.At(site),
            arguments,
            lower,
            scope,
            site);
    }

    private object? Apply(Operation operation, object? receiver, Origin receiverOrigin, IReadOnlyList<ArgumentValue> arguments, Scope scope, int site)
    {
        if (arguments.FirstOrDefault(argument => argument.Value is DataValue) is { Value: DataValue data } given)
        {
            sink.ReportInPlace(
                DiagnosticIds.Unsupported,
                given.Origin.Site,
                $"{ArgumentSet.Written(given.Name)} is read out of a tensor by {data.What}, which can't be compiled; {Advice.OnReading(data.What)}");
            return Poison;
        }

        return Lower(null, operation.HasRow, operation.Written, operation.Method, receiver, receiverOrigin, arguments, operation.Lower, scope, site);
    }

    private object? Lower(
        LayerInstance? layer,
        bool hasRow,
        string name,
        string kind,
        object? receiver,
        Origin receiverOrigin,
        IReadOnlyList<ArgumentValue> arguments,
        Func<VocabularyCall, object> lower,
        Scope scope,
        int site)
    {
        if (Function is not { } function)
        {
            return Fail(scope, site, DiagnosticIds.Unsupported,
                "tensors exist inside Forward and steps only; create it there, or make it a layer if it is trained");
        }

        Origin origin = scope.Frame.At(site);
        if (receiver is TensorValue used && !function.Graph.Reaches(used.Node)) return OutsideItsStep(receiverOrigin);
        if (arguments.FirstOrDefault(argument => argument.Value is TensorValue given && !function.Graph.Reaches(given.Node)) is { } outside)
            return OutsideItsStep(outside.Origin);
        GraphBuilder graph = function.Graph;
        string? outer = graph.Label;
        int first = graph.Nodes.Count;
        graph.Label = layer?.Name ?? LabelOf(scope, kind);
        var call = new VocabularyCall(function, layer, receiver, new ArgumentSet(arguments, origin), receiverOrigin)
        {
            Invoke = (callee, items) =>
            {
                object? value = Invoke(callee, items, scope, site, out Origin? place);
                return (value, place);
            },
        };
        try
        {
            object result = lower(call);
            foreach (VocabularyError warning in function.TakeWarnings())
            {
                sink.Report(warning, function.Trail.Of(warning.Tensors ?? [.. call.Tensors]));
                if (warning.ExplainsShapes && result is TensorValue { Node: var suspect }) function.Trail.Suspect(suspect, warning);
            }

            // Of several results the first stands for all.
            if ((result is TupleValue { Items.Count: > 0 } several ? several.Items[0] : result) is not TensorValue tensor) return result;
            function.Trail.Add(tensor.Node, call, layer is { InChain: true } ? kind : name);
            if (hasRow)
            {
                Summary?.Add(layer, name, kind, tensor.Node, graph, first);
                Uses?.Add(origin, layer is { InChain: true } ? kind : name, (receiver as TensorValue)?.Node ?? call.Tensors.FirstOrDefault(), tensor.Node,
                    graph, first,
                    layer?.Parameters ?? []);
            }

            return result;
        }
        catch (VocabularyError error) when (error.Id == DiagnosticIds.TiedSize && !function.IsNewMisfit(call.Input))
        {
            sink.NoteError();
            return Poison;
        }
        catch (VocabularyError error)
        {
            foreach (VocabularyError warning in function.TakeWarnings().Where(cause => cause.ExplainsShapes)) function.Trail.Suspect(call.Input, warning);
            sink.Report(error, function.Trail.Of(error.Tensors ?? [.. call.Tensors]));
            return Poison;
        }
        catch (ShapeException exception)
        {
            sink.Report(new VocabularyError(DiagnosticIds.WrongRank, origin, exception.Message), function.Trail.Of([.. call.Tensors]));
            return Poison;
        }
        catch (OverflowException)
        {
            sink.Report(DiagnosticIds.InvalidArgument, origin, $"the result of {kind} has more elements than can be counted");
            return Poison;
        }
        catch (Exception exception) when (IsMisuse(exception))
        {
            return Fail(scope, site, DiagnosticIds.Unsupported, $"{kind} with these arguments can't be compiled");
        }
        finally
        {
            graph.Label = outer;
        }
    }

    // What a step of a Scan or a Repeat computes has a value for each step.
    private PoisonValue OutsideItsStep(Origin place)
    {
        sink.ReportInPlace(
            DiagnosticIds.Unsupported, place.Site, "this tensor belongs to a single step of a Scan or a Repeat; return it from the step, and use the results");
        return Poison;
    }

    private static string LabelOf(Scope scope, string kind) => (scope.Frame.Instance.Prefix ?? "") + kind.Replace("op_", "").ToLowerInvariant();
}
