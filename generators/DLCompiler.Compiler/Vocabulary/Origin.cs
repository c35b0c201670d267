using System.Collections.Generic;
using DLCompiler.Compiler.Diagnostics;

namespace DLCompiler.Compiler.Vocabulary;

/// <summary>
/// Where something stands in a user's program. Code of a block is reached through the place that creates the block, so a place is a chain that ends in the
/// model.
/// </summary>
/// <param name="Site">The place itself.</param>
/// <param name="Creator">Where the block instance whose code this is was created; null in the model's own code.</param>
public sealed record Origin(SourceSite Site, Origin? Creator)
{
    /// <summary>The place in the model's own code: where a mistake that depends on hyperparameters is reported.</summary>
    public SourceSite InModel => Creator is null ? Site : Creator.InModel;

    /// <summary>The places inside blocks, the innermost first.</summary>
    public IEnumerable<SourceSite> InBlocks
    {
        get
        {
            for (Origin origin = this; origin.Creator is not null; origin = origin.Creator) yield return origin.Site;
        }
    }
}
