using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Optimizers;
using DLCompiler.Compiler.Planning;
using DLCompiler.Compiler.Schedules;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Emit.Cpu;

/// <summary>Prints a scheduled function as a class: where its memory lies, the program that every worker runs, and its kernels.</summary>
public sealed class FunctionPrinter
{
    // Batches of 128 are usual in training.
    private const long UsualBlocks = 8;

    private readonly ScheduledFunction function;
    private readonly IReadOnlyList<Kernel> kernels;
    private readonly IReadOnlyDictionary<string, string> shared;
    private readonly string className;
    private readonly (string Class, FewSamples Choice)? few;

    /// <summary>Prepares to print a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="className">The class to print.</param>
    /// <param name="sharing">The kernels that are printed already.</param>
    /// <param name="few">The class of the function's variant for few samples, if it has one, and when it is used.</param>
    public FunctionPrinter(ScheduledFunction function, string className, KernelSharing sharing, (string Class, FewSamples Choice)? few = null)
    {
        this.few = few;
        this.function = function;
        this.className = className;
        kernels = Ordered();
        shared = sharing.Find(className, function.Kernels, CalleesFirst());
    }

    /// <summary>Prints the class.</summary>
    public void Print(IndentedWriter writer)
    {
        DecisionTable.Print(writer, function.Decisions.Made);
        writer.Block($"file sealed class {className} : CompiledFunction", () =>
        {
            MemoryPlan memory = function.Memory;
            PrintLiveBytes(writer, memory);
            string blocks = function.SideBySide == SideBySide.Samples ? "((batch + 15) / 16)" : "batch";
            writer.Line($"public override long ArenaBytes(int batch) => {Bytes(memory.Bytes + MemoryPlan.EndBytes).Replace("blocks", blocks)};");
            writer.Line();
            writer.Line($"public override long ScratchBytes(int batch) => {Number(memory.ScratchBytes == 0 ? 0 : memory.ScratchBytes + MemoryPlan.EndBytes)};");
            writer.Line();
            PrintWork(writer);
            if (function.Prepared.Calls.Count > 0) PrintPrepare(writer);
            if (few is { } variant) PrintVariant(writer, variant.Class, variant.Choice);
            writer.Block("public override void Run(StepFrame frame, int worker)", () => PrintBody(writer));
            var printer = new KernelPrinter(function.Target, function.Kernels, shared);
            foreach (Kernel kernel in kernels.Where(kernel => !shared.ContainsKey(kernel.Name)))
            {
                writer.Line();
                printer.Print(writer, kernel);
            }
        });
    }

    // Two operations make a multiply-add. Where only samples are shared, those of a block are one worker's.
    private void PrintWork(IndentedWriter writer)
    {
        string work = $"({Bytes(SizeSymbol.AtBounds(function.Operations)).Replace(Buffer.BatchSymbol, "batch")}) / 2";
        bool sharesSamplesOnly = Phases().All(phase => phase.Others.All(call => call.Partition is Partition.Single));
        writer.Line($"public override long Work(int batch) => {(sharesSamplesOnly ? $"batch <= {Number(function.BlockSamples)} ? 0 : {work}" : work)};");
        writer.Line();
    }

    private void PrintPrepare(IndentedWriter writer)
    {
        writer.Line($"public override long PreparedBytes => {Number(function.Prepared.Bytes + MemoryPlan.EndBytes)};");
        writer.Line();
        writer.Line("// What depends on parameters and states alone: once for all predictions until they change.");
        writer.Block("public override void Prepare(StepFrame frame)", () =>
        {
            foreach (Buffer buffer in Operands(function.Prepared.Calls)) writer.Line(Declaration(buffer));
            foreach (ScheduledCall call in function.Prepared.Calls)
            {
                writer.Line("// " + call.Title);
                writer.Line(CallText(call, "0", call.Partition is Partition.Items items ? Size(items.Count) : Size(((Partition.Single)call.Partition).Count),
                    true));
            }
        });
        writer.Line();
    }

    private void PrintVariant(IndentedWriter writer, string variant, FewSamples choice)
    {
        writer.Line($"public override CompiledFunction ForFewSamples {{ get; }} = new {variant}();");
        writer.Line();
        writer.Line("// " + choice.Why);
        writer.Line($"public override bool PrefersFewSamples(int batch) => {choice.Condition};");
        writer.Line();
    }

    // Each call's kernel, then the tiles it calls, in the order of the program.
    private IReadOnlyList<Kernel> Ordered()
    {
        var seen = new HashSet<string>();
        var result = new List<Kernel>();
        foreach (ScheduledCall call in function.Prepared.Calls.Concat(Calls())) Visit(call.Kernel);
        return result;

        void Visit(Kernel kernel)
        {
            if (!seen.Add(kernel.Name)) return;
            result.Add(kernel);
            foreach (string callee in Calls(kernel.Body)) Visit(function.Kernels[callee]);
        }
    }

    private IEnumerable<string> CalleesFirst()
    {
        var seen = new HashSet<string>();
        return kernels.SelectMany(kernel => Visit(kernel.Name));

        IEnumerable<string> Visit(string name) => seen.Add(name) ? [.. Calls(function.Kernels[name].Body).SelectMany(Visit), name] : [];
    }

    private static IEnumerable<string> Calls(IEnumerable<KernelStatement> statements) => statements.SelectMany(statement => statement switch
    {
        KernelStatement.Call call => [call.Kernel],
        KernelStatement.For loop => Calls(loop.Body),
        KernelStatement.While loop => Calls(loop.Body),
        KernelStatement.If branch => Calls(branch.Then).Concat(Calls(branch.Else)),
        KernelStatement.Line line => Calls(line.Statements),
        _ => Enumerable.Empty<string>(),
    });

    // What the plan is to be compared with.
    private void PrintLiveBytes(IndentedWriter writer, MemoryPlan memory)
    {
        int phase = memory.LargestPhase(UsualBlocks);
        if (memory.Bytes == Dimension.Zero) return;
        writer.Line(
            $"// In use at the same time, in phase {Number(phase + 1)} of {Number(memory.LiveBytes.Count)}: {Bytes(memory.LiveBytes[phase])} bytes; a block is "
            + (function.BlockSamples == 1 ? "one sample." : $"{Number(function.BlockSamples)} samples."));
    }

    private void PrintBody(IndentedWriter writer)
    {
        writer.Line(function.SideBySide == SideBySide.Samples ? "nint n = frame.Batch, blocks = (n + 15) / 16;" : "nint n = frame.Batch, blocks = n;");
        if (Calls().Any(call => call.Kernel.UsesRandomNumbers))
        {
            writer.Line("ulong seed = frame.Seed;");
            writer.Line("long iteration = frame.Iteration;");
        }

        if (Calls().Any(IsOccasional)) writer.Line("bool updates = frame.Updates;");
        for (int index = 0; index < function.Function.Sizes.Count; index++)
        {
            string symbol = SizeSymbol.NameOf(function.Function.Sizes[index]);
            if (Calls().SelectMany(Sizes).Concat(Loops(function.Program)).Any(size => size.Symbols().Contains(symbol)))
                writer.Line($"nint {SizeSymbol.Variable(symbol)} = frame.Size({Number(index)});");
        }

        writer.Line("nint first = frame.First(blocks, worker), last = frame.First(blocks, worker + 1);");
        Buffer[] operands = [.. Operands(Calls()).Where(buffer => !function.Memory.Tilings.Any(tiling => tiling.Holds(buffer)))];
        foreach (Buffer buffer in operands.Where(buffer => buffer.Places.Count == 0)) writer.Line(Declaration(buffer));
        foreach (Buffer owner in operands.Where(buffer => buffer.Places.Count > 0).Select(buffer => buffer.Owner).Distinct()
            .Where(owner => operands.All(buffer => buffer.Name != owner.Name))) writer.Line(Declaration(owner));
        foreach (Buffer view in operands.Where(buffer => buffer.Places.Count > 0 && CounterOf(buffer) is null)) writer.Line(ViewDeclaration(view));
        int phase = 0;
        PrintParts(writer, function.Program, operands, ref phase);
    }

    private void PrintParts(IndentedWriter writer, IReadOnlyList<ProgramPart> parts, IReadOnlyList<Buffer> operands, ref int phase)
    {
        for (int index = 0; index < parts.Count; index++)
        {
            writer.Line();
            if (index > 0) PrintBarrier(writer);
            if (parts[index] is PhaseLoop loop)
            {
                PrintLoop(writer, loop, operands, ref phase);
                continue;
            }

            var calls = (Phase)parts[index];
            PrintSamples(writer, calls.Samples, function.Memory.Tilings[phase]);
            foreach (ScheduledCall call in calls.Others) PrintCall(writer, call, "first", "last");
            phase++;
        }
    }

    private static void PrintBarrier(IndentedWriter writer)
    {
        writer.Line("// What follows reads what other workers wrote.");
        writer.Line("frame.Barrier(worker);");
    }

    private void PrintLoop(IndentedWriter writer, PhaseLoop loop, IReadOnlyList<Buffer> operands, ref int phase)
    {
        (LoopCounter counter, int next) = (loop.Loop.Counter, phase);
        string count = Size(counter.Count), step = counter.Name;
        writer.Line("// " + loop.Loop.Title);
        writer.Block(counter.Reverse ? $"for (nint {step} = {count} - 1; {step} >= 0; {step}--)" : $"for (nint {step} = 0; {step} < {count}; {step}++)", () =>
        {
            foreach (Buffer view in operands.Where(buffer => CounterOf(buffer) == counter)) writer.Line(ViewDeclaration(view));
            PrintParts(writer, loop.Parts, operands, ref next);
            if (!loop.HasBarrier) return;
            writer.Line();
            PrintBarrier(writer);
        });
        phase = next;
    }

    // The loop that a view has to be found in anew at each step: loops inside come later in its places.
    private static LoopCounter? CounterOf(Buffer buffer) => buffer.Places.LastOrDefault(place => place.Counter is not null)?.Counter;

    private string ViewDeclaration(Buffer view)
    {
        string offset = string.Join(" + ", view.Places.Where(place => place.Counter is not null || place.Ahead != Dimension.Zero)
            .Select(place => Parenthesised(Number(place), " + ") + " * " + Parenthesised(Size(place.Stride), " ")));
        return $"ref {TypeOf(view)} {view.Name} = ref {(offset.Length == 0 ? view.Owner.Name : $"Unsafe.Add(ref {view.Owner.Name}, {offset})")};";
    }

    // Which element of the stack.
    private static string Number(BufferPlace place)
    {
        string ahead = Size(place.Ahead), number = place.Counter is null ? ahead : place.Ahead == Dimension.Zero ? place.Counter.Name : $"{place.Counter.Name} + {ahead}";
        return place.Alternates ? $"({Parenthesised(number, " ")} & 1)" : number;
    }

    private static string Parenthesised(string text, string inner) => text.Contains(inner) && !text.StartsWith("(") ? $"({text})" : text;

    private void PrintSamples(IndentedWriter writer, IReadOnlyList<ScheduledCall> calls, BatchTiling tiling)
    {
        if (tiling.Blocks == 0)
        {
            foreach (ScheduledCall call in calls) PrintCall(writer, call, "first", "last");
            return;
        }

        writer.Line($"// {Number(tiling.Blocks * function.BlockSamples)} samples at a time, so that what only these calls need stays in the cache.");
        writer.Block($"for (nint chunk = first; chunk < last; chunk += {Number(tiling.Blocks)})", () =>
        {
            writer.Line($"nint end = nint.Min(chunk + {Number(tiling.Blocks)}, last);");
            foreach (Buffer buffer in Operands(calls).Where(tiling.Holds))
            {
                (long constant, long perBlock) = tiling.OffsetOf(buffer);
                writer.Line($"ref {function.Target.Keyword} {buffer.Name} = ref frame.Scratch<{function.Target.Keyword}>(worker, {Number(constant)} - {Number(perBlock)}L * chunk);");
            }

            foreach (ScheduledCall call in calls) PrintCall(writer, call, "chunk", "end");
        });
    }

    private void PrintCall(IndentedWriter writer, ScheduledCall call, string first, string last)
    {
        writer.Line("// " + call.Title);
        writer.Line(CallText(call, first, last));
    }

    private IEnumerable<Phase> Phases() => ProgramPart.Phases(function.Program);

    private IEnumerable<ScheduledCall> Calls() => Phases().SelectMany(phase => phase.Calls);

    private static IEnumerable<Buffer> Operands(IEnumerable<ScheduledCall> calls) =>
        calls.SelectMany(call => call.Arguments).OfType<CallArgument.Memory>().Select(memory => memory.Buffer)
        .GroupBy(buffer => buffer.Name).Select(group => group.First());

    private string Declaration(Buffer buffer)
    {
        string type = TypeOf(buffer);
        string place = buffer.Owner.Space switch
        {
            BufferSpace.Input => $"Input<{type}>({Number(buffer.Slot)})",
            BufferSpace.Output => $"Output<{type}>({Number(buffer.Slot)})",
            BufferSpace.Parameter => $"Parameter<{type}>({Number(buffer.Offset)})",
            BufferSpace.State => $"State<{type}>({Number(buffer.Offset)})",
            BufferSpace.Prepared => $"Prepared<{type}>({Number(function.Prepared.OffsetOf(buffer))})",
            BufferSpace.Worker => $"Scratch<{type}>(worker, {Number(function.Memory.ScratchOffsetOf(buffer))})",
            BufferSpace.Memory => $"Memory<{type}>({Number(buffer.Offset)}L * ((n + 15) / 16 * 16))",
            BufferSpace.OptimizerState => $"OptimizerState<{type}>({Number(buffer.Slot)}, {Number(buffer.Offset)})",
            _ => $"Arena<{type}>({Bytes(function.Memory.OffsetOf(buffer))})",
        };
        return $"ref {type} {buffer.Name} = ref frame.{place};";
    }

    private string TypeOf(Buffer buffer) => buffer.Element is ElementType.Int32 or ElementType.Bool && buffer.Space is BufferSpace.Input or BufferSpace.Output
        ? KernelPrinter.Keyword(buffer.Element) : function.Target.Keyword;

    // A polynomial in blocks, in 64 bits.
    private static string Bytes(Dimension bytes) => bytes.Terms.IsEmpty
        ? "0"
        : string.Join(" + ", bytes.Terms.Select(term => term.Monomial.Length == 0 ? Number(term.Coefficient)
            : $"{Number(term.Coefficient)}L * {term.Monomial.Replace("*", " * ")}"));

    private string CallText(ScheduledCall call, string first, string last, bool alone = false)
    {
        string arguments = string.Join(", ", call.Arguments.Select(Argument)), updates = IsOccasional(call) ? "if (updates) " : "";
        if (arguments.Length > 0) arguments += ", ";
        string random = call.Kernel.UsesRandomNumbers ? ", seed, iteration" : "", name = shared.TryGetValue(call.Kernel.Name, out string? same) ? same
            : call.Kernel.Name;
        switch (call.Partition)
        {
            case Partition.Samples:
            case var _ when alone:
                return $"{updates}{name}({arguments}{first}, {last}{random});";
            case Partition.Single single:
                return $"{(updates.Length > 0 ? "if (updates && worker == 0)" : "if (worker == 0)")} {name}({arguments}0, {Size(single.Count)}{random});";
            default:
                string count = Size(((Partition.Items)call.Partition).Count);
                return $"{updates}{name}({arguments}frame.First({count}, worker), frame.First({count}, worker + 1){random});";
        }
    }

    // Where gradients are accumulated, parameters change every few steps; all workers agree on it.
    private bool IsOccasional(ScheduledCall call) => call.OnUpdate && function.Function.Optimizer?.Find(CommonNumbers.Accumulate) > 1;

    private string Argument(CallArgument argument) => argument switch
    {
        CallArgument.Memory memory => "ref " + memory.Buffer.Name,
        CallArgument.Size size => Size(size.Value),
        CallArgument.Number number => Value(number),
        _ => throw new System.ArgumentOutOfRangeException(nameof(argument)),
    };

    private string Value(CallArgument.Number number) => $"({function.Target.Keyword})frame.Arguments[{Number(number.Index)}]";

    // A polynomial in n, blocks and other sizes.
    private static string Size(Dimension size) => size.Text(
        symbol => symbol == Buffer.BatchSymbol ? "n" : SizeSymbol.IsBounded(symbol) ? SizeSymbol.Variable(symbol) : symbol, " * ");

    // The sizes that a call is given or shared by, or that say where its operands begin.
    private static IEnumerable<Dimension> Sizes(ScheduledCall call) => call.Arguments.OfType<CallArgument.Size>().Select(size => size.Value)
        .Concat(call.Partition is Partition.Items items ? [items.Count] : [])
        .Concat(call.Arguments.OfType<CallArgument.Memory>().SelectMany(memory => memory.Buffer.Places)
            .SelectMany(place => new[] { place.Ahead, place.Stride }));

    private static IEnumerable<Dimension> Loops(IEnumerable<ProgramPart> parts) =>
        parts.OfType<PhaseLoop>().SelectMany(loop => Loops(loop.Parts).Append(loop.Loop.Counter.Count));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
