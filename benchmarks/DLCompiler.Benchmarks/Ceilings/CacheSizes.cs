using System.Globalization;
using System.IO;

namespace DLCompiler.Benchmarks.Ceilings;

/// <summary>Bytes of the first processor's caches, as Linux tells them; usual sizes elsewhere.</summary>
internal static class CacheSizes
{
    public static long Level1 { get; } = Read(1, 32 << 10);

    public static long Level2 { get; } = Read(2, 1 << 20);

    public static long Level3 { get; } = Read(3, 32 << 20);

    private static long Read(int level, long otherwise)
    {
        const string Caches = "/sys/devices/system/cpu/cpu0/cache";
        if (!Directory.Exists(Caches)) return otherwise;
        foreach (string cache in Directory.EnumerateDirectories(Caches, "index*"))
        {
            if (Text(cache, "level") != level.ToString(CultureInfo.InvariantCulture) || Text(cache, "type") == "Instruction") continue;
            string size = Text(cache, "size");
            long unit = size.EndsWith('K') ? 1 << 10 : size.EndsWith('M') ? 1 << 20 : 1;
            return unit * long.Parse(size.TrimEnd('K', 'M'), CultureInfo.InvariantCulture);
        }

        return otherwise;
    }

    private static string Text(string cache, string file) => File.ReadAllText(Path.Combine(cache, file)).Trim();
}
