using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Diagnostics;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Shapes;
using DLCompiler.Compiler.Vocabulary;

namespace DLCompiler.Compiler.Programs.Evaluation;

/// <summary>Finds what a model compiles (prediction, training, steps) and checks how it is declared.</summary>
internal sealed class EntryPointReader(ClassProgram model, Func<string, ClassProgram?> programs, DiagnosticSink sink, SizeMultiples multiples)
{
    private readonly List<SymbolicSize> symbols = [];

    /// <summary>The symbolic sizes of all inputs, in order of appearance.</summary>
    public IReadOnlyList<SymbolicSize> Symbols => [.. symbols.Select(multiples.SymbolOf)];

    /// <summary>The entry points: Predict, Train, steps in source order.</summary>
    public IReadOnlyList<EntryPoint> Read()
    {
        var entries = new List<EntryPoint>();
        List<(ClassProgram Program, Origin? Created)> classes = [.. Classes()];
        EntryPoint? forward = classes.Select(item => Forward(item.Program, item.Created)).FirstOrDefault(entry => entry is not null);
        if (forward is not null) entries.Add(forward);
        if (model.Train is { } train)
        {
            Origin site = Own(train.Site);
            OptimizerSpecification optimizer = OptimizerReader.Read(train.Optimizer, TrainLoss.OfOptimizer(train.Numbers), site, sink);
            if (forward is null) MissingForward(site);
            else
                entries.Add(forward with { Name = "Train", Kind = FunctionKind.Step, Optimizer = optimizer, Site = site });
        }

        foreach ((ClassProgram program, Origin? created) in classes) entries.AddRange(Steps(program, created, entries));
        if (entries.Count == 0 && model.Train is null) NothingToCompile();
        return entries;
    }

    private void MissingForward(Origin site) =>
        sink.Report(DiagnosticIds.EntryPoint, site, $"[Train] needs a Forward, but '{model.Name}' has none; declare losses as [Step] methods instead");

    private void NothingToCompile()
    {
        // Layers that stand on a class that is no chain are a rule of declarations, which reports them.
        if (model.Chain.Count > 0 && !model.IsSequential)
        {
            sink.NoteError();
            return;
        }

        MethodProgram? almost = model.Methods.FirstOrDefault(method => string.Equals(method.Name, "Forward", StringComparison.OrdinalIgnoreCase)
            || method.Name is "Call" or "Invoke" or "Apply");
        string mistake = model.IsSequential ? $"the chain '{model.Name}' has no layers; write them before the class, as in [Dense(10)]"
            : almost is { Name: "Forward", IsStatic: true } ? "Forward must not be static: it runs on the model's layers"
            : almost is not null ? $"'{model.Name}' has nothing to compile; call '{almost.Name}' Forward"
            : $"'{model.Name}' has nothing to compile; give it a Forward, a chain of layers, or a [Step]";
        sink.Report(DiagnosticIds.EntryPoint, Own(almost?.Site ?? model.Site), mistake);
    }

    private IEnumerable<(ClassProgram Program, Origin? Created)> Classes()
    {
        ClassProgram? program = model;
        Origin? created = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (program is not null && seen.Add(program.MetadataName))
        {
            yield return (program, created);
            if (program.Base is not { } parent) yield break;
            created = new Origin(new SourceSite(program.MetadataName, parent.Site), created);
            program = programs(parent.Type);
        }
    }

    private EntryPoint? Forward(ClassProgram program, Origin? created)
    {
        if (program.Methods.FirstOrDefault(method => method is { Name: "Forward", IsStatic: false, Step: null }) is { } method)
        {
            Origin site = new(new SourceSite(program.MetadataName, method.Site), created);
            if (program.Methods.Count(other => other is { Name: "Forward", IsStatic: false }) > 1)
            {
                sink.Report(DiagnosticIds.EntryPoint, site, $"'{program.Name}' has more than one Forward; name the others differently");
            }

            return new EntryPoint("Predict", FunctionKind.Predict, program, created, method, Inputs(program, created, method), null, [], site);
        }

        if (!program.IsSequential || program.Chain.Count == 0) return null;
        Origin place = new(new SourceSite(program.MetadataName, program.Site), created);
        Shape shape = Shape.Scalar;
        if (program.ChainInput is null)
        {
            sink.Report(
                DiagnosticIds.MissingShape,
                place,
                $"the chain '{program.Name}' needs the shape of its input: add [Input(\"N\", …)]",
                DiagnosticProperty.List((DiagnosticProperties.MissingAttribute, "Input"), (DiagnosticProperties.Batch, "N")));
        }
        else shape = ReadShape(program.ChainInput, "the input", new Origin(new SourceSite(program.MetadataName, program.ChainInput.Site), created), null);
        ElementType element = program.Chain[0].Type == "DLCompiler.Embedding" ? ElementType.Int32 : ElementType.Float32;
        return new EntryPoint("Predict", FunctionKind.Predict, program, created, null, [new InputSignature("input", element, shape)], null, [], place);
    }

    private IEnumerable<EntryPoint> Steps(ClassProgram program, Origin? created, List<EntryPoint> known)
    {
        var names = new HashSet<string>(known.Select(entry => entry.Name), StringComparer.Ordinal);
        foreach (MethodProgram method in program.Methods)
        {
            if (method.Step is not { } step) continue;
            Origin site = new(new SourceSite(program.MetadataName, method.Site), created);
            const string Suffix = "Loss";
            string stem = method.Name.EndsWith(Suffix, StringComparison.Ordinal) && method.Name.Length > Suffix.Length
                ? method.Name.Substring(0, method.Name.Length - Suffix.Length)
                : method.Name;
            if (!names.Add("Step" + stem))
            {
                sink.Report(
                    DiagnosticIds.DuplicateName,
                    site,
                    $"two steps would both be Step{stem}; rename '{method.Name}'",
                    DiagnosticProperty.List((DiagnosticProperties.Name, method.Name), (DiagnosticProperties.Kind, "Step")));
                continue;
            }

            Origin attribute = new(new SourceSite(program.MetadataName, step.Site), created);
            yield return new EntryPoint(
                "Step" + stem,
                FunctionKind.Step,
                program,
                created,
                method,
                Inputs(program, created, method),
                OptimizerReader.Read(step.Optimizer, step.Numbers, attribute, sink),
                step.Updates,
                attribute);
        }
    }

    private IReadOnlyList<InputSignature> Inputs(ClassProgram program, Origin? created, MethodProgram method)
    {
        var inputs = new List<InputSignature>();
        string? batch = null;
        foreach (MethodParameter parameter in method.Parameters)
        {
            Origin place = new(new SourceSite(program.MetadataName, parameter.Site), created);
            ElementType? element = parameter.Type switch
            {
                "DLCompiler.Tensor" => ElementType.Float32,
                "DLCompiler.Tensor`1[int]" => ElementType.Int32,
                "DLCompiler.Tensor`1[bool]" => ElementType.Bool,
                "DLCompiler.Tensor`1[double]" => ElementType.Float64,
                _ => null,
            };
            if (element is null)
            {
                sink.Report(
                    DiagnosticIds.EntryPoint,
                    place,
                    $"'{parameter.Name}' of {method.Name} is not a tensor; {OnParameter(parameter.Type)}");
                continue;
            }

            Shape shape = Shape.Scalar;
            if (parameter.Shape is not { } specification)
            {
                sink.Report(
                    DiagnosticIds.MissingShape,
                    place,
                    $"'{parameter.Name}' of {method.Name} needs its shape: write [Shape(\"N\", …)] before it, the batch first",
                    DiagnosticProperty.List(
                        (DiagnosticProperties.MissingAttribute, "Shape"),
                        (DiagnosticProperties.Name, parameter.Name),
                        (DiagnosticProperties.Batch, batch ?? Batch(method) ?? "N")));
            }
            else
            {
                Origin written = new(new SourceSite(program.MetadataName, specification.Site), created);
                shape = ReadShape(specification, $"'{parameter.Name}'", written, batch);
                if (shape.Rank > 0) batch ??= shape[0].ToString();
            }

            inputs.Add(new InputSignature(parameter.Name, element.Value, shape));
        }

        return inputs;
    }

    private static string OnParameter(string type) => type switch
    {
        "bool" => "training and prediction are compiled separately, so that no flag is needed: leave it out",
        _ when type.StartsWith("DLCompiler.Tensor", StringComparison.Ordinal) => "give it a parameter for each tensor",
        _ => "numbers that shape a network are hyperparameters of a [Block]",
    };

    // The name of the batch in the first shape that the method declares.
    private static string? Batch(MethodProgram method) =>
        method.Parameters.Select(parameter => parameter.Shape is { } written && ShapeParser.TryParse(written, out Shape shape, out _, out _) ? shape
            : Shape.Scalar)
            .FirstOrDefault(shape => shape.Rank > 0 && !shape[0].IsConstant) is { Rank: > 0 } found ? found[0].ToString() : null;

    // The declared shape; a scalar if it is wrong.
    private Shape ReadShape(ShapeSpecification specification, string what, Origin place, string? batch)
    {
        int site = specification.Sizes.Count > 0 ? specification.Sizes[0].Site : specification.Site;
        string? mistake = null;
        if (!ShapeParser.TryParse(specification, out Shape shape, out IReadOnlyList<SymbolicSize> found, out ShapeMistake? unreadable))
            (mistake, site) = (unreadable?.Message, unreadable?.Site ?? site);
        else if (shape.Rank == 0 || shape[0].IsConstant)
            mistake = $"the first size of {what} is the batch, which is known at run time only: name it, as in [{(what == "the input" ? "Input" : "Shape")}(\"N\", …)]";
        else if (batch is not null && shape[0].ToString() != batch)
            mistake = $"the batch of {what} is {shape[0]}, that of the first input {batch}; all inputs of a method share one";
        else if (!HasFewElements(shape, found)) (mistake, site) = ($"{what} has more elements than an array can hold", specification.Site);
        if (mistake is null)
        {
            foreach (SymbolicSize symbol in found)
            {
                if (symbols.FirstOrDefault(known => known.Name == symbol.Name) is not { } known) symbols.Add(symbol);
                else if (symbol.Bound is not null && (known.Bound is null || symbol.Bound < known.Bound)) symbols[symbols.IndexOf(known)] = symbol;
            }

            SymbolicSize? unbounded = symbols.FirstOrDefault(
                symbol => symbol.Bound is null && symbol.Name != shape[0].ToString() && shape.Contains(Dimension.Symbol(symbol.Name)));
            if (unbounded is not null)
            {
                mistake = $"'{unbounded.Name}' would be known at run time only, as the batch alone may be; write a number";
                site = specification.Sizes.FirstOrDefault(size => size.Text.Trim() == unbounded.Name)?.Site ?? site;
            }
        }

        if (mistake is null) return new Shape(shape.Select(size => size.Replace(multiples.SizeOf)));
        sink.Report(DiagnosticIds.MissingShape, place with { Site = place.Site with { Site = site } }, mistake);
        return Shape.Scalar;
    }

    // At the bounds of symbolic sizes.
    private static bool HasFewElements(Shape shape, IReadOnlyList<SymbolicSize> symbols)
    {
        double count = 1;
        foreach (Dimension size in shape) count *= size.IsConstant ? size.Value : symbols.FirstOrDefault(symbol => symbol.Name == size.ToString())?.Bound ?? 1;
        return count <= int.MaxValue;
    }

    private Origin Own(int site) => new(new SourceSite(model.MetadataName, site), null);
}
