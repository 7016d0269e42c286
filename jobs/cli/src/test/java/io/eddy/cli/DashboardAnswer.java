package io.eddy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a query of a panel gave.
 *
 * @param rows numbers, texts and nulls; times are seconds since the epoch
 * @param times names of the columns that are times
 */
record DashboardAnswer(List<String> columns, List<List<@Nullable Object>> rows, List<String> times) {

    static DashboardAnswer ofPostgres(Connection connection, String sql) throws SQLException {
        List<String> columns = new ArrayList<>();
        List<String> times = new ArrayList<>();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            ResultSetMetaData meta = found.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.add(meta.getColumnLabel(i));
                if (meta.getColumnTypeName(i).startsWith("timestamp")) {
                    times.add(meta.getColumnLabel(i));
                }
            }
            while (found.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(plain(found.getObject(i)));
                }
                rows.add(row);
            }
        }
        return new DashboardAnswer(columns, rows, times);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Timestamp time) {
            return time.getTime() / 1000.0;
        }
        if (value instanceof Number number) {
            double plain = number.doubleValue();
            return Double.isFinite(plain) ? plain : null;
        }
        return value == null ? null : value.toString();
    }

    /** A range of Prometheus, its series named by the legend of the panel, such as {@code {{job_name}}}. */
    static DashboardAnswer ofPrometheus(JsonNode data, String legend) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (JsonNode series : data.path("result")) {
            String name = legend;
            for (Map.Entry<String, JsonNode> label : series.path("metric").properties()) {
                name = name.replace(
                        "{{" + label.getKey() + "}}", label.getValue().asText());
            }
            for (JsonNode point : series.path("values")) {
                double value = Double.parseDouble(point.get(1).asText());
                rows.add(Arrays.asList(point.get(0).asDouble(), name, Double.isFinite(value) ? value : null));
            }
        }
        return new DashboardAnswer(List.of("time", "metric", "value"), rows, List.of("time"));
    }
}
