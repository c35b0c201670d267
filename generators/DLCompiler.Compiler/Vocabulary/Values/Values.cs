using System.Collections.Generic;

namespace DLCompiler.Compiler.Vocabulary.Values;

/// <summary>What an expression with a reported mistake evaluates to: everything made from it is silent, so that one mistake gives one message.</summary>
public sealed class PoisonValue
{
    private PoisonValue() { }

    /// <summary>The only one.</summary>
    public static PoisonValue Instance { get; } = new();
}

/// <summary>A number, truth value or array that is read out of a tensor: it exists at run time only.</summary>
/// <param name="What">What reads it: <c>ToArray</c>.</param>
public sealed record DataValue(string What);

/// <summary>A tuple.</summary>
public sealed class TupleValue(IReadOnlyList<object?> items)
{
    /// <summary>The elements.</summary>
    public IReadOnlyList<object?> Items { get; } = items;
}

/// <summary>An array or a list: shared by reference, as in C#.</summary>
/// <param name="isArray">Whether its length is fixed.</param>
public class ListValue(List<object?> items, bool isArray)
{
    /// <summary>The elements.</summary>
    public List<object?> Items { get; } = items;

    /// <summary>Whether its length is fixed.</summary>
    public bool IsArray { get; } = isArray;
}

/// <summary>Blocks of one kind that are applied one after the other.</summary>
/// <param name="recompute">Whether gradients compute each block's values again instead of keeping them.</param>
public sealed class RepeatValue(List<object?> items, bool recompute) : ListValue(items, isArray: true)
{
    /// <summary>Whether gradients compute each block's values again instead of keeping them.</summary>
    public bool Recompute { get; } = recompute;

    /// <summary>Whether one of the blocks has running statistics, which each application moves.</summary>
    public bool HasStates { get; init; }
}

/// <summary>A member of an enumeration.</summary>
/// <param name="Type">The enumeration's metadata name.</param>
/// <param name="Member">The member's name.</param>
public sealed record EnumValue(string Type, string Member);

/// <summary><c>^n</c>, or <c>n</c> as the end of a range.</summary>
public sealed record IndexValue(int Offset, bool FromEnd)
{
    /// <summary>The position in a sequence of the given length.</summary>
    public int In(int length) => FromEnd ? length - Offset : Offset;
}

/// <summary><c>a..b</c>.</summary>
public sealed record RangeValue(IndexValue Start, IndexValue End);
