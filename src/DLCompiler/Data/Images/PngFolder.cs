using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks;

namespace DLCompiler.Data;

/// <summary>
/// The PNG files of a folder, in its subfolders by class or all in one, as numbers from 0 to 1. Names are in ordinal order, so that the result does not depend
/// on the machine.
/// </summary>
internal sealed class PngFolder
{
    private readonly string folder;
    private readonly PngFolderOptions options;
    private readonly List<(string Path, int Label)> files = [];
    private readonly string[] classes;

    public PngFolder(string folder, PngFolderOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        (this.folder, this.options) = (folder, options);
        Check(options);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(File.Exists(folder)
                ? $"{folder} is a file. Give the folder that holds the PNG files, or one folder of them for each class."
                : $"The folder {folder} does not exist. Give the folder that holds the PNG files, or one folder of them for each class.");
        }

        string[] subfolders = Ordered(Directory.GetDirectories(folder));
        string[] own = Pictures(folder);
        if (own.Length > 0 && subfolders.Length > 0)
        {
            throw new InvalidDataException(
                $"{folder} has folders (such as {Path.GetFileName(subfolders[0])}) and pictures (such as {Path.GetFileName(own[0])}) side by side. "
                    + "Put each picture in the folder of its class, or all of them in one folder without others.");
        }

        classes = [.. subfolders.Select(subfolder => Path.GetFileName(subfolder)!)];
        files.AddRange(own.Select(path => (path, 0)));
        for (int label = 0; label < subfolders.Length; label++)
        {
            string[] pictures = Pictures(subfolders[label]);
            if (pictures.Length == 0)
            {
                throw new InvalidDataException(
                    $"{subfolders[label]} has no PNG files, and each folder in {folder} is a class with some. Add pictures, or remove the folder.");
            }

            files.AddRange(pictures.Select(path => (path, label)));
        }

        if (files.Count > 0) return;
        throw new InvalidDataException($"{folder} has no PNG files (*.png) and no folders with some. Check the path, or convert the pictures to PNG.");
    }

    public DataSet Read()
    {
        var first = PngReader.Read(files[0].Path);
        int channels = options.Channels ?? (first.Channels == 2 ? 1 : first.Channels);
        int height = options.Height ?? first.Height, width = options.Width ?? first.Width;
        long length = (long)channels * height * width;
        if (length * files.Count > Array.MaxLength)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{folder}: {files.Count} pictures of [{channels}, {height}, {width}] are more than the {Array.MaxLength / length} that fit in an array. ")
                + "Set Height and Width to smaller sizes, or read parts.");
        }

        var features = new float[length * files.Count];
        var conversion = new PixelConversion(channels, height, width, options.Height is not null, options.Channels is not null);
        try
        {
            Parallel.For(0, files.Count, i =>
                conversion.Convert(PngReader.Read(files[i].Path), files[i].Path, files[0].Path, features.AsSpan((int)(i * length), (int)length)));
        }
        catch (AggregateException exception)
        {
            // That of the first file, whichever thread was the quickest.
            ExceptionDispatchInfo.Throw(FirstFailure(conversion, (int)length) ?? exception.InnerExceptions[0]);
        }

        return classes.Length == 0 ? DataSet.Create(features, [channels, height, width])
            : DataSet.Create(features, [channels, height, width], [.. files.Select(file => file.Label)]).WithNames([], classes);
    }

    private Exception? FirstFailure(PixelConversion conversion, int length)
    {
        var scratch = new float[length];
        foreach (var (path, _) in files)
        {
            try
            {
                conversion.Convert(PngReader.Read(path), path, files[0].Path, scratch);
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException)
            {
                return exception;
            }
        }

        return null;
    }

    private static void Check(PngFolderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Channels is not (null or 1 or 3 or 4))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.Channels, "Channels must be 1 (grey), 3 (colour), 4 (with alpha), or null.");
        }

        if (options.Height is null != options.Width is null)
            throw new ArgumentException("Height and Width go together: give both, or neither.", nameof(options));
        if (options.Height < 1 || options.Width < 1)
            throw new ArgumentOutOfRangeException(nameof(options), $"{options.Height} x {options.Width}", "Height and Width must be at least 1.");
    }

    private static string[] Pictures(string folder) =>
        Ordered([.. Directory.GetFiles(folder).Where(path => Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase))]);

    private static string[] Ordered(string[] paths)
    {
        Array.Sort(paths, StringComparer.Ordinal);
        return paths;
    }
}
