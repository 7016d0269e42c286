package io.eddy.forecast;

import static io.eddy.forecast.TestingRun.reading;
import static io.eddy.forecast.TestingRun.reject;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.eddy.Event;
import io.eddy.EventState;
import io.eddy.Feedback;
import io.eddy.FeedbackType;
import io.eddy.Forecast;
import io.eddy.Reject;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.connectors.Decoded;
import io.eddy.connectors.Options;
import io.eddy.connectors.ReadingDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The topology of production in a small Flink cluster, between other sources and sinks. */
class ForecastJobTest {
    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(1)
            .build());

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void readingsOfAStepAreAveraged() throws Exception {
        TestingRun run = TestingRun.of(List.of(
                reading("a", at(0, 0), 1.0),
                reading("b", at(0, 10), 50.0),
                reading("a", at(0, 20), 2.0),
                reading("a", at(0, 30), Double.NaN),
                reading("a", at(0, 40), 6.0),
                reading("a", at(1, 59), 8.0),
                reading("b", at(2, 0), Double.NaN)));

        assertThat(run.scores())
                .filteredOn(score -> score.getSeries().equals("a"))
                .extracting(Score::getEventTime, Score::getY, Score::getStatus)
                .containsExactly(tuple(at(0, 0), 3.0, Status.WARMING_UP), tuple(at(1, 0), 8.0, Status.WARMING_UP));
        assertThat(run.scores())
                .filteredOn(score -> score.getSeries().equals("b"))
                .extracting(Score::getEventTime, Score::getY, Score::getStatus)
                .containsExactly(tuple(at(0, 0), 50.0, Status.WARMING_UP), tuple(at(2, 0), Double.NaN, Status.IMPUTED));
        assertThat(run.scores())
                .allSatisfy(score -> assertThat(score)
                        .returns(Map.of("site", "north"), Score::getLabels)
                        .returns(TestingWeights.MODEL, Score::getModelId)
                        .returns(1L, Score::getModelVersion));
        assertThat(run.forecasts())
                .extracting(Forecast::getSeries, Forecast::getIssuedAt)
                .containsExactlyInAnyOrder(
                        tuple("a", at(0, 0)), tuple("a", at(1, 0)), tuple("b", at(0, 0)), tuple("b", at(2, 0)));
    }

    @Test
    void aLateReadingIsAnsweredAndChangesNothing() throws Exception {
        Instant late = at(0, 30);
        TestingRun run = TestingRun.of(List.of(
                reading("a", at(0, 0), 1.0),
                reading("a", at(1, 0), 2.0),
                reading("a", late, 999.0),
                reading("a", at(2, 0), 3.0)));

        assertThat(run.scores())
                .filteredOn(score -> score.getStatus() == Status.LATE)
                .singleElement()
                .returns(late, Score::getEventTime)
                .returns(999.0, Score::getY)
                .returns("its step was closed already", Score::getStatusReason)
                .returns(false, Score::getIsAnomaly);
        assertThat(run.scores())
                .filteredOn(score -> score.getStatus() != Status.LATE)
                .extracting(Score::getY)
                .containsExactly(1.0, 2.0, 3.0);
    }

    @Test
    void aReadingThatNoModelCanUseIsAnsweredWithTheReason() throws Exception {
        TestingRun run = TestingRun.of(List.of(
                reading("a", at(0, 0), 1.0),
                reading("a", at(0, 10), Double.POSITIVE_INFINITY),
                reading("a", at(0, 20), -1e31),
                reading("a", at(0, 30)),
                reading("a", at(0, 40), 3.0)));

        assertThat(run.scores())
                .filteredOn(score -> score.getStatus() == Status.BAD_INPUT)
                .extracting(Score::getEventTime, Score::getStatusReason)
                .containsExactly(
                        tuple(at(0, 10), "values: expected numbers up to 1.0E30, found Infinity"),
                        tuple(at(0, 20), "values: expected numbers up to 1.0E30, found -1.0E31"),
                        tuple(at(0, 30), "values: expected 1 number (value), found none"));
        assertThat(run.scores())
                .filteredOn(score -> score.getStatus() != Status.BAD_INPUT)
                .singleElement()
                .returns(2.0, Score::getY);
    }

    @Test
    void aRecordThatCannotBeReadGoesToTheRejects() throws Exception {
        Decoded unreadable = reject("value: expected Avro bytes, found none");
        TestingRun run = TestingRun.of(
                List.of(unreadable, reading("a", at(0, 0), 1.0), unreadable, reading("a", at(0, 1), 3.0)));

        assertThat(run.rejects()).hasSize(2).allMatch(record -> record.equals(unreadable.reject));
        assertThat(run.scores()).singleElement().returns(2.0, Score::getY);
    }

    @Test
    void feedbackOnASeriesThatNobodyKnowsGoesToTheRejects() throws Exception {
        Instant time = at(0, 0);
        Feedback said = new Feedback("b", time, time, FeedbackType.NOT_ANOMALY, null, null, time, null);
        TestingRun run = TestingRun.of(List.of(reading("a", time, 1.0)), Map.of(), said);

        assertThat(run.rejects())
                .singleElement()
                .returns("feedback", Reject::getTopic)
                .returns("series: expected one that model fleet has seen, found b", Reject::getReason);
    }

    @Test
    void eachTargetOfAReadingHasItsScoresAndItsEvents() throws Exception {
        Map<String, String> options = Map.of(
                "input.format", "json",
                "input.series", "{host}",
                "input.time", "time",
                "input.values", "load.cpu, heat, load.memory",
                "model.fields", "cpu, heat, memory",
                "model.covariates", "heat");
        ReadingDecoder decoder = new ReadingDecoder(Options.of(options));
        int fault = 60;
        List<Decoded> script = new ArrayList<>();
        for (int minute = 0; minute < 80; minute++) {
            double memory = minute == fault ? TestingSignal.SPIKE : TestingSignal.at("memory", minute);
            String message = """
                    {"host": "a", "time": "%s", "load": {"cpu": %s, "memory": %s}, "heat": %s}
                    """.formatted(
                            at(minute, 0), TestingSignal.at("cpu", minute), memory, minute % 3 == 0 ? "null" : minute);
            decoder.decode(new ConsumerRecord<>("metrics", 0, minute, null, message.getBytes(UTF_8)), script::add);
            script.add(reading("a", at(minute, 30), TestingSignal.at("cpu", minute), 0.3 * minute));
        }
        TestingRun run = TestingRun.of(script, options);

        assertThat(run.scores())
                .filteredOn(score -> score.getStatus() != Status.BAD_INPUT)
                .hasSize(160)
                .allMatch(score -> score.getSeries().equals("a") && score.getModelVersion() == 1)
                .extracting(Score::getTarget)
                .containsOnly("cpu", "memory");
        assertThat(run.scores())
                .filteredOn(score -> score.getStatus() == Status.BAD_INPUT)
                .hasSize(80)
                .extracting(Score::getTarget, Score::getStatusReason)
                .containsOnly(tuple("cpu", "values: expected 3 numbers (cpu, heat, memory), found 2"));
        assertThat(run.forecasts()).extracting(Forecast::getTarget).containsOnly("cpu", "memory");
        assertThat(run.scores())
                .filteredOn(Score::getIsAnomaly)
                .singleElement()
                .returns("memory", Score::getTarget)
                .returns(at(fault, 0), Score::getEventTime)
                .satisfies(odd -> assertThat(odd.getAttribution()).endsWith(" in memory"));
        assertThat(run.events())
                .extracting(Event::getSeries, Event::getTarget, Event::getState)
                .containsExactly(tuple("a", "memory", EventState.open), tuple("a", "memory", EventState.close));
    }

    @Test
    void aSpikeComesOutAsOneEvent() throws Exception {
        int spike = 60;
        List<Decoded> script = new ArrayList<>();
        for (int minute = 0; minute < 80; minute++) {
            for (String series : List.of("quiet", "odd")) {
                boolean odd = minute == spike && series.equals("odd");
                double value = odd ? TestingSignal.SPIKE : TestingSignal.at(series, minute);
                script.add(reading(series, at(minute, 0), value));
            }
        }
        TestingRun run = TestingRun.of(script);

        assertThat(run.scores()).hasSize(160);
        assertThat(run.scores())
                .filteredOn(Score::getIsAnomaly)
                .singleElement()
                .returns("odd", Score::getSeries)
                .returns(at(spike, 0), Score::getEventTime)
                .returns(Status.ANOMALY, Score::getStatus);
        assertThat(run.events()).extracting(Event::getState).containsExactly(EventState.open, EventState.close);
        assertThat(run.events())
                .allSatisfy(event -> assertThat(event)
                        .returns("odd", Event::getSeries)
                        .returns(run.events().get(0).getEventId(), Event::getEventId)
                        .returns(at(spike, 0), Event::getStart));
    }

    @Test
    void aSeriesWithHalfOfAllReadingsAndAVeryLongNameIsAnsweredAsTheOthersAre() throws Exception {
        String busy = "b".repeat(10_000);
        List<Decoded> script = new ArrayList<>();
        for (int minute = 0; minute < 10; minute++) {
            for (int k = 0; k < 30; k++) {
                script.add(reading(busy, at(minute, 59 - k), (double) k)); // backwards within the step
                script.add(reading("series " + k, at(minute, k), 1.0 * k));
            }
        }
        TestingRun run = TestingRun.of(script);

        assertThat(run.scores()).hasSize(10 * 31);
        assertThat(run.scores())
                .filteredOn(score -> score.getSeries().equals(busy))
                .hasSize(10)
                .allSatisfy(score -> assertThat(score.getY()).isEqualTo(14.5));
        assertThat(run.scores())
                .filteredOn(score -> score.getSeries().equals("series 7"))
                .hasSize(10)
                .allSatisfy(score -> assertThat(score.getY()).isEqualTo(7));
    }

    @Test
    void aTimeBeforeAllCalendarsIsBadInput() throws Exception {
        TestingRun run = TestingRun.of(
                List.of(reading("a", Instant.ofEpochMilli(Long.MIN_VALUE + 1), 5.0), reading("a", at(0, 1), 3.0)));

        assertThat(run.scores()).extracting(Score::getStatus).contains(Status.BAD_INPUT);
        assertThat(run.scores())
                .filteredOn(score -> score.getStatus() != Status.BAD_INPUT)
                .singleElement()
                .returns(3.0, Score::getY);
    }

    private static Instant at(int minute, int second) {
        return NOON.plus(Duration.ofMinutes(minute)).plusSeconds(second);
    }
}
