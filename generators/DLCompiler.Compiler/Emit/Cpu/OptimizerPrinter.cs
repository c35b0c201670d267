using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Optimizers;

namespace DLCompiler.Compiler.Emit.Cpu;

/// <summary>Prints a step's optimizer as the runtime sees it: what it keeps, and the numbers of each step.</summary>
internal static class OptimizerPrinter
{
    private const string ReadOnlyList = "global::System.Collections.Generic.IReadOnlyList";

    /// <summary>Prints the class.</summary>
    public static void Print(IndentedWriter writer, string className, StepOptimization step, IEnumerable<string> trained)
    {
        string switches = string.Join(", ", step.Switches);
        string name = step.Definition.Name + (switches.Length == 0 ? "" : " with " + switches);
        writer.Block($"file sealed class {className} : StepOptimizer", () =>
        {
            writer.Line($"public override string Name => {CSharpText.Literal(name)};");
            writer.Line();
            writer.Line($"public override double LearningRate => {CSharpNumbers.Double(step.LearningRate)};");
            writer.Line();
            List(writer, "OptimizerNumber", "Numbers",
                [.. step.Numbers.Select(number => $"new({CSharpText.Literal(number.Name)}, {CSharpNumbers.Double(number.Value)})")]);
            List(writer, "OptimizerState", "States", [.. step.States.Select(State)]);
            List(writer, "OptimizerNumber", "Carried",
                [.. step.Carried.Select(carried => $"new({CSharpText.Literal(carried.Key)}, {CSharpNumbers.Double(carried.Initial)})")]);
            if (step.Accumulate > 1)
            {
                writer.Line($"public override int Accumulate => {Number(step.Accumulate)};");
                writer.Line();
            }

            if (step.States.Exists(state => state.StartsAsWeights))
            {
                writer.Line($"public override {ReadOnlyList}<string> Averaged {{ get; }} = new string[] {{ {string.Join(", ", trained.Select(CSharpText.Literal))} }};");
                writer.Line();
            }

            writer.Line($"public override int ArgumentCount => {Number(step.Arguments.Count)};");
            writer.Line();
            writer.Line("// Once a step, in double precision: kernels get the arguments rounded once.");
            writer.Block("public override void Prepare(in StepNumbers numbers)", () => Body(writer, step));
        });
    }

    private static void Body(IndentedWriter writer, StepOptimization step)
    {
        ScalarExpression[] used = [.. step.Variables.Select(variable => variable.Value), .. step.Arguments.Select(argument => argument.Value)];
        bool Uses(string name) => used.Any(expression => Mentions(expression, name));
        if (Uses("learningRate")) writer.Line("double learningRate = numbers.LearningRate;");
        if (Uses("step")) writer.Line("double step = numbers.Step;");
        for (int i = 0; i < step.Numbers.Count; i++)
        {
            string name = char.ToLowerInvariant(step.Numbers[i].Name[0]) + step.Numbers[i].Name.Substring(1);
            if (Uses(name)) writer.Line($"double {name} = numbers.Own[{Number(i)}];");
        }

        for (int i = 0; i < step.Carried.Count; i++) writer.Line($"double {step.Carried[i].Next}Before = numbers.Carried[{Number(i)}];");
        foreach (StepVariable variable in step.Variables.Where(variable => Uses(variable.Name) || step.Carried.Exists(carried => carried.Next == variable.Name)))
            writer.Line($"double {variable.Name} = {Text(variable.Value)};");
        for (int i = 0; i < step.Carried.Count; i++) writer.Line($"numbers.Next[{Number(i)}] = {step.Carried[i].Next};");
        for (int i = 0; i < step.Arguments.Count; i++)
            writer.Line($"numbers.Arguments[{Number(i)}] = {Text(step.Arguments[i].Value)}; // {step.Arguments[i].Name}");
    }

    private static string State(OptimizerStateSpecification state) => state switch
    {
        { StartsAsWeights: true } => $"new({CSharpText.Literal(state.Key)}, StartsAsWeights: true)",
        { Initial: not 0 } => $"new({CSharpText.Literal(state.Key)}, {CSharpNumbers.Single((float)state.Initial)})",
        _ => $"new({CSharpText.Literal(state.Key)})",
    };

    private static void List(IndentedWriter writer, string type, string name, string[] items)
    {
        if (items.Length == 0) return;
        writer.Line($"public override {ReadOnlyList}<{type}> {name} {{ get; }} = new {type}[] {{ {string.Join(", ", items)} }};");
        writer.Line();
    }

    private static bool Mentions(ScalarExpression expression, string name) => expression switch
    {
        ScalarExpression.Argument argument => argument.Name == name,
        ScalarExpression.Unary unary => Mentions(unary.Operand, name),
        ScalarExpression.Binary binary => Mentions(binary.Left, name) || Mentions(binary.Right, name),
        ScalarExpression.Compare compare => Mentions(compare.Left, name) || Mentions(compare.Right, name),
        ScalarExpression.Select select => Mentions(select.Condition, name) || Mentions(select.IfTrue, name) || Mentions(select.IfFalse, name),
        _ => false,
    };

    private static string Text(ScalarExpression expression) => expression switch
    {
        ScalarExpression.Constant constant => CSharpNumbers.Double(constant.Value),
        ScalarExpression.Argument argument => argument.Name,
        ScalarExpression.Unary { Function: UnaryFunction.Negate } negate => "-" + Operand(negate.Operand, 3),
        ScalarExpression.Unary { Function: UnaryFunction.Sqrt } root => $"global::System.Math.Sqrt({Text(root.Operand)})",
        ScalarExpression.Binary { Function: BinaryFunction.Power } power => $"global::System.Math.Pow({Text(power.Left)}, {Text(power.Right)})",
        ScalarExpression.Binary binary => $"{Operand(binary.Left, Strength(binary))} {Sign(binary.Function)} {Operand(binary.Right, Strength(binary) + 1)}",
        ScalarExpression.Select { Condition: ScalarExpression.Compare { Comparison: Comparison.Greater } compare } select =>
            $"{Operand(compare.Left, 1)} > {Operand(compare.Right, 1)} ? {Operand(select.IfTrue, 1)} : {Operand(select.IfFalse, 1)}",
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "not a formula of a step's numbers"),
    };

    private static string Operand(ScalarExpression operand, int strength) => Strength(operand) < strength ? $"({Text(operand)})" : Text(operand);

    private static int Strength(ScalarExpression expression) => expression switch
    {
        ScalarExpression.Select => 0,
        ScalarExpression.Binary { Function: BinaryFunction.Add or BinaryFunction.Subtract } => 1,
        ScalarExpression.Binary { Function: BinaryFunction.Multiply or BinaryFunction.Divide } => 2,
        ScalarExpression.Unary { Function: UnaryFunction.Negate } => 3,
        ScalarExpression.Constant { Value: < 0 } => 3,
        _ => 4,
    };

    private static string Sign(BinaryFunction function) => function switch
    {
        BinaryFunction.Add => "+",
        BinaryFunction.Subtract => "-",
        BinaryFunction.Multiply => "*",
        BinaryFunction.Divide => "/",
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "not an operator of a step's numbers"),
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
