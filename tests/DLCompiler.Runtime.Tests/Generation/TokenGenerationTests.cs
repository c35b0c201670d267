using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using DLCompiler.Generation;
using DLCompiler.Text;
using Xunit;

namespace DLCompiler.Runtime.Tests.Generation;

/// <summary>Sequences, streamed and not, with models that remember and that run anew.</summary>
public sealed class TokenGenerationTests
{
    private static readonly GenerationOptions options = new() { MaximumTokens = 40, TopP = 0.9, RepetitionPenalty = 1.1, Seed = 9 };

    [Fact]
    public void Models_with_and_without_memory_write_the_same()
    {
        var cached = new TableModel(20);
        int[] tokens = [.. cached.Generate([1, 2, 3], options)];
        Assert.Equal(40, tokens.Length);
        Assert.Equal(3 + 39, cached.Work);
        Assert.Equal(tokens, TableModel.Plain(20).Generate([1, 2, 3], options));
        Assert.Equal(tokens[..5], cached.Generate([1, 2, 3], options).Take(5));
    }

    [Fact]
    public async Task Streaming_gives_the_same()
    {
        var streamed = new List<int>();
        await foreach (int token in new TableModel(20).GenerateAsync([1, 2, 3], options)) streamed.Add(token);
        Assert.Equal(new TableModel(20).Generate([1, 2, 3], options), streamed);
    }

    [Fact]
    public void A_stop_token_ends_and_is_left_out()
    {
        int[] all = [.. new TableModel(20).Generate([1], options)];
        int stop = all[10];
        int first = Array.IndexOf(all, stop);
        var stopping = new GenerationOptions { MaximumTokens = 40, TopP = 0.9, RepetitionPenalty = 1.1, Seed = 9, StopTokens = [stop] };
        Assert.Equal(all[..first], new TableModel(20).Generate([1], stopping));
    }

    [Fact]
    public async Task Cancelling_ends_before_the_next_token()
    {
        using var source = new CancellationTokenSource();
        var model = new TableModel(20);
        var seen = new List<int>();
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (int token in model.Generate([1], options, source.Token))
            {
                seen.Add(token);
                if (seen.Count == 3) source.Cancel();
            }
        });
        Assert.Equal(3, seen.Count);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (int token in model.GenerateAsync([1], options).WithCancellation(source.Token)) seen.Add(token);
        });
        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public async Task Text_comes_in_whole_characters()
    {
        // The model writes the tokens of a text in their order.
        var tokenizer = BpeTokenizer.Train([], new BpeTrainingOptions { VocabularySize = 257, SpecialTokens = ["<|end|>"] });
        int[] written = [.. tokenizer.Encode("né 🙂"), 256];
        var model = new PrefixModel(257, (ids, length, logits) =>
        {
            logits.Clear();
            logits[written[length - 1]] = 100;
        });
        var greedy = new GenerationOptions { Temperature = 0, MaximumTokens = 20, StopTokens = [256] };
        Assert.Equal(["n", "é", " ", "🙂"], model.GenerateText(tokenizer, "<|end|>", greedy));
        var pieces = new List<string>();
        await foreach (string piece in model.GenerateTextAsync(tokenizer, "<|end|>", greedy)) pieces.Add(piece);
        Assert.Equal(["n", "é", " ", "🙂"], pieces);
        var cut = new GenerationOptions { Temperature = 0, MaximumTokens = 2 };
        Assert.Equal("n\uFFFD", string.Concat(model.GenerateText(tokenizer, "<|end|>", cut)));
        Assert.Throws<ArgumentException>(() => new TableModel(5).GenerateText(tokenizer, "a"));
    }

    [Fact]
    public void Prompts_that_do_not_fit_are_refused_at_once()
    {
        Assert.Contains("The prompt is empty", Assert.Throws<ArgumentException>(() => new TableModel(20).Generate([])).Message, StringComparison.Ordinal);
        Assert.Contains("Token 1 of the prompt is 20", Assert.Throws<ArgumentException>(() => new TableModel(20).Generate([0, 20])).Message, StringComparison.Ordinal);
        var bounded = new TableModel(20, maximumLength: 8);
        var exception = Assert.Throws<ArgumentException>(() => bounded.Generate([1, 2, 3], options));
        Assert.Contains("Set MaximumTokens to 6 or less", exception.Message, StringComparison.Ordinal);
        Assert.Equal(6, bounded.Generate([1, 2, 3], new GenerationOptions { MaximumTokens = 6 }).Count());
        Assert.Throws<ArgumentException>(() => bounded.Generate([1, 2, 3, 4, 5, 6, 7, 8, 9], new GenerationOptions { MaximumTokens = 0 }));
    }

    [Fact]
    public void A_window_shows_the_last_tokens_filled_up_before_them()
    {
        var seen = new List<string>();
        void Look(ReadOnlySpan<int> ids, int length, Span<float> logits)
        {
            seen.Add(string.Join(' ', ids.ToArray()));
            logits.Clear();
            logits[length] = 1;
        }

        var greedy = new GenerationOptions { Temperature = 0, MaximumTokens = 4 };
        new PrefixModel(9, Look, window: 3).Generate([5], greedy).Count();
        Assert.Equal(["5", "5 1", "5 1 2", "1 2 3"], seen);
        seen.Clear();
        new PrefixModel(9, Look, window: 3, padding: 8).Generate([5], greedy).Count();
        Assert.Equal(["8 8 5", "8 5 3", "5 3 3", "3 3 3"], seen);
    }

    [Fact]
    public void Scores_of_all_steps_are_taken_from_the_last()
    {
        var model = PrefixModel.OfSteps(4, (ids, length) => [.. ids.ToArray().SelectMany(id => Enumerable.Range(0, 4).Select(token => token == (id + 1) % 4 ? 9f : 0))]);
        Assert.Equal([3, 0, 1], model.Generate([0, 2], new GenerationOptions { Temperature = 0, MaximumTokens = 3 }));
        Assert.Throws<InvalidOperationException>(() => PrefixModel.OfSteps(4, (_, _) => new float[3]).Generate([0]).First());
    }
}
