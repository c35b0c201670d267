using System.Globalization;

namespace DLCompiler.Compiler.Emit.Cpu;

/// <summary>Numbers as C# literals: the shortest text that reads back as the same bits, whatever the culture.</summary>
public static class CSharpNumbers
{
    /// <summary>A 32-bit number with its suffix.</summary>
    public static string Single(float value)
    {
        if (float.IsNaN(value)) return "float.NaN";
        if (float.IsInfinity(value)) return value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity";
        for (int digits = 1; digits < 9; digits++)
        {
            string text = value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float back) && back.Equals(value)) return Sign(value, text) + "f";
        }

        return Sign(value, value.ToString("G9", CultureInfo.InvariantCulture)) + "f";
    }

    /// <summary>A 64-bit number with its suffix.</summary>
    public static string Double(double value)
    {
        if (double.IsNaN(value)) return "double.NaN";
        if (double.IsInfinity(value)) return value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity";
        for (int digits = 1; digits < 17; digits++)
        {
            string text = value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double back) && back.Equals(value)) return Sign(value, text) + "d";
        }

        return Sign(value, value.ToString("G17", CultureInfo.InvariantCulture)) + "d";
    }

    /// <summary>An integer.</summary>
    public static string Integer(long value) => value.ToString(CultureInfo.InvariantCulture);

    // Some frameworks print negative zero without its sign.
    private static string Sign(double value, string text) => value == 0 && 1 / value < 0 && text[0] != '-' ? "-" + text : text;
}
