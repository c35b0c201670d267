using System;
using System.IO;
using System.Linq;

namespace DLCompiler.Data;

public sealed partial class DataSet
{
    /// <summary>Grey images with labels from two IDX files, plain or compressed with gzip: MNIST and the sets in its format.</summary>
    /// <param name="imagesPath">Bytes of shape [count, height, width]. They become numbers from 0 to 1 of shape [1, height, width].</param>
    /// <param name="labelsPath">Bytes of shape [count].</param>
    /// <exception cref="ArgumentException">A path is empty.</exception>
    /// <exception cref="InvalidDataException">A file is not valid, or the two don't fit each other.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static DataSet FromIdx(string imagesPath, string labelsPath)
    {
        var images = IdxReader.Read(imagesPath);
        if (images.ElementType != IdxElementType.Byte || images.Shape.Count != 3 || images.Shape.Contains(0))
        {
            throw new InvalidDataException($"{imagesPath} holds {Describe(images)}; images are Byte elements of shape [count, height, width]. Is it the right file?");
        }

        var labels = IdxReader.Read(labelsPath);
        if (labels.ElementType != IdxElementType.Byte || labels.Shape.Count != 1)
        {
            throw new InvalidDataException($"{labelsPath} holds {Describe(labels)}; labels are Byte elements of shape [count]. Are the two files swapped?");
        }

        if (labels.Length != images.Shape[0])
        {
            throw new InvalidDataException(Invariant($"{imagesPath} has {images.Shape[0]} images, but {labelsPath} has {labels.Length} labels. Take the two files of one set."));
        }

        float[] pixels = images.ToSingles();
        for (int i = 0; i < pixels.Length; i++) pixels[i] /= 255;
        return Create(pixels, [1, images.Shape[1], images.Shape[2]], labels.ToInt32s());
    }

    private static string Describe(IdxArray array) => Invariant($"{array.ElementType} elements of shape [{string.Join(", ", array.Shape)}]");
}
