using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Optimizers.Rules;

namespace DLCompiler.Compiler.Optimizers;

/// <summary>All optimizers, in the order of the library's enum.</summary>
public static class OptimizerTable
{
    /// <summary>The definitions.</summary>
    public static IReadOnlyList<OptimizerDefinition> All { get; } =
    [
        new SgdOptimizer(),
        new AdamOptimizer(decoupled: false),
        new AdamOptimizer(decoupled: true),
        new AdagradOptimizer(),
        new AdadeltaOptimizer(),
        new RmsPropOptimizer(),
        new AdamaxOptimizer(),
        new NAdamOptimizer(),
        new RAdamOptimizer(),
        new LionOptimizer(),
        new LambOptimizer(),
    ];

    /// <summary>The definition of a name; null if there is none.</summary>
    public static OptimizerDefinition? Find(string name) => All.FirstOrDefault(definition => definition.Name == name);
}
