using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using DLCompiler.Generator.Tests.Harness;
using Xunit;

namespace DLCompiler.Generator.Tests.Operators;

/// <summary>Every operation as users write it: compiled, eager and its gradient, against PyTorch's figures.</summary>
public sealed class OperatorTests
{
    private const double Tolerance = 1e-5;

    // Compiling is most of the time: all cases of a file are one program.
    private static readonly Dictionary<string, Lazy<LoadedAssembly>> Programs = OperatorCase.All.Select(one => one.File).Distinct()
        .ToDictionary(file => file, file => new Lazy<LoadedAssembly>(() => new LoadedAssembly(GeneratorRun.Of(Text(file)))));

    public static TheoryData<string, string> Names
    {
        get
        {
            var names = new TheoryData<string, string>();
            foreach (OperatorCase one in OperatorCase.All) names.Add(one.File, one.Name);
            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_gradients_are_those_of_PyTorch(string file, string name)
    {
        int number = OperatorCase.All.ToList().FindIndex(one => one.File == file && one.Name == name);
        OperatorCase expected = OperatorCase.All[number];
        var actual = (object[])Programs[file].Value.Run("Operators.Check", $"Run{number}")!;
        Near("compiled", expected.Values, actual[0]);
        Near("eager", expected.Values, actual[1]);
        if (expected.Gradient is not { } gradient) return;

        // Read off a difference with x, which is NaN where x is not finite.
        double[] x = expected.Inputs[0].Values;
        Near("gradient", [.. gradient.Where((_, i) => double.IsFinite(x[i]))], ((float[])actual[2]).Where((_, i) => double.IsFinite(x[i])));
    }

    private static void Near(string what, double[] expected, object actual)
    {
        double[] numbers = [.. ((IEnumerable)actual).Cast<object>().Select(value => value is bool truth ? (truth ? 1 : 0) : Convert.ToDouble(value))];
        Assert.True(expected.Length == numbers.Length, $"{what}: {numbers.Length} elements instead of {expected.Length}");
        for (int i = 0; i < expected.Length; i++)
        {
            bool near = expected[i].Equals(numbers[i]) || Math.Abs(expected[i] - numbers[i]) <= Tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(near, FormattableString.Invariant($"{what} [{i}]: {numbers[i]} instead of {expected[i]}; all: {string.Join(" ", numbers)}"));
        }
    }

    // A model attaches its own layers to its parameters; those of the library's blocks are attached here.
    private const string Blocks = """
        public sealed class Stored(ParameterSet parameters) : DLCompiler.Runtime.IParameterSource {
          public Tensor? Find(string name) => parameters.TryGet(name, out var view) ? Tensor.FromArray(view.ToArray(), view.Shape) : null;
          public static void Attach(object owner, string prefix, ParameterSet parameters) {
            foreach (var field in owner.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic))
              if (field.GetValue(owner) is not Layer || prefix.Length > 0) AttachPart(field.GetValue(owner), prefix + field.Name, parameters);
          }
          static void AttachPart(object? part, string name, ParameterSet parameters) {
            if (part is Layer layer) layer.Attach(new Stored(parameters), name);
            else if (part?.GetType().GetCustomAttribute<BlockAttribute>() is not null) Attach(part, name + ".", parameters);
            else if (part?.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Repeat<>)) {
              int index = 0;
              foreach (object element in (System.Collections.IEnumerable)part) AttachPart(element, $"{name}.{index++}", parameters);
            }
          }
        }

        """;

    private static string Text(string file)
    {
        var text = new StringBuilder("using System;\nusing System.Linq;\nusing System.Reflection;\nusing DLCompiler;\nnamespace Operators;\n").Append(Blocks);
        for (int i = 0; i < OperatorCase.All.Count; i++)
            if (OperatorCase.All[i].File == file) Write(text, i, OperatorCase.All[i]);
        return text.ToString();
    }

    private static void Write(StringBuilder text, int number, OperatorCase one)
    {
        string Parameters(IEnumerable<OperatorInput> inputs) => string.Join(", ", inputs.Select(input =>
            $"[Shape({string.Join(", ", input.Shape.Skip(1).Select(size => $"{size}").Prepend("\"N\""))})] {input.Type} {input.Name}"));
        OperatorInput x = one.Inputs[0];
        string others = string.Concat(one.Inputs.Skip(1).Select(input => $", {input.Name}")), result = ResultType(one.Expression);
        int rows = x.Shape[0], columns = x.Values.Length / rows;
        text.AppendLine($"[Model] public partial class Case{number} {{");
        foreach (string field in one.Fields) text.AppendLine($"  {field}");
        text.AppendLine($"  public {result} Forward({Parameters(one.Inputs)}) => {one.Expression};");
        if (one.Gradient is not null)
        {
            // The gradient is read off one step of gradient descent on a table whose rows are x.
            string sizes = string.Concat(x.Shape.Skip(1).Select(size => $", {size}"));
            text.AppendLine($"  readonly Embedding table = new({rows}, {columns});");
            text.AppendLine($"  {result} Value({string.Join(", ", one.Inputs.Select(input => $"{input.Type} {input.Name}"))}) => {one.Expression};");
            text.AppendLine($"  [Step(Optimizer = Optimizer.Sgd, LearningRate = 1f)] Tensor GradientLoss([Shape(\"N\")] Tensor<int> rows{(others.Length > 0 ? ", " : "")}{Parameters(one.Inputs.Skip(1))}) =>");
            text.AppendLine($"    0.5f * (Value(table.Forward(rows).Reshape(rows.Shape[0]{sizes}){others}) + 1f).Square().Sum();");
        }

        text.AppendLine("}");
        text.AppendLine($"public static partial class Check {{ public static object[] Run{number}() {{ using var m = new Case{number}();");
        foreach (OperatorInput input in one.Inputs) text.AppendLine($"  var {input.Name} = {input.Array};");
        foreach (OperatorInput setting in one.Settings) text.AppendLine($"  m.Parameters[\"{setting.Name}\"].CopyFrom({setting.Array});");
        text.AppendLine("  Stored.Attach(m, \"\", m.Parameters);");
        string eager = string.Join(", ", one.Inputs.Select(input => $"{input.Type}.FromArray({input.Name}, {string.Join(", ", input.Shape)})"));
        text.AppendLine($"  var compiled = m.Predict(x{others}); var eager = m.Forward({eager}).ToArray(); float[] gradient = [];");
        if (one.Gradient is not null)
        {
            text.AppendLine($"  m.Parameters[\"table.weight\"].CopyFrom(x); m.StepGradient(Enumerable.Range(0, {rows}).ToArray(){others});");
            text.AppendLine("  gradient = m.Parameters[\"table.weight\"].ToArray().Zip(x, (after, before) => before - after).ToArray();");
        }

        text.AppendLine("  return new object[] { compiled, eager, gradient }; } }");
    }

    // What is said at the end of the expression: masks and indices have types of their own.
    private static string ResultType(string expression) =>
        expression.EndsWith("/*bool*/", StringComparison.Ordinal) ? "Tensor<bool>"
        : expression.EndsWith("/*int*/", StringComparison.Ordinal) ? "Tensor<int>"
        : "Tensor";
}
