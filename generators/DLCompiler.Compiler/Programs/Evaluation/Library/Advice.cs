using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Vocabulary;

namespace DLCompiler.Compiler.Programs.Evaluation.Library;

/// <summary>What to write instead of something that can't be compiled.</summary>
internal static class Advice
{
    // By the start of the owner's name, the method, or both; the first row that fits counts.
    private static readonly (string Owner, string? Method, string Text)[] Calls =
    [
        ("DLCompiler.TensorShape", null, "of a shape, use its indexer, Rank, ElementCount, ToArray and =="),
        ("DLCompiler.DoubleTensor", null, "compiled tensors have single precision: use Tensor"),
        (Operation.Tensor, "FromArray", "use Zeros, Ones or Full, or make it an input of Forward"),
        (Operation.Tensor, "ToDouble", "compiled tensors have single precision: leave it out"),
        (Operation.Tensor, "ToSingle", "compiled tensors have single precision: leave it out"),
        (Operation.Tensor, "CopyTo", "return the tensor, and read it where the model is used"),
        (Operation.Tensor, null, "use operations on whole tensors of single precision"),
        ("System.Object", "Equals", "compare shapes, or take the difference of the tensors"),
        ("System.Console", null, "a body runs at compile time: remove it, or return the tensor and print it where the model is used"),
        ("System.Diagnostics.", null, "a body runs at compile time: remove it, or throw an exception where a shape is wrong"),
        ("System.Random", null, "use Dropout, or make the random numbers an input of Forward"),
        ("System.Threading.", null, "leave it out: the compiler divides the work among threads itself"),
        ("System.Collections.Generic.List", null, "of a list, use Add, AddRange, Insert, RemoveAt, Clear, Reverse, Count and indices"),
        ("System.Collections.", null, "use an array, a list, a tuple or a switch"),
        ("System.Linq.Enumerable", null,
            "use Select, Where, Zip, Concat, Skip, Take, Reverse, Range, Repeat, Sum, Max, Min, Any, All, Aggregate, ToArray, or a loop"),
        ("System.Math", null, "use another function of Math, a constant, or a hyperparameter"),
        ("System.String", null, "compute it before, or use an int or an enumeration"),
        ("System.", null, "compute it outside the model and make the result a hyperparameter of a [Block], or an input of Forward"),
    ];

    // By what the parser calls a construct.
    private static readonly Dictionary<string, string> Constructs = new(StringComparer.Ordinal)
    {
        ["'try'"] = "leave it out: what a body throws is a message of the compiler's",
        ["'using'"] = "leave it out: a body creates nothing that has to be disposed of",
        ["'lock'"] = "leave it out: a body runs once, at compile time",
        ["'goto'"] = "use a loop with 'break' and 'continue'",
        ["a label"] = "use a loop with 'break' and 'continue'",
        ["'await'"] = "call methods that return their result at once",
        ["'?.'"] = "compare with null, or use '??'",
        ["a type test"] = "decide by a hyperparameter",
        ["a type pattern"] = "decide by a hyperparameter",
        ["'typeof'"] = "decide by a hyperparameter",
        ["a property pattern"] = "compare the properties with '=='",
        ["a list pattern"] = "compare the length and the elements",
        ["a query expression"] = "call Select and Where",
        ["'stackalloc'"] = "use an array",
        ["a pointer"] = "use an array",
        ["'unsafe'"] = "use an array",
        ["'fixed'"] = "use an array",
        ["an anonymous object"] = "use a tuple",
        ["'with'"] = "use a tuple",
        ["'dynamic'"] = "use the type itself",
        ["an event"] = "use a lambda",
        ["'ref'"] = "copy the value",
        ["a 'ref' or 'out' argument"] = "return a tuple",
        ["an array of several dimensions"] = "use an array of arrays",
        ["an indexer with several arguments"] = "use an array of arrays",
        ["assigning a member"] = "use a local variable, and give fields their values where they are declared",
        ["an object initialiser"] = "give the values to the constructor",
        ["'yield'"] = "return an array or a list",
        ["a default structure"] = "write the value itself",
        ["a local function without a body"] = "give it a body",
    };

    /// <summary>A construct of C# that can't be compiled, in a sentence.</summary>
    /// <param name="what">What the parser calls it.</param>
    public static string OnConstruct(string what)
    {
        string? advice = Constructs.TryGetValue(what, out string? text) ? text
            : what.StartsWith("the literal ", StringComparison.Ordinal) ? "use int, long, float or double"
            : null;
        return $"{what} can't be compiled" + (advice is null ? "" : $"; {advice}");
    }

    /// <summary>A type of the class library, by its simple name.</summary>
    public static string TypeName(string owner) => owner.Substring(owner.LastIndexOfAny(['.', '+']) + 1).Split('`')[0];

    /// <summary>For a number, a truth value or an array that is read out of a tensor.</summary>
    /// <param name="reader">What reads it.</param>
    public static string OnReading(string reader) => reader switch
    {
        "Item" => "leave Item() out: a tensor with one element takes part in operations as it is",
        "its indexer" => "use Slice",
        _ => "use operations on whole tensors",
    };

    /// <summary>For a method whose body the compiler does not know.</summary>
    public static string OnCalling(string owner, string method) =>
        Calls.FirstOrDefault(row => owner.StartsWith(row.Owner, StringComparison.Ordinal) && (row.Method is null || row.Method == method)).Text
        ?? "move its code into the model or block, whose methods are compiled";
}
