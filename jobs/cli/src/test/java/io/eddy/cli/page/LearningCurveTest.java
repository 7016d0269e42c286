package io.eddy.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LearningCurveTest {
    private static final List<Double> FALLING = List.of(0.9, 0.7, 0.55, 0.5, 0.48, 0.475);

    @Test
    void saysWhatTheCurveLooksLike() {
        assertThat(curve(FALLING, List.of(0.9, 0.75, 0.6, 0.55, 0.55, 0.549)).sentence())
                .startsWith("good: ");
        assertThat(curve(FALLING, List.of(0.9, 0.75, 0.6, 0.62, 0.66, 0.72)).sentence())
                .startsWith("overfit: the validation loss was least after epoch 3 and has risen by 20 %");
        assertThat(curve(FALLING, List.of(0.9, 0.85, 0.8, 0.7, 0.6, 0.5)).sentence())
                .startsWith("underfit: the validation loss was still falling");
        assertThat(curve(FALLING, List.of(1.3, 1.2, 1.15, 1.12, 1.11, 1.1)).sentence())
                .startsWith("underfit: the validation loss has not come below");
        assertThat(curve(List.of(0.5, 0.6), List.of(0.5, 0.6)).sentence()).startsWith("unknown: ");
    }

    @Test
    void aRoundThatWasCutOffHasDiverged() {
        Map<String, Double> metrics =
                new HashMap<>(Map.of("diverged", 1.0, "epoch_01_train_loss", 0.5, "epoch_01_validation_loss", 0.6));
        metrics.put("epoch_02_train_loss", 80.0);
        LearningCurve curve = LearningCurve.of(metrics);
        assertThat(curve.sentence()).startsWith("diverged: ").contains("in epoch 2;");
        assertThat(curve.draw()).hasSize(13);
    }

    @Test
    void drawsBothLosses() {
        assertThat(curve(List.of(2.0, 1.0), List.of(2.0, 1.5)).draw())
                .startsWith("   2.0000 |     #")
                .contains("   1.0000 |           o")
                .endsWith("    epoch |     1     2");
        assertThat(curve(List.of(), List.of()).draw()).isEmpty();
    }

    private static LearningCurve curve(List<Double> train, List<Double> validation) {
        Map<String, Double> metrics = new HashMap<>(Map.of("base_pinball", 1.0));
        for (int k = 0; k < train.size(); k++) {
            metrics.put(String.format(Locale.ROOT, "epoch_%02d_train_loss", k + 1), train.get(k));
            metrics.put(String.format(Locale.ROOT, "epoch_%02d_validation_loss", k + 1), validation.get(k));
        }
        return LearningCurve.of(metrics);
    }
}
