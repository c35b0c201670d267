using System;
using System.Collections.Generic;
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
        foreach (string name in order)
        {
            string key = Key(kernels[name], kernels, methods);
            if (known.TryGetValue(key, out (string Class, string Method) earlier))
                shared.Add(name, earlier.Class == className ? earlier.Method : $"{earlier.Class}.{earlier.Method}");
            else
                known.Add(key, earlier = (className, name));
            methods.Add(name, $"{earlier.Class}.{earlier.Method}");
        }

        return shared;
    }

    // What the kernel does, each variable called by the number of its first appearance.
    private string Key(Kernel kernel, IReadOnlyDictionary<string, Kernel> kernels, IReadOnlyDictionary<string, string> methods)
    {
        var numbers = new Dictionary<string, string>(StringComparer.Ordinal);
        var writer = new IndentedWriter();
        new KernelPrinter(target, kernels, methods, Numbered).PrintMeaning(writer, kernel);
        return writer.ToString();

        string Numbered(string name)
        {
            if (!numbers.TryGetValue(name, out string? number)) numbers.Add(name, number = "#" + CSharpNumbers.Integer(numbers.Count));
            return number;
        }
    }
}
