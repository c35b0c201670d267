using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>The layer that makes one operand of a sum fit the other, as a residual connection's skip needs it.</summary>
/// <param name="OnLeft">Whether the left operand goes through it.</param>
/// <param name="Layer"><c>Conv2D</c> (with kernel 1) or <c>Dense</c>.</param>
/// <param name="Size">Its filters or units.</param>
/// <param name="Stride">A convolution's stride.</param>
internal sealed record Projection(bool OnLeft, string Layer, long Size, long Stride)
{
    /// <summary>What a code fix needs.</summary>
    public EquatableArray<DiagnosticProperty> Facts
    {
        get
        {
            var facts = new List<(string, string)>
            {
                (DiagnosticProperties.Operand, OnLeft ? "left" : "right"),
                (DiagnosticProperties.Projection, Layer),
                (DiagnosticProperties.RightSize, Checks.Text(Size)),
            };
            if (Stride != 1) facts.Add((DiagnosticProperties.Stride, Checks.Text(Stride)));
            return DiagnosticProperty.List([.. facts]);
        }
    }

    /// <summary>The projection that helps; null if none does.</summary>
    public static Projection? For(Node left, Node right)
    {
        // The skip is what the other operand was made from; between strangers, the one with fewer channels.
        bool onLeft = DependsOn(right, left) || (!DependsOn(left, right) && IsSmaller(left.Shape, right.Shape));
        return onLeft
            ? Between(left.Shape, right.Shape, true) ?? Between(right.Shape, left.Shape, false)
            : Between(right.Shape, left.Shape, false) ?? Between(left.Shape, right.Shape, true);
    }

    private static Projection? Between(Shape from, Shape to, bool onLeft)
    {
        if (from.Rank != to.Rank || from.Rank < 2 || from[0] != to[0]) return null;
        if (from.Rank != 4)
        {
            int last = from.Rank - 1;
            return from[last].IsConstant && to[last].IsConstant && from.Take(last).SequenceEqual(to.Take(last))
                ? new Projection(onLeft, "Dense", to[last].Value, 1)
                : null;
        }

        if (from.Skip(1).Concat(to.Skip(1)).Any(size => !size.IsConstant || size.Value < 1)) return null;
        long stride = (from[2].Value + to[2].Value - 1) / to[2].Value;
        return Strided(from[2].Value, stride) == to[2].Value && Strided(from[3].Value, stride) == to[3].Value
            ? new Projection(onLeft, "Conv2D", to[1].Value, stride)
            : null;
    }

    private static long Strided(long size, long stride) => Checks.Strided(size, 1, (int)stride, 0);

    private static bool IsSmaller(Shape left, Shape right) =>
        left.Rank == right.Rank && left.Rank > 1 && left[left.Rank == 4 ? 1 : left.Rank - 1] is { IsConstant: true } a
            && right[right.Rank == 4 ? 1 : right.Rank - 1] is { IsConstant: true } b && a.Value < b.Value;

    private static bool DependsOn(Node node, Node other)
    {
        var seen = new HashSet<int>();
        var pending = new Stack<Node>([node]);
        while (pending.Count > 0)
        {
            Node next = pending.Pop();
            if (next.Id == other.Id) return true;
            // Inputs have smaller numbers: what is older than the other can't depend on it.
            if (next.Id < other.Id || !seen.Add(next.Id)) continue;
            foreach (Node input in next.Inputs) pending.Push(input);
        }

        return false;
    }
}
