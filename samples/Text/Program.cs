using Samples;

return Sample.Start(
    "Trains networks on text: names, sentiment of sentences, meanings of words, Shakespeare.", args,
    new Sample("names", "names", Names.Run),
    new Sample("word2vec", "tinyshakespeare", WordVectors.Run),
    new Sample("sentiment", "sentiment", Sentiment.Run),
    new Sample("shakespeare", "tinyshakespeare", Shakespeare.Run),
    new Sample("gpt", "tinyshakespeare", ShakespeareTransformer.Run),
    new Sample("bert", "tinyshakespeare", ShakespeareMasked.Run));
