using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;

namespace DLCompiler.Runtime.Tests.Text;

/// <summary>Texts of all of Unicode for properties, the same ones at each run.</summary>
internal static class AnyText
{
    private static int Cases => Environment.GetEnvironmentVariable("DLC_TEST_FULL") == "1" ? 20_000 : 300;

    /// <summary>Checks a property of well-formed texts.</summary>
    public static void Holds(Func<string, bool> property) => Holds(WellFormed, property);

    /// <summary>Checks a property of texts in which halves of surrogate pairs may stand alone.</summary>
    public static void HoldsOfAny(Func<string, bool> property) =>
        Holds(Gen.ArrayOf(Gen.OneOf(Gen.Choose(0, 0xFFFF), Gen.Choose(0xD7F0, 0xE00F), Gen.Choose(32, 126))).Select(units => new string([.. units.Select(unit => (char)unit)])), property);

    private static Gen<string> WellFormed =>
        // Words, digits, signs and white space as in prose; then anything.
        Gen.ArrayOf(Gen.OneOf(
                Gen.Elements(" ", "  ", "\n", "\r\n", "\t", "'s", "'ll", "'", "the", "The", "re", "42", "²", "é", "e\u0301", "ß", "日本", "👩‍👧", "\u00A0", "\u2028", "\uFEFF", "\0", "<|end|>", "İ"),
                Gen.Choose(32, 126).Select(code => ((char)code).ToString()),
                Gen.Choose(0, 0x10FFFF).Where(code => code is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32)))
            .Select(string.Concat);

    private static void Holds(Gen<string> texts, Func<string, bool> property) =>
        Prop.ForAll(Arb.From(texts), property).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases).WithReplay(20, 21));
}
