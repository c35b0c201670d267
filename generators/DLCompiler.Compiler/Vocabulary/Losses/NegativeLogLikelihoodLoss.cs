using System.Collections.Generic;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Losses;

/// <summary><c>NegativeLogLikelihood(labels, …)</c> of log-probabilities […, C] and labels […]: mean of −x[label].</summary>
internal static class NegativeLogLikelihoodLoss
{
    public static IEnumerable<Operation> Operations => [new(Operation.Tensor, "NegativeLogLikelihood", Lower)];

    private static TensorValue Lower(VocabularyCall call)
    {
        Node x = call.Input, labels = call.Arguments.Tensor("labels");
        if (ClassTerms.LabelsOf(x.Type) is not { } expected)
        {
            throw call.ErrorAtInput(
                DiagnosticIds.Target,
                $"NegativeLogLikelihood expects log-probabilities [N, classes] but receives {Checks.Name(x.Shape)}; end with LogSoftmax()");
        }

        if (labels.Shape != expected.Shape)
        {
            throw call.ErrorAt(
                DiagnosticIds.Target,
                "labels",
                $"NegativeLogLikelihood of {x.Shape} expects labels {Checks.Name(expected.Shape)} but receives {Checks.Name(labels.Shape)}; "
                    + "give one for each row of the prediction");
        }

        Node matrix = ClassTerms.Rows(call.Graph, x);
        ClassTerms.Options options = ClassTerms.Read(call.Graph, call.Arguments, matrix.Shape) ?? new ClassTerms.Options(null, 0, null);
        return new TensorValue(ClassTerms.Reduce(
            call.Graph, call.Arguments, matrix, call.Graph.Reshape(labels, new Shape(matrix.Shape[0])), labels.Shape, options));
    }
}
