package io.eddy.cli.page;

import io.eddy.Event;
import io.eddy.Feedback;
import io.eddy.Forecast;
import io.eddy.Score;
import io.eddy.Weights;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the page remembers of the output topics, in bounded memory: the more series there are, the fewer points and forecasts each of
 * them keeps, and of too many those that were silent longest make room. Whoever reads or writes it holds its monitor.
 */
final class Store {
    private static final int MOST_SERIES = 50_000;
    /** A series from which none of so many scores came gives its place to a new one: 20 rounds of as many series as are remembered. */
    private static final int SILENT_SCORES = 20 * MOST_SERIES;

    private static final int ALL_POINTS = 1_600_000;
    private static final int MOST_POINTS = 2_000;
    private static final int FEWEST_POINTS = 32;
    /** 20 bytes each. */
    private static final int ALL_FORECAST_STEPS = 1_500_000;

    private static final int MOST_FORECASTS = 49;
    private static final int FEWEST_FORECASTS = 2;
    private static final int MOST_VERSIONS = 200;

    private final Map<SeriesId, SeriesHistory> series = new LinkedHashMap<>();
    private final Deque<Weights> versions = new ArrayDeque<>();
    private final Supplier<List<Planted>> planted;
    private final EventLog events = new EventLog();
    private final ShareOverTime share;
    /** By model. */
    private final Map<String, LiveErrors> errors = new TreeMap<>();

    private final Map<String, Integer> horizons = new HashMap<>();
    private final int horizon;
    private long scores;
    private long notShown;
    /** Number of the score from which on it is worth while to look for silent series again. */
    private long nextLook;

    private int versionsRevision;
    private @Nullable String problem;

    /** @param planted the faults of a demo, in the order of their start */
    Store(Options options, Supplier<List<Planted>> planted) {
        this.planted = planted;
        options.models()
                .forEach(model -> horizons.put(model.get(ModelOptions.MODEL_ID), model.get(ForecastOptions.HORIZON)));
        horizon = Collections.max(horizons.values());
        share = new ShareOverTime(options.get(InputOptions.STEP).toMillis());
    }

    private @Nullable SeriesHistory history(SeriesId id) {
        SeriesHistory found = series.get(id);
        if (found == null) {
            if (series.size() >= MOST_SERIES && !forgetSilent()) {
                notShown++;
                return null;
            }
            found = new SeriesHistory(id);
            series.put(id, found);
        }
        return found;
    }

    /** Makes room where names change, as those of containers do: else the page would show those that are gone for ever, and none that is there. */
    private boolean forgetSilent() {
        if (scores < nextLook) {
            return false;
        }
        nextLook = scores + MOST_SERIES;
        return series.values().removeIf(one -> {
            boolean silent = one.heard() + SILENT_SCORES <= scores;
            if (silent) {
                errors.values().forEach(ofModel -> ofModel.forget(one.id()));
            }
            return silent;
        });
    }

    /** Points that each series keeps, by the number of series. */
    int pointLimit() {
        return Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, ALL_POINTS / Math.max(1, series.size())));
    }

    private int forecastLimit() {
        int steps = Math.max(1, series.size()) * horizon;
        return Math.max(FEWEST_FORECASTS, Math.min(MOST_FORECASTS, ALL_FORECAST_STEPS / steps));
    }

    void add(Score score) {
        scores++;
        share.add(score);
        SeriesHistory history = history(new SeriesId(score.getSeries(), score.getTarget()));
        if (history != null) {
            history.add(score, pointLimit());
            history.heard(scores);
            events.add(score);
            LiveErrors ofModel = errors.get(score.getModelId());
            if (ofModel != null) {
                ofModel.scored(history);
            }
        }
    }

    void add(Forecast forecast) {
        share.learnStep(Math.round(forecast.getStepSeconds() * 1000));
        SeriesHistory history = history(new SeriesId(forecast.getSeries(), forecast.getTarget()));
        if (history != null) {
            history.add(forecast, pointLimit(), forecastLimit());
            errors.computeIfAbsent(
                            forecast.getModelId(), model -> new LiveErrors(horizons.getOrDefault(model, horizon)))
                    .issued(history);
        }
    }

    void add(Event event) {
        events.add(event);
    }

    void add(Feedback feedback) {
        events.add(feedback);
    }

    /** Takes a version of the weights, which may come twice or change its status; its tensors are not kept. */
    void add(Weights weights) {
        weights.setTensors(ByteBuffer.allocate(0));
        versions.removeIf(known ->
                known.getVersion() == weights.getVersion() && known.getModelId().equals(weights.getModelId()));
        versions.add(weights);
        versionsRevision++;
        if (versions.size() > MOST_VERSIONS) {
            versions.remove();
        }
    }

    void problem(String what) {
        problem = what;
    }

    /** Why the page no longer follows the topics; null while it does. */
    @Nullable
    String problem() {
        return problem;
    }

    Collection<SeriesHistory> series() {
        return series.values();
    }

    @Nullable
    SeriesHistory series(SeriesId id) {
        return series.get(id);
    }

    List<Planted> planted() {
        return planted.get();
    }

    EventLog events() {
        return events;
    }

    ShareOverTime share() {
        return share;
    }

    /** By model; of those with forecasts. */
    Map<String, LiveErrors> errors() {
        return errors;
    }

    Deque<Weights> versions() {
        return versions;
    }

    int versionsRevision() {
        return versionsRevision;
    }

    long scores() {
        return scores;
    }

    /** Records of series beyond those that are remembered. */
    long notShown() {
        return notShown;
    }

    int horizon() {
        return horizon;
    }
}
