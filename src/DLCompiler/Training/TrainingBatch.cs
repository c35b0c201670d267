namespace DLCompiler;

/// <summary>Memory for the samples of one step, where they don't lie side by side in the data set.</summary>
internal sealed class TrainingBatch
{
    public TrainingBatch(TrainingData data, int size)
    {
        int inputs = checked(size * data.InputLength);
        Features = data.HasIds ? [] : new float[inputs];
        Ids = data.HasIds ? new int[inputs] : [];
        Labels = data.HasLabels ? new int[size] : [];
        Targets = data.HasLabels ? [] : new float[checked(size * data.OutputLength)];
    }

    public float[] Features { get; }

    public int[] Ids { get; }

    public int[] Labels { get; }

    public float[] Targets { get; }
}
