using System;

namespace DLCompiler.Operations;

/// <summary>Rows of a table, picked by ids.</summary>
internal static class Lookup
{
    /// <param name="table">[count, dimensions].</param>
    /// <param name="ids">Any shape.</param>
    /// <returns>The ids' shape with an axis of the dimensions added.</returns>
    public static DenseArray<T> Gather<T>(DenseArray<T> table, DenseArray<int> ids)
        where T : unmanaged
    {
        int count = table.Shape[0], dimensions = table.Shape[1];
        var result = new DenseArray<T>(new TensorShape([.. ids.Shape.AsSpan(), dimensions]));
        for (int index = 0; index < ids.Elements.Length; index++)
        {
            int id = ids.Elements[index];
            if ((uint)id >= (uint)count)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(ids),
                    id,
                    $"id {id} at position {index} is not in the table: it has {count} rows, counted from 0.");
            }

            Array.Copy(table.Elements, id * dimensions, result.Elements, index * dimensions, dimensions);
        }

        return result;
    }
}
