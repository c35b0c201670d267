using System;
using System.Collections.Generic;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>The variables of a block of code, within those around it. Lambdas keep the scope that they were made in.</summary>
/// <param name="frame">The call that runs in the scope.</param>
internal sealed class Scope(Frame frame, Scope? parent)
{
    private Dictionary<string, object?>? variables;

    /// <summary>The call that runs in the scope.</summary>
    public Frame Frame { get; } = frame;

    /// <summary>A scope within this one.</summary>
    public Scope Nested() => new(Frame, this);

    /// <summary>Makes a variable, or another one in its place.</summary>
    public void Declare(string name, object? value) => (variables ??= new Dictionary<string, object?>(StringComparer.Ordinal))[name] = value;

    /// <summary>The value of a variable of this scope or of those around it.</summary>
    public bool TryGet(string name, out object? value)
    {
        for (Scope? scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.variables is not null && scope.variables.TryGetValue(name, out value)) return true;
        }

        value = null;
        return false;
    }

    /// <summary>Changes a variable where it was declared; declares it here if it is new, as <c>(var a, var b) = …</c> does.</summary>
    public void Assign(string name, object? value)
    {
        for (Scope? scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.variables is null || !scope.variables.ContainsKey(name)) continue;
            scope.variables[name] = value;
            return;
        }

        Declare(name, value);
    }

    private Scope? Parent { get; } = parent;
}
