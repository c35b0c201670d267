using System;
using System.Linq;

namespace Tables;

/// <summary>Targets in units that networks train well in; R² does not depend on the unit.</summary>
internal static class Scale
{
    /// <summary>Numbers less their mean, over their deviation.</summary>
    public static float[] Normalized(float[] values)
    {
        double mean = values.Average(), deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return [.. values.Select(value => (float)((value - mean) / deviation))];
    }
}
