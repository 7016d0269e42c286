package io.eddy.cli.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.eddy.connectors.EddyOptions;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.Option;
import io.eddy.connectors.Options;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The report of a backtest: one file that opens anywhere, with the chart library, the data and the drawing inside and nothing loaded
 * from elsewhere. The same backtest gives the same bytes.
 */
public final class Report {
    /** Name of the file. */
    public static final String FILE = "report.html";

    private static final int MOST_ROWS = 500;

    /**
     * What the report says, beside what it reads from the files of the backtest.
     *
     * @param command how to repeat it
     * @param input name of the file or folder
     * @param repeated what is to be said of readings of the same time; null: nothing
     * @param version of the weights at the end, 0: none
     * @param overall means of the metrics over the series with equal weight
     * @param perSeries metrics by series
     * @param labels how well known anomalies were found; empty without {@code --labels}
     * @param rounds of training, each with {@code at}, {@code published} and {@code reason}
     */
    public record Facts(
            String command,
            String input,
            long readings,
            long rejects,
            @Nullable String repeated,
            long events,
            long version,
            Map<String, Double> overall,
            Map<String, Map<String, Double>> perSeries,
            Map<String, Double> labels,
            List<Map<String, Object>> rounds,
            HorizonErrors.Summary horizons,
            PValueCounts pValues,
            Options options) {}

    private Report() {}

    /** Writes it into the folder, which holds the other files of the backtest, complete. */
    public static void write(Path folder, Facts facts) throws IOException {
        String style = StaticFiles.chartStyle()
                + StaticFiles.text("/io/eddy/cli/page/page.css")
                + StaticFiles.text("/io/eddy/cli/page/report.css");
        String chart = StaticFiles.chartScript();
        String script = script("parts.js", "format.js", "chart.js", "report.js");
        String policy = "default-src 'none'; style-src 'sha256-" + sha256(style) + "'; script-src 'sha256-"
                + sha256(chart) + "' 'sha256-" + sha256(script) + "'; base-uri 'none'; form-action 'none'";
        // No "<" in the data, so that none of its texts can end the element or begin another.
        String data = data(folder, facts).replace("<", "\\u003c");
        Files.writeString(folder.resolve(FILE), """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="%s">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Eddy: report of a backtest</title>
                <style>%s</style>
                </head>
                <body>
                <main id="report"></main>
                <noscript>The data is in this file as JSON; it is drawn with JavaScript that is in this file, too.</noscript>
                <script type="application/json" id="data">%s</script>
                <script>%s</script>
                <script>%s</script>
                </body>
                </html>
                """.formatted(policy, style, data, chart, script));
    }

    /** The modules as one script: their imports name each other, so that in one scope they are not needed. */
    private static String script(String... modules) {
        StringBuilder all = new StringBuilder("(() => {\n\"use strict\";\n");
        for (String module : modules) {
            all.append(StaticFiles.text("/io/eddy/cli/page/" + module)
                    .replaceAll("(?m)^import .*;\\R", "")
                    .replaceAll("(?m)^export ", ""));
        }
        return all.append("})();\n").toString();
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: expected in every JDK, found none", e);
        }
    }

    private static String data(Path folder, Facts facts) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("command", facts.command);
            json.writeStringField("input", facts.input);
            json.writeNumberField("readings", facts.readings);
            json.writeNumberField("rejects", facts.rejects);
            json.writeStringField("repeated", facts.repeated == null ? "" : facts.repeated);
            json.writeNumberField("events", facts.events);
            json.writeNumberField("version", facts.version);
            json.writeNumberField("horizon", facts.options.get(ForecastOptions.HORIZON));
            json.writeNumberField("series", facts.perSeries.size());
            writeMetrics(json, "overall", facts.overall);
            writeMetrics(json, "labels", facts.labels);
            writeTable(json, facts.perSeries);
            writeRounds(json, facts.rounds);
            writeHorizons(json, facts.horizons);
            writePValues(json, facts.pValues);
            writeOptions(json, facts.options);
            writeDrawn(json, folder, facts);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void writeMetrics(JsonGenerator json, String name, Map<String, Double> metrics) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Double> metric : metrics.entrySet()) {
            Json.numberField(json, metric.getKey(), metric.getValue());
        }
        json.writeEndObject();
    }

    private static List<String> worstFirst(Map<String, Map<String, Double>> perSeries) {
        List<String> names = new ArrayList<>(perSeries.keySet().stream()
                .filter(name -> mase(perSeries, name) >= 0)
                .toList());
        names.sort(Comparator.comparingDouble((String name) -> -mase(perSeries, name))
                .thenComparing(name -> name));
        return names;
    }

    /** NaN where it is not defined. */
    private static double mase(Map<String, Map<String, Double>> perSeries, String name) {
        return perSeries.getOrDefault(name, Map.of()).getOrDefault("mase", Double.NaN);
    }

    private static void writeTable(JsonGenerator json, Map<String, Map<String, Double>> perSeries) throws IOException {
        List<String> names = worstFirst(perSeries);
        perSeries.keySet().stream()
                .filter(name -> Double.isNaN(mase(perSeries, name)))
                .forEach(names::add);
        json.writeArrayFieldStart("table");
        for (String name : names.subList(0, Math.min(MOST_ROWS, names.size()))) {
            json.writeStartObject();
            json.writeStringField("series", name);
            writeMetrics(json, "metrics", perSeries.getOrDefault(name, Map.of()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeRounds(JsonGenerator json, List<Map<String, Object>> rounds) throws IOException {
        json.writeArrayFieldStart("rounds");
        for (Map<String, Object> round : rounds) {
            json.writeStartArray();
            json.writeString(String.valueOf(round.get("at")));
            json.writeBoolean(Boolean.TRUE.equals(round.get("published")));
            json.writeString(String.valueOf(round.get("reason")));
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static void writeHorizons(JsonGenerator json, HorizonErrors.Summary horizons) throws IOException {
        json.writeObjectFieldStart("horizons");
        Json.numbers(json, "eddy", horizons.eddy());
        Json.numbers(json, "lastValue", horizons.lastValue());
        Json.numbers(json, "seasonal", horizons.seasonal());
        Json.numbers(json, "coverage80", horizons.coverage80());
        Json.numbers(json, "coverage95", horizons.coverage95());
        json.writeEndObject();
    }

    private static void writePValues(JsonGenerator json, PValueCounts counts) throws IOException {
        json.writeObjectFieldStart("pValues");
        json.writeNumberField("judged", counts.judged());
        json.writeNumberField("anomalous", counts.anomalous());
        json.writeNumberField("from", counts.fromMillis());
        json.writeNumberField("to", counts.toMillis());
        Json.numbers(json, "levels", counts.levels());
        Json.numbers(json, "shares", counts.shares());
        json.writeEndObject();
    }

    /** Those that a backtest heeds; where readings come from and go to is not among them. */
    private static void writeOptions(JsonGenerator json, Options options) throws IOException {
        json.writeArrayFieldStart("options");
        for (Option<?> option : EddyOptions.ALL) {
            String key = option.key();
            boolean heeded = !key.matches("(kafka|topics|readings|input|output|registry|store)\\..*");
            if (heeded || option == InputOptions.STEP) {
                json.writeStartArray();
                json.writeString(key);
                json.writeString(written(options.get(option)));
                json.writeString(option.unit());
                json.writeString(option.sentence());
                json.writeEndArray();
            }
        }
        json.writeEndArray();
    }

    /** A value as a configuration file has it. */
    private static String written(Object value) {
        if (value instanceof Duration duration) {
            return duration.toMillis() + "ms";
        }
        return value instanceof Double number ? new BigDecimal(number.toString()).toPlainString() : value.toString();
    }

    private static void writeDrawn(JsonGenerator json, Path folder, Facts facts) throws IOException {
        List<String> ranked = worstFirst(facts.perSeries);
        Map<String, String> roles = new LinkedHashMap<>();
        if (ranked.isEmpty()) {
            facts.perSeries.keySet().stream()
                    .findFirst()
                    .ifPresent(name -> roles.put(name, facts.perSeries.size() == 1 ? "the only one" : "the first"));
        } else {
            roles.put(ranked.get(ranked.size() - 1), ranked.size() == 1 ? "the only one" : "best");
            roles.putIfAbsent(ranked.get(ranked.size() / 2), "median");
            roles.put(ranked.get(0), ranked.size() == 1 ? "the only one" : "worst");
        }
        Map<String, DrawnSeries> drawn = DrawnSeries.read(folder, roles.keySet(), facts.options);
        json.writeArrayFieldStart("drawn");
        for (Map.Entry<String, String> role : roles.entrySet()) {
            DrawnSeries series = drawn.get(role.getKey());
            if (series != null) {
                series.write(json, role.getValue(), mase(facts.perSeries, role.getKey()));
            }
        }
        json.writeEndArray();
    }
}
