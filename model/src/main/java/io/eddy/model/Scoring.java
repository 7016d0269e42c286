package io.eddy.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the channels of a series are weighed; one set of numbers for all series, see {@code docs/scores.md} for how they were chosen.
 *
 * @param channels that are listened to
 * @param norm exponent of the p-norm of the channels' surprises, at least 1: 1 adds them up, a large one takes the largest
 * @param habit how much less an episode weighs for each one of its size that the series has had: the evidence is divided by the
 *     root of 1 + habit * (their sum, squared ratios of the peaks, fading, without the largest), 0 or more
 * @param hold how long an episode is held off, as a share of the season, above 0
 * @param stronger than what was told by this factor is evidence that is told again within an episode, at least 1
 * @param range weight of how far a value lies beyond the range that was seen, 0 or more
 */
public record Scoring(Set<Channel> channels, double norm, double habit, double hold, double stronger, double range)
        implements Serializable {
    private static final String EVERY_CHANNEL = "all";

    /** What ships. */
    public static final Scoring USUAL = new Scoring(EnumSet.allOf(Channel.class), 1.5, 2, 0.5, 1.3, 0.8);

    public Scoring {
        Expected.that(!channels.isEmpty(), "channels", "at least one", "none");
        Expected.that(norm >= 1, "norm", "1 or more", norm);
        Expected.that(habit >= 0, "habit", "0 or more", habit);
        Expected.that(hold > 0, "hold", "above 0", hold);
        Expected.that(stronger >= 1, "stronger", "1 or more", stronger);
        Expected.that(range >= 0, "range", "0 or more", range);
        channels = Set.copyOf(channels);
    }

    /**
     * The usual one that listens to some channels only.
     *
     * @param names {@code all}, or names in lower case with commas between
     */
    public static Scoring of(String names) {
        return names.equals(EVERY_CHANNEL)
                ? USUAL
                : USUAL.with(Arrays.stream(names.split("\\s*,\\s*", -1))
                        .map(Channel::named)
                        .collect(Collectors.toSet()));
    }

    /** The same that listens to other channels. */
    public Scoring with(Set<Channel> others) {
        return new Scoring(others, norm, habit, hold, stronger, range);
    }

    /** Takes the surprise from the channels that are not listened to, [channels]. */
    void silence(double[] decades) {
        if (channels.size() < decades.length) {
            for (Channel channel : Channel.ALL) {
                decades[channel.ordinal()] = channels.contains(channel) ? decades[channel.ordinal()] : 0;
            }
        }
    }
}
