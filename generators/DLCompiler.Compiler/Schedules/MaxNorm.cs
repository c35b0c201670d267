using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;

namespace DLCompiler.Compiler.Schedules;

/// <summary>
/// Scales each row of a parameter (what leads to one output) that is longer than is allowed back to that length, after the update (Srebro, Rennie and Jaakkola
/// 2005). Rows are one worker's each; a panel's rows lie side by side in a vector.
/// </summary>
public static class MaxNorm
{
    // As in torch.renorm.
    private const double Epsilon = 1e-7;

    /// <summary>Emits the pass.</summary>
    public static void Emit(SchedulingContext context, TrainedParameter parameter)
    {
        Buffer weight = parameter.Weight;
        ScalarExpression limit = parameter.Rules.MaxNorm!;
        long rows = weight.Shape[0].Value, columns = weight.Shape.Skip(1).Aggregate(1L, (product, size) => product * size.Value);
        KernelBuilder kernel = context.NewKernel("max_norm_" + weight.Name);
        var emitter = new ElementEmitter(context, kernel, 1, ElementMode.Flat, 0);
        Value.Variable w = emitter.Reference(weight);
        Value longest = new ScalarTranslation(emitter, _ => 0, ValueKind.Real).Translate(limit);
        var range = new SampleRange(emitter);
        string title = $"{weight.Name}: rows are at most {limit} long";
        kernel.Describe(title);
        bool panels = weight.Layout == Layout.Panels;
        int width = panels ? Buffer.PanelWidth(rows) : 1;
        kernel.For("item", range.First, range.Last, 1, item =>
        {
            if (panels) Panel(item);
            else Row(item);
        });
        context.Call(new ScheduledCall(title, kernel.Build(), [.. emitter.Arguments], new Partition.Items((rows + width - 1) / width), emitter.Reads, [weight])
        { OnUpdate = true });

        void Panel(Value item)
        {
            ValueKind pack = context.Target.Pack;
            kernel.For("part", 0, width, context.Target.Lanes, part =>
            {
                Value.Variable sum = kernel.Let("sum", new Value.Literal(0, pack)), start = kernel.Let("start", (item * (width * columns)) + part);
                kernel.For("column", 0, columns, 1, column => AddSquare(sum, start + (column * width), pack));
                Value.Variable factor = kernel.Let("factor", Factor(sum, pack));
                kernel.For("column", 0, columns, 1, column => Scale(factor, start + (column * width), pack));
            });
        }

        void Row(Value item)
        {
            Value.Variable start = kernel.Let("start", item * columns), sum = kernel.Let("sum", new Value.Literal(0, ValueKind.Real));
            long whole = columns / context.Target.Lanes * context.Target.Lanes;
            if (context.Target.Lanes > 1 && whole > 0)
            {
                Value.Variable sums = kernel.Let("sums", new Value.Literal(0, ValueKind.Vector));
                kernel.For("column", 0, whole, context.Target.Lanes, column => AddSquare(sums, start + column, ValueKind.Vector));
                kernel.Set(sum, new Value.Combine(Operation.Add, sums));
            }
            else whole = 0;

            kernel.For("column", whole, columns, 1, column => AddSquare(sum, start + column, ValueKind.Real));
            Value.Variable factor = kernel.Let("factor", Factor(sum, ValueKind.Real));
            if (whole > 0)
            {
                Value.Variable factors = kernel.Let("factors", new Value.Splat(factor));
                kernel.For("column", 0, whole, context.Target.Lanes, column => Scale(factors, start + column, ValueKind.Vector));
            }

            kernel.For("column", whole, columns, 1, column => Scale(factor, start + column, ValueKind.Real));
        }

        void AddSquare(Value.Variable sum, Value at, ValueKind pack)
        {
            Value.Variable x = kernel.Let("x", new Value.Load(w, at, pack));
            kernel.Set(sum, Apply(Operation.MultiplyAdd, pack, x, x, sum));
        }

        void Scale(Value factor, Value at, ValueKind pack) =>
            kernel.Store(w, at, Apply(Operation.Multiply, pack, new Value.Load(w, at, pack), factor));

        Value Factor(Value sum, ValueKind pack)
        {
            Value bound = pack == ValueKind.Vector ? new Value.Splat(longest) : longest;
            Value.Variable norm = kernel.Let("norm", Apply(Operation.Sqrt, pack, sum));
            Value factor = Apply(Operation.Divide, pack, bound, Apply(Operation.Add, pack, norm, new Value.Literal(Epsilon, pack)));
            return Apply(Operation.Select, pack, Apply(Operation.Greater, ValueKind.Mask, norm, bound), factor, new Value.Literal(1, pack));
        }
    }

    private static Value Apply(Operation operation, ValueKind kind, params Value[] operands) => new Value.Apply(operation, operands.ToEquatableArray(), kind);
}
