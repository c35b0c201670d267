using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;

namespace DLCompiler.Tests.Reference;

/// <summary>What something of the vocabulary is called elsewhere; empty where it has no name there.</summary>
internal sealed record ReferenceName(string Kind, string Name, string PyTorch, string Keras, string Onnx)
{
    /// <summary>The rows of <c>Names.txt</c>.</summary>
    public static IReadOnlyList<ReferenceName> Read([CallerFilePath] string caller = "") =>
    [
        .. File.ReadLines(Path.Combine(Path.GetDirectoryName(caller)!, "Names.txt")).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('|')).Select(cells => new ReferenceName(cells[0].Trim(), cells[1].Trim(), cells[2].Trim(), cells[3].Trim(),
                cells[4].Trim())),
    ];
}
