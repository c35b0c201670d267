using System;
using System.Collections.Generic;

namespace DLCompiler;

/// <summary>How published checkpoints name the tensors of models that the library has as blocks.</summary>
public static class CheckpointNames
{
    /// <summary>
    /// Hugging Face's names of GPT-2, for a <see cref="Gpt"/>: <c>wte.weight</c>, <c>h.0.attn.c_attn.weight</c> and so on, with weights as [inputs, outputs]. What the
    /// files have beside the weights (causal masks) is left over.
    /// </summary>
    /// <param name="field">The model's field that is the <see cref="Gpt"/>, with those that lead to it: <c>gpt</c>; empty where the model derives from it.</param>
    /// <param name="layers">The number of layers.</param>
    /// <param name="prefix">What the file's names begin with: <c>transformer.</c> in files of the model with its head.</param>
    /// <example><c>model.Load("model.safetensors", CheckpointNames.Gpt2("gpt", layers: 12))</c></example>
    /// <exception cref="ArgumentOutOfRangeException">There is less than one layer.</exception>
    public static LoadOptions Gpt2(string field, int layers, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        string own = field.Length == 0 ? "" : field + ".";
        var names = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [own + "tokens."] = prefix + "wte.", [own + "positions."] = prefix + "wpe.", [own + "body.norm."] = prefix + "ln_f.",
        };
        var transposed = new List<string>();
        for (int layer = 0; layer < layers; layer++)
        {
            string model = FormattableString.Invariant($"{own}body.layers.{layer}."), file = FormattableString.Invariant($"{prefix}h.{layer}.");
            names[model + "norm1."] = file + "ln_1.";
            names[model + "norm2."] = file + "ln_2.";
            Matrix(model + "self_attn.in_proj_weight", file + "attn.c_attn.weight");
            names[model + "self_attn.in_proj_bias"] = file + "attn.c_attn.bias";
            Affine(model + "self_attn.out_proj.", file + "attn.c_proj.");
            Affine(model + "linear1.", file + "mlp.c_fc.");
            Affine(model + "linear2.", file + "mlp.c_proj.");
        }

        return new LoadOptions { Names = names, Transposed = transposed, AllowUnused = true };

        void Affine(string model, string file)
        {
            Matrix(model + "weight", file + "weight");
            names[model + "bias"] = file + "bias";
        }

        void Matrix(string model, string file)
        {
            names[model] = file;
            transposed.Add(model);
        }
    }
}
