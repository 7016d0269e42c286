package io.eddy.train;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which series windows are cut of: all, while they are few. Each time that there are more than are wanted, half of them are given up, by their names
 * alone, so that those that stay are the same after a restart and have no gaps. Where less than a quarter of what is wanted is left, because the others
 * were forgotten, those given up last are taken again.
 */
final class SeriesSample {
    private static final Logger LOG = LoggerFactory.getLogger(SeriesSample.class);
    /** Spreads the codes of names that differ in their last letters. */
    private static final int SPREAD = 0x9E3779B9;

    /** One part in so many of what is wanted is few. */
    private static final int FEW = 4;

    private final long most;
    private int halvings;
    /** Of those that are held. */
    private long count;

    /** @param most series, at least 1 */
    SeriesSample(long most) {
        this.most = most;
    }

    int halvings() {
        return halvings;
    }

    long count() {
        return count;
    }

    /** Takes over what another one, of before a restart, had come to. */
    void restore(int halvings, long count) {
        this.halvings = halvings;
        this.count = count;
    }

    /** @param series that are left when all are gone through after a halving */
    void left(long series) {
        count = series;
    }

    /**
     * Whether windows are cut of a series.
     *
     * @param isNew it has not been held so far
     */
    boolean takes(String key, boolean isNew) {
        if (isNew && holds(key) && ++count > most) {
            halvings++;
            LOG.info("train.series: more than {} in this subtask; windows are cut of one in {}", most, 1L << halvings);
        }
        return holds(key);
    }

    /** Whether windows are cut of a series that is held. */
    boolean holds(String key) {
        return halvings == 0 || key.hashCode() * SPREAD >>> Math.max(0, Integer.SIZE - halvings) == 0;
    }

    /** A series that was held is forgotten. */
    void ended() {
        count = Math.max(0, count - 1);
        if (halvings > 0 && count < most / FEW) {
            halvings--;
            LOG.info(
                    "train.series: less than a {}th of {} in this subtask; windows are cut of one in {}",
                    FEW,
                    most,
                    1L << halvings);
        }
    }
}
