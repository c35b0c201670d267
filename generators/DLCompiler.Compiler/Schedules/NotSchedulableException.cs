using System;
using DLCompiler.Compiler.Graph;

namespace DLCompiler.Compiler.Schedules;

/// <summary>A value that no schedule computes: a limit of this version, not a mistake of the compiler. The front end reports it where the value is
/// made.</summary>
/// <param name="node">What can't be scheduled; its label names the layer or operation.</param>
/// <param name="reason">Why, and what to do, for the user: a clause that follows the operation's name.</param>
public sealed class NotSchedulableException(Node node, string reason) : Exception($"{node.Label ?? node.Operator.Name} {node.Shape} {reason}")
{
    /// <summary>What can't be scheduled.</summary>
    public Node Node => node;

    /// <summary>Why, and what to do.</summary>
    public string Reason => reason;
}
