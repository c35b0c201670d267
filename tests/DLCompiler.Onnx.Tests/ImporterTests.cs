using System;
using System.Collections.Generic;
using System.Linq;
using DLCompiler.Compiler.Graph;
using DLCompiler.Compiler.Onnx;
using Xunit;

namespace DLCompiler.Onnx.Tests;

/// <summary>What the importer says and makes, without test cases.</summary>
public class ImporterTests
{
    [Fact]
    public void AnOperatorWithoutMappingIsNamedWithDomainVersionAndNode()
    {
        OnnxException exception = Assert.Throws<OnnxException>(() => Import(Node("Unheard", ["x"]), OnnxAssumptions.None));
        Assert.Equal(OnnxProblem.Operator, exception.Problem);
        Assert.Equal("Unheard (ai.onnx 21, Unheard 'node') has no mapping", exception.Message);
    }

    [Fact]
    public void WeightsBecomeParametersAndTheBatchStaysOpen()
    {
        OnnxImport import = Import(Node("Gemm", ["x", "w"]), new OnnxAssumptions(["x"], new Dictionary<string, OnnxTensor>()));
        Assert.Equal(["x", "s"], import.Inputs);
        Assert.Equal("w", Assert.Single(import.Model.Parameters).Name);
        Assert.Equal("[N, 2]", Assert.Single(import.Model.Functions[0].Outputs).Shape.ToString());
    }

    [Fact]
    public void ShapesAreFollowedThroughTheGraph()
    {
        OnnxNode[] nodes =
        [
            Node("Shape", ["x"], "shape"), Node("Gather", ["shape", "zero"], "rows"), Node("Unsqueeze", ["rows", "zero"], "list"),
            Node("Concat", ["list", "rest"], "wanted", ("axis", new OnnxAttribute(Integer: 0))), Node("Reshape", ["x", "wanted"]),
        ];
        OnnxImport import = Import(nodes, OnnxAssumptions.None);
        Assert.Equal("[2, 3, 1]", import.Model.Functions[0].Outputs[0].Shape.ToString());
        Assert.Empty(import.Model.Parameters);
    }

    [Fact]
    public void WhatHasToBeKnownIsAskedForByName()
    {
        OnnxException exception = Assert.Throws<OnnxException>(() => Import(Node("Reshape", ["x", "s"]), OnnxAssumptions.None));
        Assert.Equal((OnnxProblem.NotConstant, "s"), (exception.Problem, exception.Input));
        var known = new Dictionary<string, OnnxTensor> { ["s"] = OnnxTensor.Of([-1]) };
        Node output = Import(Node("Reshape", ["x", "s"]), new OnnxAssumptions([], known)).Model.Functions[0].Outputs[0];
        Assert.Equal("[6]", output.Shape.ToString());
    }

    [Fact]
    public void ZerosForABatchOfKnownSizeAreJoinedWithTheBatch()
    {
        OnnxNode[] nodes =
        [
            Node("Shape", ["x"], "shape"), Node("ConstantOfShape", ["shape"], "zeros"),
            Node("Concat", ["zeros", "x"], "y", ("axis", new OnnxAttribute(Integer: 1))),
        ];
        OnnxImport import = Import(nodes, new OnnxAssumptions(["x"], new Dictionary<string, OnnxTensor>(), Batch: 2));
        Assert.Equal("[N, 6]", import.Model.Functions[0].Outputs[0].Shape.ToString());
        OnnxException exception = Assert.Throws<OnnxException>(() => Import(nodes, new OnnxAssumptions(["x"], new Dictionary<string, OnnxTensor>())));
        Assert.Equal(OnnxProblem.NotConstant, exception.Problem);
    }

    [Fact]
    public void ANumberInPlaceOfTheBatchIsTheBatch()
    {
        var known = new Dictionary<string, OnnxTensor> { ["s"] = OnnxTensor.Of([2, 3, 1]) };
        Node output = Import(Node("Reshape", ["x", "s"]), new OnnxAssumptions(["x"], known)).Model.Functions[0].Outputs[0];
        Assert.Equal("[N, 3, 1]", output.Shape.ToString());
    }

    private static OnnxNode Node(string name, string[] inputs, string output = "y", params (string Name, OnnxAttribute Value)[] attributes) =>
        new(name, "", "node", inputs, [output], attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value, StringComparer.Ordinal));

    private static OnnxImport Import(OnnxNode node, OnnxAssumptions assumptions) => Import([node], assumptions);

    private static OnnxImport Import(OnnxNode[] nodes, OnnxAssumptions assumptions)
    {
        var initializers = new Dictionary<string, OnnxTensor>
        {
            ["w"] = new(OnnxElement.Float, [3, 2], [1, 2, 3, 4, 5, 6]),
            ["zero"] = new(OnnxElement.Int64, [], [0]),
            ["rest"] = OnnxTensor.Of([3, 1]),
        };
        OnnxValueInfo[] inputs = [new("x", OnnxElement.Float, [2, 3]), new("s", OnnxElement.Int64, [1])];
        var graph = new OnnxGraph("test", nodes, initializers, inputs, [new OnnxValueInfo("y", OnnxElement.Float, null)]);
        return OnnxImporter.Import(new OnnxModel(new Dictionary<string, long> { [""] = 21 }, graph), assumptions);
    }
}
