package io.eddy.cli.page;

import static io.eddy.cli.page.TestingRecords.event;
import static io.eddy.cli.page.TestingRecords.forecast;
import static io.eddy.cli.page.TestingRecords.score;
import static io.eddy.cli.page.TestingRecords.weights;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Event;
import io.eddy.EventState;
import io.eddy.Feedback;
import io.eddy.FeedbackType;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.WeightsStatus;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.Options;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoreTest {
    private final Store store = new Store(Options.of(Map.of()).with(InputOptions.STEP, "1h"), List::of);

    @Test
    void keepsFewerPointsOfEachSeriesTheMoreThereAre() {
        store.add(score("first", 0));
        assertThat(store.pointLimit()).isEqualTo(2000);
        for (int i = 0; i < 20_000; i++) {
            store.add(score("series-" + i, 0));
        }
        assertThat(store.pointLimit()).isEqualTo(79);
        for (int step = 1; step < 200; step++) {
            store.add(score("first", step));
            store.add(forecast("first", step));
        }
        assertThat(store.series(new SeriesId("first", "value"))).satisfies(first -> {
            assertThat(first.points().size()).isEqualTo(79);
            assertThat(first.forecastCount()).isEqualTo(3);
        });
    }

    /** With all the points and forecasts that they keep. */
    @Test
    void tenThousandSeriesFitIntoTwoHundredMegabytes() {
        long before = usedBytes();
        String[] names = new String[10_000];
        for (int i = 0; i < names.length; i++) {
            names[i] = "service-" + i + ".requests_per_second";
            store.add(score(names[i], 0));
        }
        for (int step = 1; step < 170; step++) {
            for (String name : names) {
                store.add(score(name, step));
                if (step % 20 == 0) {
                    store.add(forecast(name, step));
                }
            }
        }
        long bytes = usedBytes() - before;
        assertThat(store.series()).hasSize(10_000).allSatisfy(series -> {
            assertThat(series.points().size()).isEqualTo(160);
            assertThat(series.forecastCount()).isBetween(6, 8);
        });
        assertThat(bytes).isLessThan(200_000_000);
    }

    private static long usedBytes() {
        Runtime.getRuntime().gc();
        Runtime.getRuntime().gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void seriesBeyondTheMostAreCountedOnly() {
        for (int i = 0; i < 50_003; i++) {
            store.add(score("series-" + i, 0));
        }
        assertThat(store.series()).hasSize(50_000);
        assertThat(store.notShown()).isEqualTo(3);
    }

    /** As containers do, whose names are new each time. */
    @Test
    void seriesThatAreGoneMakeRoomForThoseThatCome() {
        for (int i = 0; i < 50_000; i++) {
            store.add(score("gone-" + i, 0));
        }
        String[] there = {"gone-0", "gone-1"};
        for (int step = 1; step <= 500_000; step++) {
            Score score = score("", step);
            for (String name : there) {
                store.add(Score.newBuilder(score).setSeries(name).build());
            }
        }
        store.add(score("new", 500_000));
        assertThat(store.series())
                .extracting(series -> series.id().series())
                .containsExactly("gone-0", "gone-1", "new");
    }

    @Test
    void ofVeryManyOpenEventsTheNewestAreKnown() {
        for (int i = 0; i < 50_003; i++) {
            store.add(event("series-" + i, 5, 5, EventState.open));
        }
        EventLog log = store.events();
        assertThat(log.openCount()).isEqualTo(50_000);
        assertThat(log.open(new SeriesId("series-2", "value"))).isNull();
        assertThat(log.open(new SeriesId("series-50002", "value"))).isNotNull();
    }

    @Test
    void theShareOfAnomalousSeriesGoesByStep() {
        store.add(score("a", 0));
        store.add(score("b", 0, 300, Status.ANOMALY, 4));
        store.add(score("a", 1));
        store.add(score("b", 1, 300, Status.LATE, 0));
        assertThat(store.share().steps().values())
                .extracting(counts -> counts.anomalous + "/" + counts.scored)
                .containsExactly("1/2", "0/1");
    }

    @Test
    void openEventsComeFirstAndFeedbackFindsItsEvent() {
        Event open = event("a", 5, 6, EventState.open);
        store.add(open);
        store.add(event("b", 7, 8, EventState.open));
        store.add(event("b", 7, 9, EventState.close));
        store.add(new Feedback(
                "a", open.getStart(), open.getStart(), FeedbackType.NOT_ANOMALY, null, null, Instant.EPOCH, null));
        EventLog log = store.events();
        assertThat(log.newest(10)).extracting(Event::getSeries).containsExactly("a", "b");
        assertThat(log.openCount()).isEqualTo(1);
        assertThat(log.opened()).isEqualTo(2);
        assertThat(log.open(new SeriesId("b", "value"))).isNull();
        assertThat(log.feedback(open)).isEqualTo(FeedbackType.NOT_ANOMALY);
    }

    @Test
    void feedbackForOneTargetIsOfItsEventAlone() {
        Event memory = Event.newBuilder(event("a", 5, 6, EventState.open))
                .setTarget("memory")
                .setEventId("memory")
                .build();
        Event cpu = Event.newBuilder(event("a", 5, 6, EventState.open))
                .setTarget("cpu")
                .setEventId("cpu")
                .build();
        EventLog log = store.events();
        store.add(memory);
        store.add(cpu);
        say(FeedbackType.NOT_ANOMALY, memory, "memory");
        assertThat(log.feedback(memory)).isEqualTo(FeedbackType.NOT_ANOMALY);
        assertThat(log.feedback(cpu)).isNull();
        say(FeedbackType.ANOMALY, memory, null);
        assertThat(log.feedback(memory)).isEqualTo(FeedbackType.ANOMALY);
        assertThat(log.feedback(cpu)).isEqualTo(FeedbackType.ANOMALY);
    }

    private void say(FeedbackType type, Event of, @Nullable String target) {
        store.add(new Feedback(of.getSeries(), of.getStart(), of.getStart(), type, null, null, Instant.EPOCH, target));
    }

    @Test
    void anOpenEventGoesOnWithItsScores() {
        EventLog log = store.events();
        Event open = event("a", 5, 5, EventState.open);
        store.add(anomalous(open, 5, 1.2));
        store.add(open);
        assertThat(log.points(open)).isEqualTo(open.getPoints());
        for (int step = 6; step < 6 + open.getPoints(); step++) {
            store.add(anomalous(open, step, 90));
        }
        store.add(score("a", 20));
        assertThat(log.points(open)).isEqualTo(open.getPoints() + 1);
        assertThat(log.peak(open)).isEqualTo(90);

        Event next = Event.newBuilder(open).setEventId("a|value|next").build();
        assertThat(log.points(next)).isEqualTo(next.getPoints());
        Event closed = Event.newBuilder(open).setState(EventState.close).build();
        assertThat(log.points(closed)).as("what the record says").isEqualTo(open.getPoints());
    }

    @Test
    void ofVeryManyEventsAtOnceTheScoresOfTheNewestAreCounted() {
        EventLog log = store.events();
        for (int i = 0; i < 6_000; i++) {
            Event open = event("series-" + i, 5, 5, EventState.open);
            store.add(open);
            store.add(anomalous(open, 5, 2));
            store.add(anomalous(open, 6, 2));
        }
        assertThat(log.points(event("series-999", 5, 5, EventState.open))).isEqualTo(1);
        assertThat(log.points(event("series-1000", 5, 5, EventState.open))).isEqualTo(2);
        assertThat(log.points(event("series-5999", 5, 5, EventState.open))).isEqualTo(2);
    }

    @Test
    void theScoresOfAnEventAreForgottenWhenItIsOver() {
        EventLog log = store.events();
        Event open = event("a", 5, 5, EventState.open);
        store.add(open);
        store.add(anomalous(open, 5, 2));
        store.add(anomalous(open, 6, 2));
        store.add(event("a", 5, 6, EventState.close));
        store.add(anomalous(open, 6, 2)); // on another topic, and late
        assertThat(log.points(open)).as("what the record says").isEqualTo(1);
    }

    private static Score anomalous(Event event, int step, double anomalyScore) {
        Score score = score(event.getSeries(), step, 500, Status.ANOMALY, anomalyScore);
        score.setEventId(event.getEventId());
        return score;
    }

    @Test
    void aVersionIsThereOnceWithItsNewestStatus() {
        store.add(weights(1, WeightsStatus.champion));
        store.add(weights(1, WeightsStatus.champion));
        store.add(weights(1, WeightsStatus.rolled_back));
        assertThat(store.versions())
                .singleElement()
                .satisfies(version -> assertThat(version.getStatus()).isEqualTo(WeightsStatus.rolled_back));
    }

    @Test
    void eventsAndVersionsAreBounded() {
        for (int i = 0; i < 6_000; i++) {
            store.add(event("a", i, i, EventState.close));
            store.add(weights(i, i % 2 == 0 ? WeightsStatus.champion : WeightsStatus.rejected));
        }
        assertThat(store.events().of(new SeriesId("a", "value"))).hasSize(5_000);
        assertThat(store.versions())
                .hasSize(200)
                .allSatisfy(
                        version -> assertThat(version.getTensors().remaining()).isZero());
    }
}
