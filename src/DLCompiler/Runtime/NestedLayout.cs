using System;

namespace DLCompiler.Runtime;

/// <summary>Checks that a nested model's tensors lie in its parent's blocks as in its own, and says where they start.</summary>
internal static class NestedLayout
{
    public static long ParameterOffset(CompiledModel parent, CompiledModel child, int first)
    {
        if (child.Parameters.Count == 0) return 0;
        Require(first >= 0 && first + child.Parameters.Count <= parent.Parameters.Count, parent, child);
        long offset = parent.Parameters[first].Offset - child.Parameters[0].Offset;
        for (int i = 0; i < child.Parameters.Count; i++)
        {
            var (own, aliased) = (child.Parameters[i], parent.Parameters[first + i]);
            Require(aliased.Offset - own.Offset == offset && aliased.Storage == own.Storage && own.Shape.AsSpan().SequenceEqual(aliased.Shape), parent, child);
        }

        Require(offset >= 0 && offset + child.ParameterBlockLength <= parent.ParameterBlockLength, parent, child);
        return offset;
    }

    public static long StateOffset(CompiledModel parent, CompiledModel child, int first)
    {
        if (child.States.Count == 0) return 0;
        Require(first >= 0 && first + child.States.Count <= parent.States.Count, parent, child);
        long offset = parent.States[first].Offset - child.States[0].Offset;
        for (int i = 0; i < child.States.Count; i++)
        {
            var (own, aliased) = (child.States[i], parent.States[first + i]);
            Require(aliased.Offset - own.Offset == offset && own.Shape.AsSpan().SequenceEqual(aliased.Shape), parent, child);
        }

        Require(offset >= 0 && offset + child.StateBlockLength <= parent.StateBlockLength, parent, child);
        return offset;
    }

    private static void Require(bool condition, CompiledModel parent, CompiledModel child)
    {
        if (condition) return;
        throw new InvalidOperationException(
            $"The parameters of '{child.Name}' do not lie in '{parent.Name}' as in '{child.Name}' itself: the two were compiled from different sources. Rebuild both.");
    }
}
