using Samples;

return Sample.Start("Trains networks to recognise spoken digits by their log-mel spectrograms.", args,
    new Sample("digits", "fsdd", SpokenDigits.Run),
    new Sample("sequences", "fsdd", SpokenSequences.Run));
