using System.Globalization;
using System.Linq;
using System.Threading;
using DLCompiler.Generator.Tests.Harness;
using Xunit;

namespace DLCompiler.Generator.Tests;

/// <summary>Names and machines that break careless printers.</summary>
public sealed class HostileTests
{
    private const string Body =
        """
        {
            readonly DLCompiler.Dense @event = new(4);
            /// <summary/>
            public DLCompiler.Tensor Forward([DLCompiler.Shape("N", 8)] DLCompiler.Tensor @class) => @event.Forward(@class);
        }
        """;

    [Fact]
    public void NamesMayBeKeywordsNestedGlobalAndEqualButForCase()
    {
        string text =
            $$"""
            /// <summary/>
            [DLCompiler.Model]
            public partial class @new {{Body}}

            /// <summary/>
            [DLCompiler.Model]
            public partial class New {{Body}}

            namespace @namespace.Inner
            {
                /// <summary/>
                public partial class Outer<T>
                {
                    /// <summary/>
                    public partial struct @struct { }
                }

                /// <summary/>
                public partial struct Outer
                {
                    /// <summary/>
                    public partial interface IInner
                    {
                        /// <summary/>
                        [DLCompiler.Model]
                        public partial class @class {{Body}}

                        /// <summary/>
                        [DLCompiler.Model]
                        internal partial class System {{Body}}

                        /// <summary/>
                        [DLCompiler.Model]
                        private partial class Größe {{Body}}
                    }
                }
            }

            namespace Other
            {
                /// <summary/>
                public class System { }

                /// <summary/>
                public class DLCompiler { }

                /// <summary/>
                [global::DLCompiler.Model]
                public partial class Net
                {
                    readonly global::DLCompiler.Dense call = new(4);
                    /// <summary/>
                    public global::DLCompiler.Tensor Forward([global::DLCompiler.Shape("N", 8)] global::DLCompiler.Tensor call, [global::DLCompiler.Shape("N", 4)] global::DLCompiler.Tensor result) => this.call.Forward(call) + result;
                }
            }
            """;
        GeneratorRun run = GeneratorRun.Of(text);
        Assert.Empty(run.Reported);
        Assert.Empty(run.Compile());
        Assert.Equal(12, run.Result.GeneratedSources.Count(source => source.HintName != "DLCompiler.Programs.g.cs"));
    }

    [Theory]
    [InlineData("Residual")]
    [InlineData("Gan")]
    public void TheCultureOfTheMachineDoesNotShow(string sample)
    {
        string text = sample == "Gan" ? Samples.Gan : Samples.LeNet5;
        string[] expected = [.. GeneratorRun.Of(text).Result.GeneratedSources.Select(source => source.SourceText.ToString())];
        CultureInfo before = Thread.CurrentThread.CurrentCulture;
        var hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat.NegativeSign = "\u2212";
        hostile.NumberFormat.NumberDecimalSeparator = ",";
        hostile.NumberFormat.NumberGroupSeparator = ".";
        Thread.CurrentThread.CurrentCulture = hostile;
        try
        {
            Assert.Equal(expected, GeneratorRun.Of(text).Result.GeneratedSources.Select(source => source.SourceText.ToString()));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }
}
