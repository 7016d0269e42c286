package io.eddy.forecast;

import io.eddy.Event;
import io.eddy.EventKind;
import io.eddy.EventState;
import io.eddy.Forecast;
import io.eddy.LeadCoverage;
import io.eddy.Realised;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.connectors.Fields;
import io.eddy.connectors.IssuedSteps;
import io.eddy.connectors.MixedWeights;
import io.eddy.connectors.Observation;
import io.eddy.connectors.StepMean;
import io.eddy.model.Answer;
import io.eddy.model.Hold;
import io.eddy.model.Incident;
import io.eddy.model.network.Quantiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers as the records of the output topics. */
public final class Records {
    /** Ends the id of an event that tells the acceptance of a new level; before it stands the id of the event that it ended. */
    private static final String ACCEPTED = "|accepted";

    private Records() {}

    /**
     * The score of one step.
     *
     * @param rule that the step was judged by; null for none
     */
    public static Score score(
            StepMean step, Answer answer, Incident incident, @Nullable SeriesRule rule, String modelId, Instant now) {
        Score score = empty(step.series(), step.target(), step.labels(), step.timeMillis(), modelId, now);
        boolean missing = Double.isNaN(answer.y);
        score.setY(answer.y);
        score.setYhat(answer.yhat);
        score.setYhatLower(answer.yhatLower);
        score.setYhatUpper(answer.yhatUpper);
        score.setAnomalyScore(answer.anomalyScore);
        score.setAnomalyScoreRaw(answer.rawScore);
        score.setPValue(answer.pValue);
        score.setAnomalyProbability(Double.isNaN(answer.anomalyProbability) ? null : answer.anomalyProbability);
        score.setDirection(answer.direction);
        score.setIsAnomaly(answer.isAnomaly);
        score.setImputed(missing);
        score.setNSamplesSeen(answer.samplesSeen);
        score.setModelVersion(answer.version);
        score.setMemoryVersion(answer.memoryVersion);
        if (missing && !answer.isAnomaly) {
            score.setStatus(Status.IMPUTED);
            score.setStatusReason("no value in this step");
        } else if (answer.warmingUp != null) {
            score.setStatus(Status.WARMING_UP);
            score.setStatusReason(answer.warmingUp);
        } else {
            score.setStatus(answer.isAnomaly ? Status.ANOMALY : Status.NORMAL);
            score.setStatusReason(
                    answer.scored ? null : missing ? "no reading for too long" : "nothing was expected after a gap");
        }
        if (answer.isAnomaly) {
            // An odd point soon after an event, and no stronger, belongs to what was told before.
            if (incident.isOpen()) {
                score.setEventId(eventId(step.series(), step.target(), incident));
            }
            score.setAttribution(attribution(step, answer));
        } else if (answer.hold == Hold.EXPECTED) {
            score.setStatus(Status.SUPPRESSED);
            score.setStatusReason("a person expected it");
            score.setSuppressedBy("feedback");
            score.setAttribution(attribution(step, answer));
        } else if (rule != null && answer.hold != Hold.NONE) {
            score.setStatus(Status.SUPPRESSED);
            score.setStatusReason(rule.reason(answer.hold));
            score.setSuppressedBy(rule.heldBy(answer.hold, step.timeMillis()));
            score.setAttribution(attribution(step, answer));
        }
        return score;
    }

    /** The score of a step that a late reading has corrected; it belongs to no event. */
    static Score correction(StepMean step, Answer answer, @Nullable SeriesRule rule, String modelId, Instant now) {
        Score score = score(step, answer, new Incident(), rule, modelId, now);
        score.setCorrectionOf(score.getEventTime());
        return score;
    }

    /** The channel, and the field where fields have names of their own. */
    private static String attribution(StepMean step, Answer answer) {
        String channel = answer.channel.name().toLowerCase(Locale.ROOT);
        return Fields.ONE.targets().contains(step.target()) ? channel : channel + " in " + step.target();
    }

    /** The answer to a reading that came too late or that no model can use. */
    public static Score unscored(
            Observation reading, String target, Status status, String reason, String modelId, Instant now) {
        Score score = empty(reading.series, target, reading.labels, reading.timeMillis, modelId, now);
        score.setY(reading.value);
        score.setStatus(status);
        score.setStatusReason(reason);
        return score;
    }

    private static Score empty(
            String series, String target, Map<String, String> labels, long timeMillis, String modelId, Instant now) {
        // No builder: it looks up a default for every field that is not set.
        Score score = new Score();
        score.setSeries(series);
        score.setLabels(labels);
        score.setTarget(target);
        score.setEventTime(Instant.ofEpochMilli(timeMillis));
        score.setProcessingTime(now);
        score.setY(Double.NaN);
        score.setYhat(Double.NaN);
        score.setYhatLower(Double.NaN);
        score.setYhatUpper(Double.NaN);
        score.setPValue(1);
        score.setStatus(Status.NORMAL);
        score.setModelId(modelId);
        return score;
    }

    /** The forecast issued at a step; null where none was wanted, and while the spacing of the steps or a first value is unknown. */
    public static @Nullable Forecast forecast(StepMean step, Answer answer, String modelId) {
        if (!answer.isIssued()) {
            return null;
        }
        Forecast forecast = new Forecast();
        forecast.setSeries(step.series());
        forecast.setLabels(step.labels());
        forecast.setTarget(step.target());
        forecast.setIssuedAt(Instant.ofEpochMilli(step.timeMillis()));
        forecast.setStepSeconds(answer.stepMillis / 1000.0);
        forecast.setModelId(modelId);
        forecast.setModelVersion(answer.version);
        forecast.setSteps(new IssuedSteps(step.timeMillis(), answer.stepMillis, Quantiles.COUNT, answer.forecast));
        if (answer.samplesSeen > 1) {
            forecast.setRealised(new Realised(
                    answer.realisedError,
                    answer.realisedSkill,
                    answer.realisedCoverage80,
                    answer.realisedCoverage95,
                    leads(answer),
                    new MixedWeights(answer.mixed, answer.weights)));
        }
        return forecast;
    }

    private static List<LeadCoverage> leads(Answer answer) {
        List<LeadCoverage> leads = new ArrayList<>(Answer.LEADS.length);
        for (int i = 0; i < Answer.LEADS.length; i++) {
            if (Answer.LEADS[i] <= answer.steps && !Double.isNaN(answer.leadCoverage95[i])) {
                leads.add(new LeadCoverage(Answer.LEADS[i], answer.leadCoverage95[i]));
            }
        }
        return leads;
    }

    /** What is told of a change of an event: nothing, one record, or its close and the acceptance of a new level. */
    public static List<Event> events(String series, String target, Incident.Change change, Incident incident) {
        return switch (change) {
            case NONE -> List.of();
            case OPEN -> List.of(event(series, target, EventState.open, incident));
            case UPDATE -> List.of(event(series, target, EventState.update, incident));
            case CLOSE -> List.of(event(series, target, EventState.close, incident));
            case ACCEPT -> {
                Event closed = event(series, target, EventState.close, incident);
                Event accepted = Event.newBuilder(closed)
                        .setEventId(closed.getEventId() + ACCEPTED)
                        .setKind(EventKind.level_shift)
                        .build();
                yield List.of(closed, accepted);
            }
        };
    }

    /** Whether it says that the level of an event is the normal one from now on; it is over when it is told. */
    public static boolean isAcceptance(Event event) {
        return event.getEventId().endsWith(ACCEPTED);
    }

    private static Event event(String series, String target, EventState state, Incident incident) {
        return Event.newBuilder()
                .setEventId(eventId(series, target, incident))
                .setSeries(series)
                .setTarget(target)
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

    private static String eventId(String series, String target, Incident incident) {
        return series + "|" + target + "|" + Instant.ofEpochMilli(incident.startMillis());
    }
}
