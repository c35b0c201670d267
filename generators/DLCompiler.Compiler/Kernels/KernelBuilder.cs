using System;
using System.Collections.Generic;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Kernels;

/// <summary>Writes one kernel: collects parameters and statements, and keeps variable names unique.</summary>
public sealed class KernelBuilder(string name, Target target)
{
    private readonly List<KernelParameter> parameters = [];
    private readonly HashSet<string> names = [];
    private readonly List<string> comment = [];
    private readonly Stack<List<KernelStatement>> scopes = new([[]]);
    private KernelParameter[] share = [];

    /// <summary>The level and element type that the kernel is for.</summary>
    public Target Target => target;

    /// <summary>The kernel's name.</summary>
    public string Name => name;

    /// <summary>Whether an expression drew random numbers.</summary>
    public bool UsesRandomNumbers { get; set; }

    private List<KernelStatement> Current => scopes.Peek();

    /// <summary>Adds a line to the kernel's comment.</summary>
    public void Describe(string line) => comment.Add(line);

    /// <summary>Adds a reference parameter.</summary>
    public Value.Variable Reference(string wanted, ElementType? element = null)
    {
        var variable = new Value.Variable(Unique(wanted), ValueKind.Reference);
        parameters.Add(new KernelParameter(variable, element ?? target.Element));
        return variable;
    }

    /// <summary>Adds an integer parameter.</summary>
    public Value.Variable IndexParameter(string wanted)
    {
        var variable = new Value.Variable(Unique(wanted), ValueKind.Index);
        parameters.Add(new KernelParameter(variable));
        return variable;
    }

    /// <summary>Adds a number parameter.</summary>
    public Value.Variable RealParameter(string wanted)
    {
        var variable = new Value.Variable(Unique(wanted), ValueKind.Real);
        parameters.Add(new KernelParameter(variable, target.Element));
        return variable;
    }

    /// <summary>Gives the kernel a worker's share as its last two parameters: the first item and the one after the last.</summary>
    public (Value.Variable First, Value.Variable Last) Share()
    {
        names.Add("first");
        names.Add("last");
        share = [new KernelParameter(new Value.Variable("first", ValueKind.Index)), new KernelParameter(new Value.Variable("last", ValueKind.Index))];
        return (share[0].Variable, share[1].Variable);
    }

    /// <summary>Adds a statement.</summary>
    public void Add(KernelStatement statement) => Current.Add(statement);

    /// <summary>Adds a line for the reader.</summary>
    public void Comment(string text) => Add(new KernelStatement.Comment(text));

    /// <summary>Declares a variable with a value.</summary>
    public Value.Variable Let(string wanted, Value value)
    {
        var variable = new Value.Variable(Unique(wanted), value.Kind) { OfVectors = value.IsVectorMask };
        Add(new KernelStatement.Declare(variable, value));
        return variable;
    }

    /// <summary>Gives a variable another value.</summary>
    public void Set(Value.Variable variable, Value value) => Add(new KernelStatement.Assign(variable, value));

    /// <summary>Moves a reference variable on.</summary>
    public void Advance(Value.Variable reference, Value distance)
    {
        if (distance is not Value.Integer { Number: 0 }) Add(new KernelStatement.Assign(reference, new Value.Shifted(reference, distance)));
    }

    /// <summary>Writes to memory.</summary>
    public void Store(Value reference, Value offset, Value value) => Add(new KernelStatement.Store(reference, offset, value));

    /// <summary>A counting loop; its body is what the action adds.</summary>
    public void For(string wanted, Value start, Value end, Value step, Action<Value> body)
    {
        // A loop over one known iteration is no loop.
        if (start is Value.Integer first && end is Value.Integer last && step is Value.Integer by && first.Number + by.Number >= last.Number)
        {
            if (first.Number < last.Number) body(first);
            return;
        }

        var counter = new Value.Variable(Unique(wanted), ValueKind.Index);
        Add(new KernelStatement.For(counter, start, end, step, Scope(() => body(counter))));
    }

    /// <summary>A conditional.</summary>
    public void If(Value left, string comparison, Value right, Action then, Action? otherwise = null) =>
        Add(new KernelStatement.If(left, comparison, right, Scope(then), otherwise is null ? [] : Scope(otherwise)));

    /// <summary>Statements that belong on one line.</summary>
    public void Line(Action statements) => Add(new KernelStatement.Line(Scope(statements)));

    /// <summary>Statements that an action adds, kept aside.</summary>
    public IReadOnlyList<KernelStatement> Scope(Action statements)
    {
        scopes.Push([]);
        statements();
        return scopes.Pop();
    }

    /// <summary>A name that no variable of the kernel has yet.</summary>
    public string Unique(string wanted)
    {
        string result = wanted;
        for (int number = 2; !names.Add(result); number++) result = wanted + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return result;
    }

    /// <summary>The finished kernel.</summary>
    public Kernel Build() => new(name, comment, [.. parameters, .. share], IdleVariables.Remove(Current), UsesRandomNumbers);
}
