using System;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>NumPy's rule: shapes are aligned at their last axes; an axis of size 1, or a missing one, is repeated.</summary>
internal static class OperandShapes
{
    /// <summary>Both operands with their common shape.</summary>
    /// <param name="mismatch">The start of the message if there is none, with {0} and {1} for the shapes.</param>
    public static (Node Left, Node Right) Align(VocabularyCall call, Node left, Node right, string mismatch)
    {
        int rank = Math.Max(left.Shape.Rank, right.Shape.Rank);
        var sizes = new Dimension[rank];
        for (int fromEnd = 1; fromEnd <= rank; fromEnd++)
        {
            Dimension a = Size(left.Shape, fromEnd), b = Size(right.Shape, fromEnd);
            if (a != b && a != Dimension.One && b != Dimension.One)
            {
                int onLeft = left.Shape.Rank - fromEnd, onRight = right.Shape.Rank - fromEnd;
                string where = onLeft == onRight
                    ? $"dimension {Checks.Text(onLeft)} is {a} on the left and {b} on the right"
                    : $"dimension {Checks.Text(onLeft)} on the left is {a} and dimension {Checks.Text(onRight)} on the right is {b}";
                string shapes = string.Format(CultureInfo.InvariantCulture, mismatch, left.Shape, right.Shape);
                throw new VocabularyError(DiagnosticIds.Broadcast, call.Origin, $"{shapes}: {where}. {OperandAdvice.Elementwise(left, right)}")
                {
                    Properties = Projection.For(left, right)?.Facts ?? [],
                };
            }

            sizes[rank - fromEnd] = a == Dimension.One ? b : a;
        }

        var shape = new Shape(sizes);
        WarnOfPairs(call, left.Shape, right.Shape, shape);
        return (call.Graph.Broadcast(left, shape), call.Graph.Broadcast(right, shape));
    }

    // [N, 1] and [N] give [N, N]: each sample meets each. Where that is meant, both operands have the axes of the result.
    private static void WarnOfPairs(VocabularyCall call, Shape left, Shape right, Shape shape)
    {
        if (left.Rank == right.Rank || !HasBatchTwice(shape) || HasBatchTwice(left) || HasBatchTwice(right)) return;
        (Shape less, Shape more) = left.Rank < right.Rank ? (left, right) : (right, left);
        string advice = less.ElementCount == more.ElementCount ? $"Reshape {less} to {more}" : $"give {less} an axis for each of {more} by Reshape";
        call.Function.Warn(new VocabularyError(
            DiagnosticIds.SamplesMixed, call.Origin, $"{left} and {right} give {shape}, which combines each sample with every other; {advice}")
        {
            ExplainsShapes = true,
        });
    }

    private static bool HasBatchTwice(Shape shape) => shape.Where(size => !size.IsConstant).GroupBy(size => size).Any(group => group.Count() > 1);

    private static Dimension Size(Shape shape, int fromEnd) => fromEnd <= shape.Rank ? shape[shape.Rank - fromEnd] : Dimension.One;
}
