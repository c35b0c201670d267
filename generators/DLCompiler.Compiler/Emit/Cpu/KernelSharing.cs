using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Emit.Cpu;

/// <summary>Finds kernels that differ in names only: layers of equal sizes then share one method.</summary>
public static class KernelSharing
{
    /// <summary>For each kernel that equals an earlier one, that one's name.</summary>
    /// <param name="kernels">The kernels by name.</param>
    /// <param name="order">The kernels' names, callees before callers.</param>
    /// <param name="target">The level they are for.</param>
    public static IReadOnlyDictionary<string, string> Find(IReadOnlyDictionary<string, Kernel> kernels, IEnumerable<string> order, Target target)
    {
        var shared = new Dictionary<string, string>(StringComparer.Ordinal);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in order)
        {
            string key = Key(kernels[name], new KernelPrinter(target, kernels, shared));
            if (known.TryGetValue(key, out string? earlier)) shared.Add(name, earlier);
            else known.Add(key, name);
        }

        return shared;
    }

    // The printed kernel without its comments, each variable replaced by the number of its first appearance.
    private static string Key(Kernel kernel, KernelPrinter printer)
    {
        var writer = new IndentedWriter();
        printer.Print(writer, kernel with { Name = "", Comment = [] });
        string text = writer.ToString();
        var variables = new HashSet<string>(kernel.Parameters.Select(parameter => parameter.Variable.Name).Concat(Declared(kernel.Body)),
            StringComparer.Ordinal);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var key = new StringBuilder(text.Length);
        for (int position = 0; position < text.Length;)
        {
            int end = position;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_')) end++;
            if (end == position)
            {
                key.Append(text[position++]);
                continue;
            }

            string word = text.Substring(position, end - position);
            if (!variables.Contains(word))
            {
                key.Append(word);
            }
            else
            {
                if (!numbers.TryGetValue(word, out int number)) numbers[word] = number = numbers.Count;
                key.Append('#').Append(number);
            }

            position = end;
        }

        return key.ToString();
    }

    private static IEnumerable<string> Declared(IEnumerable<KernelStatement> statements) => statements.SelectMany(statement => statement switch
    {
        KernelStatement.Declare declare => [declare.Variable.Name],
        KernelStatement.For loop => Declared(loop.Body).Prepend(loop.Counter.Name),
        KernelStatement.While loop => Declared(loop.Body),
        KernelStatement.If branch => Declared(branch.Then).Concat(Declared(branch.Else)),
        KernelStatement.Line line => Declared(line.Statements),
        _ => Enumerable.Empty<string>(),
    });
}
