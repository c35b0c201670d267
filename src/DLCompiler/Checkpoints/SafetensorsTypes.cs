namespace DLCompiler.Checkpoints;

/// <summary>The element types of safetensors files.</summary>
internal static class SafetensorsTypes
{
    /// <summary>The bytes of a tensor; null for an unknown type, or a shape that no file can hold.</summary>
    public static long? Bytes(string type, long[] shape)
    {
        long bytes = type switch
        {
            "F64" or "I64" or "U64" or "C64" => 8,
            "F32" or "I32" or "U32" => 4,
            "F16" or "BF16" or "I16" or "U16" => 2,
            "I8" or "U8" or "BOOL" or "F8_E4M3" or "F8_E5M2" or "F8_E8M0" => 1,
            _ => 0,
        };
        if (bytes == 0) return null;
        foreach (long size in shape)
        {
            if (size == 0) return 0;
            if (size < 0 || bytes > long.MaxValue / size) return null;
            bytes *= size;
        }

        return bytes;
    }
}
