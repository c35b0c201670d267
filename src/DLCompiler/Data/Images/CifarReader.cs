using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;

namespace DLCompiler.Data;

/// <summary>The records of CIFAR's binary files: bytes of labels, then 1,024 bytes each of red, green and blue, row by row.</summary>
internal static class CifarReader
{
    private const int Size = 32, Pixels = 3 * Size * Size;

    public static DataSet Read(IReadOnlyList<string> paths, int labels, int label, int classes)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0) throw new ArgumentException("There is no file to read. Give the path of one or more, such as data_batch_1.bin.", nameof(paths));
        var features = new List<float>();
        var found = new List<int>();
        byte[] record = new byte[labels + Pixels];
        foreach (string path in paths)
        {
            using var stream = MaybeCompressed.OpenRead(path);
            int count = 0;
            while (true)
            {
                int read = stream.ReadAtLeast(record, record.Length, throwOnEndOfStream: false);
                if (read == 0 && count > 0) break;
                if (read < record.Length)
                {
                    int kind = labels == 1 ? 10 : 100;
                    throw Invalid(path, count == 0
                        ? (FormattableString)$"it has {read} bytes, and a record {record.Length}. Is it a file of the binary version of CIFAR-{kind}?"
                        : $"after {count} records of {record.Length} bytes follow {read} more. Is it a file of the binary version of CIFAR-{kind}, and whole?");
                }

                if (record[label] >= classes)
                {
                    int other = labels == 1 ? 100 : 10;
                    throw Invalid(path, $"record {count} has the label {record[label]}, and labels are 0 to {classes - 1}. Is it a file of CIFAR-{other}?");
                }

                if (features.Count > Array.MaxLength - Pixels) throw Invalid(path, $"{found.Count} images are all that fit in an array. Read fewer files at a time");
                found.Add(record[label]);
                int first = features.Count;
                CollectionsMarshal.SetCount(features, first + Pixels);
                var numbers = CollectionsMarshal.AsSpan(features)[first..];
                for (int i = 0; i < Pixels; i++) numbers[i] = record[labels + i] / 255f;
                count++;
            }
        }

        return DataSet.Create([.. features], [3, Size, Size], [.. found]);
    }

    private static InvalidDataException Invalid(string path, FormattableString why) =>
        new($"{path} can't be read as a CIFAR file: {why.ToString(CultureInfo.InvariantCulture)}");
}
