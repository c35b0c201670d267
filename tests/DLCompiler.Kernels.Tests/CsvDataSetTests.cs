using System;
using System.Globalization;
using System.IO;
using System.Text;
using DLCompiler.Data;
using Xunit;

namespace DLCompiler.Kernels.Tests;

public sealed class CsvDataSetTests
{
    private const string Flowers = "length,width,species\n5.1,3.5,setosa\n7.0,3.2,versicolor\n6.3,-3.3e-1,\"setosa\"\n";

    [Fact]
    public void TheLastColumnIsTheClass()
    {
        var data = Read(Flowers);
        Assert.Equal(3, data.Count);
        Assert.Equal([2], data.FeatureShape);
        Assert.Equal([5.1f, 3.5f, 7f, 3.2f, 6.3f, -0.33f], data.Features(0, 3).ToArray());
        Assert.Equal([0, 1, 0], data.Labels(0, 3).ToArray());
        Assert.Equal(["setosa", "versicolor"], data.ClassNames);
        Assert.Equal(["length", "width"], data.FeatureNames);
    }

    [Fact]
    public void ANumericTargetInTheMiddle()
    {
        var data = Read("a;y;b;c\n1;10;2;x\n3;20;4;x\n", new() { Delimiter = ";", Target = "y", TargetKind = CsvTarget.Number, Ignore = ["c"] });
        Assert.Equal([1f, 2f, 3f, 4f], data.Features(0, 2).ToArray());
        Assert.Equal([10f, 20f], data.Targets(0, 2).ToArray());
        Assert.False(data.HasLabels);
    }

    [Fact]
    public void WithoutAHeaderColumnsAreNumbered()
    {
        var data = Read("10,1.5\n9,2.5\n10,3.5\n", new() { HasHeader = false, Target = "0" });
        Assert.Equal([1.5f, 2.5f, 3.5f], data.Features(0, 3).ToArray());

        // Classes that are integers sort by value, not as text.
        Assert.Equal(["9", "10"], data.ClassNames);
        Assert.Equal([1, 0, 1], data.Labels(0, 3).ToArray());
    }

    [Fact]
    public void WithoutATargetAllColumnsAreFeatures()
    {
        var data = Read("a,b\n1,2\n", new() { TargetKind = CsvTarget.None });
        Assert.Equal([1f, 2f], data.Features(0, 1).ToArray());
        Assert.False(data.HasLabels || data.HasTargets);
    }

    [Fact]
    public void IncompleteLinesCanBeSkipped()
    {
        var data = Read("a,b,y\n1,NA,u\n2,,v\n3,4,w\n5,6,?\n", new() { SkipIncompleteLines = true });
        Assert.Equal([3f, 4f], data.Features(0, 1).ToArray());
        Assert.Equal(["w"], data.ClassNames);
    }

    [Theory]
    [InlineData("", "the test is empty")]
    [InlineData("a,y\n", "no complete line")]
    [InlineData("a,y\n1,u\n,v\n", "the test, line 3: column 'a' has no value")]
    [InlineData("a,y\n1,u\n2,NA\n", "the test, line 3: column 'y' has no value")]
    [InlineData("a,y\n1,u\ntwo,v\n", "the test, line 3: 'two' in column 'a' is not a finite number")]
    [InlineData("a,y\n1e999,u\n", "the test, line 2: '1e999' in column 'a' is not a finite number")]
    [InlineData("a,y\n\"1,5\",u\n", "line 2: '1,5' in column 'a' is not a finite number")]
    [InlineData("a,\"c d\",y\n1,\"\n\",u\n", "the test, line 3: '\\u000A' in column 'c d' is not a finite number")]
    [InlineData("a,y\n\"1\n\u00022\",u\n", "line 3: '1\\u000A\\u00022' in column 'a' is not a finite number")]
    [InlineData("a,y\n1,u,3\n", "the test, line 2: 3 fields where the table has 2 columns")]
    [InlineData("a,y\n1\n", "the test, line 2: 1 fields where the table has 2 columns")]
    [InlineData("y\n1\n", "no feature columns")]
    [InlineData("5.1,3.5,setosa\n7.0,3.2,setosa\n", "HasHeader = false")]
    public void WrongTablesAreRefusedWithTheLine(string text, string why)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Read(text));
        Assert.Contains(why, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownColumnsAreNamed()
    {
        var exception = Assert.Throws<InvalidDataException>(() => Read(Flowers, new() { Target = "kind" }));
        Assert.Equal("the test has no column 'kind'; it has 'length', 'width', 'species'.", exception.Message);
        Assert.Throws<InvalidDataException>(() => Read(Flowers, new() { Ignore = ["kind"] }));
    }

    [Fact]
    public void LongFieldsAreShortenedInMessages()
    {
        string name = new('n', 100_000), field = new('x', 1_000_000);
        var exception = Assert.Throws<InvalidDataException>(() => Read($"{name},y\n{field},u\n"));
        Assert.InRange(exception.Message.Length, 50, 300);
        Assert.Contains("xxx… (1000000 characters)' in column 'nnn", exception.Message, StringComparison.Ordinal);
        Assert.InRange(Assert.Throws<InvalidDataException>(() => Read($"{name},y\n1,u\n", new() { Target = "z" })).Message.Length, 50, 300);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("\"")]
    [InlineData("\n")]
    [InlineData(" ")]
    public void DelimitersThatCantBeAreRefused(string? delimiter)
    {
        var exception = Assert.Throws<ArgumentException>(() => Read(Flowers, new() { Delimiter = delimiter! }));
        Assert.StartsWith("Delimiter is '", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherOptionsAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Read(Flowers, new() { TargetKind = (CsvTarget)9 }));
        Assert.Throws<ArgumentException>(() => Read(Flowers, new() { Ignore = null! }));
    }

    [Fact]
    public void StrayQuotesAreRefused() =>
        Assert.Contains("quotes", Assert.Throws<InvalidDataException>(() => Read("a,y\n1\"2,u\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void QuotedFieldsMayHoldAnything()
    {
        var data = Read("a,y\r\n1,\"x, \"\"y\"\"\nz\"\r\n\r\n \"2\" , u \r\n");
        Assert.Equal(["u", "x, \"y\"\nz"], data.ClassNames);
        Assert.Equal([1f, 2f], data.Features(0, 2).ToArray());
        Assert.Equal(2f, Read("a||y\n2||u\n", new() { Delimiter = "||" }).Features(0, 1)[0]);
    }

    [Fact]
    public void TheCultureDoesNotMatter()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal([5.1f, 3.5f], Read(Flowers).Features(0, 1).ToArray());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void FilesMayBeCompressed()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(3, CsvDataSet.Load(folder.Write("a.csv", Encoding.UTF8.GetBytes(Flowers), compressed: false)).Count);
        Assert.Equal(3, CsvDataSet.Load(folder.Write("a.csv.gz", Encoding.UTF8.GetBytes(Flowers), compressed: true)).Count);
    }

    private static DataSet Read(string text, CsvOptions? options = null) => CsvDataSet.Read(new StringReader(text), "the test", options);
}
