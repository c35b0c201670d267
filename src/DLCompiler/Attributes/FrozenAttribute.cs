using System;

namespace DLCompiler;

/// <summary>
/// Nothing of what the field holds, a layer, a block or a model, changes in training: parameters have no gradient and no update, and a batch norm takes its running
/// statistics, as in prediction, and leaves them as they are. For fine-tuning: load the weights, freeze what is to stay. Dropout stays in force.
/// </summary>
/// <example><code>[Frozen] readonly Backbone backbone = new();
/// readonly Dense head = new(10);</code></example>
/// <remarks>In a chain: <c>[Dense(128, Frozen = true)]</c>. PyTorch's <c>requires_grad = False</c>, Keras' <c>trainable = False</c>.</remarks>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class FrozenAttribute : Attribute;
