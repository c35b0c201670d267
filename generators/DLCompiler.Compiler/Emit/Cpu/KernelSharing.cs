using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Emit.Cpu;

/// <summary>
/// Finds kernels that differ in names only, in one function or in several: layers of equal sizes, and the forward pass of a prediction and of a step, then
/// share one method.
/// </summary>
/// <param name="target">The level that the kernels are for.</param>
public sealed class KernelSharing(Target target)
{
    // From a kernel's text to the class and the method that has it.
    private readonly Dictionary<string, (string Class, string Method)> known = new(StringComparer.Ordinal);

    /// <summary>For each kernel that equals an earlier one, of this function or one that was looked at before: what to call instead.</summary>
    /// <param name="className">The function's class.</param>
    /// <param name="kernels">The kernels by name.</param>
    /// <param name="order">The kernels' names, callees before callers.</param>
    public IReadOnlyDictionary<string, string> Find(string className, IReadOnlyDictionary<string, Kernel> kernels, IEnumerable<string> order)
    {
        var shared = new Dictionary<string, string>(StringComparer.Ordinal);
        var methods = new Dictionary<string, string>(StringComparer.Ordinal);
        var printer = new KernelPrinter(target, kernels, methods);
        foreach (string name in order)
        {
            string key = Key(kernels[name], printer);
            if (known.TryGetValue(key, out (string Class, string Method) earlier))
                shared.Add(name, earlier.Class == className ? earlier.Method : $"{earlier.Class}.{earlier.Method}");
            else
                known.Add(key, earlier = (className, name));
            methods.Add(name, $"{earlier.Class}.{earlier.Method}");
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
