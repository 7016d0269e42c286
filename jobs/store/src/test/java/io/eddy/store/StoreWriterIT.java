package io.eddy.store;

import static io.eddy.store.TestingRecords.NOON;
import static io.eddy.store.TestingRecords.event;
import static io.eddy.store.TestingRecords.forecast;
import static io.eddy.store.TestingRecords.score;
import static io.eddy.store.TestingRecords.weights;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Event;
import io.eddy.EventState;
import io.eddy.Forecast;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.Weights;
import io.eddy.WeightsStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows of all tables on a real Postgres: they arrive, and twice is once. */
@Timeout(60)
class StoreWriterIT extends PostgresTesting {
    @Test
    void scoresArriveAndAReplayDoublesNothing() throws Exception {
        try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, postgres.database("scores"))) {
            Score normal = score("pump", NOON, 9.5, Status.NORMAL);
            Score missing = score("pump", NOON.plusSeconds(60), Double.NaN, Status.IMPUTED);
            writer.write(normal, missing);
            writer.write(normal);
            writer.write(missing, normal, missing);

            assertThat(postgres.query(
                            "scores",
                            "SELECT series, target, model_id, event_time AT TIME ZONE 'UTC', y, yhat, yhat_lower, yhat_upper,"
                                    + " anomaly_score, anomaly_score_raw, p_value, direction, is_anomaly, status, imputed,"
                                    + " n_samples_seen, model_version, memory_version FROM scores ORDER BY event_time"))
                    .containsExactly(
                            "pump|value|default|2026-03-29 12:00:00|9.5|10|8|null|0.5|0.75|0.25|-1|f|NORMAL|f|7|3|2",
                            "pump|value|default|2026-03-29 12:01:00|null|10|8|null|0.5|0.75|0.25|-1|f|IMPUTED|f|7|3|2");
        }
    }

    @Test
    void aTableOfAnEarlierBuildGetsTheColumnForTheProbability() throws Exception {
        StoreOptions options = postgres.database("older");
        try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, options)) {
            writer.write(score("pump", NOON, 1, Status.NORMAL));
        }
        postgres.execute("older", "ALTER TABLE scores DROP COLUMN anomaly_probability");
        for (int start = 1; start <= 2; start++) {
            try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, options)) {
                Score score = score("pump", NOON.plusSeconds(60L * start), 1 + start, Status.NORMAL);
                score.setAnomalyProbability(0.125 * start);
                writer.write(score);
            }
        }
        assertThat(postgres.query("older", "SELECT y, anomaly_probability FROM scores ORDER BY y"))
                .containsExactly("1|null", "2|0.125", "3|0.25");
    }

    @Test
    void aCorrectionTakesThePlaceOfItsScoreAndALateReadingStandsBesideIt() throws Exception {
        try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, postgres.database("corrections"))) {
            writer.write(score("pump", NOON, 9.5, Status.NORMAL));
            writer.write(score("pump", NOON, 99, Status.LATE));
            Score correction = score("pump", NOON, 9.75, Status.NORMAL);
            correction.setCorrectionOf(NOON);
            writer.write(correction);

            assertThat(postgres.query("corrections", "SELECT status, y, correction_of IS NULL FROM scores ORDER BY y"))
                    .containsExactly("NORMAL|9.75|f", "LATE|99|t");
        }
    }

    @Test
    void theNewestScoreOfASeriesIsKeptWithItsLabels() throws Exception {
        try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SERIES, postgres.database("series"))) {
            writer.write(score("pump", NOON, 1, Status.NORMAL), score("fan", NOON, 3, Status.NORMAL));
            writer.write(score("pump", NOON.plusSeconds(60), 2, Status.ANOMALY), score("pump", NOON, 1, Status.NORMAL));
            writer.write(score("pump", NOON, 1, Status.NORMAL));

            assertThat(postgres.query(
                            "series",
                            "SELECT series, labels->>'site', labels->>'unit', y, status FROM series ORDER BY y"))
                    .containsExactly("pump|a|°C|2|ANOMALY", "fan|a|°C|3|NORMAL");
        }
    }

    @Test
    void anEventIsOneRowWhetherItsChangesComeTogetherOrApart() throws Exception {
        StoreOptions options = postgres.database("events");
        try (TestingWriter<Event> writer = new TestingWriter<>(StoreTables.EVENTS, options)) {
            String question = "SELECT state, points, kind, end_time - start_time FROM events";
            writer.write(event(EventState.open, 1), event(EventState.update, 2));
            assertThat(postgres.query("events", question)).containsExactly("update|2|level_shift|null");
            writer.write(event(EventState.close, 3));
            writer.write(event(EventState.close, 3));
            assertThat(postgres.query("events", question)).containsExactly("close|3|level_shift|00:02:00");
        }
    }

    @Test
    void forecastsKeepTheirStepsInOrder() throws Exception {
        try (TestingWriter<Forecast> writer = new TestingWriter<>(StoreTables.FORECASTS, postgres.database("fans"))) {
            Forecast unproven = forecast(NOON.plusSeconds(60));
            unproven.setRealised(null);
            writer.write(forecast(NOON), unproven);
            writer.write(forecast(NOON));

            assertThat(postgres.query(
                            "fans",
                            "SELECT yhat, yhat_lower, yhat_upper, step_seconds, mae, skill, coverage_80, coverage_95,"
                                    + " threshold_eta_seconds FROM forecasts ORDER BY issued_at"))
                    .containsExactly(
                            "{10.5,11.5}|{9,8}|{12,15}|60|0.5|0.25|0.75|0.9375|null",
                            "{10.5,11.5}|{9,8}|{12,15}|60|null|null|null|null|null");
        }
    }

    @Test
    void whatBecameOfAVersionIsSeenOnItsRow() throws Exception {
        try (TestingWriter<Weights> writer = new TestingWriter<>(StoreTables.WEIGHTS, postgres.database("weights"))) {
            writer.write(weights(1, WeightsStatus.champion), weights(2, WeightsStatus.champion));
            writer.write(weights(2, WeightsStatus.rolled_back));

            assertThat(postgres.query(
                            "weights",
                            "SELECT version, status, (metrics->'pinball')::float, metrics->>'parent_pinball', tensor_bytes"
                                    + " FROM weights ORDER BY version"))
                    .containsExactly("1|champion|0.125|NaN|40", "2|rolled_back|0.125|NaN|40");
        }
    }

    @Test
    void aRowWaitsForOthersNoLongerThanTheInterval() throws Exception {
        StoreOptions options = postgres.database("waits");
        try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, options)) {
            writer.write(score("pump", NOON, 1, Status.NORMAL));
            writer.gather(List.of(score("pump", NOON.plusSeconds(60), 2, Status.NORMAL)));
            assertThat(postgres.query("waits", "SELECT count(*) FROM scores")).containsExactly("1");
            writer.clock.advance(options.flushMillis());
            assertThat(postgres.query("waits", "SELECT count(*) FROM scores")).containsExactly("2");
        }
    }

    @Test
    void aRowThatPostgresCannotTakeIsLeftOutAndTheOthersAreStored() throws Exception {
        try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, postgres.database("refusals"))) {
            String random = new java.util.Random(1)
                    .ints(9000, 33, 127)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            writer.write(
                    score("a", NOON, 1, Status.NORMAL),
                    score(random, NOON, 2, Status.NORMAL), // more than an index takes
                    score("nul \0 character", NOON, 3, Status.NORMAL),
                    score("b", NOON, 4, Status.NORMAL));

            assertThat(postgres.query("refusals", "SELECT series, y FROM scores ORDER BY y"))
                    .containsExactly("a|1", "nul \uFFFD character|3", "b|4");
        }
    }
}
