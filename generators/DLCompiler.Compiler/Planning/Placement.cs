using System;
using System.Collections.Generic;
using System.Linq;
using Buffer = DLCompiler.Compiler.Schedules.Buffer;

namespace DLCompiler.Compiler.Planning;

/// <summary>Places buffers whose lives are known: two share memory if their lives don't meet.</summary>
public static class Placement
{
    /// <summary>First fit, largest first: each buffer takes the lowest place that is free for its whole life. Returns the total.</summary>
    public static long Place(IReadOnlyDictionary<Buffer, (int First, int Last)> lives, Func<Buffer, long> size, IDictionary<Buffer, long> offsets)
    {
        var placed = new List<(Buffer Buffer, long Start, long End)>();
        long total = 0;
        foreach (Buffer buffer in lives.Keys.OrderByDescending(size).ThenBy(buffer => lives[buffer].First)
            .ThenBy(buffer => buffer.Name, StringComparer.Ordinal))
        {
            (int first, int last) = lives[buffer];
            long start = 0;
            foreach ((Buffer other, long otherStart, long otherEnd) in placed.OrderBy(place => place.Start))
            {
                if (lives[other].Last < first || lives[other].First > last) continue;
                if (start + size(buffer) <= otherStart) break;
                start = Math.Max(start, otherEnd);
            }

            placed.Add((buffer, start, start + size(buffer)));
            offsets[buffer] = start;
            total = Math.Max(total, start + size(buffer));
        }

        return total;
    }
}
