package io.eddy.forecast;

import static io.eddy.forecast.ForecastHarness.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eddy.Event;
import io.eddy.EventKind;
import io.eddy.EventState;
import io.eddy.Rule;
import io.eddy.Score;
import io.eddy.Status;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** A level that stays is the normal one after the persistence of three steps, which an event says. */
class NewLevelTest {
    private static final int FIRST = 120;
    private static final double SHIFT = 60;

    private static List<Score> shifted(ForecastHarness job, int from, int to, double shift) throws Exception {
        List<Score> scores = new ArrayList<>();
        for (int minute = from; minute < to; minute++) {
            scores.add(job.step("a", minute, shift + TestingSignal.at("a", minute)));
        }
        return scores;
    }

    @Test
    void aLevelThatStaysIsToldAndIsTheNormalOneFromTheNextStepOn() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.run("a", 0, FIRST);
            List<Score> until = shifted(job, FIRST, FIRST + 4, SHIFT);
            List<Score> then = shifted(job, FIRST + 4, FIRST + 40, SHIFT);

            assertThat(until).extracting(Score::getStatus).containsOnly(Status.ANOMALY);
            assertThat(then).extracting(Score::getStatus).containsOnly(Status.NORMAL);
            assertThat(then).allSatisfy(score -> assertThat(score.getYhat()).isCloseTo(score.getY(), within(10.0)));
            assertThat(job.events())
                    .extracting(Event::getState)
                    .containsExactly(EventState.open, EventState.close, EventState.close);
            String id = job.events().get(0).getEventId();
            assertThat(job.events().get(1).getEventId()).isEqualTo(id);
            assertThat(job.events().get(2))
                    .returns(id + "|accepted", Event::getEventId)
                    .returns(EventKind.level_shift, Event::getKind)
                    .returns(minute(FIRST), Event::getStart)
                    .returns(minute(FIRST + 3), Event::getEnd)
                    .returns(4, Event::getPoints)
                    .returns(1, Event::getDirection)
                    .satisfies(event -> assertThat(Records.isAcceptance(event)).isTrue());
        }
    }

    @Test
    void anEventThatOpensWithTheStepThatIsLearntIsToldBeforeItEnds() throws Exception {
        Rule fourInARow = TestingRules.rule("four").setK(4).setN(4).build();
        try (ForecastHarness job = ForecastHarness.withRules(List.of(fourInARow), null)) {
            job.run("a", 0, FIRST);
            List<Score> until = shifted(job, FIRST, FIRST + 4, SHIFT);
            shifted(job, FIRST + 4, FIRST + 10, SHIFT);

            assertThat(until)
                    .extracting(Score::getStatus)
                    .containsExactly(Status.SUPPRESSED, Status.SUPPRESSED, Status.SUPPRESSED, Status.ANOMALY);
            assertThat(job.events()).extracting(Event::getState).containsExactly(EventState.open, EventState.close);
            assertThat(job.events().get(0).getEventId())
                    .isEqualTo(until.get(3).getEventId())
                    .isEqualTo(job.events().get(1).getEventId());
        }
    }

    @Test
    void aSpikeOfAFewStepsIsNoNewLevel() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.run("a", 0, FIRST);
            shifted(job, FIRST, FIRST + 3, SHIFT);
            job.run("a", FIRST + 3, FIRST + 30);

            assertThat(job.events()).noneMatch(Records::isAcceptance);
            assertThat(job.step("a", FIRST + 30, TestingSignal.at("a", FIRST + 30))
                            .getStatus())
                    .isEqualTo(Status.NORMAL);
        }
    }

    @Test
    void aRampIsNoNewLevel() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.run("a", 0, FIRST);
            for (int k = 0; k < 10; k++) {
                job.step("a", FIRST + k, 40 * (k + 1) + TestingSignal.at("a", FIRST + k));
            }

            assertThat(job.events()).isNotEmpty().noneMatch(Records::isAcceptance);
        }
    }

    @Test
    void theCountGoesOnAfterARestore() throws Exception {
        OperatorSubtaskState state;
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.run("a", 0, FIRST);
            shifted(job, FIRST, FIRST + 2, SHIFT);
            state = job.snapshot();
        }
        try (ForecastHarness job = ForecastHarness.restored(state)) {
            shifted(job, FIRST + 2, FIRST + 4, SHIFT);
            assertThat(job.events()).filteredOn(Records::isAcceptance).hasSize(1);
            assertThat(shifted(job, FIRST + 4, FIRST + 5, SHIFT))
                    .extracting(Score::getStatus)
                    .containsExactly(Status.NORMAL);
        }
    }
}
