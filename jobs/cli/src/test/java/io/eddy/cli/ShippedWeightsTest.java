package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Weights;
import io.eddy.cli.pretrain.BaseWeights;
import io.eddy.connectors.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ShippedWeightsTest {
    @Test
    void eachModelWhoseShapeSuitsStartsFromTheSameBase() {
        List<Weights> records = records(Options.ofFile(Path.of("../../configs/many-models.yaml")));
        // The model web has another hidden size.
        assertThat(records).extracting(Weights::getModelId).containsExactly("sales", "counters", "rest");
        assertThat(records).allSatisfy(record -> {
            assertThat(record.getVersion()).isEqualTo(1);
            assertThat(record.getMetrics().get("seed")).isEqualTo(1.0);
        });
        io.eddy.model.network.Weights sales =
                io.eddy.model.network.Weights.fromBytes(records.get(0).getTensors());
        io.eddy.model.network.Weights rest =
                io.eddy.model.network.Weights.fromBytes(records.get(2).getTensors());
        assertThat(sales.architecture().horizon()).isEqualTo(48);
        assertThat(rest.kernel(0)).isEqualTo(sales.kernel(0));
    }

    private static List<Weights> records(Options options) {
        return options.models().stream()
                .map(BaseWeights::shippedRecord)
                .filter(Objects::nonNull)
                .toList();
    }

    @Test
    void oneModelAloneHasItsOwn() {
        assertThat(records(Options.of(Map.of("forecast.horizon", "168"))))
                .singleElement()
                .satisfies(record -> assertThat(io.eddy.model.network.Weights.fromBytes(record.getTensors())
                                .architecture()
                                .horizon())
                        .isEqualTo(48));
        assertThat(records(Options.of(Map.of("forecast.horizon", "12"))))
                .singleElement()
                .satisfies(record -> assertThat(record.getArchitecture())
                        .as("what people read")
                        .isEqualTo(io.eddy.model.network.Weights.fromBytes(record.getTensors())
                                .architecture()
                                .text())
                        .contains("horizon=12"));
        assertThat(records(Options.of(Map.of("model.hidden", "32")))).isEmpty();
    }
}
