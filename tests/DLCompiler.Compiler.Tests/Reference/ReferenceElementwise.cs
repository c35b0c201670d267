using System;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Graph.Operators;

namespace DLCompiler.Compiler.Tests.Reference;

/// <summary>Operators whose elements don't depend on their neighbours.</summary>
internal static class ReferenceElementwise
{
    public static ReferenceTensor Constant(Constant constant, int[] shape) => ReferenceTensor.Generate(shape, _ => constant.Value);

    public static ReferenceTensor Iota(Iota iota, int[] shape) => ReferenceTensor.Generate(shape, index => index[iota.Axis]);

    public static ReferenceTensor RandomUniform(RandomUniform uniform, int[] shape, long steps, Func<int, long, double> random)
    {
        long position = steps * ReferenceTensor.Count(shape);
        return ReferenceTensor.Generate(shape, _ => random(uniform.Stream, position++));
    }

    public static ReferenceTensor Map(Map map, ReferenceTensor[] inputs, ScalarEvaluation scalars)
    {
        var values = new double[inputs[0].Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double value = scalars.Evaluate(map.Expression, [.. inputs.Select(input => input.Values[i])]);
            values[i] = map.Element switch
            {
                ElementType.Int32 or ElementType.UInt8 => Math.Truncate(value),
                ElementType.Bool => value != 0 ? 1 : 0,
                _ => value,
            };
        }

        return inputs[0] with { Values = values };
    }
}
