using System.Linq;
using Xunit;

namespace DLCompiler.Runtime.Tests;

public sealed class PartitionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public void EveryItemHasOneWorkerAndSharesDifferByOneAtMost(int workers)
    {
        var frame = new StepFrame(1, 1, workers);
        foreach (int count in new[] { 0, 1, 2, 3, 15, 16, 17, 1000 })
        {
            nint[] first = [.. Enumerable.Range(0, workers + 1).Select(worker => frame.First(count, worker))];
            Assert.Equal((0, count), (first[0], first[workers]));
            nint[] shares = [.. first.Skip(1).Zip(first, (next, own) => next - own)];
            Assert.InRange(shares.Max() - shares.Min(), 0, 1);
            Assert.Equal(shares.Max(), shares[0]);
        }
    }
}
