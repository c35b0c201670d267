using System.Linq;
using System.Threading.Tasks;
using DLCompiler.Compiler.Programs;
using DLCompiler.Compiler.Programs.Evaluation;
using DLCompiler.Compiler.Programs.Serialization;
using DLCompiler.Generator.Parsing;
using DLCompiler.Generator.Tests.Harness;
using Xunit;

namespace DLCompiler.Generator.Tests;

/// <summary>The C# that bodies may be written in: every construct is parsed, survives writing, and is evaluated at compile time.</summary>
public sealed class LanguageTests
{
    // Members of a model with the input [N, 8], and the result's size: what C# itself would compute.
    public static TheoryData<string, string, int> Bodies => new()
    {
        { "for", "int size = 0; for (int i = 0, j = 2; i < 3; i++, j += 2) size += j; return Sized(size);", 12 },
        { "foreach", "int size = 0; foreach (var item in new[] { 1, 2, 3 }) { if (item == 2) continue; size += item; } return Sized(size);", 4 },
        { "foreach tuples", "int size = 0; foreach (var (a, b) in new[] { (1, 2), (3, 4) }) size += a * b; return Sized(size);", 14 },
        { "while", "int size = 1; while (size < 20) { size *= 3; if (size == 9) break; } return Sized(size);", 9 },
        { "do", "int size = 5; do { size++; } while (size < 5); return Sized(size);", 6 },
        { "if", "int size; if (x.Shape[1] == 8 && x.Shape.Rank == 2) size = 3; else size = 4; return Sized(size);", 3 },
        { "switch statement", "int size = 0; switch (x.Shape[1]) { case 7: size = 1; break; case > 7 and < 9: size = 2; break; default: size = 3; break; } return Sized(size);", 2 },
        { "switch statement with guard",
            "int size = 0; switch (4) { case int n when n > 4: size = 1; break; case 3: case 4: size = 2; break; } return Sized(size);", 2 },
        { "switch expression", "return Sized((x.Shape[1], true) switch { (7, _) => 1, (var n, true) when n == 8 => n + 1, _ => 3 });", 9 },
        { "patterns", "int size = x.Shape[1]; return Sized(size is 8 or 9 && size is not 3 && size is var n && n is >= 8 ? 5 : 6);", 5 },
        { "conditional", "return Sized(Debug ? 1 : 2);", 2 },
        { "tuples", "(int a, int b) pair = (3, 4); var (c, d) = pair; (c, d) = (d, c); var named = (First: c, Second: d); return Sized(named.First * 10 + named.Second + pair.a);", 46 },
        { "discards", "(_, int b) = (1, 7); _ = b; return Sized(b);", 7 },
        { "lambdas", "System.Func<int, int, int> add = (a, b) => a + b; System.Func<int, int> twice = a => { return add(a, a); }; return Sized(twice(4));", 8 },
        { "local functions", "int Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2); return Sized(Fibonacci(7));", 13 },
        { "local function with default", "int Plus(int a, int b = 5) => a + b; return Sized(Plus(b: 1, a: 2) + Plus(3));", 11 },
        { "method groups", "System.Func<int, int> f = Double; return Sized(f(6));", 12 },
        { "named and default arguments", "return Sized(Combine(b: 2, a: 1));", 123 },
        { "params", "return Sized(Total() + Total(1) + Total(1, 2, 3));", 7 },
        { "arrays", "var sizes = new int[3]; sizes[1] = 4; sizes[^1] = 5; return Sized(sizes[0] + sizes[1] + sizes[2] + sizes.Length);", 12 },
        { "collection expressions", "int[] some = [1, 2]; int[] all = [0, ..some, 3]; return Sized(all.Length * 10 + all[3]);", 43 },
        { "ranges", "int[] all = [1, 2, 3, 4, 5]; int[] part = all[1..^1]; return Sized(part.Length * 10 + part[0]);", 32 },
        { "lists", "var list = new System.Collections.Generic.List<int> { 1, 2 }; list.Add(5); return Sized(list.Count * 10 + list[2]);", 35 },
        { "interpolation", "int a = 3; return Sized($\"{a}x{a + 1}\" == \"3x4\" ? 7 : 8);", 7 },
        { "null", "string? nothing = null; int? number = null; return Sized((number ?? 3) + (nothing is null ? 1 : 0));", 4 },
        { "compound", "int a = 7; a -= 2; a *= 3; a /= 2; a %= 5; a <<= 3; a |= 1; a ^= 3; return Sized(a);", 18 },
        { "increments", "int a = 1; int b = a++ + ++a; return Sized(a * 10 + b);", 34 },
        { "numbers", "double d = 7; float f = 2.5f; int i = (int)(d / 2) + (int)f; long l = i; return Sized((int)l);", 5 },
        { "casts", "double d = 7; return Sized((int)(d / 2));", 3 },
        { "longs", "long l = 3; return Sized((int)l);", 3 },
        { "enumerations", "var kind = Initializer.HeNormal; return Sized(kind == Initializer.HeNormal ? 2 : 3);", 2 },
        { "members", "return Sized(Width + Field + Constant + this.Computed + Static[1]);", 1 + 2 + 4 + 8 + 16 },
        { "unchecked remainder", "const int n = 17; return Sized(n % 5 + (n >> 2) + (~n + n + 1) + 1);", 7 },
        { "tensor operators", "var y = x * 2 + x - 1f; y += x; y = -y / 2; return Sized((int)y.Shape[1] + 1);", 9 },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void BodiesAreEvaluatedAsCSharpWould(string construct, string body, int size)
    {
        Assert.NotEmpty(construct);
        string text =
            $$"""
            using DLCompiler;
            namespace App;
            /// <summary/>
            [Model]
            public partial class Net
            {
                const int Constant = 4;
                static readonly int[] Static = [15, 16];
                readonly int Field = 2;
                readonly bool Debug = false;
                int Width { get; } = 1;
                int Computed => Constant * 2;

                static int Double(int value) => value * 2;
                int Combine(int a, int b, int c = 3) => a * 100 + b * 10 + c;
                int Total(params int[] numbers) { int sum = 0; foreach (int number in numbers) sum += number; return sum; }
                readonly Tensor? nothing = null;

                /// <summary/>
                public Tensor Forward([Shape("N", 8)] Tensor x)
                {
                    Tensor Sized(int count) => Tensor.Concat(1, Repeated(x.Slice(1, 0, 1), count));
                    {{body}}
                }

                static Tensor[] Repeated(Tensor x, int count)
                {
                    var all = new Tensor[count];
                    for (int i = 0; i < count; i++) all[i] = x;
                    return all;
                }
            }
            """;
        text = text.Replace("    readonly Tensor? nothing = null;\n", "");
        ParsedClass parsed = ParsingTests.Parse(text, "App.Net");
        Assert.False(parsed.HasInvalidCode);
        Assert.Equal(parsed.Program, ProgramFormat.Read(ProgramFormat.Write(parsed.Program)));
        var result = ModelEvaluation.Evaluate(parsed.Program, _ => null);
        Assert.Equal([], result.Diagnostics.Where(diagnostic => diagnostic.Id != "DLC3001").Select(diagnostic => diagnostic.Message));
        Assert.Equal($"[N, {size}]", result.Model!.Functions.Single().Outputs.Single().Shape.ToString());
    }

    [Theory]
    [InlineData("try { } finally { } return x;", "'try' can't be compiled; leave it out: what a body throws is a message of the compiler's", "try")]
    [InlineData("lock (this) { } return x;", "'lock' can't be compiled; leave it out: a body runs once, at compile time", "lock (this)")]
    [InlineData("again: goto again;", "a label can't be compiled; use a loop with 'break' and 'continue'", "again: goto again;")]
    [InlineData("var t = typeof(int); return x;", "'typeof' can't be compiled; decide by a hyperparameter", "typeof(int)")]
    [InlineData("var a = new { B = 1 }; return x;", "an anonymous object can't be compiled; use a tuple", "new { B = 1 }")]
    [InlineData("return x?.Relu() ?? x;", "'?.' can't be compiled; compare with null, or use '??'", "x?.Relu()")]
    [InlineData("int a = 1; ref int b = ref a; return x;", "'ref' can't be compiled; copy the value", "b")]
    [InlineData("int.TryParse(\"1\", out int n); return x;", "a 'ref' or 'out' argument can't be compiled; return a tuple", "int n")]
    [InlineData("int[,] a = new int[2, 2]; return x;", "an array of several dimensions can't be compiled; use an array of arrays", "new int[2, 2]")]
    [InlineData("decimal d = 1m; return x;", "the literal 1m can't be compiled; use int, long, float or double", "1m")]
    [InlineData("System.Console.WriteLine(1); return x;",
        "a call of Console.WriteLine can't be compiled; a body runs at compile time: remove it, or return the tensor and print it where the model is "
        + "used", "System.Console.WriteLine(1)")]
    public async Task WhatCanNotBeCompiledIsNamedWhereItStands(string body, string message, string span)
    {
        string text =
            $$"""
            using DLCompiler;
            namespace App;
            [Model]
            public partial class Net
            {
                public Tensor Forward([Shape("N", 8)] Tensor x) { {{body}} }
            }
            """;
        var diagnostic = Assert.Single(await AnalyzerRun.Of(TestCompilation.Create(text)));
        Assert.Equal(("DLC2001", message), (diagnostic.Id, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(span, text.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
    }

    [Fact]
    public void ConstantsKeepTheirBits()
    {
        foreach (object? value in new object?[] { null, true, -7, long.MinValue, float.NaN, -0f, float.Epsilon, 1e-8f, double.NegativeInfinity, 0.1,
            "a\n\"é:;~\0" })
        {
            var program = new ClassProgram(
                "A", "A", ClassKind.Block, null, false, [new HyperParameter("x", "object", new Expression.Literal(value, 1), 2)], [], [], [], null, null, null, null, 0);
            var back = (Expression.Literal)ProgramFormat.Read(ProgramFormat.Write(program)).HyperParameters[0].Default!;
            if (value is float number) Assert.Equal(System.BitConverter.SingleToInt32Bits(number), System.BitConverter.SingleToInt32Bits((float)back.Value!));
            else Assert.Equal(value, back.Value);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("3:Ap")]
    [InlineData("99999999999:A")]
    [InlineData("1:A1:AM~0;2000000000;")]
    public void DamagedProgramsAreRefused(string text) => Assert.Throws<System.FormatException>(() => ProgramFormat.Read(text));
}
