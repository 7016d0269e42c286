package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Event;
import io.eddy.Score;
import io.eddy.cli.page.Planted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class FaultLogTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final FaultLog log = new FaultLog(new TestingReplay(List.of(
            new Fault("a", FaultKind.SPIKE, 100 * HOUR, 101 * HOUR),
            new Fault("b", FaultKind.LEVEL_SHIFT, 100 * HOUR, 102 * HOUR),
            new Fault("a", FaultKind.FLAT, 300 * HOUR, 312 * HOUR))));

    /** Faults that are known. */
    private record TestingReplay(List<Fault> faults) implements Replay {
        @Override
        public List<Fault> faultsUntil(long timeMillis) {
            return faults.stream()
                    .filter(fault -> fault.fromMillis() <= timeMillis)
                    .toList();
        }

        @Override
        public void run(ReadingProducer producer, BooleanSupplier stop) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int partitions() {
            return 1;
        }

        @Override
        public long stepMillis() {
            return HOUR;
        }

        @Override
        public long outOfOrdernessMillis() {
            return 0;
        }

        @Override
        public String describe() {
            return "three faults";
        }

        @Override
        public long nowMillis() {
            return 0;
        }
    }

    private void score(String series, int hour, double anomalyScore) {
        Score score = new Score();
        score.setSeries(series);
        score.setEventTime(Instant.ofEpochMilli(hour * HOUR));
        score.setAnomalyScore(anomalyScore);
        log.add(score);
    }

    private void event(String series, int hour, String id) {
        Event event = new Event();
        event.setEventId(id);
        event.setSeries(series);
        event.setStart(Instant.ofEpochMilli(hour * HOUR));
        log.add(event);
    }

    @Test
    void eachFaultStandsBesideWhatWasToldOfIt() {
        score("a", 99, 5);
        assertThat(log.planted()).as("of what is to come nothing").isEmpty();
        score("a", 100, 0.4);
        score("b", 100, 0.3);
        assertThat(log.planted()).extracting(Planted::isOver).containsExactly(false, false);
        score("b", 101, 1.27);
        event("b", 101, "b|value|101");
        event("a", 99, "a|value|99");
        event("a", 105, "a|value|105");
        for (int hour = 101; hour < 110; hour++) {
            score("a", hour, hour == 104 ? 0.97 : hour == 105 ? 3 : 0);
        }
        assertThat(log.planted())
                .containsExactly(
                        new Planted("a", "spike", 100 * HOUR, 101 * HOUR, 0.97, false, true),
                        new Planted("b", "level shift", 100 * HOUR, 102 * HOUR, 1.27, true, true));
        assertThat(FaultLog.table(log.planted())).isEqualTo("level shift 1/1, spike 0/1");
        assertThat(FaultLog.line(log.planted().get(0), HOUR))
                .isEqualTo("1970-01-05T04:00:00Z  not told  " + "a" + " ".repeat(43)
                        + "  spike of 1 step, highest score 0.9");
    }

    /** Within half a season an event opens only on more evidence than the last one had. */
    @Test
    void aScoreAboveOneThatIsNotToldAnewSaysWhy() {
        score("a", 100, 1.44);
        assertThat(FaultLog.line(log.planted().get(0), HOUR))
                .contains("not told  a ")
                .endsWith("highest score 1.4, soon after another event");
    }

    @Test
    void anAcceptedLevelIsNoAlarm() {
        score("a", 303, 0.2);
        event("a", 303, "a|value|303|accepted");
        assertThat(log.planted()).filteredOn(Planted::isTold).isEmpty();
        event("a", 303, "a|value|303");
        assertThat(log.planted()).filteredOn(Planted::isTold).hasSize(1);
    }
}
