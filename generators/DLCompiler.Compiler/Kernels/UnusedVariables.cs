using System;
using System.Collections.Generic;
using System.Linq;

namespace DLCompiler.Compiler.Kernels;

/// <summary>Drops variables that nothing reads: schedules name values before they know whether a border case needs them, and the C# compiler warns of the
/// rest.</summary>
public static class UnusedVariables
{
    /// <summary>The statements without declarations that nothing reads.</summary>
    public static IReadOnlyList<KernelStatement> Remove(IReadOnlyList<KernelStatement> statements)
    {
        while (true)
        {
            var read = new HashSet<string>(statements.SelectMany(Read), StringComparer.Ordinal);
            bool changed = false;
            statements = Filter(statements);
            if (!changed) return statements;

            IReadOnlyList<KernelStatement> Filter(IReadOnlyList<KernelStatement> list) => [.. list.Select(statement => statement switch
            {
                KernelStatement.Declare declare when !read.Contains(declare.Variable.Name) => Dropped(),
                KernelStatement.For loop => loop with { Body = Filter(loop.Body) },
                KernelStatement.While loop => loop with { Body = Filter(loop.Body) },
                KernelStatement.If branch => branch with { Then = Filter(branch.Then), Else = Filter(branch.Else) },
                KernelStatement.Line line => line with { Statements = Filter(line.Statements) },
                _ => statement,
            }).Where(statement => statement is not null and not KernelStatement.Line { Statements.Count: 0 }).Select(statement => statement!)];

            KernelStatement? Dropped()
            {
                changed = true;
                return null;
            }
        }
    }

    private static IEnumerable<string> Read(KernelStatement statement) => statement switch
    {
        KernelStatement.Declare declare => Read(declare.Initial),
        KernelStatement.Assign assign => Read(assign.NewValue).Append(assign.Variable.Name),
        KernelStatement.Store store => Read(store.Reference).Concat(Read(store.Offset)).Concat(Read(store.Stored)),
        KernelStatement.For loop => Read(loop.Start).Concat(Read(loop.End)).Concat(Read(loop.Step)).Concat(loop.Body.SelectMany(Read)),
        KernelStatement.While loop => Read(loop.Left).Concat(Read(loop.Right)).Concat(loop.Body.SelectMany(Read)),
        KernelStatement.If branch => Read(branch.Left).Concat(Read(branch.Right)).Concat(branch.Then.SelectMany(Read)).Concat(branch.Else.SelectMany(Read)),
        KernelStatement.Call call => call.Arguments.SelectMany(Read),
        KernelStatement.Primitive primitive => primitive.Arguments.SelectMany(Read),
        KernelStatement.Line line => line.Statements.SelectMany(Read),
        _ => [],
    };

    private static IEnumerable<string> Read(Value value) => value switch
    {
        Value.Variable variable => [variable.Name],
        Value.IndexOperation operation => Read(operation.Left).Concat(Read(operation.Right)),
        Value.Load load => Read(load.Reference).Concat(Read(load.Offset)),
        Value.LoadIndex load => Read(load.Reference).Concat(Read(load.Offset)),
        Value.Splat splat => Read(splat.Real),
        Value.ToReal real => Read(real.Index),
        Value.ToInt32 small => Read(small.Index),
        Value.Apply apply => apply.Operands.SelectMany(Read),
        Value.Combine combine => Read(combine.Vector),
        Value.FirstLanes lanes => Read(lanes.Count),
        Value.Shifted shifted => Read(shifted.Reference).Concat(Read(shifted.Offset)),
        Value.Uniform uniform => Read(uniform.Index),
        _ => [],
    };
}
