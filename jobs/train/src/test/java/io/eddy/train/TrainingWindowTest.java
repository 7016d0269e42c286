package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TrainingWindowTest {
    @Test
    void knowsItsShape() {
        TrainingWindow window = new TrainingWindow("a", 7, 2, new float[6], new float[8]);
        assertThat(window.inputsPerStep()).isEqualTo(3);
        assertThat(window.horizon()).isEqualTo(4);
    }

    @Test
    void mayHaveUnknownTargets() {
        assertThat(new TrainingWindow("a", 7, 1, new float[1], new float[] {Float.NaN}).horizon())
                .isEqualTo(1);
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> new TrainingWindow(" ", 7, 1, new float[1], new float[1]))
                .hasMessage("series: expected a name, found \" \"");
        assertThatThrownBy(() -> new TrainingWindow("a", 7, 0, new float[1], new float[1]))
                .hasMessage("steps: expected at least 1, found 0");
        assertThatThrownBy(() -> new TrainingWindow("a", 7, 2, new float[3], new float[2]))
                .hasMessage("inputs: expected a positive multiple of 2 numbers, found 3");
        assertThatThrownBy(() -> new TrainingWindow("a", 7, 2, new float[2], new float[0]))
                .hasMessage("targets: expected a positive multiple of 2 numbers, found 0");
        assertThatThrownBy(() -> new TrainingWindow("a", 7, 1, new float[] {Float.NaN}, new float[1]))
                .hasMessage("inputs: expected finite numbers, found NaN");
        assertThatThrownBy(() -> new TrainingWindow("a", 7, 1, new float[1], new float[] {Float.POSITIVE_INFINITY}))
                .hasMessage("targets: expected finite numbers or NaN, found Infinity");
    }
}
