using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Schedules;
using DLCompiler.Compiler.Shapes;

namespace DLCompiler.Compiler.Planning;

/// <summary>
/// Where a model's parameters and states lie in their blocks: one layout for all functions and instruction-set levels. A nested model's run is laid out as
/// the nested model lays out its own.
/// </summary>
public sealed class ModelStorage
{
    private readonly Dictionary<string, Buffer> buffers = [];
    private readonly Dictionary<string, string> firsts = [];

    /// <summary>Places all parameters and states in their declared order, each at a multiple of 16 elements.</summary>
    public ModelStorage(ModelGraph model)
    {
        Parameters = model.Parameters;
        long offset = 0;
        foreach (ParameterSpecification parameter in model.Parameters)
        {
            var buffer = new Buffer(UniqueName(parameter.Name), BufferSpace.Parameter, ElementType.Float32, parameter.Shape,
                parameter.Storage == StorageKind.Panels ? Layout.Panels : Layout.RowMajor)
            { Offset = offset };
            buffers.Add(parameter.Name, buffer);
            offset += Buffer.PaddedRow(buffer.StorageLength.Value);
        }

        ParameterLength = offset;
        offset = 0;
        foreach (StateSpecification state in model.States)
        {
            var buffer = new Buffer(UniqueName(state.Name), BufferSpace.State, ElementType.Float32, state.Shape, Layout.RowMajor) { Offset = offset };
            buffers.Add(state.Name, buffer);
            offset += Buffer.PaddedRow(buffer.StorageLength.Value);
        }

        StateLength = offset;
    }

    /// <summary>Elements of the parameter block.</summary>
    public long ParameterLength { get; }

    /// <summary>Elements of the state block.</summary>
    public long StateLength { get; }

    /// <summary>The buffers by parameter and state names.</summary>
    public IReadOnlyDictionary<string, Buffer> Buffers => buffers;

    /// <summary>The parameters, in the order of storage.</summary>
    public IReadOnlyList<ParameterSpecification> Parameters { get; }

    /// <summary>
    /// The name of parameters that lie in memory at equal distances, as one: a stack of them. Null where they don't, or where training does not treat them
    /// alike.
    /// </summary>
    /// <param name="names">The parameters, in the stack's order.</param>
    public string? Stack(IReadOnlyList<string> names)
    {
        ParameterSpecification[] parameters = [.. names.Select(name => Parameters.First(parameter => parameter.Name == name))];
        Buffer first = buffers[names[0]];
        long apart = buffers[names[1]].Offset - first.Offset;
        if (apart <= 0 || names.Where((name, index) => buffers[name].Offset != first.Offset + (index * apart)).Any()
            || parameters.Any(parameter => parameter.Shape != parameters[0].Shape || parameter.Storage != parameters[0].Storage
                || parameter.Group != parameters[0].Group)) return null;

        string stack = StackName(names);
        firsts[stack] = names[0];
        if (!buffers.ContainsKey(stack))
            buffers.Add(stack, new Buffer(UniqueName(stack.Replace(".*", "")), BufferSpace.Parameter, first.Element,
                new Shape(first.Shape.Dimensions.Insert(0, names.Count)), first.Layout)
            {
                Offset = first.Offset, ElementStride = apart,
            });
        return stack;
    }

    /// <summary>A parameter that stands for those of a stack; itself for one that is none.</summary>
    public string FirstOf(string parameter) => firsts.TryGetValue(parameter, out string? first) ? first : parameter;

    // layers.*.norm.weight.
    private static string StackName(IReadOnlyList<string> names)
    {
        string[] first = names[0].Split('.'), second = names[1].Split('.');
        return string.Join(".", first.Select((part, index) => index < second.Length && part == second[index] ? part : "*"));
    }

    // A chain's keys start with a layer's number, and an identifier can't.
    // Keys are paths with dots; emitted names have underscores, and two keys may meet there.
    private string UniqueName(string key)
    {
        string name = SchedulingContext.Identifier(key);
        while (buffers.Values.Any(buffer => buffer.Name == name)) name += "_";
        return name;
    }
}
