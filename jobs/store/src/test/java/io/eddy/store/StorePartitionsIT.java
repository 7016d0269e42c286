package io.eddy.store;

import static io.eddy.store.TestingRecords.NOON;
import static io.eddy.store.TestingRecords.score;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Score;
import io.eddy.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Partitions are made for the rows that come and dropped when they are too old. */
@Timeout(60)
class StorePartitionsIT extends PostgresTesting {
    private static final String PARTITIONS =
            "SELECT partition, from_time AT TIME ZONE 'UTC', to_time - from_time FROM eddy_partitions ORDER BY from_time";

    private static StoreOptions with(StoreOptions options, int partitionDays, Duration retention) {
        return new StoreOptions(
                options.url(),
                options.user(),
                options.passwordFile(),
                options.createTables(),
                options.batchRows(),
                options.flushMillis(),
                partitionDays,
                retention);
    }

    @Test
    void rowsOfAnyTimeFindTheirPartition() throws Exception {
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        Instant tomorrow = today.plus(1, ChronoUnit.DAYS);
        try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, postgres.database("anytime"))) {
            writer.write(
                    score("pump", today, 1, Status.NORMAL),
                    score("pump", tomorrow.minusMillis(1), 2, Status.NORMAL),
                    score("pump", tomorrow, 3, Status.NORMAL),
                    score("pump", Instant.parse("1969-12-31T23:00:00Z"), 4, Status.NORMAL),
                    score("pump", Instant.parse("1970-01-01T00:00:00Z"), 5, Status.NORMAL));

            String day = today.toString().substring(0, 10);
            String next = tomorrow.toString().substring(0, 10);
            String after = tomorrow.plus(1, ChronoUnit.DAYS).toString().substring(0, 10);
            String name = "scores_" + (day + "_" + next).replace("-", "");
            assertThat(postgres.query("anytime", PARTITIONS))
                    .containsExactly(
                            "scores_19681231_19700101|1968-12-31 00:00:00|366 days",
                            "scores_19700101_19710102|1970-01-01 00:00:00|366 days",
                            name + "|" + day + " 00:00:00|1 day",
                            "scores_" + (next + "_" + after).replace("-", "") + "|" + next + " 00:00:00|1 day");
            assertThat(postgres.query("anytime", "SELECT count(*) FROM " + name))
                    .containsExactly("2");
        }
    }

    @Test
    void aClockThatIsAnywhereMakesFewPartitions() throws Exception {
        StoreOptions options = postgres.database("clock");
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        Random random = new Random(7);
        try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, options)) {
            for (int k = 0; k < 200; k++) {
                Instant any = today.minus(400 + random.nextInt(5000), ChronoUnit.DAYS);
                writer.gather(List.of(score("pump", any.plusSeconds(k), k, Status.NORMAL)));
            }
            writer.write(score("pump", today.minus(1, ChronoUnit.DAYS), 1, Status.NORMAL));
        }
        assertThat(postgres.query("clock", "SELECT count(*) FROM scores")).containsExactly("201");
        assertThat(postgres.query("clock", "SELECT count(*) <= 16 FROM eddy_partitions"))
                .containsExactly("t");
        assertThat(postgres.query("clock", "SELECT max(to_time) <= now() + '1 day' FROM eddy_partitions"))
                .containsExactly("t");
    }

    @Test
    void anotherWidthGoesOnBesideTheOldOne() throws Exception {
        StoreOptions options = postgres.database("widths");
        Instant tenDays = noon(Instant.now().getEpochSecond() / 864_000 * 10 - 100);
        try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, options)) {
            writer.write(score("pump", tenDays.plus(1, ChronoUnit.DAYS), 1, Status.NORMAL));
        }
        try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, with(options, 10, Duration.ZERO))) {
            writer.write(
                    score("pump", tenDays, 2, Status.NORMAL),
                    score("pump", tenDays.plus(25, ChronoUnit.HOURS), 3, Status.NORMAL),
                    score("pump", tenDays.plus(2, ChronoUnit.DAYS), 4, Status.NORMAL),
                    score("pump", tenDays.plus(34, ChronoUnit.DAYS), 5, Status.NORMAL));
        }
        assertThat(postgres.query("widths", "SELECT count(*) FROM scores")).containsExactly("5");
        assertThat(postgres.query("widths", "SELECT max(to_time - from_time) FROM eddy_partitions"))
                .containsExactly("10 days");
        // No overlap: Postgres would have refused it; and no partition was made twice.
        assertThat(postgres.query("widths", "SELECT count(*) FROM eddy_partitions"))
                .containsExactly("4");
    }

    private static Instant noon(long epochDay) {
        return Instant.EPOCH.plus(epochDay, ChronoUnit.DAYS).plus(12, ChronoUnit.HOURS);
    }

    @Test
    void whatIsTooOldIsDroppedAndNotStoredAgain() throws Exception {
        StoreOptions options = postgres.database("retention");
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        Score old = score("pump", today.minus(9, ChronoUnit.DAYS), 1, Status.NORMAL);
        Score recent = score("pump", today.minus(1, ChronoUnit.DAYS), 2, Status.NORMAL);
        try (TestingWriter<Score> series = new TestingWriter<>(StoreTables.SERIES, options)) {
            series.write(score("silent", old.getEventTime(), 1, Status.NORMAL), recent);
        }
        try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, options)) {
            writer.write(old, recent);
        }
        try (TestingWriter<Score> writer =
                new TestingWriter<>(StoreTables.SCORES, with(options, 1, Duration.ofDays(7)))) {
            writer.clock.setCurrentTime(Instant.now().toEpochMilli());
            writer.write(old, score("pump", today, 3, Status.NORMAL));
        }
        assertThat(postgres.query("retention", "SELECT y FROM scores ORDER BY y"))
                .containsExactly("2", "3");
        assertThat(postgres.query("retention", "SELECT series FROM series")).containsExactly("pump");
        List<String> days = postgres.query(
                "retention", "SELECT (from_time AT TIME ZONE 'UTC')::date FROM eddy_partitions ORDER BY 1");
        assertThat(days).hasSize(3).startsWith(day(today, -1), day(today, 0));
        // That of the day to come: of another one, where midnight was within the test.
        assertThat(days.get(2)).isIn(day(today, 1), day(Instant.now(), 1));
    }

    private static String day(Instant time, int later) {
        return time.plus(later, ChronoUnit.DAYS).toString().substring(0, 10);
    }

    @Test
    void manyWritersMayStartAndMakeTheSamePartitionsAtOnce() throws Exception {
        StoreOptions options = postgres.database("together");
        List<Thread> writers = java.util.stream.IntStream.range(0, 6)
                .mapToObj(number -> new Thread(() -> {
                    try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, options)) {
                        for (int day = 0; day < 20; day++) {
                            writer.write(score("s" + number, NOON.plus(day, ChronoUnit.DAYS), day, Status.NORMAL));
                        }
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(postgres.query("together", "SELECT count(*), count(DISTINCT event_time) FROM scores"))
                .containsExactly("120|20");
    }
}
