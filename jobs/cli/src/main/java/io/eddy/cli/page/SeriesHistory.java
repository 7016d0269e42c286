package io.eddy.cli.page;

import io.eddy.Forecast;
import io.eddy.Score;
import io.eddy.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the page remembers of one series: its newest points and forecasts. Values are kept in single precision, less a base. */
final class SeriesHistory {
    /** How many of the newest points count for how bad a series is. */
    private static final int RECENT = 48;

    private static final int MOST_SWITCHES = 32;

    /** The step at which a series went over to other weights. */
    record Switch(long timeMillis, long version) {}

    private final SeriesId id;
    private final PointRing points = new PointRing();
    private final Deque<Issued> forecasts = new ArrayDeque<>();
    private final Deque<Switch> switches = new ArrayDeque<>();
    private Map<String, String> labels = Map.of();
    private String searched;
    private double base = Double.NaN;
    private int revision;
    private long newest = Long.MIN_VALUE;
    private Status status = Status.WARMING_UP;
    private @Nullable String reason;
    /** The newest {@code anomaly_probability}. */
    private float probability = Float.NaN;

    private String model = "";
    private long version = -1;
    private long late;
    private long heard;

    SeriesHistory(SeriesId id) {
        this.id = id;
        searched = searchText();
    }

    private String searchText() {
        StringBuilder text = new StringBuilder(id.series()).append(' ').append(id.target());
        labels.forEach((key, value) -> text.append(' ').append(key).append('=').append(value));
        return text.toString().toLowerCase(Locale.ROOT);
    }

    /** Takes a score; one for a reading that came too late has no step of its own and is only counted. */
    void add(Score score, int limit) {
        revision++;
        if (score.getStatus() == Status.LATE && score.getCorrectionOf() == null) {
            late++;
            return;
        }
        if (!score.getLabels().equals(labels)) {
            labels = Map.copyOf(score.getLabels());
            searched = searchText();
        }
        // A correction stands at its own event time, which is that of the score it corrects.
        long time = score.getEventTime().toEpochMilli();
        int index = points.findOrInsert(time, limit);
        if (index < 0) {
            return;
        }
        set(Column.Y, index, score.getY());
        set(Column.YHAT, index, score.getYhat());
        set(Column.LOWER, index, score.getYhatLower());
        set(Column.UPPER, index, score.getYhatUpper());
        set(Column.SCORE, index, score.getAnomalyScore());
        set(Column.P_VALUE, index, score.getPValue());
        points.mark(index, (byte) score.getStatus().ordinal(), revision);
        if (time >= newest) {
            newest = time;
            status = score.getStatus();
            reason = score.getStatusReason();
            Double told = score.getAnomalyProbability();
            probability = told == null ? Float.NaN : told.floatValue();
            if (!model.equals(score.getModelId())) {
                model = score.getModelId();
            }
            switchTo(time, score.getModelVersion());
        }
    }

    private void switchTo(long time, long next) {
        if (next != version && status != Status.BAD_INPUT) {
            if (version >= 0) {
                switches.add(new Switch(time, next));
                if (switches.size() > MOST_SWITCHES) {
                    switches.remove();
                }
            }
            version = next;
        }
    }

    /** Takes a forecast; its first step is the interval of the point to come. */
    void add(Forecast forecast, int limit, int mostForecasts) {
        if (forecast.getSteps().isEmpty()) {
            return;
        }
        revision++;
        if (Double.isNaN(base)) {
            base = forecast.getSteps().get(0).getYhat();
        }
        Issued issued = Issued.of(forecast, base);
        if (!forecasts.isEmpty() && forecasts.getLast().issuedAt() >= issued.issuedAt()) {
            forecasts.removeIf(old -> old.issuedAt() >= issued.issuedAt());
        }
        forecasts.add(issued);
        while (forecasts.size() > mostForecasts) {
            forecasts.remove();
        }
        int index = points.findOrInsert(issued.issuedAt() + issued.stepMillis(), limit);
        if (index >= 0) {
            float[] first = issued.quantiles();
            points.set(Column.LOWER_95, index, first[0]);
            points.set(Column.LOWER_80, index, first[1]);
            points.set(Column.UPPER_80, index, first[3]);
            points.set(Column.UPPER_95, index, first[4]);
            points.mark(index, points.status(index), revision);
        }
    }

    private void set(Column column, int index, double value) {
        if (column.isValue() && Double.isNaN(base) && Double.isFinite(value)) {
            base = value;
        }
        points.set(column, index, (float) (column.isValue() ? value - base : value));
    }

    double get(Column column, int index) {
        double value = points.get(column, index);
        return column.isValue() ? value + base : value;
    }

    SeriesId id() {
        return id;
    }

    Map<String, String> labels() {
        return labels;
    }

    Status status() {
        return status;
    }

    @Nullable
    String reason() {
        return reason;
    }

    /** Of the newest score; NaN where it has none. */
    float probability() {
        return probability;
    }

    String model() {
        return model;
    }

    long version() {
        return version;
    }

    long late() {
        return late;
    }

    double base() {
        return base;
    }

    int revision() {
        return revision;
    }

    PointRing points() {
        return points;
    }

    List<Switch> switches() {
        return new ArrayList<>(switches);
    }

    /** @param number of its newest score among those of all series */
    void heard(long number) {
        heard = number;
    }

    long heard() {
        return heard;
    }

    /** Time of the newest score, epoch milliseconds; {@link Long#MIN_VALUE} before the first. */
    long newestMillis() {
        return newest;
    }

    /** Index after that of the newest score. */
    int scored() {
        int at = points.find(newest);
        return at < 0 ? 0 : at + 1;
    }

    /** The largest score of late. */
    double worst() {
        int end = scored();
        double worst = 0;
        for (int i = Math.max(0, end - RECENT); i < end; i++) {
            worst = Math.max(worst, points.get(Column.SCORE, i));
        }
        return worst;
    }

    /** Whether all words, in lower case, are part of the name or the labels, written {@code key=value}. */
    boolean matches(String[] words) {
        for (String word : words) {
            if (!searched.contains(word)) {
                return false;
            }
        }
        return true;
    }

    /** The forecast that was issued so many forecasts before the newest one; null if it is no longer kept. */
    @Nullable
    Issued forecast(int ago) {
        int skip = forecasts.size() - 1 - ago;
        if (skip < 0) {
            return null;
        }
        return forecasts.stream().skip(skip).findFirst().orElse(null);
    }

    int forecastCount() {
        return forecasts.size();
    }
}
