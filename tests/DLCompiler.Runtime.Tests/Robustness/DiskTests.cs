using System;
using System.IO;
using System.Linq;
using DLCompiler.Data;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>
/// Disks that are full and folders that can't be written to. The full disk is a small file system that the environment variable <c>DLC_SMALL_DISK</c> names
/// (<c>mount -t tmpfs -o size=256k tmpfs DIR</c>); the read-only folder may be given as <c>DLC_READONLY_DISK</c>.
/// </summary>
public sealed class DiskTests
{
    private static readonly DataSet data = LinearModel.Data(23);

    [SkippableFact]
    public void AFullDiskLeavesTheOldFile()
    {
        using var disk = new SmallDisk();
        using var host = LinearModel.Host();
        foreach (var save in new Action<string>[] { host.Save, host.SaveTrainingState })
        {
            string path = disk.File("model");
            save(path);
            byte[] before = File.ReadAllBytes(path);
            host.Fit(LinearModel.Signature, data);
            float[] weights = All(host);

            disk.Fill();
            for (int attempt = 0; attempt < 3; attempt++)
            {
                var exception = Assert.Throws<IOException>(() => save(path));
                Assert.StartsWith($"{path} can't be written: ", exception.Message, StringComparison.Ordinal);
                Assert.Contains("Free space on the disk", exception.Message, StringComparison.Ordinal);
                Assert.EndsWith("The file that is there stays as it was.", exception.Message, StringComparison.Ordinal);
            }

            Assert.Equal(before, File.ReadAllBytes(path));
            Assert.Equal(["filler", "model"], disk.Names());
            Assert.Equal(weights, All(host));

            disk.Empty();
            save(path);
            Assert.NotEqual(before, File.ReadAllBytes(path));
        }
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(7)]
    public void ADiskThatFillsUpWhileFitRuns(int full)
    {
        using var disk = new SmallDisk();
        string path = disk.File("run");
        float[] expected;
        using (var undisturbed = LinearModel.Host())
        {
            undisturbed.Fit(LinearModel.Signature, data, new FitOptions { Epochs = 3, BatchSize = 5 });
            expected = All(undisturbed);
        }

        using var host = LinearModel.Host();
        var options = new FitOptions
        {
            Epochs = 3, BatchSize = 5, Checkpoint = new CheckpointOptions(path) { EverySteps = 1, Resume = true },
            LearningRateSchedule = step =>
            {
                if (step == full) disk.Fill();
                return 0.05;
            },
        };
        Assert.Throws<IOException>(() => host.Fit(LinearModel.Signature, data, options));
        // The step before the checkpoint is complete.
        Assert.Equal(full + 1, host.Iteration);
        Assert.Equal(full > 0 ? ["filler", "run"] : ["filler"], disk.Names());
        if (full > 0) Assert.Equal("7", SafetensorsText.Metadata(path)["dlcompiler.fit.steps"]);

        disk.Empty();
        using var resumed = LinearModel.Host();
        resumed.Fit(LinearModel.Signature, data, new FitOptions { Epochs = 3, BatchSize = 5, Checkpoint = new CheckpointOptions(path) { Resume = true } });
        Assert.Equal(expected, All(resumed));
    }

    [SkippableFact]
    public void AReadOnlyFolder()
    {
        using var folder = new ReadOnlyFolder();
        string path = Path.Combine(folder.Name, "model");
        using var host = LinearModel.Host();
        foreach (var save in new Action<string>[]
        {
            host.Save, host.SaveTrainingState,
            file => host.Fit(LinearModel.Signature, data, new FitOptions { Checkpoint = new CheckpointOptions(file) }),
        })
        {
            var exception = Assert.Throws<IOException>(() => save(path));
            Assert.StartsWith($"{path} can't be written: ", exception.Message, StringComparison.Ordinal);
            Assert.Contains("choose a folder that this program may write to", exception.Message, StringComparison.Ordinal);
        }

        // Fit has tried before its first step.
        Assert.Equal(0, host.Iteration);
        host.Fit(LinearModel.Signature, data);
    }

    [Fact]
    public void FoldersThatAreMissingAndFilesThatAreFolders()
    {
        using var folder = new TemporaryFolder();
        using var host = LinearModel.Host();
        foreach (var save in new Action<string>[]
        {
            host.Save, host.SaveTrainingState,
            file => host.Fit(LinearModel.Signature, data, new FitOptions { Checkpoint = new CheckpointOptions(file) }),
        })
        {
            var missing = Assert.Throws<DirectoryNotFoundException>(() => save(folder.File("none/model")));
            Assert.Contains("does not exist. Create it before saving", missing.Message, StringComparison.Ordinal);
            var isFolder = Assert.Throws<IOException>(() => save(Path.GetDirectoryName(folder.File("x"))!));
            Assert.EndsWith("is a folder. Give the name of a file in it.", isFolder.Message, StringComparison.Ordinal);
            Assert.ThrowsAny<ArgumentException>(() => save(""));
            Assert.ThrowsAny<ArgumentException>(() => save(null!));
        }

        foreach (var load in new Action<string>[] { host.Load, host.LoadTrainingState })
        {
            Assert.Throws<FileNotFoundException>(() => load(folder.File("none")));
            Assert.Throws<DirectoryNotFoundException>(() => load(folder.File("none/model")));
            Assert.Contains("It is a folder", Assert.Throws<IOException>(() => load(Path.GetDirectoryName(folder.File("x"))!)).Message, StringComparison.Ordinal);
            Assert.ThrowsAny<ArgumentException>(() => load(""));
        }

        Assert.Equal(0, host.Iteration);
        Assert.Empty(folder.Names());
    }

    [Fact]
    public void OnlyTemporaryFilesOfTheSameFileAreRemovedAndOnlyOldOnes()
    {
        using var folder = new TemporaryFolder();
        using var host = LinearModel.Host();
        string[] stay =
        [
            "m.old.1.tmp", "m.abcdefgh.tmp", "m.abcdefgh.ijk.tmp2", "m.abcdefgh.ijkl.tmp", "m.abcdefg9.ijk.tmp", "m2.abcdefgh.ijk.tmp", "m.ABCDEFGH.ijk.tmp",
        ];
        foreach (string name in stay) Old(folder.File(name));
        File.WriteAllText(folder.File("m.bbcdefgh.ijk.tmp"), "being written");
        Old(folder.File("m.abcdefgh.ijk.tmp"));
        host.Save(folder.File("m"));
        Assert.Equal(stay.Append("m").Append("m.bbcdefgh.ijk.tmp").Order(StringComparer.Ordinal), folder.Names().Order(StringComparer.Ordinal));
    }

    private static void Old(string path)
    {
        File.WriteAllText(path, "");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-1));
    }

    private static float[] All(ModelHost host) => [.. host.Parameters.SelectMany(view => view.ToArray())];

    /// <summary>A folder of the small disk, which can be filled to the last byte.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private readonly string folder;

        public SmallDisk()
        {
            string? root = Environment.GetEnvironmentVariable("DLC_SMALL_DISK");
            Skip.If(string.IsNullOrEmpty(root), "DLC_SMALL_DISK names no small disk: mount -t tmpfs -o size=256k tmpfs DIR");
            folder = Path.Combine(root!, Path.GetRandomFileName());
            Directory.CreateDirectory(folder);
        }

        public string File(string name) => Path.Combine(folder, name);

        public string[] Names() => [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

        public void Fill()
        {
            using var filler = new FileStream(File("filler"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var page = new byte[1024];
            Assert.Throws<IOException>(() =>
            {
                // A disk that is not small would take long, and is not what was asked for.
                while (filler.Length < 64 << 20) filler.Write(page);
            });
        }

        public void Empty() => System.IO.File.Delete(File("filler"));

        public void Dispose() => Directory.Delete(folder, recursive: true);
    }

    /// <summary>A folder that refuses new files: root may write to any that has mere permissions, so that others are tried.</summary>
    private sealed class ReadOnlyFolder : IDisposable
    {
        private readonly DirectoryInfo own = Directory.CreateTempSubdirectory("dlcompiler-");

        public ReadOnlyFolder()
        {
            if (!OperatingSystem.IsWindows()) own.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;
            string?[] candidates = [Environment.GetEnvironmentVariable("DLC_READONLY_DISK"), own.FullName, "/sys/kernel"];
            string? found = candidates.FirstOrDefault(folder => Directory.Exists(folder) && Refuses(folder));
            if (found is null) Dispose();
            Skip.If(found is null, "No folder refuses files of this user: DLC_READONLY_DISK may name one (mount -t tmpfs -o ro tmpfs DIR)");
            Name = found!;
        }

        public string Name { get; }

        public void Dispose()
        {
            if (!OperatingSystem.IsWindows()) own.UnixFileMode |= UnixFileMode.UserWrite;
            own.Delete(recursive: true);
        }

        private static bool Refuses(string folder)
        {
            string probe = Path.Combine(folder, Path.GetRandomFileName());
            try
            {
                File.Create(probe).Dispose();
                File.Delete(probe);
                return false;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return true;
            }
        }
    }
}
