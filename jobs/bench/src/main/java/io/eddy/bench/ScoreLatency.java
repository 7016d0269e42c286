package io.eddy.bench;

import io.eddy.Reading;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.Options;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Milliseconds from the broker's time of a reading to the broker's time of its score, ascending. */
record ScoreLatency(int[] millis) {
    private record Step(String series, Instant time) {}

    /**
     * Reads both topics to their ends; every reading is a step.
     *
     * @param after readings that the broker took before this do not count: the job was not warm yet
     * @throws IllegalStateException if a score was made without weights or came from a late reading
     */
    static ScoreLatency of(Options options, String readings, String scores, long afterMillis) {
        AvroCodec<Reading> readingCodec = new AvroCodec<>(Reading.class);
        Map<Step, Long> taken = new HashMap<>();
        JobRun.readAll(options, readings, record -> {
            if (record.timestamp() >= afterMillis) {
                Reading reading = readingCodec.decode(record.value());
                taken.put(new Step(reading.getSeries(), reading.getEventTime()), record.timestamp());
            }
        });
        AvroCodec<Score> scoreCodec = new AvroCodec<>(Score.class);
        int[] millis = new int[taken.size()];
        int[] count = {0};
        JobRun.readAll(options, scores, record -> {
            Score score = scoreCodec.decode(record.value());
            Long from = taken.remove(new Step(score.getSeries(), score.getEventTime()));
            if (from != null) {
                if (score.getStatus() == Status.LATE || score.getModelVersion() == 0) {
                    throw new IllegalStateException("score: expected it in time and by version 1, found " + score);
                }
                millis[count[0]++] = (int) Math.max(0, record.timestamp() - from);
            }
        });
        int[] sorted = Arrays.copyOf(millis, count[0]);
        Arrays.sort(sorted);
        return new ScoreLatency(sorted);
    }

    /** The latency below which the given share of scores stays. */
    double quantile(double share) {
        return millis[Math.min(millis.length - 1, (int) Math.ceil(share * millis.length) - 1)];
    }
}
