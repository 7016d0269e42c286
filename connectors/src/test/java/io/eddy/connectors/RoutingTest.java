package io.eddy.connectors;

import static io.eddy.connectors.ReadingDecoderTest.FLAT;
import static io.eddy.connectors.ReadingDecoderTest.decode;
import static io.eddy.connectors.ReadingDecoderTest.flat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Feedback;
import io.eddy.FeedbackType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RoutingTest {
    private static Decoded route(String host, String restOfThem) {
        return route(host, "(x|y|/)*", restOfThem);
    }

    private static Decoded route(String host, String deep, String restOfThem) {
        Map<String, String> models = new LinkedHashMap<>(FLAT);
        models.putAll(Map.of(
                "models.0.model.id",
                "deep",
                "models.0.model.series",
                deep,
                "models.1.model.id",
                "rest",
                "models.1.model.series",
                restOfThem));
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

    @Test
    void feedbackIsForTheModelThatTakesItsSeries() {
        Options options = Options.of(Map.of(
                "models.0.model.id", "db",
                "models.0.model.series", "db.*",
                "models.1.model.id", "web",
                "models.1.model.series", "web.*"));
        Routing routing = new Routing(options);
        assertThat(routing.concerns(onSeries("web-1"), 0)).isFalse();
        assertThat(routing.concerns(onSeries("web-1"), 1)).isTrue();
        assertThat(routing.concerns(onSeries("unknown"), 0))
                .as("somebody has to say that nobody knows it")
                .isTrue();
        assertThat(routing.concerns(onSeries("unknown"), 1)).isFalse();
        assertThat(routing.concerns(Control.withoutRule("night"), 1)).isTrue();
    }

    private static Control onSeries(String series) {
        Instant time = Instant.EPOCH;
        return Control.of(new Feedback(series, time, time, FeedbackType.ANOMALY, null, null, time, null));
    }

    @Test
    @Timeout(60) // it would take longer than the age of the earth
    void anExpressionThatTakesForEverOnANameDoesNotTakeIt() {
        assertThat(route("x".repeat(200), "(?:x+){1,50}y", ".*").model).isEqualTo(1);
        assertThat(route("x".repeat(200) + "/x", "(x+/?x+)+/?x", "none").model).isZero();
        assertThat(route("cluster-7.region/" + "host-of-a-long-name.".repeat(6), ".*region.*host.*name.*/x", "none")
                        .model)
                .as("wildcards on a long name")
                .isZero();
    }
}
