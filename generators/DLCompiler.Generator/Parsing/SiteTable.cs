using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace DLCompiler.Generator.Parsing;

/// <summary>
/// Where the numbered sites of one class's program stand in the source. It stays beside the program, so that moving code does not change the program.
/// </summary>
internal sealed class SiteTable
{
    private readonly List<Location> locations = [];

    /// <summary>Numbers the next site.</summary>
    public int Add(Location location)
    {
        locations.Add(location);
        return locations.Count - 1;
    }

    /// <summary>The location of a site; null for sites that stand in another compilation.</summary>
    public Location? this[int site] => site >= 0 && site < locations.Count ? locations[site] : null;
}
