using System;
using System.Collections.Generic;
using System.Linq;

namespace DLCompiler.Compiler.Programs.Serialization;

/// <summary>
/// The text form in which an assembly publishes its blocks, so that they inline into models of other projects. A change of the
/// format raises <see cref="Version"/>:
/// texts of another version are not read.
/// </summary>
public static class ProgramFormat
{
    /// <summary>The format's version.</summary>
    public const int Version = 5;

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

    /// <summary>The classes that a program refers to, directly or through others, in the order of their names.</summary>
    /// <param name="program">The program.</param>
    /// <param name="find">The class with a metadata name; null where a text is none.</param>
    public static EquatableArray<ClassProgram> Dependencies(ClassProgram program, Func<string, ClassProgram?> find)
    {
        Dictionary<string, ClassProgram> found = new(StringComparer.Ordinal) { [program.MetadataName] = program };
        Queue<ClassProgram> pending = new([program]);
        while (pending.Count > 0)
        {
            var collector = new ReferenceCollector();
            ClassFormat.Class(collector, pending.Dequeue());
            foreach (string name in collector.Names)
            {
                if (found.ContainsKey(name) || find(name) is not { } dependency) continue;
                found.Add(name, dependency);
                pending.Enqueue(dependency);
            }
        }

        found.Remove(program.MetadataName);
        return found.Values.OrderBy(dependency => dependency.MetadataName, StringComparer.Ordinal).ToEquatableArray();
    }
}
