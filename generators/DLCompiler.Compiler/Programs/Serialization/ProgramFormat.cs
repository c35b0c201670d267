using System;
using System.Collections.Generic;
using System.Linq;

namespace DLCompiler.Compiler.Programs.Serialization;

/// <summary>
/// The text form in which an assembly publishes its blocks, so that they inline into models of other projects. A change of the format raises <see cref="Version"/>:
/// texts of another version are not read.
/// </summary>
public static class ProgramFormat
{
    /// <summary>The format's version.</summary>
    public const int Version = 1;

    /// <summary>The text of a program.</summary>
    public static string Write(ClassProgram program)
    {
        var writer = new ProgramWriter();
        ClassFormat.Class(writer, program);
        return writer.ToString();
    }

    /// <summary>The program of a text.</summary>
    /// <exception cref="FormatException">The text is damaged.</exception>
    public static ClassProgram Read(string text)
    {
        var reader = new ProgramReader(text);
        ClassProgram program = ClassFormat.Class(reader, null);
        return reader.AtEnd ? program : throw new FormatException("The program is followed by something else.");
    }

    /// <summary>The classes among <paramref name="known"/> that a program refers to, directly or through others, in the order of their names.</summary>
    public static EquatableArray<ClassProgram> Dependencies(ClassProgram program, IReadOnlyDictionary<string, ClassProgram> known)
    {
        HashSet<string> found = new(StringComparer.Ordinal) { program.MetadataName };
        Queue<ClassProgram> pending = new([program]);
        while (pending.Count > 0)
        {
            var collector = new ReferenceCollector();
            ClassFormat.Class(collector, pending.Dequeue());
            foreach (string name in collector.Names)
            {
                if (known.TryGetValue(name, out ClassProgram? dependency) && found.Add(name)) pending.Enqueue(dependency);
            }
        }

        return found.Where(name => name != program.MetadataName).OrderBy(name => name, StringComparer.Ordinal).Select(name => known[name]).ToEquatableArray();
    }
}
