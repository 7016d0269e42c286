package io.eddy.model;

import io.eddy.model.network.Quantiles;
import java.io.Serializable;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A level that a series should not reach, and what a forecast says of that.
 *
 * @param level in the unit of the values
 * @param above whether it is reached from below; else from above
 */
public record Threshold(double level, boolean above) implements Serializable {
    private static final double[] LEVELS = Quantiles.levels();
    private static final Pattern TEXT = Pattern.compile("(above|below)\\s+([-+.\\deE]+)");

    /**
     * From {@code above 95} or {@code below 0.5}.
     *
     * @throws IllegalArgumentException if the text is nothing of this kind
     */
    public static Threshold of(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        try {
            if (matcher.matches()) {
                return new Threshold(
                        Double.parseDouble(matcher.group(2)), matcher.group(1).equals("above"));
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException("threshold: expected above or below and a number, found " + text);
    }

    /**
     * The first step ahead whose median has reached the level.
     *
     * @param forecast [horizon * {@link Quantiles#COUNT}], the quantiles of a step together and ascending
     * @return 1 to the horizon; 0: none
     */
    public int firstStep(double[] forecast) {
        for (int h = 1; h <= forecast.length / Quantiles.COUNT; h++) {
            double median = forecast[Quantiles.place(h, Quantiles.MEDIAN)];
            if (above ? median >= level : median <= level) {
                return h;
            }
        }
        return 0;
    }

    /**
     * The probability that the series reaches the level within the horizon.
     *
     * <p>A forecast says how each step is distributed, not how they go together. Without paths this is the probability of the likeliest step:
     * the least that it can be. With paths they are put in order at each step, and so many of them have reached the level there as the forecast
     * gives it probability (ensemble copula coupling, Schefzik et al. 2013); the result is the share of those that have at any step.
     *
     * @param forecast [horizon * {@link Quantiles#COUNT}], the quantiles of a step together and ascending
     * @param paths [horizon][paths], sampled futures in any unit; null: there are none
     * @return 0 to 1
     */
    public double probability(double[] forecast, float @Nullable [][] paths) {
        double likeliest = 0;
        boolean[] reached = new boolean[paths == null ? 0 : paths[0].length];
        for (int step = 0; step < forecast.length / Quantiles.COUNT; step++) {
            int first = step * Quantiles.COUNT;
            double below = below(Arrays.copyOfRange(forecast, first, first + Quantiles.COUNT), level);
            double probability = above ? 1 - below : below;
            likeliest = Math.max(likeliest, probability);
            if (paths != null) {
                reach(paths[step], probability, reached);
            }
        }
        int count = 0;
        for (boolean one : reached) {
            count += one ? 1 : 0;
        }
        return paths == null ? likeliest : Math.max(likeliest, (double) count / reached.length);
    }

    private void reach(float[] step, double probability, boolean[] reached) {
        int count = (int) Math.round(probability * step.length);
        if (count == 0) {
            return;
        }
        float[] sorted = step.clone();
        Arrays.sort(sorted);
        float last = above ? sorted[sorted.length - count] : sorted[count - 1];
        for (int path = 0; path < step.length; path++) {
            reached[path] |= above ? step[path] >= last : step[path] <= last;
        }
    }

    /**
     * The probability of a smaller value: linear between the quantiles, beyond them the tails fall exponentially.
     *
     * @param row [{@link Quantiles#COUNT}], ascending
     */
    static double below(double[] row, double value) {
        int last = row.length - 1;
        if (value < row[0]) {
            double rate = (row[1] - row[0]) / Math.log(LEVELS[1] / LEVELS[0]);
            return LEVELS[0] * Math.exp((value - row[0]) / rate);
        }
        if (value > row[last]) {
            double rate = (row[last] - row[last - 1]) / Math.log((1 - LEVELS[last - 1]) / (1 - LEVELS[last]));
            return 1 - (1 - LEVELS[last]) * Math.exp((row[last] - value) / rate);
        }
        int k = 0;
        while (k < last - 1 && value > row[k + 1]) {
            k++;
        }
        double width = row[k + 1] - row[k];
        double place = width == 0 ? 0.5 : (value - row[k]) / width;
        return LEVELS[k] + (LEVELS[k + 1] - LEVELS[k]) * place;
    }
}
