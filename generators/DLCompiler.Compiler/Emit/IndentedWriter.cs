using System;
using System.Text;

namespace DLCompiler.Compiler.Emit;

/// <summary>Collects lines of emitted text: four spaces a level, <c>\n</c> line ends whatever the machine.</summary>
public sealed class IndentedWriter
{
    private readonly StringBuilder text = new();
    private int level;

    /// <summary>Adds a line; an empty one gets no indentation.</summary>
    public void Line(string line = "")
    {
        if (line.Length > 0) text.Append(' ', level * 4).Append(line);
        text.Append('\n');
    }

    /// <summary>Adds several lines.</summary>
    public void Lines(string lines)
    {
        foreach (string line in lines.Replace("\r", "").Split('\n')) Line(line);
    }

    /// <summary>Adds a block in braces.</summary>
    public void Block(string head, Action body, string close = "}")
    {
        if (head.Length > 0) Line(head);
        Line("{");
        level++;
        body();
        level--;
        Line(close);
    }

    /// <summary>A writer for a part at the same depth, to be appended.</summary>
    public IndentedWriter Part() => new() { level = level };

    /// <summary>Adds what a part has.</summary>
    public void Append(IndentedWriter part) => text.Append(part.text);

    /// <inheritdoc/>
    public override string ToString() => text.ToString();
}
