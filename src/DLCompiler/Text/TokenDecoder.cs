using System;
using System.Text;

namespace DLCompiler.Text;

/// <summary>
/// Tokens to text, one by one: what is complete comes at once, and the beginning of a character waits for its end. From
/// <see cref="Tokenizer.CreateDecoder"/>; for one sequence and one thread at a time.
/// </summary>
public sealed class TokenDecoder
{
    private readonly Tokenizer tokenizer;
    private readonly bool skipsSpecial;
    private readonly DecodingState state;
    private readonly StringBuilder buffer = new();

    internal TokenDecoder(Tokenizer tokenizer, bool skipsSpecial, DecodingState state) =>
        (this.tokenizer, this.skipsSpecial, this.state) = (tokenizer, skipsSpecial, state);

    /// <summary>Takes a token.</summary>
    /// <param name="id">The token.</param>
    /// <returns>The text that is complete with it; it may be empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The vocabulary does not have it.</exception>
    public string Add(int id)
    {
        Append(id, buffer);
        return Take();
    }

    /// <summary>Ends the text, after which the decoder can begin another.</summary>
    /// <returns>U+FFFD for a character that has begun and not ended; otherwise nothing.</returns>
    public string Finish()
    {
        Complete(buffer);
        return Take();
    }

    internal void Append(int id, StringBuilder text)
    {
        if (!tokenizer.IsSpecial(id)) state.Append(id, text);
        else if (!skipsSpecial) state.AppendSpecial(tokenizer.TokenAt(id), text);
    }

    internal void Complete(StringBuilder text) => state.Complete(text);

    private string Take()
    {
        string text = buffer.ToString();
        buffer.Clear();
        return text;
    }
}

/// <summary>What a decoder remembers between tokens.</summary>
internal abstract class DecodingState
{
    /// <summary>A token that is text.</summary>
    public abstract void Append(int id, StringBuilder text);

    /// <summary>A special token's name.</summary>
    public abstract void AppendSpecial(string name, StringBuilder text);

    /// <summary>The end; then a new text begins.</summary>
    public abstract void Complete(StringBuilder text);
}
