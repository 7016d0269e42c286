package io.eddy.cli.page;

import com.fasterxml.jackson.core.JsonGenerator;
import io.eddy.Weights;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The versions of the weights and how the forecasts did, as one browser gets them. */
final class ModelFrame {
    private static final List<String> EPOCH_FIGURES = List.of(
            "train_loss", "validation_loss", "gradient_norm", "clipped_norm", "saturated_gates", "learning_rate");

    private int sentVersions = -1;
    private int sentErrors = -1;

    /** @return whether there was anything to write */
    boolean write(JsonGenerator json, Store store) throws IOException {
        boolean versions = store.versionsRevision() != sentVersions;
        int revision =
                store.errors().values().stream().mapToInt(LiveErrors::revision).sum();
        if (!versions && revision == sentErrors) {
            return false;
        }
        json.writeObjectFieldStart("model");
        if (versions) {
            sentVersions = store.versionsRevision();
            json.writeArrayFieldStart("versions");
            for (Weights weights : store.versions()) {
                writeVersion(json, weights);
            }
            json.writeEndArray();
        }
        sentErrors = revision;
        json.writeObjectFieldStart("errors");
        for (Map.Entry<String, LiveErrors> model : store.errors().entrySet()) {
            writeErrors(json, model.getKey(), model.getValue().summary());
        }
        json.writeEndObject();
        writeInUse(json, store);
        json.writeEndObject();
        return true;
    }

    /** Series by model and version. */
    private static void writeInUse(JsonGenerator json, Store store) throws IOException {
        Map<String, Map<Long, Integer>> inUse = new TreeMap<>();
        store.series()
                .forEach(series -> inUse.computeIfAbsent(series.model(), model -> new TreeMap<>())
                        .merge(series.version(), 1, Integer::sum));
        json.writeObjectFieldStart("inUse");
        for (Map.Entry<String, Map<Long, Integer>> model : inUse.entrySet()) {
            json.writeObjectFieldStart(model.getKey());
            for (Map.Entry<Long, Integer> version : model.getValue().entrySet()) {
                json.writeNumberField(String.valueOf(version.getKey()), version.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeVersion(JsonGenerator json, Weights weights) throws IOException {
        json.writeStartObject();
        json.writeStringField("model", weights.getModelId());
        json.writeNumberField("version", weights.getVersion());
        json.writeNumberField("parent", weights.getParentVersion());
        json.writeStringField("status", weights.getStatus().name());
        json.writeStringField("architecture", weights.getArchitecture());
        json.writeStringField("trainer", weights.getTrainer());
        json.writeNumberField("created", weights.getCreatedAt().toEpochMilli());
        json.writeNumberField("from", weights.getDataFrom().toEpochMilli());
        json.writeNumberField("to", weights.getDataTo().toEpochMilli());
        json.writeObjectFieldStart("metrics");
        for (Map.Entry<String, Double> metric : new TreeMap<>(weights.getMetrics()).entrySet()) {
            if (isForTheTable(metric.getKey())) {
                Json.numberField(json, metric.getKey(), metric.getValue());
            }
        }
        json.writeEndObject();
        writeRound(json, weights.getMetrics());
        json.writeEndObject();
    }

    /** Epochs are drawn; families are many, {@code eddy weights show} has them. */
    private static boolean isForTheTable(String metric) {
        return !metric.startsWith("epoch_") && !metric.startsWith("family/") && !metric.endsWith("_ms");
    }

    /** The learning curve: a list over the epochs for each figure of an epoch. */
    private static void writeRound(JsonGenerator json, Map<String, Double> metrics) throws IOException {
        LearningCurve curve = LearningCurve.of(metrics);
        if (curve.train().isEmpty()) {
            return;
        }
        json.writeStringField("curve", curve.sentence());
        json.writeObjectFieldStart("epochs");
        for (String figure : EPOCH_FIGURES) {
            Json.numbers(
                    json,
                    figure,
                    LearningCurve.figures(metrics, figure, curve.train().size()));
        }
        json.writeEndObject();
    }

    private static void writeErrors(JsonGenerator json, String model, HorizonErrors.Summary summary)
            throws IOException {
        json.writeObjectFieldStart(model);
        json.writeNumberField("series", summary.series());
        json.writeNumberField("pairs", summary.pairs());
        Json.numbers(json, "eddy", summary.eddy());
        Json.numbers(json, "lastValue", summary.lastValue());
        Json.numbers(json, "seasonal", summary.seasonal());
        Json.numbers(json, "coverage80", summary.coverage80());
        Json.numbers(json, "coverage95", summary.coverage95());
        json.writeEndObject();
    }
}
