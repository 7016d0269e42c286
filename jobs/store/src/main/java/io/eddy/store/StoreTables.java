package io.eddy.store;

import io.eddy.Event;
import io.eddy.Forecast;
import io.eddy.ForecastStep;
import io.eddy.Realised;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.Weights;
import io.eddy.store.StoreTable.Column;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The tables of docker/postgres/tables.sql: what each column is in the records. */
final class StoreTables {
    private StoreTables() {}

    static final StoreTable<Score> SCORES = partitioned(
            "scores",
            5,
            "event_time",
            List.of(
                    new Column<>("series", Score::getSeries),
                    new Column<>("target", Score::getTarget),
                    new Column<>("model_id", Score::getModelId),
                    new Column<>("event_time", Score::getEventTime),
                    new Column<>("unscored", StoreTables::isUnscored),
                    new Column<>("processing_time", Score::getProcessingTime),
                    new Column<>("y", Score::getY),
                    new Column<>("yhat", Score::getYhat),
                    new Column<>("yhat_lower", Score::getYhatLower),
                    new Column<>("yhat_upper", Score::getYhatUpper),
                    new Column<>("anomaly_score", Score::getAnomalyScore),
                    new Column<>("anomaly_score_raw", Score::getAnomalyScoreRaw),
                    new Column<>("p_value", Score::getPValue),
                    new Column<>("direction", Score::getDirection),
                    new Column<>("is_anomaly", Score::getIsAnomaly),
                    new Column<>("status", Score::getStatus),
                    new Column<>("status_reason", Score::getStatusReason),
                    new Column<>("imputed", Score::getImputed),
                    new Column<>("n_samples_seen", Score::getNSamplesSeen),
                    new Column<>("model_version", Score::getModelVersion),
                    new Column<>("memory_version", Score::getMemoryVersion),
                    new Column<>("suppressed_by", Score::getSuppressedBy),
                    new Column<>("event_id", Score::getEventId),
                    new Column<>("attribution", Score::getAttribution),
                    new Column<>("correction_of", Score::getCorrectionOf),
                    new Column<>("anomaly_probability", Score::getAnomalyProbability)));

    static final StoreTable<Score> SERIES = whole(
            "series",
            3,
            "event_time",
            List.of(
                    new Column<>("series", Score::getSeries),
                    new Column<>("target", Score::getTarget),
                    new Column<>("model_id", Score::getModelId),
                    new Column<>("labels", "jsonb_object(?)", score -> pairs(score.getLabels())),
                    new Column<>("event_time", Score::getEventTime),
                    new Column<>("status", Score::getStatus),
                    new Column<>("anomaly_score", Score::getAnomalyScore),
                    new Column<>("y", Score::getY),
                    new Column<>("yhat", Score::getYhat),
                    new Column<>("n_samples_seen", Score::getNSamplesSeen),
                    new Column<>("model_version", Score::getModelVersion)));

    static final StoreTable<Forecast> FORECASTS = partitioned(
            "forecasts",
            4,
            "issued_at",
            List.of(
                    new Column<>("series", Forecast::getSeries),
                    new Column<>("target", Forecast::getTarget),
                    new Column<>("model_id", Forecast::getModelId),
                    new Column<>("issued_at", Forecast::getIssuedAt),
                    new Column<>("step_seconds", Forecast::getStepSeconds),
                    new Column<>("model_version", Forecast::getModelVersion),
                    new Column<>("yhat", forecast -> steps(forecast, ForecastStep::getYhat)),
                    new Column<>("yhat_lower", forecast -> steps(forecast, ForecastStep::getYhatLower)),
                    new Column<>("yhat_upper", forecast -> steps(forecast, ForecastStep::getYhatUpper)),
                    new Column<>("threshold_eta_seconds", Forecast::getThresholdEtaSeconds),
                    new Column<>("threshold_probability", Forecast::getThresholdProbability),
                    new Column<>("mae", forecast -> realised(forecast, Realised::getMae)),
                    new Column<>("skill", forecast -> realised(forecast, Realised::getSkill)),
                    new Column<>("coverage_80", forecast -> realised(forecast, Realised::getCoverage80)),
                    new Column<>("coverage_95", forecast -> realised(forecast, Realised::getCoverage95))));

    static final StoreTable<Event> EVENTS = partitioned(
            "events",
            3,
            "start_time",
            List.of(
                    new Column<>("series", Event::getSeries),
                    new Column<>("event_id", Event::getEventId),
                    new Column<>("start_time", Event::getStart),
                    new Column<>("target", Event::getTarget),
                    new Column<>("state", Event::getState),
                    new Column<>("kind", Event::getKind),
                    new Column<>("peak_time", Event::getPeakTime),
                    new Column<>("end_time", Event::getEnd),
                    new Column<>("peak_score", Event::getPeakScore),
                    new Column<>("points", Event::getPoints),
                    new Column<>("direction", Event::getDirection)));

    static final StoreTable<Weights> WEIGHTS = whole(
            "weights",
            3,
            "created_at",
            List.of(
                    new Column<>("model_id", Weights::getModelId),
                    new Column<>("version", Weights::getVersion),
                    new Column<>("created_at", Weights::getCreatedAt),
                    new Column<>("parent_version", Weights::getParentVersion),
                    new Column<>("status", Weights::getStatus),
                    new Column<>("architecture", Weights::getArchitecture),
                    new Column<>(
                            "metrics",
                            "(SELECT coalesce(jsonb_object_agg(name, value::double precision), '{}')"
                                    + " FROM jsonb_each_text(jsonb_object(?)) AS metric (name, value))",
                            weights -> pairs(weights.getMetrics())),
                    new Column<>("data_from", Weights::getDataFrom),
                    new Column<>("data_to", Weights::getDataTo),
                    new Column<>("trainer", Weights::getTrainer),
                    new Column<>("tensor_bytes", weights -> weights.getTensors().remaining())));

    static final List<StoreTable<?>> ALL = List.of(SCORES, SERIES, FORECASTS, EVENTS, WEIGHTS);

    private static <T> StoreTable<T> partitioned(String name, int keyColumns, String time, List<Column<T>> columns) {
        return new StoreTable<>(name, columns, keyColumns, StoreTable.index(columns, time), true);
    }

    private static <T> StoreTable<T> whole(String name, int keyColumns, String time, List<Column<T>> columns) {
        return new StoreTable<>(name, columns, keyColumns, StoreTable.index(columns, time), false);
    }

    /** Whether the score answers a single reading that no step could use. */
    static boolean isUnscored(Score score) {
        return score.getStatus() == Status.LATE || score.getStatus() == Status.BAD_INPUT;
    }

    /** Keys and values in turns, as {@code jsonb_object} takes them. */
    private static String[] pairs(Map<String, ?> map) {
        String[] pairs = new String[2 * map.size()];
        int i = 0;
        for (Map.Entry<String, ?> entry : map.entrySet()) {
            pairs[i++] = entry.getKey();
            pairs[i++] = String.valueOf(entry.getValue());
        }
        return pairs;
    }

    private static double[] steps(Forecast forecast, ToDoubleFunction<ForecastStep> value) {
        return forecast.getSteps().stream().mapToDouble(value).toArray();
    }

    private static @Nullable Double realised(Forecast forecast, ToDoubleFunction<Realised> value) {
        Realised realised = forecast.getRealised();
        return realised == null ? null : value.applyAsDouble(realised);
    }
}
