using Samples;

return Sample.Start("Trains encoder-decoders to translate short English sentences to French.", args,
    new Sample("gru", "translation", Translation.RunRecurrent),
    new Sample("transformer", "translation", Translation.RunTransformer));
