using System.Linq;
using DLCompiler.Compiler.Decisions;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Kernels;
using DLCompiler.Compiler.Planning;
using DLCompiler.Compiler.Schedules;
using Xunit;

namespace DLCompiler.Backend.Tests;

/// <summary>How much more memory a plan takes than it has in use at a time.</summary>
public sealed class MemoryPlanTests
{
    // One block of samples, a usual batch, a large one.
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(128)]
    public void ArenasAreLittleLargerThanWhatIsInUse(long blocks)
    {
        foreach (ModelGraph model in new[] { NetworkTests.LeNet(28, 6, 16, 120, 84, 10).Build(), NetworkTests.Residual(32, 64).Build() })
        {
            var storage = new ModelStorage(model);
            foreach (FunctionGraph function in model.Functions)
            {
                MemoryPlan plan = FunctionScheduler.Schedule(PreparedFunction.Create(function), storage, new Target(InstructionSet.Vector512, ElementType.Float32),
                    new FunctionDecisions(function.Name, InstructionSet.Vector512, [])).Memory;
                long bytes = plan.Bytes.Evaluate(_ => blocks), live = plan.LiveBytes.Max(phase => phase.Evaluate(_ => blocks));
                Assert.Equal(live, plan.LiveBytes[plan.LargestPhase(blocks)].Evaluate(_ => blocks));
                Assert.InRange(bytes, live, 1.15 * live);
            }
        }
    }
}
