using System;
using System.Collections.Generic;

namespace DLCompiler.Checkpoints;

/// <summary>The matrices that a file has transposed, as <see cref="LoadOptions.Transposed"/> names them.</summary>
internal sealed class TransposedMatrices
{
    private readonly HashSet<string> names;

    private TransposedMatrices(HashSet<string> names) => this.names = names;

    /// <exception cref="ArgumentException">A name is no matrix of the model.</exception>
    public static TransposedMatrices Of(ParameterSet parameters, LoadOptions options)
    {
        foreach (string name in options.Transposed)
        {
            if (!parameters.TryGet(name, out var view))
                throw new ArgumentException($"Transposed has '{name}', but the model has no tensor of that name.", nameof(LoadOptions.Transposed));
            if (view.Shape.Length != 2)
            {
                throw new ArgumentException(
                    $"Transposed has '{name}', whose shape is [{string.Join(", ", view.Shape.ToArray())}]: only matrices are transposed. Leave it out.",
                    nameof(LoadOptions.Transposed));
            }
        }

        return new TransposedMatrices([.. options.Transposed]);
    }

    /// <summary>The shape that a tensor has in the file.</summary>
    public int[] ShapeInFile(ParameterView view) => names.Contains(view.Name) ? [view.Shape[1], view.Shape[0]] : view.Shape.ToArray();

    /// <summary>A tensor's values, as the model has them.</summary>
    public float[] Read(CheckpointFile file, ParameterView view, string nameInFile)
    {
        float[] values = file.Read(nameInFile, ShapeInFile(view));
        if (!names.Contains(view.Name)) return values;
        int rows = view.Shape[0], columns = view.Shape[1];
        float[] turned = new float[values.Length];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++) turned[(row * columns) + column] = values[(column * rows) + row];
        return turned;
    }
}
