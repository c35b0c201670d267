using Xunit;

// Training takes all processors, and memory is counted over the whole process: tests take turns.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
