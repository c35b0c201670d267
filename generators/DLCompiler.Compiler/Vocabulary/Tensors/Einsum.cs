using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Vocabulary.Tensors;

/// <summary>
/// <c>Tensor.Einsum("nqd,nkd-&gt;nqk", a, b)</c>: products of elements, summed over the letters that the result does not have. Operands are taken two at a
/// time, each pair as one matrix product.
/// </summary>
internal static class Einsum
{
    /// <summary>A tensor whose axes have letters.</summary>
    private readonly record struct Term(Node Node, string Letters);

    public static IEnumerable<Operation> Operations => [new(Operation.Tensor, "Einsum", Lower), new(Operation.Tensor, "Outer", Outer)];

    private static TensorValue Lower(VocabularyCall call)
    {
        string text = call.Arguments.Find("equation")?.Value as string
            ?? throw call.ErrorAt(DiagnosticIds.Unsupported, "equation", "the equation of an Einsum has to be known at compile time");
        string equation = text.Replace(" ", "");
        IReadOnlyList<Node> tensors = call.Arguments.Tensors("tensors");
        string[] sides = equation.Split(["->"], System.StringSplitOptions.None);
        string[] operands = sides[0].Split(',');
        VocabularyError Wrong(string why) => call.ErrorAt(DiagnosticIds.InvalidArgument, "equation", $"\"{text}\" {why}");
        if (sides.Length > 2 || equation.Replace("->", "").Replace(",", "").FirstOrDefault(letter => !char.IsLetter(letter)) != default)
            throw Wrong("is no equation of an Einsum; write a letter for each axis, as in \"nij,njk->nik\"");
        if (operands.Length != tensors.Count)
            throw Wrong($"has {Checks.Count(operands.Length, "operand", "operands")}, but {Checks.Count(tensors.Count, "tensor is", "tensors are")} given; give as many");

        var sizes = new Dictionary<char, Dimension>();
        for (int index = 0; index < tensors.Count; index++) Read(call, text, operands[index], tensors[index], index, sizes);
        string result = sides.Length == 2 ? sides[1] : Implied(sides[0]);
        if (result.FirstOrDefault(letter => !sizes.ContainsKey(letter)) is var unknown and not default(char))
            throw Wrong($"has a '{unknown}' on the right that no operand has; leave it out, or give it to an operand");
        if (result.Distinct().Count() != result.Length) throw Wrong("has a letter twice on the right; name each axis of the result once");

        var terms = new List<Term>(tensors.Select((tensor, index) => new Term(tensor, operands[index])));
        GraphBuilder graph = call.Graph;
        Term sum = Summed(graph, terms[0], string.Concat(result.Concat(terms.Skip(1).SelectMany(term => term.Letters))));
        for (int index = 1; index < terms.Count; index++)
        {
            string needed = string.Concat(result.Concat(terms.Skip(index + 1).SelectMany(term => term.Letters)));
            Term next = Summed(graph, terms[index], string.Concat(needed.Concat(sum.Letters)));
            sum = Multiplied(graph, sum, next, needed);
        }

        return new TensorValue(Ordered(graph, sum, result).Node);
    }

    // The letters of an operand against its axes, and against what the letters were before.
    private static void Read(VocabularyCall call, string equation, string letters, Node tensor, int index, Dictionary<char, Dimension> sizes)
    {
        Origin origin = call.Arguments.OriginOf("tensors", index);
        VocabularyError Wrong(string why) => new(DiagnosticIds.WrongRank, origin, $"{Checks.Name(tensor.Shape)} does not fit \"{letters}\" of \"{equation}\": {why}")
        {
            Tensors = [tensor],
        };
        if (letters.Length != tensor.Shape.Rank)
            throw Wrong($"{Checks.Count(letters.Length, "letter", "letters")} for {Checks.Count(tensor.Shape.Rank, "axis", "axes")}. Write one letter for each axis");
        for (int axis = 0; axis < letters.Length; axis++)
        {
            char letter = letters[axis];
            if (letters.IndexOf(letter) != axis) throw Wrong($"'{letter}' stands there twice. A diagonal is taken by a mask and Sum; use two letters");
            if (sizes.TryGetValue(letter, out Dimension? known) && known != tensor.Shape[axis])
                throw Wrong($"'{letter}' is dimension {Checks.Text(axis)}, which is {tensor.Shape[axis]}, and {known} before. Sizes of a letter are equal");
            sizes[letter] = tensor.Shape[axis];
        }
    }

    // Without a right side: the letters that occur once, in the order of the alphabet.
    private static string Implied(string left) =>
        string.Concat(left.Where(char.IsLetter).GroupBy(letter => letter).Where(group => group.Count() == 1).Select(group => group.Key).OrderBy(letter => letter));

    // Axes that nothing else needs are summed at once.
    private static Term Summed(GraphBuilder graph, Term term, string needed)
    {
        EquatableArray<int> axes = Enumerable.Range(0, term.Letters.Length).Where(axis => needed.IndexOf(term.Letters[axis]) < 0).ToEquatableArray();
        return axes.Count == 0 ? term
            : new Term(graph.ReduceSum(term.Node, axes), string.Concat(term.Letters.Where(letter => needed.IndexOf(letter) >= 0)));
    }

    // [batch…, rows, common]·[batch…, common, columns].
    private static Term Multiplied(GraphBuilder graph, Term left, Term right, string needed)
    {
        string shared = string.Concat(left.Letters.Where(letter => right.Letters.IndexOf(letter) >= 0));
        string batch = string.Concat(shared.Where(letter => needed.IndexOf(letter) >= 0)), common = string.Concat(shared.Where(letter => needed.IndexOf(letter) < 0));
        string rows = Without(left.Letters, shared), columns = Without(right.Letters, shared);

        // What is known at run time only comes first, where kernels share it among workers.
        batch = string.Concat(batch.OrderBy(letter => left.Node.Shape[left.Letters.IndexOf(letter)].IsConstant));
        if (common.Length == 0)
        {
            // No sum: elements meet by broadcasting.
            string all = batch + rows + columns;
            Node a = Spread(graph, Ordered(graph, left, batch + rows), all), b = Spread(graph, Ordered(graph, right, batch + columns), all);
            return new Term(graph.Multiply(a, b), all);
        }

        (Node x, bool leftTransposed) = Matrix(graph, left, batch, rows, common);
        (Node y, bool rightTransposed) = Matrix(graph, right, batch, common, columns);
        Node product = graph.Add(new Contract(leftTransposed, rightTransposed), x, y);
        IEnumerable<Dimension> sizes = (batch + rows).Select(letter => left.Node.Shape[left.Letters.IndexOf(letter)])
            .Concat(columns.Select(letter => right.Node.Shape[right.Letters.IndexOf(letter)]));
        return new Term(graph.Reshape(product, new Shape(sizes)), batch + rows + columns);
    }

    // The operand as [batch…, first, second] with both merged to one axis each; transposed where it lies so already.
    private static (Node Matrix, bool Transposed) Matrix(GraphBuilder graph, Term term, string batch, string first, string second)
    {
        bool transposed = term.Letters == batch + second + first && term.Letters != batch + first + second;
        Term ordered = Ordered(graph, term, transposed ? batch + second + first : batch + first + second);
        Dimension Count(string letters) => letters.Aggregate(Dimension.One, (product, letter) => product * term.Node.Shape[term.Letters.IndexOf(letter)]);
        IEnumerable<Dimension> leading = ordered.Node.Shape.Take(batch.Length);
        var shape = new Shape(leading.Append(Count(transposed ? second : first)).Append(Count(transposed ? first : second)));
        return (graph.Reshape(ordered.Node, shape), transposed);
    }

    private static Node Spread(GraphBuilder graph, Term term, string all) =>
        graph.Reshape(term.Node, new Shape(all.Select(letter =>
            term.Letters.IndexOf(letter) is >= 0 and var axis ? term.Node.Shape[axis] : Dimension.One)));

    private static Term Ordered(GraphBuilder graph, Term term, string order) =>
        new(graph.Permute(term.Node, order.Select(letter => term.Letters.IndexOf(letter)).ToEquatableArray()), order);

    private static string Without(string letters, string others) => string.Concat(letters.Where(letter => others.IndexOf(letter) < 0));

    // [B…, n] and [B…, m] give [B…, n, m].
    private static TensorValue Outer(VocabularyCall call)
    {
        GraphBuilder graph = call.Graph;
        Node left = call.Input, right = call.Arguments.Tensor("other");
        foreach ((Node node, Origin origin) in new[] { (left, call.InputOrigin), (right, call.Arguments.OriginOf("other")) })
        {
            if (node.Shape.Rank == 0)
                throw new VocabularyError(DiagnosticIds.WrongRank, origin, "an outer product takes vectors […, n], but this is a scalar; multiply by it with *") { Tensors = [node] };
        }

        Node rows = graph.Reshape(left, new Shape(left.Shape.Dimensions.Add(Dimension.One)));
        Node columns = graph.Reshape(right, new Shape(right.Shape.Dimensions.Insert(right.Shape.Rank - 1, Dimension.One)));
        (rows, columns) = OperandShapes.Align(call, rows, columns, "can't take the outer product of {0} and {1}");
        return new TensorValue(graph.Multiply(rows, columns));
    }
}
