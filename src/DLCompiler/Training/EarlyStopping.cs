namespace DLCompiler;

/// <summary>
/// Ends training when the loss no longer falls, and restores the parameters of the best epoch. It watches the validation loss, or the training loss where
/// there is no
/// validation set.
/// </summary>
/// <param name="Patience">Epochs without improvement that are tolerated before training ends; at least 1.</param>
/// <param name="MinDelta">By how much the loss must fall to count as an improvement.</param>
public sealed record EarlyStopping(int Patience = 3, double MinDelta = 0);
