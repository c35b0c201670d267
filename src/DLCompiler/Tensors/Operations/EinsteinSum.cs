using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace DLCompiler.Operations;

/// <summary>Sums of products by letters: every combination of the letters' values, one after the other.</summary>
internal static class EinsteinSum
{
    public static DenseArray<T> Compute<T>(string equation, DenseArray<T>[] tensors)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string[] sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        string[] operands = sides[0].Split(',');
        if (sides.Length > 2 || operands.Length != tensors.Length)
            throw new ArgumentException($"\"{equation}\" has {operands.Length} operands, and {tensors.Length} tensors are given.", nameof(equation));
        var sizes = new Dictionary<char, int>();
        for (int index = 0; index < tensors.Length; index++) Read(equation, operands[index], tensors[index].Shape, sizes);
        string result = sides.Length == 2 ? sides[1]
            : string.Concat(sides[0].Where(char.IsLetter).GroupBy(letter => letter).Where(group => group.Count() == 1).Select(group => group.Key).Order());
        if (result.Any(letter => !sizes.ContainsKey(letter)) || result.Distinct().Count() != result.Length)
            throw new ArgumentException($"\"{equation}\": the letters on the right are letters of operands, each once.", nameof(equation));

        char[] summed = [.. sizes.Keys.Except(result)];
        var value = new Dictionary<char, int>();
        var sum = new DenseArray<T>(new TensorShape([.. result.Select(letter => sizes[letter])]));
        for (int target = 0; target < sum.Elements.Length; target++)
        {
            Place(result, target);
            double total = 0;
            for (int step = 0; step < summed.Aggregate(1, (product, letter) => product * sizes[letter]); step++)
            {
                Place(string.Concat(summed), step);
                double product = 1;
                for (int index = 0; index < tensors.Length; index++)
                    product *= double.CreateTruncating(tensors[index].Elements[operands[index].Aggregate(0, (at, letter) => (at * sizes[letter]) + value[letter])]);
                total += product;
            }

            sum.Elements[target] = T.CreateTruncating(total);
        }

        return sum;

        void Place(string letters, int number)
        {
            foreach (char letter in letters.Reverse())
            {
                value[letter] = number % sizes[letter];
                number /= sizes[letter];
            }
        }
    }

    private static void Read(string equation, string letters, TensorShape shape, Dictionary<char, int> sizes)
    {
        if (letters.Length != shape.Rank || letters.Distinct().Count() != letters.Length || !letters.All(char.IsLetter))
            throw new ShapeMismatchException($"{shape} does not fit \"{letters}\" of \"{equation}\": write one letter for each of its {shape.Rank} axes.");
        for (int axis = 0; axis < letters.Length; axis++)
        {
            if (sizes.TryGetValue(letters[axis], out int known) && known != shape[axis])
                throw new ShapeMismatchException($"{shape} does not fit \"{letters}\" of \"{equation}\": '{letters[axis]}' is {shape[axis]}, and {known} before.");
            sizes[letters[axis]] = shape[axis];
        }
    }
}
