using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Generator.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace DLCompiler.Generator.Tests.Robustness;

/// <summary>A right model with a few mutations of its tokens.</summary>
/// <param name="Original">The right model.</param>
/// <param name="Mutations">What is done to its tokens, one after the other.</param>
internal sealed record Mutant(string Original, IReadOnlyList<Mutation> Mutations)
{
    private static readonly string[] samples = [nameof(Samples.LeNet5), nameof(Samples.Mlp), nameof(Samples.Gan), nameof(Samples.ResidualNet),
        nameof(Language)];

    // What people type, and what nobody expects.
    private static readonly string[] strange =
    [
        "0", "-1", "1", "2", "7", "1_000_000_000", "int.MaxValue", "int.MinValue", "long.MaxValue", "uint.MaxValue", "float.NaN", "double.PositiveInfinity",
        "1e38f", "0.5", "null", "default", "true", "\"text\"", "\"N\"", "\"T <= 256\"", "'c'", "this", "base", "x", "@class", "Größe", "new()", "[]",
        "[1, 2]", "(1, 2)", "{", "}", "(", ")", ";", ",", "=>", "??", "?.", "!", "..", "^1", "await", "yield", "ref", "out", "static", "unsafe", "checked",
        "throw", "goto", "lock", "var", "dynamic", "int", "float", "string", "Tensor", "Tensor<int>", "Dense", "Conv2D", "Random", "Math.Exp",
        "Console.WriteLine", "nameof(x)", "typeof(int)", "sizeof(int)", "stackalloc int[4]", "delegate { }", "x => x", "for (;;) { }", "while (true) { }",
        "return;", "#if X", "#line 7", "/*", "//", "\\", "\"", "$\"{x}\"", "partial", "record", "abstract", "sealed", "internal", "[Model]", "[Block]",
        "where T : class", "<T>", ": Sequential", ": Net", "is { }", "switch { _ => x }", "with { }",
    ];

    // Much of the language in one model.
    private const string Language =
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using DLCompiler;

        namespace App;

        /// <summary>A piece.</summary>
        [Block]
        public partial class Piece(int units, float rate = 0.1f, params int[] more)
        {
            const int Twice = 2;
            readonly Dense[] layers = Enumerable.Range(0, more.Length).Select(i => new Dense(more[i] + Twice)).ToArray();
            readonly Dense last = new(units);
            readonly Dropout dropout = new(rate);
            int Width => units * Twice;

            /// <summary>The piece's body.</summary>
            public Tensor Forward(Tensor x)
            {
                Tensor Step(Tensor y, Dense layer) => layer.Forward(y).Relu();
                foreach (var layer in layers) x = Step(x, layer);
                (Tensor a, var b) = (x, x * 0.5f);
                string kind = units switch { > 8 when rate > 0 => "large", 4 => "small", _ => "any" };
                for (int i = 0; i < 3 && kind.Length > 2; i++)
                {
                    if (i == 1) continue;
                    a = i % 2 == 0 ? a + b : a - b;
                }

                return dropout.Forward(last.Forward(a.Concat(b)));
            }
        }

        static class TensorExtensions
        {
            public static Tensor Concat(this Tensor left, Tensor right) => Tensor.Concat(1, left, right);
        }

        /// <summary>A network.</summary>
        [Model, Train(Loss.MeanSquaredError, Optimizer.Sgd, Momentum = 0.9f), Budget(Parameters = 100_000)]
        public partial class Net
        {
            readonly Piece piece = new(4, 0.2f, 8, 6);
            readonly List<Dense> heads = [new(3), new(5, bias: false)];

            /// <summary>The network's body.</summary>
            public Tensor Forward([Shape("N", 12)] Tensor x)
            {
                var y = piece.Forward(x.Reshape(x.Shape[0], 3, 4).Transpose(1, 2).Flatten());
                return Tensor.Concat(1, heads.Select(head => head.Forward(y)).ToArray()).Slice(1, 2, 4).Softmax();
            }
        }
        """;

    /// <summary>The mutated text.</summary>
    public string Text
    {
        get
        {
            List<string> tokens = [.. Pieces(Original)];
            foreach (Mutation mutation in Mutations) mutation.Apply(tokens);
            return string.Concat(tokens);
        }
    }

    /// <summary>A mutant from a seed.</summary>
    public static Mutant Create(int seed)
    {
        var random = new Random(seed);
        string original = Sample(samples[random.Next(samples.Length)]);
        int count = Tokens(original).Count;
        return new Mutant(original, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Next(random, count))]);
    }

    /// <summary>The same without one of its mutations.</summary>
    public Mutant Without(int index) => this with { Mutations = [.. Mutations.Where((_, other) => other != index)] };

    /// <summary>A right model.</summary>
    public static string Sample(string name) => name switch
    {
        nameof(Samples.LeNet5) => Samples.LeNet5,
        nameof(Samples.Mlp) => Samples.Mlp,
        nameof(Samples.Gan) => Samples.Gan,
        nameof(Samples.ResidualNet) => Samples.ResidualNet,
        _ => Language,
    };

    /// <summary>Where the tokens of a text stand.</summary>
    public static IReadOnlyList<(int Start, int End)> Tokens(string text) =>
        [.. CSharpSyntaxTree.ParseText(text, TestCompilation.ParseOptions).GetRoot().DescendantTokens().Where(token => token.Span.Length > 0)
            .Select(token => (token.SpanStart, token.Span.End))];

    // Tokens with what stands before each of them.
    private static IEnumerable<string> Pieces(string text)
    {
        int position = 0;
        foreach ((int _, int end) in Tokens(text))
        {
            yield return text[position..end];
            position = end;
        }

        yield return text[position..];
    }

    private static Mutation Next(Random random, int count)
    {
        int place = random.Next(count);
        string other = Sample(samples[random.Next(samples.Length)]);
        List<string> pieces = [.. Pieces(other)];
        int from = random.Next(pieces.Count);
        return random.Next(7) switch
        {
            0 => new Mutation(place, 1, []),
            1 => new Mutation(place, random.Next(2, 8), []),
            2 => new Mutation(place, 0, [" " + strange[random.Next(strange.Length)]]),
            3 or 4 => new Mutation(place, 1, [" " + strange[random.Next(strange.Length)]]),
            5 => new Mutation(place, 1, [pieces[from]]),
            _ => new Mutation(place, random.Next(4), [.. pieces.Skip(from).Take(random.Next(2, 12))]),
        };
    }
}

/// <summary>Tokens that are taken out at a place, and what is put there.</summary>
internal sealed record Mutation(int Place, int Removed, IReadOnlyList<string> Inserted)
{
    /// <summary>Changes the tokens.</summary>
    public void Apply(List<string> tokens)
    {
        int place = Math.Min(Place, tokens.Count);
        tokens.RemoveRange(place, Math.Min(Removed, tokens.Count - place));
        tokens.InsertRange(place, Inserted);
    }
}
