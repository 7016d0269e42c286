package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * What people said about a series, as far as it still matters: a weight for each channel's surprise, and a span in which nothing is told. A byte
 * where nobody has said anything.
 *
 * <p>Weights do not fade, so that a thing needs to be said once only; they stay between 0.2 and 2, so that no series falls silent and none
 * cries without end.
 */
final class Verdicts {
    private static final int CHANNELS = Channel.values().length;
    /** Those that there were up to the fourth format. */
    private static final int EARLIER_CHANNELS = 8;

    private static final float LEAST = 0.2f;
    private static final float MOST = 2;
    /** What the score of a false alarm's peak would at most have been with the new weight. */
    static final double BELOW = 0.7;
    /** Where no event tells which channel it was, all of them are changed by this. */
    private static final float SLIGHTLY = 0.8f;

    private static final float STRONGER = 1.25f;

    private static final int WEIGHTED = 1;
    private static final int EXPECTED = 2;
    private static final int SAID = 4;

    private static final float[] ALIKE = {};
    /** Where nobody has said anything; never changed. */
    static final Verdicts NONE = new Verdicts();

    /** [channels] multipliers of the decades; empty: nothing was said. */
    private float[] weights = ALIKE;

    private long expectedFrom;
    /** Before the start: nothing is expected. */
    private long expectedTo = Long.MIN_VALUE;

    /** Of the last verdict and its span; 0 before the first. */
    private int last;

    /**
     * Takes a verdict.
     *
     * @param incident the open or last event of the series; where it lies in the span the verdict is about the channels of its kind, for one odd value
     *     speaks in several, and about all otherwise
     * @param fromMillis start of the span, event time
     * @param toMillis end of the span, not before its start
     * @param less the evidence of a score of {@link #BELOW}, as a share of that of the incident's peak
     * @return whether it is news; the same said twice in a row, by two clicks or after a restart, counts once
     */
    boolean hear(Verdict verdict, long fromMillis, long toMillis, Incident incident, double less) {
        int said = Objects.hash(verdict.name(), fromMillis, toMillis) | 1;
        if (said == last) {
            return false;
        }
        last = said;
        boolean known = incident.overlaps(fromMillis, toMillis);
        switch (verdict) {
            case NOT_ANOMALY -> multiply(known, incident, known ? Math.min(SLIGHTLY, (float) less) : SLIGHTLY);
            case ANOMALY -> multiply(known, incident, STRONGER);
            case ANOMALY_EXPECTED -> {
                expectedFrom = fromMillis;
                expectedTo = toMillis;
            }
            case NO_FEEDBACK -> expectedTo = Long.MIN_VALUE;
            case ANOMALY_NEW_TREND -> {}
        }
        return true;
    }

    private void multiply(boolean known, Incident incident, float factor) {
        if (weights.length == 0) {
            weights = new float[CHANNELS];
            Arrays.fill(weights, 1);
        }
        for (int i = 0; i < CHANNELS; i++) {
            if (!known || Channel.ALL[i].eventKind().equals(incident.channel().eventKind())) {
                weights[i] = Math.max(LEAST, Math.min(MOST, weights[i] * factor));
            }
        }
    }

    /** Whether an anomaly at this time is told to nobody. */
    boolean isExpected(long timeMillis) {
        return timeMillis <= expectedTo && timeMillis >= expectedFrom;
    }

    /** Weighs the surprises of a step, [channels] decades beyond the first. */
    void weigh(double[] decades) {
        for (int i = 0; i < weights.length; i++) {
            if (decades[i] > 0) {
                decades[i] *= weights[i];
            }
        }
    }

    /** What the surprise of a channel is multiplied by. */
    double weight(Channel channel) {
        return weights.length == 0 ? 1 : weights[channel.ordinal()];
    }

    void write(DataOutput out) throws IOException {
        boolean expected = expectedTo != Long.MIN_VALUE;
        out.writeByte((weights.length > 0 ? WEIGHTED : 0) | (expected ? EXPECTED : 0) | (last != 0 ? SAID : 0));
        Bulk.write(out, weights);
        if (expected) {
            out.writeLong(expectedFrom);
            out.writeLong(expectedTo);
        }
        if (last != 0) {
            out.writeInt(last);
        }
    }

    static Verdicts read(DataInput in, int format) throws IOException {
        int there = in.readByte();
        if (there == 0) {
            return NONE;
        }
        Verdicts verdicts = new Verdicts();
        verdicts.readWhatIs(there, in, format);
        return verdicts;
    }

    private void readWhatIs(int there, DataInput in, int format) throws IOException {
        if ((there & WEIGHTED) != 0) {
            int known = format < 5 ? EARLIER_CHANNELS : CHANNELS;
            weights = Arrays.copyOf(Bulk.readFloats(in, known, format), CHANNELS);
            Arrays.fill(weights, known, CHANNELS, 1);
        }
        if ((there & EXPECTED) != 0) {
            expectedFrom = in.readLong();
            expectedTo = in.readLong();
        }
        last = (there & SAID) == 0 ? 0 : in.readInt();
    }
}
