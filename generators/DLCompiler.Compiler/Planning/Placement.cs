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
        // In the order of their places.
        var placed = new List<(Buffer Buffer, long Start, long End)>();
        long total = 0;
        foreach (Buffer buffer in lives.Keys.OrderByDescending(size).ThenBy(buffer => lives[buffer].First)
            .ThenBy(buffer => buffer.Name, StringComparer.Ordinal))
        {
            (int first, int last) = lives[buffer];
            long start = 0, bytes = size(buffer);
            foreach ((Buffer other, long otherStart, long otherEnd) in placed)
            {
                if (lives[other].Last < first || lives[other].First > last) continue;
                if (start + bytes <= otherStart) break;
                start = Math.Max(start, otherEnd);
            }

            int after = placed.FindIndex(place => place.Start > start);
            placed.Insert(after < 0 ? placed.Count : after, (buffer, start, start + bytes));
            offsets[buffer] = start;
            total = Math.Max(total, start + bytes);
        }

        return total;
    }
}
