using Samples;

return Sample.Start(
    "Forecasts two time series with gated recurrent units, and compares them with seasonal-naive forecasts.", args,
    new Sample("airline", "timeseries", Airline.Run),
    new Sample("seattle", "timeseries", Seattle.Run));
