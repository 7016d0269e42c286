package io.eddy.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelRulesTest {
    @Test
    void theNumberOfLayersGoesWithTheNetwork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of("model.architecture", "bidirectional", "model.layers", "2")))
                .withMessage("model.layers: expected 1 beside model.architecture bidirectional or mlp, found 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of("model.architecture", "stacked", "model.layers", "1")))
                .withMessage("model.layers: expected 2 to 4 beside model.architecture stacked, found 1");
        assertThat(Options.of(Map.of("model.architecture", "encoder-decoder", "model.layers", "3"))
                        .get(ModelOptions.ARCHITECTURE))
                .isEqualTo(ModelOptions.Network.ENCODER_DECODER);
    }

    @Test
    void aClassifierNeedsAStateThatIsCarriedFromStepToStep() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of("model.architecture", "mlp", "model.classifier", "true")))
                .withMessage(
                        "model.classifier: expected false beside model.architecture bidirectional or mlp, found true");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of("model.architecture", "mlp", "model.classifier", "yes")))
                .withMessage("model.classifier: expected true or false, found yes");
        assertThat(Options.of(Map.of("model.architecture", "generative", "model.classifier", "true"))
                        .get(ModelOptions.CLASSIFIER))
                .isTrue();
    }

    @Test
    void whatStandsUnderAModelIsJudgedWithWhatStandsBesideAllOfThem() {
        Map<String, String> hours = Map.of(
                "readings.allowed_lateness", "2h",
                "models.0.model.id", "a",
                "models.0.readings.step", "1h");
        assertThat(Options.of(hours).models()).hasSize(1); // nobody has the usual minute
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of("readings.allowed_lateness", "2h")))
                .withMessage("readings.allowed_lateness: expected at most 64 times readings.step, found 2h beside 1m");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(hours).with("models.0.readings.step", "1s"))
                .withMessage("readings.allowed_lateness: expected at most 64 times models.0.readings.step,"
                        + " found 2h beside 1s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of(
                        "model.architecture", "mlp",
                        "models.0.model.id", "a",
                        "models.0.model.layers", "2")))
                .withMessage(
                        "models.0.model.layers: expected 1 beside model.architecture bidirectional or mlp, found 2");
    }
}
