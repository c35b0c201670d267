using Samples;

return Sample.Start("Trains an encoder-decoder with attention to translate short English sentences to French.", args,
    new Sample("translation", "translation", Translation.Run));
