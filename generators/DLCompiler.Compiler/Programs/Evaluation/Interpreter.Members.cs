using DLCompiler.Compiler.Vocabulary.Tensors;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Programs.Evaluation.Library;
using DLCompiler.Compiler.Vocabulary;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <content>Fields and properties, elements, indices and ranges.</content>
internal sealed partial class Interpreter
{
    private object? Member(Expression.Member member, Scope scope)
    {
        if (member.Receiver is null) return StaticMember(member, scope);
        object? receiver = Evaluate(member.Receiver, scope);
        switch (receiver)
        {
            case PoisonValue: return Poison;
            case DataValue: return receiver;
            case BlockInstance instance: return Field(instance, member, scope);
            case TensorValue tensor when member.Identifier == "Shape": return new ShapeValue(tensor.Node);
            case TensorValue when VocabularyTable.ReadsElements(member.Owner, member.Identifier): return new DataValue(member.Identifier);
            case ShapeValue shape when member.Identifier is "Rank" or "Length" or "Count": return shape.Shape.Rank;
            case ShapeValue shape when member.Identifier == "ElementCount": return SizeValue.Of(shape.Shape.ElementCount);
            case ListValue list when member.Identifier is "Length" or "Count": return list.Items.Count;
            case string text when member.Identifier == "Length": return text.Length;
            case LayerInstance layer when layer.Arguments.Find(member.Identifier) is { } argument: return argument.Value;
            case null: throw Stop(scope, member.Site, DiagnosticIds.EvaluationFailed, $"'{member.Identifier}' is read of null; give it a value before");
            default:
                string type = Advice.TypeName(member.Owner);
                return Fail(
                    scope, member.Site, DiagnosticIds.Unsupported,
                        $"{type}.{member.Identifier} can't be compiled; {Advice.OnCalling(member.Owner, member.Identifier)}");
        }
    }

    private object? Field(BlockInstance instance, Expression.Member member, Scope scope)
    {
        foreach (BlockInstance part in instance.Parts.Where(part => part.Program.MetadataName == member.Owner).Concat(instance.Parts))
        {
            if (part.Fields.TryGetValue(member.Identifier, out object? value)) return value;
        }

        return instance.Parts.Any(part => part.Program.Fields.Any(field => field.Name == member.Identifier))
            ? Fail(scope, member.Site, DiagnosticIds.Unsupported, $"'{member.Identifier}' has no value yet: a field can't use another one that follows it")
            : Fail(scope, member.Site, DiagnosticIds.Unsupported, $"'{member.Identifier}' can't be compiled");
    }

    // A static field of a class of the user's that is compiled; otherwise a member of an enumeration, as far as the program tells.
    private object? StaticMember(Expression.Member member, Scope scope)
    {
        BlockInstance? own = scope.Frame.Instance.Parts.FirstOrDefault(part => part.Program.MetadataName == member.Owner);
        if (own is not null && own.Fields.TryGetValue(member.Identifier, out object? value)) return value;
        if ((own?.Program ?? programs(member.Owner)) is not { } program) return new EnumValue(member.Owner, member.Identifier);
        FieldProgram? field = program.Fields.FirstOrDefault(field => field.Name == member.Identifier);
        if (field?.Initializer is null) return Fail(scope, member.Site, DiagnosticIds.Unsupported, $"'{member.Identifier}' has no value at compile time");
        BlockInstance holder = own ?? StaticsOf(program);
        if (holder.Fields.TryGetValue(member.Identifier, out value)) return value;
        value = Nested(scope, member.Site, () => Evaluate(field.Initializer, new Scope(new Frame(holder, inField: true), null)));
        holder.Fields[member.Identifier] = value;
        return value;
    }

    // Static members of a class need no object; they live on one that stands for the class.
    private BlockInstance StaticsOf(ClassProgram program)
    {
        if (!statics.TryGetValue(program.MetadataName, out BlockInstance? instance))
            statics.Add(program.MetadataName, instance = new BlockInstance(program, null));
        return instance;
    }

    private object? Element(Expression.Element element, Scope scope)
    {
        object? receiver = Evaluate(element.Receiver, scope), position = Evaluate(element.Position, scope);
        if (receiver is PoisonValue || position is PoisonValue) return Poison;
        if (receiver is DataValue) return receiver;
        if (receiver is TensorValue)
        {
            if (position is not ListValue slices || !slices.Items.Any(item => item is RangeValue or IndexValue)) return new DataValue("its indexer");
            if (slices.Items.Contains(Poison)) return Poison;
            return Slice(receiver, slices, element, scope);
        }

        if (receiver is null) throw Stop(scope, element.Site, DiagnosticIds.EvaluationFailed, "an element is read of null; give it a value before");
        if (position is DataValue or SizeValue)
            return Fail(scope, element.Position.Site, DiagnosticIds.Unsupported,
                "an index that is known at run time only can't be compiled; use a constant dimension or a hyperparameter");
        if (receiver is string text) receiver = new ListValue([.. text.Select(letter => letter.ToString())], isArray: true);
        switch (receiver, position)
        {
            case (ShapeValue shape, int or IndexValue):
                return SizeAt(shape, position, scope, element);
            case (ListValue list, int or IndexValue):
                return At(list.Items, position, scope, element, Describe(list));
            case (ListValue list, RangeValue range):
                return Part(list, range, scope, element);
            default:
                return Fail(scope, element.Site, DiagnosticIds.Unsupported, "this element can't be compiled");
        }
    }

    // x[.., 1..^1]: not an element but a part.
    private object? Slice(object tensor, ListValue slices, Expression.Element element, Scope scope)
    {
        IReadOnlyList<Origin> origins = element.Position is Expression.Array { Elements: var parts } ? [.. parts.Select(part => scope.Frame.At(part.Site))] : [];
        var argument = new ArgumentValue("slices", slices, false, scope.Frame.At(element.Position.Site), origins);
        Operation operation = VocabularyTable.Find(Operation.Tensor, Slices.Indexer)!;
        return Apply(operation, tensor, scope.Frame.At(element.Receiver.Site), [argument], scope, element.Site);
    }

    private object? SizeAt(ShapeValue shape, object position, Scope scope, Expression.Element element)
    {
        int rank = shape.Shape.Rank, index = position is IndexValue relative ? relative.In(rank) : (int)position;
        if (index >= 0 && index < rank) return SizeValue.Of(shape.Shape[index]);
        string range = rank == 0 ? "" : $"; use {Checks.Range(rank)}, or ^1 for the last";
        var error = new VocabularyError(
            DiagnosticIds.EvaluationFailed,
            scope.Frame.At(element.Position.Site),
            $"index {Checks.Text(index)} is outside the shape of {Checks.Name(shape.Shape)}, which has {Checks.Count(rank, "axis", "axes")}{range}");
        sink.Report(error, TrailOf(new TensorValue(shape.Tensor)));
        return Poison;
    }

    private static string Positions(int count) => count == 0 ? "it has none" : $"use {Checks.Range(count)}";

    private static string Describe(ListValue list) => $"{(list.IsArray ? "an array" : "a list")} of {Checks.Count(list.Items.Count, "element", "elements")}";

    private object? At(IReadOnlyList<object?> items, object position, Scope scope, Expression.Element element, string what)
    {
        int index = position is IndexValue relative ? relative.In(items.Count) : (int)position;
        return index >= 0 && index < items.Count
            ? items[index]
            : Fail(scope, element.Position.Site, new EvaluationFault(DiagnosticIds.EvaluationFailed,
                $"index {Checks.Text(index)} is outside {what}; {Positions(items.Count)}"));
    }

    private object? Part(ListValue list, RangeValue range, Scope scope, Expression.Element element)
    {
        int start = range.Start.In(list.Items.Count), end = range.End.In(list.Items.Count);
        if (start < 0 || end < start || end > list.Items.Count)
        {
            string message = $"{Checks.Text(start)}..{Checks.Text(end)} is outside {Describe(list)}";
            return Fail(scope, element.Position.Site, new EvaluationFault(DiagnosticIds.EvaluationFailed, message));
        }

        Allocate(scope, element.Site, end - start);
        return new ListValue(list.Items.GetRange(start, end - start), isArray: true);
    }

    private object? Index(Expression.FromEnd fromEnd, Scope scope) => Evaluate(fromEnd.Operand, scope) switch
    {
        int offset => new IndexValue(offset, FromEnd: true),
        PoisonValue => Poison,
        _ => Fail(scope, fromEnd.Site, DiagnosticIds.Unsupported,
            "an index that is known at run time only can't be compiled; use a constant dimension or a hyperparameter"),
    };

    private object? Range(Expression.Range range, Scope scope)
    {
        object? start = range.Start is null ? 0 : Evaluate(range.Start, scope);
        object? end = range.End is null ? new IndexValue(0, FromEnd: true) : Evaluate(range.End, scope);
        if (start is PoisonValue || end is PoisonValue) return Poison;
        IndexValue? first = ToIndex(start), last = ToIndex(end);
        return first is null || last is null
            ? Fail(scope, range.Site, DiagnosticIds.Unsupported, "a range that is known at run time only can't be compiled")
            : new RangeValue(first, last);
    }

    private static IndexValue? ToIndex(object? value) => value switch
    {
        int offset => new IndexValue(offset, FromEnd: false),
        IndexValue index => index,
        _ => null,
    };
}
