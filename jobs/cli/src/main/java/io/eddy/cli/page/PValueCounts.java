package io.eddy.cli.page;

import io.eddy.Score;
import io.eddy.Status;
import java.util.Arrays;

/** How often the p-values of a backtest were at or below a level, which over normal data is that level; and the span of its scores. */
public final class PValueCounts {
    private static final double[] LEVELS = {1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1};

    private final long[] atMost = new long[LEVELS.length];
    private long judged;
    private long anomalous;
    private long fromMillis = Long.MAX_VALUE;
    private long toMillis = Long.MIN_VALUE;

    public void add(Score score) {
        long time = score.getEventTime().toEpochMilli();
        fromMillis = Math.min(fromMillis, time);
        toMillis = Math.max(toMillis, time);
        boolean counts = score.getStatus() == Status.NORMAL || score.getStatus() == Status.ANOMALY;
        if (!counts || Double.isNaN(score.getYhat())) {
            return;
        }
        judged++;
        anomalous += score.getIsAnomaly() ? 1 : 0;
        for (int i = 0; i < LEVELS.length; i++) {
            atMost[i] += score.getPValue() <= LEVELS[i] ? 1 : 0;
        }
    }

    double[] levels() {
        return LEVELS.clone();
    }

    /** The share of judged points at or below each level; NaN before the first point. */
    double[] shares() {
        return Arrays.stream(atMost).mapToDouble(n -> (double) n / judged).toArray();
    }

    /** Points that were judged: neither warming up nor without an expectation. */
    long judged() {
        return judged;
    }

    long anomalous() {
        return anomalous;
    }

    /** Time of the oldest score, epoch milliseconds. */
    long fromMillis() {
        return fromMillis;
    }

    /** Time of the newest score, epoch milliseconds. */
    long toMillis() {
        return toMillis;
    }
}
