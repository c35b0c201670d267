using System;
using System.Collections.Generic;
using System.IO;
using Xunit;

namespace DLCompiler.Runtime.Tests;

/// <summary>Files with other names than the model's, with fewer tensors, and with more.</summary>
public sealed class PartialLoadTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dlcompiler-tests-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Names_are_mapped_one_by_one_and_by_their_beginnings()
    {
        string path = Save(("features.0.weight", 1), ("features.0.bias", 2), ("classifier", 3));
        using var host = Model("body.0.weight", "body.0.bias", "head.weight");
        var result = host.Load(path, new LoadOptions { Names = Map(("body.", "features."), ("head.weight", "classifier")) });
        Assert.Equal(["body.0.weight", "body.0.bias", "head.weight"], result.Loaded);
        Assert.Empty(result.Missing);
        Assert.Empty(result.Unused);
        Assert.Equal([1f, 1], host.Parameters["body.0.weight"].ToArray());
        Assert.Equal([2f, 2], host.Parameters["body.0.bias"].ToArray());
        Assert.Equal([3f, 3], host.Parameters["head.weight"].ToArray());
    }

    [Fact]
    public void The_longest_name_counts()
    {
        string path = Save(("b", 1), ("x.b", 2), ("y.c", 3));
        using var host = Model("a.b", "a.c");
        host.Load(path, new LoadOptions { Names = Map(("a.", "y."), ("a.b", "x.b")), AllowUnused = true });
        Assert.Equal([2f, 2], host.Parameters["a.b"].ToArray());
        Assert.Equal([3f, 3], host.Parameters["a.c"].ToArray());
    }

    [Fact]
    public void What_is_missing_or_left_over_has_to_be_allowed()
    {
        string path = Save(("a", 1), ("old", 2));
        using var host = Model("a", "new");
        host.Parameters["new"].CopyFrom([7, 7]);
        var missing = Assert.Throws<CheckpointException>(() => host.Load(path, new LoadOptions { AllowUnused = true }));
        Assert.Equal("new", missing.Tensor);
        Assert.Contains("AllowMissing", missing.Message, StringComparison.Ordinal);
        var unused = Assert.Throws<CheckpointException>(() => host.Load(path, new LoadOptions { AllowMissing = true }));
        Assert.Equal("old", unused.Tensor);
        Assert.Equal([0f, 0], host.Parameters["a"].ToArray());

        var result = host.Load(path, new LoadOptions { AllowMissing = true, AllowUnused = true });
        Assert.Equal(["a"], result.Loaded);
        Assert.Equal(["new"], result.Missing);
        Assert.Equal(["old"], result.Unused);
        Assert.Equal([1f, 1], host.Parameters["a"].ToArray());
        Assert.Equal([7f, 7], host.Parameters["new"].ToArray());
    }

    [Fact]
    public void Nothing_in_common_is_an_error_in_any_case()
    {
        string path = Save(("a", 1));
        using var host = Model("b");
        Assert.Throws<CheckpointException>(() => host.Load(path, new LoadOptions { AllowMissing = true, AllowUnused = true }));
    }

    [Fact]
    public void Misspelt_names_and_other_shapes_are_errors()
    {
        string path = Save(("a", 1));
        using var host = Model("a");
        Assert.Throws<ArgumentException>(() => host.Load(path, new LoadOptions { Names = Map(("aa", "a")), AllowMissing = true }));
        Assert.Throws<ArgumentException>(() => host.Load(path, new LoadOptions { Names = Map(("a.", "b")) }));
        using var other = new ModelHost(new FakeModel().Parameter("a", [3]), 1);
        Assert.Throws<CheckpointException>(() => other.Load(path, new LoadOptions { AllowMissing = true, AllowUnused = true }));
    }

    private static Dictionary<string, string> Map(params (string Model, string File)[] names)
    {
        var map = new Dictionary<string, string>();
        foreach (var (model, file) in names) map.Add(model, file);
        return map;
    }

    private static ModelHost Model(params string[] names)
    {
        var model = new FakeModel();
        foreach (string name in names) model.Parameter(name, [2]);
        return new ModelHost(model, 1);
    }

    private string Save(params (string Name, float Value)[] tensors)
    {
        string path = Path.Combine(folder.FullName, "file.safetensors");
        using var host = Model([.. Array.ConvertAll(tensors, tensor => tensor.Name)]);
        foreach (var (name, value) in tensors) host.Parameters[name].CopyFrom([value, value]);
        host.Save(path);
        return path;
    }
}
