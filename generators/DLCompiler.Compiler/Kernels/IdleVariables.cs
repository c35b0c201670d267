using System.Collections.Generic;

namespace DLCompiler.Compiler.Kernels;

/// <summary>
/// Drops variables that nothing reads: schedules name values before they know whether a border case needs them, and the C# compiler warns of the rest. A value
/// that is named only to be stored at once is stored without the name, so that the same tile is the same code whether a later gradient needs the value or not.
/// </summary>
public static class IdleVariables
{
    /// <summary>The statements without such declarations.</summary>
    public static IReadOnlyList<KernelStatement> Remove(IReadOnlyList<KernelStatement> statements)
    {
        while (true)
        {
            Dictionary<string, int> reads = VariableReads.Count(statements);
            bool changed = false;
            statements = Filter(statements);
            if (!changed) return statements;

            IReadOnlyList<KernelStatement> Filter(IReadOnlyList<KernelStatement> list)
            {
                var kept = new List<KernelStatement>(list.Count);
                for (int index = 0; index < list.Count; index++)
                {
                    switch (list[index])
                    {
                        case KernelStatement.Declare declare when !reads.ContainsKey(declare.Variable.Name):
                            changed = true;
                            break;
                        case KernelStatement.Declare declare when index + 1 < list.Count && IsOnlyStored(declare, list[index + 1]):
                            kept.Add((KernelStatement.Store)list[++index] with { Stored = declare.Initial });
                            changed = true;
                            break;
                        case KernelStatement.For loop:
                            kept.Add(loop with { Body = Filter(loop.Body) });
                            break;
                        case KernelStatement.While loop:
                            kept.Add(loop with { Body = Filter(loop.Body) });
                            break;
                        case KernelStatement.If branch:
                            kept.Add(branch with { Then = Filter(branch.Then), Else = Filter(branch.Else) });
                            break;
                        case KernelStatement.Line line:
                            IReadOnlyList<KernelStatement> rest = Filter(line.Statements);
                            if (rest.Count > 0) kept.Add(line with { Statements = rest });
                            break;
                        default:
                            kept.Add(list[index]);
                            break;
                    }
                }

                return kept;
            }

            bool IsOnlyStored(KernelStatement.Declare declare, KernelStatement next) =>
                next is KernelStatement.Store store && store.Stored == declare.Variable && reads[declare.Variable.Name] == 1;
        }
    }
}
