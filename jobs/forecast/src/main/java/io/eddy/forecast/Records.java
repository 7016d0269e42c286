package io.eddy.forecast;

import io.eddy.Event;
import io.eddy.EventKind;
import io.eddy.EventState;
import io.eddy.Forecast;
import io.eddy.ForecastStep;
import io.eddy.Realised;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.connectors.Observation;
import io.eddy.connectors.StepMean;
import io.eddy.model.Answer;
import io.eddy.model.Incident;
import io.eddy.model.Quantiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers as the records of the output topics. */
public final class Records {
    /** The only field of a reading until a model names several. */
    public static final String TARGET = "value";

    private Records() {}

    /** The score of one step. */
    public static Score score(StepMean step, Answer answer, Incident incident, String modelId, Instant now) {
        Score score = empty(step.series(), step.labels(), step.timeMillis(), modelId, now);
        boolean missing = Double.isNaN(answer.y);
        score.setY(answer.y);
        score.setYhat(answer.yhat);
        score.setYhatLower(answer.yhatLower);
        score.setYhatUpper(answer.yhatUpper);
        score.setAnomalyScore(answer.anomalyScore);
        score.setAnomalyScoreRaw(answer.anomalyScore);
        score.setPValue(answer.pValue);
        score.setDirection(answer.direction);
        score.setIsAnomaly(answer.isAnomaly);
        score.setImputed(missing);
        score.setNSamplesSeen(answer.samplesSeen);
        score.setModelVersion(answer.version);
        score.setMemoryVersion(answer.memoryVersion);
        if (missing) {
            score.setStatus(Status.IMPUTED);
            score.setStatusReason("no value in this step");
        } else if (answer.warmingUp != null) {
            score.setStatus(Status.WARMING_UP);
            score.setStatusReason(answer.warmingUp);
        } else {
            score.setStatus(answer.isAnomaly ? Status.ANOMALY : Status.NORMAL);
            score.setStatusReason(answer.scored ? null : "nothing was expected after a gap");
        }
        if (answer.isAnomaly) {
            score.setEventId(eventId(step.series(), incident));
            score.setAttribution(answer.channel.name().toLowerCase(Locale.ROOT));
        }
        return score;
    }

    /** The answer to a reading that came too late or that no model can use. */
    public static Score unscored(Observation reading, Status status, String reason, String modelId, Instant now) {
        Score score = empty(reading.series, reading.labels, reading.timeMillis, modelId, now);
        score.setY(reading.value);
        score.setStatus(status);
        score.setStatusReason(reason);
        return score;
    }

    private static Score empty(
            String series, Map<String, String> labels, long timeMillis, String modelId, Instant now) {
        return Score.newBuilder()
                .setSeries(series)
                .setLabels(labels)
                .setTarget(TARGET)
                .setEventTime(Instant.ofEpochMilli(timeMillis))
                .setProcessingTime(now)
                .setY(Double.NaN)
                .setYhat(Double.NaN)
                .setYhatLower(Double.NaN)
                .setYhatUpper(Double.NaN)
                .setAnomalyScore(0)
                .setAnomalyScoreRaw(0)
                .setPValue(1)
                .setDirection(0)
                .setIsAnomaly(false)
                .setStatus(Status.NORMAL)
                .setImputed(false)
                .setNSamplesSeen(0)
                .setModelId(modelId)
                .setModelVersion(0)
                .setMemoryVersion(0)
                .build();
    }

    /** The forecast issued at a step; null while the spacing of the steps or a first value is unknown. */
    public static @Nullable Forecast forecast(StepMean step, Answer answer, String modelId) {
        if (answer.stepMillis == 0 || answer.samplesSeen == 0) {
            return null;
        }
        List<ForecastStep> steps = new ArrayList<>(answer.forecast.length);
        for (int h = 1; h <= answer.forecast.length; h++) {
            double[] row = answer.forecast[h - 1];
            steps.add(new ForecastStep(
                    h,
                    Instant.ofEpochMilli(step.timeMillis() + h * answer.stepMillis),
                    row[Quantiles.MEDIAN],
                    row[Quantiles.LOWER_95],
                    row[Quantiles.UPPER_95],
                    Arrays.stream(row).boxed().toList()));
        }
        Realised realised = new Realised(
                answer.realisedError, answer.realisedSkill, answer.realisedCoverage80, answer.realisedCoverage95);
        return Forecast.newBuilder()
                .setSeries(step.series())
                .setLabels(step.labels())
                .setTarget(TARGET)
                .setIssuedAt(Instant.ofEpochMilli(step.timeMillis()))
                .setStepSeconds(answer.stepMillis / 1000.0)
                .setModelId(modelId)
                .setModelVersion(answer.version)
                .setSteps(steps)
                .setRealised(answer.samplesSeen < 2 ? null : realised)
                .build();
    }

    /** The change of an event by a step; null where nothing changed. */
    public static @Nullable Event event(StepMean step, Answer answer, Incident incident) {
        EventState state = switch (answer.change) {
            case NONE -> null;
            case OPEN -> EventState.open;
            case UPDATE -> EventState.update;
            case CLOSE -> EventState.close;
        };
        if (state == null) {
            return null;
        }
        return Event.newBuilder()
                .setEventId(eventId(step.series(), incident))
                .setSeries(step.series())
                .setTarget(TARGET)
                .setState(state)
                .setStart(Instant.ofEpochMilli(incident.startMillis()))
                .setPeakTime(Instant.ofEpochMilli(incident.peakMillis()))
                .setEnd(state == EventState.close ? Instant.ofEpochMilli(incident.lastMillis()) : null)
                .setPeakScore(incident.peakScore())
                .setPoints(incident.points())
                .setDirection(incident.direction())
                .setKind(EventKind.valueOf(incident.channel().eventKind()))
                .build();
    }

    private static String eventId(String series, Incident incident) {
        return series + "|" + TARGET + "|" + Instant.ofEpochMilli(incident.startMillis());
    }
}
