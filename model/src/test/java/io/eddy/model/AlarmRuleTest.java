package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.network.TestingWeights;
import io.eddy.model.network.WeightsVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlarmRuleTest {
    private static final int STEPS = 400;
    /** Where the series leaves its level of 100. */
    private static final int ODD = 300;

    private final Forecaster forecaster = new Forecaster(TestingOptions.of(4, 0, 1000, 1e-3, 48, 3));
    private final WeightsVersion weights =
            new WeightsVersion(1, TestingWeights.random(7, Forecaster.inputs(), 8, 4, 0.01));

    /** What was said of one step. */
    private record Said(
            int t,
            double score,
            double raw,
            boolean anomaly,
            Hold hold,
            Incident.Change change,
            double alert,
            String forecast) {}

    /** A level of 100 with noise, off by so much for some steps. */
    private static double[] level(double jump, int steps) {
        Random random = new Random(3);
        double[] y = new double[STEPS];
        for (int t = 0; t < STEPS; t++) {
            y[t] = 100 + random.nextGaussian() + (t >= ODD && t < ODD + steps ? jump : 0);
        }
        return y;
    }

    private List<Said> run(Memory memory, double[] y, int from, int to, @Nullable AlarmRule rule) {
        Answer answer = new Answer(4);
        List<Said> said = new ArrayList<>();
        for (int t = from; t < to; t++) {
            forecaster.step(memory, weights, t * 1000L, y[t], 1, true, rule, answer);
            said.add(new Said(
                    t,
                    answer.anomalyScore,
                    answer.rawScore,
                    answer.isAnomaly,
                    answer.hold,
                    answer.change,
                    answer.alert,
                    answer.pValue + " " + Arrays.toString(answer.forecast)));
        }
        return said;
    }

    private List<Said> run(double[] y, @Nullable AlarmRule rule) {
        return run(new Memory(), y, 0, STEPS, rule);
    }

    private static List<Integer> alarms(List<Said> said) {
        return said.stream().filter(Said::anomaly).map(Said::t).toList();
    }

    private static List<Integer> held(List<Said> said, Hold why) {
        return said.stream().filter(each -> each.hold == why).map(Said::t).toList();
    }

    private static List<Integer> opened(List<Said> said) {
        return said.stream()
                .filter(each -> each.change == Incident.Change.OPEN)
                .map(Said::t)
                .toList();
    }

    private static AlarmRule rule(int direction, double absolute, double relative, int k, int n) {
        return new AlarmRule(false, direction, absolute, relative, k, n, 0);
    }

    @Test
    void aRuleThatAsksForNothingChangesNothing() {
        double[] y = level(40, 3);
        assertThat(run(y, AlarmRule.NONE))
                .isEqualTo(run(y, null))
                .filteredOn(Said::anomaly)
                .isNotEmpty();
    }

    @Test
    void whateverARuleHoldsBackForecastsAndPValuesAreTheSame() {
        double[] y = level(15, 30);
        List<String> without = run(y, null).stream().map(Said::forecast).toList();
        for (AlarmRule rule : List.of(
                new AlarmRule(true, 0, 0, 0, 1, 1, 0),
                rule(-1, 0, 0, 1, 1),
                rule(0, 0, 0.5, 1, 1),
                rule(0, 0, 0, 4, 5),
                new AlarmRule(false, 0, 0, 0, 1, 1, 1e-8),
                new AlarmRule(false, 0, 0, 0, 1, 1, 0.019))) {
            assertThat(run(y, rule)).extracting(Said::forecast).isEqualTo(without);
        }
    }

    @Test
    void silenceHoldsEveryAlarmBackAndKeepsTheRawScore() {
        double[] y = level(40, 3);
        List<Said> without = run(y, null);
        List<Said> silent = run(y, new AlarmRule(true, 0, 0, 0, 1, 1, 0));

        assertThat(held(silent, Hold.SILENT)).isEqualTo(alarms(without)).contains(ODD);
        assertThat(alarms(silent)).isEmpty();
        assertThat(opened(silent)).isEmpty();
        for (int t = 0; t < STEPS; t++) {
            assertThat(silent.get(t).raw).isEqualTo(without.get(t).score);
            assertThat(silent.get(t).score).isEqualTo(without.get(t).anomaly ? 0 : without.get(t).score);
        }
    }

    @Test
    void onlyTheSideThatCountsIsAnAlarm() {
        assertThat(alarms(run(level(40, 1), rule(1, 0, 0, 1, 1)))).contains(ODD);
        assertThat(held(run(level(40, 1), rule(-1, 0, 0, 1, 1)), Hold.DIRECTION))
                .contains(ODD);
        assertThat(alarms(run(level(-40, 1), rule(-1, 0, 0, 1, 1)))).contains(ODD);
        assertThat(held(run(level(-40, 1), rule(1, 0, 0, 1, 1)), Hold.DIRECTION))
                .contains(ODD);
    }

    @Test
    void aDeviationHasToBeLargeEnough() {
        double[] y = level(15, 1);
        assertThat(alarms(run(y, null))).contains(ODD);
        assertThat(alarms(run(y, rule(0, 5, 0.05, 1, 1)))).contains(ODD);
        assertThat(held(run(y, rule(0, 25, 0, 1, 1)), Hold.ABSOLUTE)).contains(ODD);
        assertThat(held(run(y, rule(0, 5, 0.25, 1, 1)), Hold.RELATIVE)).contains(ODD);
    }

    @Test
    void kOfNHoldsASingleValueBackAndTellsTheKthOnce() {
        assertThat(held(run(level(40, 1), rule(0, 0, 0, 2, 3)), Hold.K_OF_N)).contains(ODD);
        assertThat(alarms(run(level(40, 1), rule(0, 0, 0, 2, 3)))).doesNotContain(ODD);

        List<Said> three = run(level(40, 3), rule(0, 20, 0, 2, 3));
        assertThat(held(three, Hold.K_OF_N)).containsExactly(ODD);
        assertThat(opened(three)).containsExactly(ODD + 1);
        assertThat(three.get(ODD).alert).isZero();
        assertThat(three.get(ODD + 1).alert).isGreaterThan(1);
    }

    @Test
    void whatBeganInSilenceIsToldOnceItEnds() {
        double[] y = level(40, 10);
        Memory memory = new Memory();
        run(memory, y, 0, ODD, null);
        List<Said> silent = run(memory, y, ODD, ODD + 2, new AlarmRule(true, 0, 0, 0, 1, 1, 0));
        assertThat(silent).extracting(Said::change).containsOnly(Incident.Change.NONE);
        List<Said> after = run(memory, y, ODD + 2, ODD + 10, null);
        assertThat(opened(after)).containsExactly(ODD + 2);
        assertThat(after).filteredOn(each -> each.alert > 0).extracting(Said::t).containsExactly(ODD + 2);
    }

    @Test
    void aRuleMayHaveAFalseAlarmRateOfItsOwn() {
        double[] y = level(15, 1);
        Said usual = run(y, null).get(ODD);
        Said strict = run(y, new AlarmRule(false, 0, 0, 0, 1, 1, 1e-6)).get(ODD);
        assertThat(strict.score / usual.score).isCloseTo(0.5, within(1e-9));
        assertThat(strict.raw).isEqualTo(strict.score);
    }

    @Test
    void whatWasHeldBackIsPartOfTheMemory() throws IOException {
        double[] y = level(40, 3);
        AlarmRule rule = rule(0, 20, 0, 3, 5);
        List<Said> undisturbed = run(y, rule);

        Memory memory = new Memory();
        run(memory, y, 0, ODD + 2, rule);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.write(new DataOutputStream(bytes));
        Memory read = Memory.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(opened(undisturbed)).containsExactly(ODD + 2);
        assertThat(run(read, y, ODD + 2, STEPS, rule)).isEqualTo(undisturbed.subList(ODD + 2, STEPS));
    }

    @Test
    void aRuleOutOfRangeIsRefused() {
        assertThatThrownBy(() -> rule(0, 0, 0, 4, 3)).hasMessage("k: expected 1 to n, found 4");
        assertThatThrownBy(() -> rule(0, 0, 0, 1, 65)).hasMessage("n: expected 1 to 64, found 65");
        assertThatThrownBy(() -> rule(2, 0, 0, 1, 1)).hasMessage("direction: expected -1, 0 or 1, found 2");
    }
}
