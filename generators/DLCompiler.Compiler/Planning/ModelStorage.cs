using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Schedules;

namespace DLCompiler.Compiler.Planning;

/// <summary>
/// Where a model's parameters and states lie in their blocks: one layout for all functions and instruction-set levels. A nested model's run is laid out as
/// the nested model lays out its own.
/// </summary>
public sealed class ModelStorage
{
    private readonly Dictionary<string, Buffer> buffers = [];

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

    // A chain's keys start with a layer's number, and an identifier can't.
    // Keys are paths with dots; emitted names have underscores, and two keys may meet there.
    private string UniqueName(string key)
    {
        string name = SchedulingContext.Identifier(key);
        while (buffers.Values.Any(buffer => buffer.Name == name)) name += "_";
        return name;
    }
}
