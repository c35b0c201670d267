using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Onnx.Operators;

namespace DLCompiler.Compiler.Onnx;

/// <summary>Maps a node to values of the graph, one for each result.</summary>
public delegate IReadOnlyList<OnnxValue> OnnxMapping(OnnxCall call);

/// <summary>All operators that have a mapping: a family of operators is one file in <c>Operators/</c>.</summary>
public static class OnnxOperators
{
    private static readonly Dictionary<string, OnnxMapping> Mappings = new IEnumerable<KeyValuePair<string, OnnxMapping>>[]
    {
        OnnxActivations.All, OnnxAttention.All, OnnxComparisons.All, OnnxConstants.All, OnnxConvolutions.All, OnnxElementwise.All, OnnxJoining.All, OnnxLosses.All,
        OnnxNormalizations.All, OnnxOrders.All, OnnxPicking.All, OnnxPooling.All, OnnxProducts.All, OnnxRecurrent.All, OnnxReductions.All, OnnxResizing.All,
        OnnxScattering.All, OnnxShaping.All, OnnxSlicing.All,
    }.SelectMany(family => family).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>The names of all operators that have a mapping.</summary>
    public static IEnumerable<string> Names => Mappings.Keys;

    /// <summary>An operator's mapping; null where there is none.</summary>
    public static OnnxMapping? Find(string domain, string name) =>
        domain is "" or "ai.onnx" && Mappings.TryGetValue(name, out OnnxMapping? mapping) ? mapping : null;
}
