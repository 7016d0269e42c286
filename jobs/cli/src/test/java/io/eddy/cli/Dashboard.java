package io.eddy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A dashboard as Grafana reads it. */
record Dashboard(String name, List<Query> queries, List<Variable> variables) {
    static final Path FOLDER = Path.of("../../docker/grafana/dashboards");

    /** One query of a panel, or of the annotations. */
    record Query(String panel, String source, String text, boolean instant) {}

    /** A variable: either it has its values, or a query finds them. */
    record Variable(
            String name, String source, String query, boolean includeAll, String allValue, List<String> values) {}

    static List<Dashboard> all() throws IOException {
        List<Dashboard> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                all.add(read(file));
            }
        }
        return all;
    }

    private static Dashboard read(Path file) throws IOException {
        JsonNode root = new ObjectMapper().readTree(file.toFile());
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : root.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(query(panel.path("title").asText(), target.path("datasource"), target));
            }
        }
        for (JsonNode annotation : root.path("annotations").path("list")) {
            queries.add(query(
                    "annotation " + annotation.path("name").asText(),
                    annotation.path("datasource"),
                    annotation.path("target")));
        }
        List<Variable> variables = new ArrayList<>();
        root.path("templating").path("list").forEach(variable -> variables.add(variable(variable)));
        return new Dashboard(file.getFileName().toString(), queries, variables);
    }

    private static Query query(String panel, JsonNode source, JsonNode target) {
        String text = target.hasNonNull("rawSql")
                ? target.path("rawSql").asText()
                : target.path("expr").asText();
        return new Query(
                panel, source.path("uid").asText(), text, target.path("instant").asBoolean());
    }

    private static Variable variable(JsonNode json) {
        boolean finds = json.path("type").asText().equals("query");
        JsonNode query = json.path("query");
        return new Variable(
                json.path("name").asText(),
                json.path("datasource").path("uid").asText(),
                query.isTextual() ? query.asText() : query.path("query").asText(),
                json.path("includeAll").asBoolean(),
                json.path("allValue").asText(),
                finds ? List.of() : List.of(query.asText().split(",")));
    }

    /** Finds the values of a variable, the others as chosen so far. */
    interface Finder {
        List<String> find(Variable variable, Map<String, String> chosen) throws Exception;
    }

    /** Each variable with each of its first values in turn, the others at their first; all at their first comes first. */
    List<Map<String, String>> choices(Finder finder) throws Exception {
        Map<String, String> first = new LinkedHashMap<>();
        List<Map<String, String>> others = new ArrayList<>();
        for (Variable variable : variables) {
            List<String> values = new ArrayList<>(variable.values());
            if (variable.includeAll()) {
                values.add(variable.allValue());
            }
            values.addAll(finder.find(variable, first));
            if (values.isEmpty()) {
                throw new IllegalStateException(name + ": expected values of " + variable.name() + ", found none");
            }
            first.put(variable.name(), values.get(0));
            values.subList(1, Math.min(values.size(), 5)).forEach(other -> others.add(Map.of(variable.name(), other)));
        }
        List<Map<String, String>> choices = new ArrayList<>(List.of(first));
        for (Map<String, String> other : others) {
            Map<String, String> choice = new LinkedHashMap<>(first);
            choice.putAll(other);
            choices.add(choice);
        }
        return choices;
    }

    /**
     * The text with variables and Grafana's macros filled in, as the Postgres and Prometheus sources of Grafana do.
     *
     * @param from start of the time shown, ISO 8601
     * @param interval of one point, such as 1h
     */
    static String fill(String text, Map<String, String> values, String from, String to, String interval) {
        String filled = text;
        for (Map.Entry<String, String> value : new LinkedHashMap<>(values).entrySet()) {
            filled = filled.replace(
                            "${" + value.getKey() + ":sqlstring}",
                            "'" + value.getValue().replace("'", "''") + "'")
                    .replace("${" + value.getKey() + "}", value.getValue())
                    .replaceAll(
                            "\\$" + value.getKey() + "\\b", java.util.regex.Matcher.quoteReplacement(value.getValue()));
        }
        long seconds =
                io.eddy.connectors.Option.parseDuration("interval", interval).toSeconds();
        filled = filled.replaceAll("\\$__timeFilter\\(([^)]+)\\)", "$1 BETWEEN '" + from + "' AND '" + to + "'")
                .replaceAll(
                        "\\$__timeGroup\\(([^,]+),\\s*\\$__interval\\)",
                        "floor(extract(epoch from $1)/" + seconds + ")*" + seconds)
                .replace("$__rate_interval", interval)
                .replace("$__interval", interval);
        if (filled.contains("$")) {
            throw new IllegalArgumentException("query: expected every variable filled, found " + filled);
        }
        return filled;
    }
}
