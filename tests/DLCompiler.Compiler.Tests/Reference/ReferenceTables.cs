namespace DLCompiler.Compiler.Tests.Reference;

/// <summary>Reading and adding rows of tables by number.</summary>
internal static class ReferenceTables
{
    public static ReferenceTensor Gather(ReferenceTensor table, ReferenceTensor ids) =>
        ReferenceTensor.Generate([.. ids.Shape, table.Shape[1]], index => table[(int)ids[index[..^1]], index[^1]]);

    public static ReferenceTensor ScatterAdd(ReferenceTensor ids, ReferenceTensor values, int[] table)
    {
        ReferenceTensor result = ReferenceTensor.Zeros(table);
        foreach (int[] index in ReferenceTensor.Indices(values.Shape)) result[(int)ids[index[..^1]], index[^1]] += values[index];
        return result;
    }
}
