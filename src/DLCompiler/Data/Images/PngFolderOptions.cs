namespace DLCompiler.Data;

/// <summary>How a folder of PNG files becomes samples.</summary>
public sealed class PngFolderOptions
{
    /// <summary>
    /// Channels of a sample: 1 (grey; colours by 0.299·red + 0.587·green + 0.114·blue, ITU-R BT.601), 3 or 4 (with alpha, 1 where a file has none). Alpha is left
    /// out of 1 and 3. null takes what the first file has.
    /// </summary>
    public int? Channels { get; init; }

    /// <summary>
    /// The samples' height; null for that of the first file. Files of another size are scaled where height and width are given (each pixel is a mean, weighted by
    /// a triangle, of those that it covers), and otherwise refused.
    /// </summary>
    public int? Height { get; init; }

    /// <summary>The samples' width, given with <see cref="Height"/>.</summary>
    public int? Width { get; init; }
}
