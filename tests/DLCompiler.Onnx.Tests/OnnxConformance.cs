using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.Intrinsics;
using DLCompiler.Backend.Tests.Harness;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Onnx;
using DLCompiler.Runtime;

namespace DLCompiler.Onnx.Tests;

/// <summary>How a case ended.</summary>
internal enum OnnxOutcome
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>What became of a case.</summary>
/// <param name="Detail">Why it failed or was skipped; of one that passed, in which form it was compiled.</param>
internal sealed record OnnxResult(string Name, OnnxOutcome Outcome, string Detail);

/// <summary>Maps, compiles, runs and compares test cases, many in one assembly.</summary>
internal static class OnnxConformance
{
    private const int CasesOfAssembly = 60;

    // The tolerances of ONNX's own runner.
    private const double Relative = 1e-3, Absolute = 1e-7;

    /// <summary>The results of cases, in their order.</summary>
    public static IReadOnlyList<OnnxResult> Run(IReadOnlyList<OnnxCase> cases)
    {
        (InstructionSet set, SimdLevel level) = Vector512.IsHardwareAccelerated ? (InstructionSet.Vector512, SimdLevel.Vector512)
            : Vector256.IsHardwareAccelerated ? (InstructionSet.Vector256, SimdLevel.Vector256) : (InstructionSet.Vector128, SimdLevel.Vector128);
        return [.. cases.Chunk(CasesOfAssembly).AsParallel().AsOrdered().SelectMany(part => RunTogether(part, set, level))];
    }

    private static IReadOnlyList<OnnxResult> RunTogether(OnnxCase[] cases, InstructionSet set, SimdLevel level)
    {
        var results = new OnnxResult?[cases.Length];
        var attempts = new OnnxAttempt?[cases.Length];
        for (int i = 0; i < cases.Length; i++)
        {
            try
            {
                OnnxModel model = cases[i].Model();
                IReadOnlyList<OnnxData> data = IsTensors(model) ? cases[i].Data() : [];
                if (Unfit(model, data) is { } reason) results[i] = new OnnxResult(cases[i].Name, OnnxOutcome.Skipped, reason);
                else attempts[i] = OnnxAttempt.Create(model, data[0], ClassName(i), set);
            }
            catch (OnnxException exception) when (exception.Problem != OnnxProblem.Invalid)
            {
                results[i] = new OnnxResult(cases[i].Name, OnnxOutcome.Skipped, Reason(exception));
            }
            catch (Exception exception)
            {
                results[i] = new OnnxResult(cases[i].Name, OnnxOutcome.Failed, $"{exception.GetType().Name}: {exception.Message}");
            }
        }

        Type?[] types = Load(attempts, results, cases);
        for (int i = 0; i < cases.Length; i++)
        {
            if (attempts[i] is not { } attempt || types[i] is not { } type) continue;
            results[i] = Judge((CompiledModel)Activator.CreateInstance(type)!, attempt, level, cases[i]);
        }

        return [.. results.Select(result => result!)];
    }

    // All in one assembly; one by one only where the emitted code of some does not compile.
    private static Type?[] Load(OnnxAttempt?[] attempts, OnnxResult?[] results, OnnxCase[] cases)
    {
        try
        {
            Assembly assembly = CompiledModels.Load([.. attempts.OfType<OnnxAttempt>().Select(attempt => attempt.Source)]);
            return [.. attempts.Select((_, i) => assembly.GetType("DLCompiler.Generated." + ClassName(i)))];
        }
        catch (InvalidOperationException exception) when (attempts.Count(attempt => attempt is not null) == 1)
        {
            int only = Array.FindIndex(attempts, attempt => attempt is not null);
            results[only] = new OnnxResult(cases[only].Name, OnnxOutcome.Failed, exception.Message);
            return new Type?[attempts.Length];
        }
        catch (InvalidOperationException)
        {
            return [.. attempts.Select((attempt, i) => attempt is null ? null
                : Load([.. attempts.Select((other, at) => at == i ? other : null)], results, cases)[i])];
        }
    }

    private static OnnxResult Judge(CompiledModel model, OnnxAttempt attempt, SimdLevel level, OnnxCase current)
    {
        string? difference;
        try
        {
            difference = current.Data().Select(data => Compare(model, attempt, level, current.Model(), data)).FirstOrDefault(text => text is not null);
        }
        catch (Exception exception)
        {
            difference = $"{exception.GetType().Name}: {exception.Message}";
        }

        return difference is null ? new OnnxResult(current.Name, OnnxOutcome.Passed, attempt.Batch > 0 ? "with a batch" : "sizes fixed")
            : new OnnxResult(current.Name, OnnxOutcome.Failed, difference);
    }

    private static string ClassName(int index) => "Case" + index.ToString(CultureInfo.InvariantCulture);

    private static string Reason(OnnxException exception) => exception.Problem switch
    {
        OnnxProblem.Operator => "no mapping: " + exception.Message[..exception.Message.IndexOf(' ')],
        OnnxProblem.Element => "element type: " + exception.Message,
        OnnxProblem.NotConstant => "known at run time only: " + exception.Message,
        _ => "form: " + exception.Message,
    };

    private static bool IsTensors(OnnxModel model) => model.Graph.Inputs.Concat(model.Graph.Outputs).All(value => value.Element != OnnxElement.Undefined);

    private static string? Unfit(OnnxModel model, IReadOnlyList<OnnxData> data)
    {
        if (!IsTensors(model)) return "element type: a sequence, a map or an optional value";
        if (data.Count == 0) return "data: there is none";
        foreach (OnnxTensor tensor in data.SelectMany(set => set.Inputs.Concat(set.Outputs)))
        {
            if (tensor.Element is not (OnnxElement.Float or OnnxElement.Int32 or OnnxElement.Int64 or OnnxElement.Bool))
                return $"element type: {tensor.Element}";
            if (tensor.Shape.Contains(0)) return "form: a tensor without elements";
        }

        return null;
    }

    // The first difference; null where all is equal.
    private static string? Compare(CompiledModel model, OnnxAttempt attempt, SimdLevel level, OnnxModel onnx, OnnxData data)
    {
        string[] names = [.. onnx.Graph.Inputs.Where(input => !onnx.Graph.Initializers.ContainsKey(input.Name)).Select(input => input.Name)];
        OnnxTensor[] inputs = [.. attempt.Import.Inputs.Select(name => data.Inputs[Array.IndexOf(names, name)])];
        int[][] shapes = [.. attempt.Import.Model.Functions[0].Outputs
            .Select(output => output.Shape.Select(size => (int)size.Evaluate(_ => attempt.Batch)).ToArray())];
        for (int i = 0; i < shapes.Length; i++)
        {
            if (!shapes[i].SequenceEqual(data.Outputs[i].Shape))
                return $"output {i} has the shape [{string.Join(", ", shapes[i])}] instead of [{string.Join(", ", data.Outputs[i].Shape)}]";
        }

        double[][] outputs = OnnxRun.Run(model, attempt, level, inputs, [.. data.Outputs.Select(output => output.Values.Count)]);
        for (int i = 0; i < outputs.Length; i++)
        {
            for (int at = 0; at < outputs[i].Length; at++)
            {
                double expected = data.Outputs[i].Values[at], actual = outputs[i][at];
                if (expected.Equals(actual) || Math.Abs(expected - actual) <= Absolute + (Relative * Math.Abs(expected))) continue;
                return FormattableString.Invariant($"output {i} [{at}] is {actual:G9} instead of {expected:G9}");
            }
        }

        return null;
    }
}
