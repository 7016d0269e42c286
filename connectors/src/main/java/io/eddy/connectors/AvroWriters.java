package io.eddy.connectors;

import io.eddy.Forecast;
import io.eddy.ForecastStep;
import io.eddy.LeadCoverage;
import io.eddy.Realised;
import io.eddy.Score;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * The two records that are written at every step, field by field in the order of their schemas: the general writer looks each field up,
 * boxes it and asks for conversions, which took more time than the forecast itself.
 */
public final class AvroWriters {
    private AvroWriters() {}

    public static void write(Score score, Encoder out) throws IOException {
        out.writeString(score.getSeries());
        labels(score.getLabels(), out);
        out.writeString(score.getTarget());
        out.writeLong(score.getEventTime().toEpochMilli());
        out.writeLong(score.getProcessingTime().toEpochMilli());
        out.writeDouble(score.getY());
        out.writeDouble(score.getYhat());
        out.writeDouble(score.getYhatLower());
        out.writeDouble(score.getYhatUpper());
        out.writeDouble(score.getAnomalyScore());
        out.writeDouble(score.getAnomalyScoreRaw());
        out.writeDouble(score.getPValue());
        out.writeInt(score.getDirection());
        out.writeBoolean(score.getIsAnomaly());
        out.writeEnum(score.getStatus().ordinal());
        optional(score.getStatusReason(), out);
        out.writeBoolean(score.getImputed());
        out.writeLong(score.getNSamplesSeen());
        out.writeString(score.getModelId());
        out.writeLong(score.getModelVersion());
        out.writeLong(score.getMemoryVersion());
        optional(score.getSuppressedBy(), out);
        optional(score.getEventId(), out);
        optional(score.getAttribution(), out);
        Instant corrected = score.getCorrectionOf();
        out.writeIndex(corrected == null ? 0 : 1);
        if (corrected != null) {
            out.writeLong(corrected.toEpochMilli());
        }
        optional(score.getAnomalyProbability(), out);
    }

    public static void write(Forecast forecast, Encoder out) throws IOException {
        out.writeString(forecast.getSeries());
        labels(forecast.getLabels(), out);
        out.writeString(forecast.getTarget());
        out.writeLong(forecast.getIssuedAt().toEpochMilli());
        out.writeDouble(forecast.getStepSeconds());
        out.writeString(forecast.getModelId());
        out.writeLong(forecast.getModelVersion());
        List<ForecastStep> steps = forecast.getSteps();
        out.writeArrayStart();
        out.setItemCount(steps.size());
        if (steps instanceof IssuedSteps issued) {
            issued.write(out);
        } else {
            for (ForecastStep step : steps) {
                write(step, out);
            }
        }
        out.writeArrayEnd();
        optional(forecast.getThresholdEtaSeconds(), out);
        optional(forecast.getThresholdProbability(), out);
        Realised realised = forecast.getRealised();
        out.writeIndex(realised == null ? 0 : 1);
        if (realised != null) {
            out.writeDouble(realised.getMae());
            out.writeDouble(realised.getSkill());
            out.writeDouble(realised.getCoverage80());
            out.writeDouble(realised.getCoverage95());
            leads(realised.getLeads(), out);
            weights(realised.getWeights(), out);
        }
    }

    private static void leads(List<LeadCoverage> leads, Encoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(leads.size());
        for (LeadCoverage lead : leads) {
            out.startItem();
            out.writeInt(lead.getHorizonStep());
            out.writeDouble(lead.getCoverage95());
        }
        out.writeArrayEnd();
    }

    private static void weights(Map<String, Double> weights, Encoder out) throws IOException {
        out.writeMapStart();
        out.setItemCount(weights.size());
        if (weights instanceof MixedWeights mixed) {
            mixed.write(out);
        } else {
            for (Map.Entry<String, Double> weight : weights.entrySet()) {
                out.startItem();
                out.writeString(weight.getKey());
                out.writeDouble(weight.getValue());
            }
        }
        out.writeMapEnd();
    }

    private static void write(ForecastStep step, Encoder out) throws IOException {
        out.startItem();
        out.writeInt(step.getHorizonStep());
        out.writeLong(step.getTargetTime().toEpochMilli());
        out.writeDouble(step.getYhat());
        out.writeDouble(step.getYhatLower());
        out.writeDouble(step.getYhatUpper());
        out.writeArrayStart();
        out.setItemCount(step.getQuantiles().size());
        for (double quantile : step.getQuantiles()) {
            out.startItem();
            out.writeDouble(quantile);
        }
        out.writeArrayEnd();
    }

    private static void labels(Map<String, String> labels, Encoder out) throws IOException {
        out.writeMapStart();
        out.setItemCount(labels.size());
        for (Map.Entry<String, String> label : labels.entrySet()) {
            out.startItem();
            out.writeString(label.getKey());
            out.writeString(label.getValue());
        }
        out.writeMapEnd();
    }

    private static void optional(@Nullable String text, Encoder out) throws IOException {
        out.writeIndex(text == null ? 0 : 1);
        if (text != null) {
            out.writeString(text);
        }
    }

    private static void optional(@Nullable Double number, Encoder out) throws IOException {
        out.writeIndex(number == null ? 0 : 1);
        if (number != null) {
            out.writeDouble(number);
        }
    }
}
