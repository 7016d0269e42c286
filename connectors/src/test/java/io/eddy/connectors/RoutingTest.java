package io.eddy.connectors;

import static io.eddy.connectors.ReadingDecoderTest.FLAT;
import static io.eddy.connectors.ReadingDecoderTest.decode;
import static io.eddy.connectors.ReadingDecoderTest.flat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutingTest {
    private static Decoded route(String host, String restOfThem) {
        Map<String, String> models = new LinkedHashMap<>(FLAT);
        models.putAll(Map.of(
                "models.0.model.id", "deep",
                "models.0.model.series", "(x|y|/)*",
                "models.1.model.id", "rest",
                "models.1.model.series", restOfThem));
        return decode(models, flat(host, "x", "0", "1").getBytes(UTF_8)).get(0);
    }

    @Test
    void anExpressionThatIsTooDeepForALongNameDoesNotTakeIt() {
        String name = "xy".repeat(2000);
        assertThat(route("xy", "x.*").model).isZero();
        assertThat(route(name, "x.*").model).isEqualTo(1);
        assertThat(route(name, "none").reject)
                .isNotNull()
                .satisfies(reject -> assertThat(reject.getReason())
                        .startsWith("series: expected one that a model takes (model.series), found xyxy"));
    }
}
