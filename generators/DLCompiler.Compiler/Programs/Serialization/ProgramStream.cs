using System;
using System.Collections.Generic;

namespace DLCompiler.Compiler.Programs.Serialization;

/// <summary>
/// One direction of the text format. A description of a record calls these methods in the order of its fields, with the values it has: writing, they return the
/// value they wrote; reading, they ignore what they are given and return what stands next. So one description serves both directions, and the two can't drift
/// apart.
/// </summary>
public abstract class ProgramStream
{
    /// <summary>The kind of the node that follows; <c>~</c> for none.</summary>
    public abstract char Tag(char value);

    /// <summary>A text.</summary>
    public abstract string Text(string? value);

    /// <summary>A number.</summary>
    public abstract int Number(int? value);

    /// <summary>A truth value.</summary>
    public bool Truth(bool? value) => Number(value == true ? 1 : 0) != 0;

    /// <summary>A text that may be absent.</summary>
    public string? OptionalText(string? value) => Tag(value is null ? '~' : '=') == '~' ? null : Text(value);

    /// <summary>A literal's value: null, bool, int, long, float, double or string. Floating-point numbers keep their bits.</summary>
    public object? Constant(object? value)
    {
        char tag = Tag(value switch
        {
            null => '~',
            bool => 'b',
            int => 'i',
            long => 'l',
            float => 'f',
            double => 'd',
            string => 's',
            _ => throw new ArgumentException($"A literal of type {value.GetType()} can't be written."),
        });
        return tag switch
        {
            '~' => null,
            'b' => Truth(value as bool?),
            'i' => Number(value as int?),
            'l' => Long(value as long? ?? 0),
            // Widening to double and narrowing again keeps every float.
            'f' => (float)BitConverter.Int64BitsToDouble(Long(BitConverter.DoubleToInt64Bits(value as float? ?? 0))),
            'd' => Double(value as double? ?? 0),
            's' => Text(value as string),
            _ => throw new FormatException($"There is no literal of kind '{tag}'."),
        };
    }

    /// <summary>A floating-point number by its bits.</summary>
    public double Double(double value) => BitConverter.Int64BitsToDouble(Long(BitConverter.DoubleToInt64Bits(value)));

    /// <summary>Items in a row.</summary>
    public EquatableArray<T> List<T>(EquatableArray<T>? items, Func<ProgramStream, T?, T> item)
        where T : class
    {
        int count = Number(items?.Count);
        List<T> result = [];
        for (int i = 0; i < count; i++) result.Add(item(this, items is { } given ? given[i] : null));
        return result.ToEquatableArray();
    }

    /// <summary>Texts in a row.</summary>
    public EquatableArray<string> Texts(EquatableArray<string>? items) => List(items, (stream, item) => stream.Text(item));

    private long Long(long value)
    {
        // Two halves, so that the format has one kind of number.
        uint high = unchecked((uint)Number(unchecked((int)(value >> 32))));
        uint low = unchecked((uint)Number(unchecked((int)value)));
        return unchecked((long)(((ulong)high << 32) | low));
    }
}
