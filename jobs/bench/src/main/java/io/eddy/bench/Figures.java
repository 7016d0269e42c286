package io.eddy.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Figures of several rounds, gathered as they come. */
final class Figures {
    private record Key(String metric, String side, String unit) {}

    private final String bench;
    private final Map<Key, List<Double>> values = new LinkedHashMap<>();

    Figures(String bench) {
        this.bench = bench;
    }

    /** One round's figure. */
    void add(String side, String metric, String unit, double value) {
        values.computeIfAbsent(new Key(metric, side, unit), key -> new ArrayList<>())
                .add(value);
    }

    /** All rounds' figures of a side, in their order. */
    double[] values(String side, String metric) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().side.equals(side)
                        && entry.getKey().metric.equals(metric))
                .flatMap(entry -> entry.getValue().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    double median(String side, String metric) {
        return Objects.requireNonNull(find(side, metric), metric + " of " + side)
                .value();
    }

    /** One row per side and metric, in the order in which they first came. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        values.forEach((key, rounds) -> rows.add(
                Spread.of(rounds.stream().mapToDouble(Double::doubleValue).toArray())
                        .row(bench, key.side, key.metric, key.unit)));
        return rows;
    }

    /** The row beside the same metric of another side; as it is where that side has none. */
    Row against(Row row, String side) {
        Row other = find(side, row.metric());
        return other == null ? row : row.against(other);
    }

    private @Nullable Row find(String side, String metric) {
        return rows().stream()
                .filter(row -> row.side().equals(side) && row.metric().equals(metric))
                .findFirst()
                .orElse(null);
    }
}
