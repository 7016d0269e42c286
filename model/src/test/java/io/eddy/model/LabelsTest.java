package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelsTest {
    private static Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("region", "eu");
        given.put("host", "a17");
        given.put("az", "2");
        return given;
    }

    @Test
    void theyAreTheMapThatWasGiven() {
        Map<String, String> labels = Labels.of(given());
        assertThat(labels).isEqualTo(given()).hasSize(3).containsEntry("host", "a17");
        assertThat(given()).isEqualTo(labels);
        assertThat(labels.hashCode()).isEqualTo(given().hashCode());
        assertThat(labels.get("rack")).isNull();
        assertThat(labels.containsKey("az")).isTrue();
        assertThat(labels.entrySet()
                        .containsAll(Map.of("az", "2", "region", "eu").entrySet()))
                .isTrue();
        assertThat(Labels.of(Map.of())).isEmpty();
    }

    @Test
    void theirOrderStaysAndNothingElseMay() {
        Map<String, String> labels = Labels.of(given());
        List<String> names = new ArrayList<>();
        labels.forEach((name, value) -> names.add(name));
        assertThat(names).containsExactly("region", "host", "az");
        assertThatThrownBy(() -> labels.put("rack", "7")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> labels.remove("az")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aSeriesKeepsTheSameWhileReadingsSayTheSame() {
        Memory memory = new Memory();
        memory.inbox().labels(new HashMap<>(given()));
        Map<String, String> kept = memory.inbox().labels();
        memory.inbox().labels(new HashMap<>(given()));
        assertThat(memory.inbox().labels()).isSameAs(kept);
        memory.inbox().labels(Map.of("host", "b2"));
        assertThat(memory.inbox().labels()).isEqualTo(Map.of("host", "b2"));
    }
}
