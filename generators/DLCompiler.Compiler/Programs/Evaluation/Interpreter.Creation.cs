using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Programs.Evaluation.Library;
using DLCompiler.Compiler.Vocabulary;
using DLCompiler.Compiler.Vocabulary.Tensors;
using DLCompiler.Compiler.Vocabulary.Values;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <content>Objects: layers, blocks and models, lists.</content>
internal sealed partial class Interpreter
{
    /// <summary>The model itself, with its fields; null if there is an error that nothing can follow.</summary>
    public BlockInstance? CreateModel(ClassProgram program)
    {
        var instance = new BlockInstance(program, null) { Prefix = "" };
        models.Add(program.MetadataName);
        try
        {
            Fill(instance, [], new Scope(new Frame(instance, inField: true), null), program.Site);
            return instance;
        }
        catch (EvaluationStopped)
        {
            return null;
        }
    }

    private object? Create(Expression.New creation, Scope scope)
    {
        Origin origin = scope.Frame.At(creation.Site);
        if (creation.Type == "System.Collections.Generic.List`1") return List(creation, scope);
        if (creation.Type == Repeats.Owner) return Repeated(creation, scope);
        LayerDefinition? definition = VocabularyTable.FindLayer(creation.Type);
        ClassProgram? program = definition is null ? programs(creation.Type) : null;
        if (definition is null && program is null)
        {
            string advice = creation.Type.StartsWith("System.", StringComparison.Ordinal)
                ? Advice.OnCalling(creation.Type, ".ctor")
                : "mark the class [Block], or use layers, arrays, lists and tuples";
            return Fail(scope, creation.Site, DiagnosticIds.Unsupported, $"new {Advice.TypeName(creation.Type)} can't be compiled; {advice}");
        }

        IReadOnlyList<ArgumentValue> arguments = Arguments(creation.Arguments, scope, origin);
        if (arguments.Any(IsPoison)) return Poison;
        if (definition is not null)
        {
            Create(scope, creation.Site);
            return CreateLayer(definition, arguments, origin, inChain: false);
        }

        Create(scope, creation.Site);
        if (!scope.Frame.InField)
        {
            return Fail(
                scope,
                creation.Site,
                DiagnosticIds.Unsupported,
                $"{program!.Name} owns layers, whose weights need names in checkpoints; make it a field of the class");
        }

        if (depth >= limits.Depth)
        {
            throw Stop(
                scope, creation.Site, DiagnosticIds.LimitExceeded,
                $"blocks hold blocks more than {Number(limits.Depth)} deep, down to '{program!.Name}'; let a hyperparameter end it, as in depth == 1 ? null : new(depth - 1)");
        }

        var instance = new BlockInstance(program!, origin);
        if (program!.Kind == ClassKind.Model) return CreateNested(instance, scope, creation.Site);
        Nested(scope, creation.Site, () =>
        {
            Fill(instance, arguments, scope, creation.Site);
            return true;
        });
        return instance;
    }

    // A model that is a field: it is made without arguments, so that its mistakes are always its own, which are reported for it.
    private object? CreateNested(BlockInstance instance, Scope scope, int site)
    {
        if (!models.Add(instance.Program.MetadataName))
        {
            sink.ReportAloud(DiagnosticIds.LimitExceeded, scope.Frame.At(site),
                $"'{instance.Program.Name}' holds itself, without end; make the inner one a [Block]");
            throw new EvaluationStopped();
        }

        sink.BeginSilence();
        try
        {
            Nested(scope, site, () =>
            {
                Fill(instance, [], scope, site);
                return true;
            });
            return instance;
        }
        catch (EvaluationStopped) when (IsExhausted)
        {
            // Its own evaluation may have had enough.
            sink.ReportAloud(
                DiagnosticIds.LimitExceeded,
                scope.Frame.At(site),
                $"evaluation takes more than {Number(limits.Steps)} steps; make '{instance.Program.Name}' smaller");
            throw;
        }
        finally
        {
            sink.EndSilence();
            models.Remove(instance.Program.MetadataName);
        }
    }

    private LayerInstance CreateLayer(LayerDefinition definition, IReadOnlyList<ArgumentValue> arguments, Origin origin, bool inChain)
    {
        var layer = new LayerInstance(definition, new ArgumentSet(arguments, origin)) { InChain = inChain };
        try
        {
            definition.Check(layer.Arguments);
        }
        catch (VocabularyError error)
        {
            sink.Report(error);
            layer.IsInvalid = true;
        }

        return layer;
    }

    private object? List(Expression.New creation, Scope scope)
    {
        object? source = creation.Arguments.Count == 0 ? null : Evaluate(creation.Arguments[0].Value, scope);
        if (source is PoisonValue) return Poison;
        // The other argument that a list can be made with is a capacity.
        List<object?> items = source is null or int ? [] : [.. Sequence(source, scope, creation.Site, "a list")];
        Allocate(scope, creation.Site, items.Count);
        return new ListValue(items, isArray: false);
    }

    // Blocks of one kind, each made with its number.
    private object? Repeated(Expression.New creation, Scope scope)
    {
        IReadOnlyList<ArgumentValue> arguments = Arguments(creation.Arguments, scope, scope.Frame.At(creation.Site));
        if (arguments.Any(IsPoison)) return Poison;
        object? Given(string name) => arguments.FirstOrDefault(argument => argument.Name == name)?.Value;
        if (Given("count") is not int count || Given("recompute") is not bool recompute)
            return Fail(scope, creation.Site, DiagnosticIds.Unsupported, "a Repeat has a number of blocks that is known at compile time; use a hyperparameter");
        if (count < 1)
            return Fail(scope, creation.Site, DiagnosticIds.InvalidArgument, $"a Repeat has {Checks.Text(count)} blocks; it needs at least 1");
        Allocate(scope, creation.Site, count);
        List<object?> blocks = [.. Enumerable.Range(0, count).Select(index => Invoke(Given("create"), [index], scope, creation.Site))];
        if (blocks.Any(block => block is PoisonValue)) return Poison;
        return new RepeatValue(blocks, recompute) { HasStates = blocks.Any(HasStates) };
    }

    private static bool HasStates(object? value) => value switch
    {
        LayerInstance layer => layer.Definition.HasStates,
        BlockInstance block => block.Parts.Any(part => part.Fields.Values.Any(HasStates) || part.Chain.Any(HasStates)),
        ListValue list => list.Items.Any(HasStates),
        TupleValue tuple => tuple.Items.Any(HasStates),
        _ => false,
    };

    // Hyperparameters, then what is inherited, then fields in order, then the layers of a chain.
    private void Fill(BlockInstance instance, IReadOnlyList<ArgumentValue> arguments, Scope caller, int site)
    {
        ClassProgram program = instance.Program;
        Tick(caller, site);
        var scope = new Scope(new Frame(instance, inField: true), null);
        foreach (HyperParameter parameter in program.HyperParameters)
        {
            ArgumentValue? argument = arguments.FirstOrDefault(given => given.Name == parameter.Name);
            object? value = argument is not null ? argument.Value : parameter.Default is null ? null : Evaluate(parameter.Default, scope);
            instance.HyperParameters[parameter.Name] = value;
            scope.Declare(parameter.Name, value);
        }

        if (program.Base is { } creation)
        {
            if (programs(creation.Type) is { Kind: ClassKind.Block } parent)
            {
                instance.Base = new BlockInstance(parent, scope.Frame.At(creation.Site)) { Prefix = instance.Prefix };
                IReadOnlyList<ArgumentValue> given = Arguments(creation.Arguments, scope, scope.Frame.At(creation.Site));
                Nested(scope, creation.Site, () =>
                {
                    Fill(instance.Base, given, scope, creation.Site);
                    return true;
                });
            }
            else
            {
                Fail(
                    scope,
                    creation.Site,
                    DiagnosticIds.Unsupported,
                    $"{creation.Type.Substring(creation.Type.LastIndexOf('.') + 1)} is not a [Block] and can't be derived from; make it a [Block]");
            }
        }

        foreach (FieldProgram field in program.Fields)
        {
            if (instance.Fields.ContainsKey(field.Name)) continue;
            instance.Fields[field.Name] = field.Initializer is null ? null : Evaluate(field.Initializer, scope);
        }

        foreach (Expression.New element in program.Chain)
        {
            LayerDefinition? definition = VocabularyTable.FindLayer(element.Type);
            Origin origin = scope.Frame.At(element.Site);
            if (definition is null)
                Fail(scope, element.Site, DiagnosticIds.Unsupported, $"[{element.Type.Substring(element.Type.LastIndexOf('.') + 1)}] can't be compiled");
            else
            {
                IReadOnlyList<ArgumentValue> given = Arguments(element.Arguments, scope, origin);
                LayerInstance layer = CreateLayer(definition, given, origin, inChain: true);
                layer.IsInvalid |= given.Any(IsPoison);
                instance.Chain.Add(layer);
            }
        }
    }
}
