using System;

namespace DLCompiler;

/// <summary>
/// A learning rate as a function of the step's number, from 0, for <see cref="FitOptions.LearningRateSchedule"/>: one of the usual ones below, put together
/// with <see cref="WarmUp"/>, <see cref="Then"/> and <see cref="Times(Schedule)"/>. Rates are absolute. Where PyTorch has the schedule, the formula is that of
/// torch.optim.lr_scheduler for its optimizer's learning rate <c>rate</c>. Asking for a rate allocates nothing, and a schedule has no state: a resumed run goes
/// on where it was.
/// </summary>
/// <example><code>LearningRateSchedule = Schedule.Cosine(1e-3, steps: 10_000).WarmUp(500)</code></example>
public abstract class Schedule
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">The step's number, from 0.</param>
    public abstract double At(long step);

    /// <summary>A schedule is a function of the step.</summary>
    public static implicit operator Func<long, double>(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return schedule.At;
    }

    /// <summary>Always the same rate.</summary>
    /// <param name="rate">The rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public static Schedule Constant(double rate)
    {
        CheckRate(rate, nameof(rate));
        return new Formula(_ => rate);
    }

    /// <summary>rate·factor^⌊step/every⌋: PyTorch's StepLR.</summary>
    /// <param name="rate">The rate at first.</param>
    /// <param name="every">Steps between two changes.</param>
    /// <param name="factor">What the rate is multiplied by.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Schedule Step(double rate, long every, double factor = 0.1)
    {
        CheckRate(rate, nameof(rate));
        CheckSteps(every, nameof(every));
        CheckRate(factor, nameof(factor));
        return new Formula(step => rate * Math.Pow(factor, step / every));
    }

    /// <summary>rate·factor^(how many of the milestones the step has reached): PyTorch's MultiStepLR.</summary>
    /// <param name="rate">The rate at first.</param>
    /// <param name="factor">What the rate is multiplied by at each milestone.</param>
    /// <param name="milestones">Steps, in ascending order.</param>
    /// <exception cref="ArgumentException">The milestones are not in ascending order.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Schedule MultiStep(double rate, double factor, params long[] milestones)
    {
        CheckRate(rate, nameof(rate));
        CheckRate(factor, nameof(factor));
        ArgumentNullException.ThrowIfNull(milestones);
        long[] own = [.. milestones];
        for (int i = 0; i < own.Length; i++)
        {
            if (i > 0 ? own[i] <= own[i - 1] : own[i] < 0)
                throw new ArgumentException("Milestones are steps in ascending order, such as 1000, 5000.", nameof(milestones));
        }

        return new Formula(step =>
        {
            int reached = 0;
            while (reached < own.Length && step >= own[reached]) reached++;
            return rate * Math.Pow(factor, reached);
        });
    }

    /// <summary>rate·factor^step: PyTorch's ExponentialLR.</summary>
    /// <param name="rate">The rate at first.</param>
    /// <param name="factor">What the rate is multiplied by after each step.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Schedule Exponential(double rate, double factor)
    {
        CheckRate(rate, nameof(rate));
        CheckRate(factor, nameof(factor));
        return new Formula(step => rate * Math.Pow(factor, step));
    }

    /// <summary>end + (rate − end)·(1 − step/steps)^power, and <c>end</c> from then on: PyTorch's PolynomialLR (where end is 0).</summary>
    /// <param name="rate">The rate at first.</param>
    /// <param name="steps">Steps until the end.</param>
    /// <param name="power">The exponent, above 0; 1 is a straight line.</param>
    /// <param name="end">The rate at the end.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Schedule Polynomial(double rate, long steps, double power = 1, double end = 0)
    {
        CheckRate(rate, nameof(rate));
        CheckSteps(steps, nameof(steps));
        CheckPositive(power, nameof(power));
        CheckRate(end, nameof(end));
        return new Formula(step => end + (rate - end) * Math.Pow(1 - (double)Math.Min(step, steps) / steps, power));
    }

    /// <summary>A straight line from one rate to another, which stays: PyTorch's LinearLR.</summary>
    /// <param name="from">The rate at first.</param>
    /// <param name="to">The rate from <paramref name="steps"/> on.</param>
    /// <param name="steps">Steps between the two.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Schedule Linear(double from, double to, long steps) => Polynomial(from, steps, 1, to);

    /// <summary>
    /// end + (rate − end)·(1 + cos(π·step/steps))/2, and <c>end</c> from then on (Loshchilov and Hutter 2017, without restarts): PyTorch's CosineAnnealingLR.
    /// </summary>
    /// <param name="rate">The rate at first.</param>
    /// <param name="steps">Steps until the end.</param>
    /// <param name="end">The rate at the end.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Schedule Cosine(double rate, long steps, double end = 0)
    {
        CheckRate(rate, nameof(rate));
        CheckSteps(steps, nameof(steps));
        CheckRate(end, nameof(end));
        return new Formula(step => Interpolation.Cosine(rate, end, (double)Math.Min(step, steps) / steps));
    }

    /// <summary>
    /// Falls along a cosine from <c>rate</c> to <c>end</c>, again and again, each period <c>growth</c> times as long as the one before (Loshchilov and Hutter
    /// 2017): PyTorch's CosineAnnealingWarmRestarts.
    /// </summary>
    /// <param name="rate">The rate at the beginning of each period.</param>
    /// <param name="period">Steps of the first period.</param>
    /// <param name="growth">A whole number, at least 1.</param>
    /// <param name="end">The rate that each period approaches.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Schedule CosineRestarts(double rate, long period, int growth = 1, double end = 0)
    {
        CheckRate(rate, nameof(rate));
        CheckSteps(period, nameof(period));
        ArgumentOutOfRangeException.ThrowIfLessThan(growth, 1);
        CheckRate(end, nameof(end));
        return new Formula(step =>
        {
            long length = period;
            if (growth == 1) step %= period;
            else
            {
                while (step >= length)
                {
                    step -= length;
                    length *= growth;
                }
            }

            return Interpolation.Cosine(rate, end, (double)step / length);
        });
    }

    /// <summary>
    /// One cycle (Smith and Topin 2018): from peak/<c>divisor</c> up to the peak, then down to peak/divisor/<c>finalDivisor</c>, both along a cosine or a line:
    /// PyTorch's OneCycleLR. Momentum stays as it is.
    /// </summary>
    /// <param name="peak">The highest rate.</param>
    /// <param name="steps">Steps of the cycle; the last rate stays.</param>
    /// <param name="rise">The share of the steps in which the rate rises, above 0 and below 1.</param>
    /// <param name="divisor">The peak over the first rate.</param>
    /// <param name="finalDivisor">The first rate over the last.</param>
    /// <param name="linear">Whether rise and fall are straight lines.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Schedule OneCycle(double peak, long steps, double rise = 0.3, double divisor = 25, double finalDivisor = 1e4, bool linear = false)
    {
        CheckRate(peak, nameof(peak));
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        if (!(rise is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(rise), rise, "The share of the steps in which the rate rises is above 0 and below 1.");
        CheckPositive(divisor, nameof(divisor));
        CheckPositive(finalDivisor, nameof(finalDivisor));
        double first = peak / divisor, last = first / finalDivisor, top = rise * steps - 1, end = steps - 1;
        return new Formula(step =>
        {
            double at = Math.Min(step, end);
            return at <= top
                ? Interpolation.Between(linear, first, peak, at / top)
                : Interpolation.Between(linear, peak, last, (at - top) / (end - top));
        });
    }

    /// <summary>The schedule of another step: <c>this</c> is asked for the number of the epoch, as PyTorch's schedulers are where they step once an epoch.</summary>
    /// <param name="stepsPerEpoch">Steps in an epoch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public Schedule PerEpoch(long stepsPerEpoch)
    {
        CheckSteps(stepsPerEpoch, nameof(stepsPerEpoch));
        return new Formula(step => At(step / stepsPerEpoch));
    }

    /// <summary>
    /// Precedes the schedule with a line from <c>startFactor</c> times its first rate up to that rate; the schedule begins after it. PyTorch's SequentialLR of a
    /// LinearLR and the schedule.
    /// </summary>
    /// <param name="steps">Steps of the line.</param>
    /// <param name="startFactor">Where it begins, as a share of the schedule's first rate; at 0, the first step changes no weight.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Schedule WarmUp(long steps, double startFactor = 0)
    {
        CheckSteps(steps, nameof(steps));
        CheckRate(startFactor, nameof(startFactor));
        double first = At(0);
        return Linear(startFactor * first, first, steps).Then(steps, this);
    }

    /// <summary>This schedule before a step, and from then on the next one, from its beginning: PyTorch's SequentialLR.</summary>
    /// <param name="step">The step.</param>
    /// <param name="next">What follows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is below 1.</exception>
    public Schedule Then(long step, Schedule next)
    {
        CheckSteps(step, nameof(step));
        ArgumentNullException.ThrowIfNull(next);
        return new Formula(current => current < step ? At(current) : next.At(current - step));
    }

    /// <summary>The product of this schedule and another one, whose rates are factors: PyTorch's ChainedScheduler.</summary>
    /// <param name="factor">The factors.</param>
    public Schedule Times(Schedule factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        return new Formula(step => At(step) * factor.At(step));
    }

    /// <summary>A schedule of your own.</summary>
    /// <param name="rate">The rate of a step, by its number from 0: not negative.</param>
    public static Schedule Of(Func<long, double> rate)
    {
        ArgumentNullException.ThrowIfNull(rate);
        return new Formula(rate);
    }

    private static void CheckRate(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value))) throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number, not negative.");
    }

    private static void CheckPositive(double value, string name)
    {
        if (!(value > 0 && double.IsFinite(value))) throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number above 0.");
    }

    private static void CheckSteps(long value, string name)
    {
        if (value < 1) throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");
    }

    private sealed class Formula(Func<long, double> formula) : Schedule
    {
        public override double At(long step) => formula(Math.Max(step, 0));
    }
}
