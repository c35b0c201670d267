using System;
using System.Collections.Generic;

namespace DLCompiler.Compiler.Kernels;

/// <summary>Counts how often the variables of a kernel are read.</summary>
internal static class VariableReads
{
    /// <summary>The reads by name; a name that nothing reads is absent.</summary>
    public static Dictionary<string, int> Count(IReadOnlyList<KernelStatement> statements)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        Visit(statements);
        return counts;

        void Visit(IReadOnlyList<KernelStatement> list)
        {
            for (int index = 0; index < list.Count; index++) VisitStatement(list[index]);
        }

        void VisitStatement(KernelStatement statement)
        {
            switch (statement)
            {
                case KernelStatement.Declare declare:
                    Read(declare.Initial);
                    break;
                case KernelStatement.Assign assign:
                    Read(assign.NewValue);
                    Note(assign.Variable.Name);
                    break;
                case KernelStatement.Store store:
                    Read(store.Reference);
                    Read(store.Offset);
                    Read(store.Stored);
                    break;
                case KernelStatement.For loop:
                    Read(loop.Start);
                    Read(loop.End);
                    Read(loop.Step);
                    Visit(loop.Body);
                    break;
                case KernelStatement.While loop:
                    Read(loop.Left);
                    Read(loop.Right);
                    Visit(loop.Body);
                    break;
                case KernelStatement.If branch:
                    Read(branch.Left);
                    Read(branch.Right);
                    Visit(branch.Then);
                    Visit(branch.Else);
                    break;
                case KernelStatement.Call call:
                    foreach (Value argument in call.Arguments) Read(argument);
                    break;
                case KernelStatement.Primitive primitive:
                    foreach (Value argument in primitive.Arguments) Read(argument);
                    break;
                case KernelStatement.Line line:
                    Visit(line.Statements);
                    break;
            }
        }

        void Read(Value value)
        {
            switch (value)
            {
                case Value.Variable variable:
                    Note(variable.Name);
                    break;
                case Value.IndexOperation operation:
                    Read(operation.Left);
                    Read(operation.Right);
                    break;
                case Value.Load load:
                    Read(load.Reference);
                    Read(load.Offset);
                    break;
                case Value.LoadIndex load:
                    Read(load.Reference);
                    Read(load.Offset);
                    break;
                case Value.Splat splat:
                    Read(splat.Real);
                    break;
                case Value.ToIndex index:
                    Read(index.Real);
                    break;
                case Value.ToReal real:
                    Read(real.Index);
                    break;
                case Value.ToInt32 small:
                    Read(small.Index);
                    break;
                case Value.Cast cast:
                    Read(cast.Number);
                    break;
                case Value.Apply apply:
                    foreach (Value operand in apply.Operands) Read(operand);
                    break;
                case Value.Combine combine:
                    Read(combine.Vector);
                    break;
                case Value.FirstLanes lanes:
                    Read(lanes.Count);
                    break;
                case Value.Shifted shifted:
                    Read(shifted.Reference);
                    Read(shifted.Offset);
                    break;
                case Value.Uniform uniform:
                    Read(uniform.Index);
                    break;
            }
        }

        void Note(string name) => counts[name] = counts.TryGetValue(name, out int count) ? count + 1 : 1;
    }
}
