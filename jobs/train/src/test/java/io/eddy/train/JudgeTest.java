package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Weights;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Architecture ONE_AHEAD = new Architecture(1, 4, 1, 1, Quantiles.COUNT);

    @Test
    void judgesOnlyKnownTargetsAfterTheFirstHorizonSteps() {
        Judgement judgement = Judge.judge(constant(-2, -1, 0, 1, 2), List.of(window(99, 1, Float.NaN, -3)));
        assertThat(judgement.targets()).isEqualTo(2);
        assertThat(judgement.medianLoss()).isEqualTo((0.5 + 1.5) / 2, within(1e-6));
        assertThat(judgement.coverage()).isEqualTo(0.5);
    }

    @Test
    void pinballIsTheMeanOverLevels() {
        Judgement judgement = Judge.judge(constant(-2, -1, 0, 1, 2), List.of(window(0, 1)));
        double expected = (0.025 * 3 + 0.1 * 2 + 0.5 * 1 + 0 + (1 - 0.975) * 1) / 5;
        assertThat(judgement.pinball()).isEqualTo(expected, within(1e-6));
    }

    @Test
    void theBaseIsADeviationOfZero() {
        List<TrainingWindow> windows = List.of(window(0, 1, -2, Float.NaN));
        assertThat(Judge.judge(null, windows)).isEqualTo(Judge.judge(constant(0, 0, 0, 0, 0), windows));
        assertThat(Judge.judge(null, windows).medianLoss()).isEqualTo(0.75, within(1e-12));
    }

    @Test
    void nothingToJudgeIsNoNumber() {
        Judgement judgement = Judge.judge(null, List.of(window(5)));
        assertThat(judgement.targets()).isZero();
        assertThat(judgement.pinball()).isNaN();
        assertThat(judgement.medianLoss()).isNaN();
    }

    @Test
    void refusesWindowsOfAnotherShape() {
        assertThatThrownBy(() -> Judge.judge(constant(0, 0, 0, 0, 0), Windows.autoregressive(1, 1)))
                .hasMessage("inputs: expected 1, found 2");
    }

    private static TrainingWindow window(float... targets) {
        return new TrainingWindow("a", 0, targets.length, new float[targets.length], targets);
    }

    /** A network that forecasts the same quantiles whatever it sees. */
    private static Weights constant(float... quantiles) {
        int hidden = ONE_AHEAD.hidden();
        return Weights.of(
                ONE_AHEAD,
                List.<float[][]>of(new float[1][4 * hidden]),
                List.<float[][]>of(new float[hidden][4 * hidden]),
                List.of(new float[4 * hidden]),
                new float[hidden][Quantiles.COUNT],
                quantiles);
    }
}
