using System;
using System.Collections.Generic;
using System.IO;

namespace DLCompiler.Data;

public sealed partial class DataSet
{
    /// <summary>
    /// Pictures from the PNG files of a folder. With subfolders, each is a class, by name in ordinal order, and its files are that class's samples, in ordinal
    /// order too; without, the samples have no labels. Files with other endings are not looked at.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">Channels and size; null for those of the first file.</param>
    /// <returns>Numbers from 0 to 1 of shape [channels, height, width], with the names of the classes.</returns>
    /// <exception cref="ArgumentException">The path is empty, or an option is out of range.</exception>
    /// <exception cref="InvalidDataException">A file is not a PNG file that can be read, its size or channels differ, or there is none.</exception>
    /// <exception cref="IOException">The folder or a file can't be read.</exception>
    public static DataSet FromPngFolder(string folder, PngFolderOptions? options = null) => new PngFolder(folder, options ?? new PngFolderOptions()).Read();

    /// <summary>CIFAR-10 from files in its binary version (cs.toronto.edu/~kriz/cifar.html), plain or compressed with gzip.</summary>
    /// <param name="paths">The files, one after the other: data_batch_1.bin and so on. A record is a byte of label and 3,072 of pixels.</param>
    /// <returns>Numbers from 0 to 1 of shape [3, 32, 32] with labels, and the names of the classes.</returns>
    /// <exception cref="ArgumentException">There is no path, or one is empty.</exception>
    /// <exception cref="InvalidDataException">A file does not consist of such records.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static DataSet FromCifar10(params IReadOnlyList<string> paths) => CifarReader.Read(paths, labels: 1, label: 0, classes: 10)
        .WithNames([], ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]);

    /// <summary>CIFAR-100 from files in its binary version, plain or compressed with gzip.</summary>
    /// <param name="paths">The files: train.bin or test.bin. A record is two bytes of labels, coarse and fine, and 3,072 of pixels.</param>
    /// <param name="coarse">Whether labels are the 20 coarse ones; otherwise the 100 fine ones.</param>
    /// <returns>Numbers from 0 to 1 of shape [3, 32, 32] with labels.</returns>
    /// <exception cref="ArgumentException">There is no path, or one is empty.</exception>
    /// <exception cref="InvalidDataException">A file does not consist of such records.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static DataSet FromCifar100(IReadOnlyList<string> paths, bool coarse = false) =>
        CifarReader.Read(paths, labels: 2, label: coarse ? 0 : 1, classes: coarse ? 20 : 100);
}
