using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Decisions;

/// <summary>Part of a line of a text.</summary>
/// <param name="Line">The line, counted from 0.</param>
/// <param name="Column">The first character, counted from 0.</param>
/// <param name="Start">The first character, counted from the beginning of the text.</param>
/// <param name="Length">Characters.</param>
public sealed record SchedulePlace(int Line, int Column, int Start, int Length);

/// <summary>
/// A file of overrides: lines of the form <c>Predict/conv1.tile = 7x2</c>, with a level and a colon before where one is meant (<c>Vector512: …</c>), and
/// comments from <c>#</c> on.
/// </summary>
/// <param name="Overrides">The overrides, in the order of their lines.</param>
/// <param name="Places">Where each of them stands.</param>
/// <param name="Mistakes">Lines that are none, and why.</param>
public sealed record ScheduleText(
    EquatableArray<ScheduleOverride> Overrides, EquatableArray<SchedulePlace> Places, EquatableArray<(SchedulePlace Place, string Message)> Mistakes)
{
    private static readonly InstructionSet[] Levels =
        [InstructionSet.Vector512, InstructionSet.Vector256, InstructionSet.Vector128, InstructionSet.Scalar];

    /// <summary>Reads a file.</summary>
    public static ScheduleText Parse(string text)
    {
        var overrides = new List<ScheduleOverride>();
        var places = new List<SchedulePlace>();
        var mistakes = new List<(SchedulePlace, string)>();
        int start = 0;
        string[] lines = text.Split('\n');
        for (int line = 0; line < lines.Length; start += lines[line].Length + 1, line++)
        {
            string code = lines[line].Split('#')[0], trimmed = code.Trim();
            if (trimmed.Length == 0) continue;
            int column = code.IndexOf(trimmed[0]);
            var place = new SchedulePlace(line, column, start + column, trimmed.Length);
            try
            {
                overrides.Add(ParseLine(trimmed));
                places.Add(place);
            }
            catch (ImpossibleChoiceException exception)
            {
                mistakes.Add((place, exception.Message));
            }
        }

        return new ScheduleText(overrides.ToEquatableArray(), places.ToEquatableArray(), mistakes.ToEquatableArray());
    }

    private static ScheduleOverride ParseLine(string line)
    {
        int colon = line.IndexOf(':'), equals = line.IndexOf('=');
        InstructionSet? level = null;
        if (colon >= 0 && (equals < 0 || colon < equals))
        {
            string name = line.Substring(0, colon).Trim();
            int found = Array.FindIndex(Levels, known => known.ToString() == name);
            if (found < 0) throw new ImpossibleChoiceException($"'{name}' is no level: there are {string.Join(", ", Levels)}");
            level = Levels[found];
            line = line.Substring(colon + 1);
            equals = line.IndexOf('=');
        }

        string left = (equals < 0 ? line : line.Substring(0, equals)).Trim(), value = equals < 0 ? "" : line.Substring(equals + 1).Trim();
        int dot = left.LastIndexOf('.');
        if (dot <= 0 || dot == left.Length - 1 || value.Length == 0 || left.Any(char.IsWhiteSpace))
            throw new ImpossibleChoiceException("a line is of the form 'subject.decision = choice', as in 'Predict/conv1.tile = 7x2'");
        return new ScheduleOverride(level, left.Substring(0, dot), left.Substring(dot + 1), value);
    }
}
