package io.eddy.cli.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Errors and coverage by horizon as the page sees them: it keeps the forecasts of a sample of the series until their last target has
 * been scored, and then holds all their steps against the actuals.
 */
final class LiveErrors {
    private static final int MOST_SERIES = 200;
    private static final int FORGET_AT = 500;
    private static final long DAY_MILLIS = 86_400_000L;

    private static final class Track {
        final Deque<Issued> waiting = new ArrayDeque<>();
        final HorizonErrors errors;

        Track(int horizon) {
            errors = new HorizonErrors(horizon, FORGET_AT);
        }
    }

    private final Map<SeriesId, Track> tracks = new HashMap<>();
    private final int horizon;
    private int revision;

    LiveErrors(int horizon) {
        this.horizon = horizon;
    }

    /** Takes the newest forecast of a series. */
    void issued(SeriesHistory series) {
        Issued newest = series.forecast(0);
        Track track = tracks.get(series.id());
        if (track == null && tracks.size() < MOST_SERIES) {
            track = new Track(horizon);
            tracks.put(series.id(), track);
        }
        if (track != null && newest != null && newest.stepMillis() > 0) {
            track.waiting.add(newest);
        }
    }

    /** Another series may take the place of one that is gone. */
    void forget(SeriesId series) {
        tracks.remove(series);
    }

    /** Judges the forecasts of a series whose last target has come. */
    void scored(SeriesHistory series) {
        Track track = tracks.get(series.id());
        while (track != null && !track.waiting.isEmpty()) {
            Issued oldest = track.waiting.getFirst();
            if (oldest.issuedAt() + oldest.horizon() * oldest.stepMillis() > series.newestMillis()) {
                return;
            }
            track.waiting.removeFirst();
            judge(track.errors, series, oldest);
            revision++;
        }
    }

    private void judge(HorizonErrors errors, SeriesHistory series, Issued issued) {
        double last = actual(series, issued.issuedAt());
        errors.scale(last - actual(series, issued.issuedAt() - issued.stepMillis()));
        double[] quantiles = new double[Issued.LEVELS];
        for (int h = 0; h < Math.min(horizon, issued.horizon()); h++) {
            long target = issued.issuedAt() + (h + 1) * issued.stepMillis();
            for (int level = 0; level < Issued.LEVELS; level++) {
                quantiles[level] = issued.quantiles()[h * Issued.LEVELS + level] + series.base();
            }
            long days = (target - issued.issuedAt() + DAY_MILLIS - 1) / DAY_MILLIS;
            double dayAgo = actual(series, target - days * DAY_MILLIS);
            errors.judge(h, actual(series, target), quantiles, last, dayAgo);
        }
    }

    private static double actual(SeriesHistory series, long time) {
        int index = series.points().find(time);
        return index < 0 ? Double.NaN : series.get(Column.Y, index);
    }

    /** Counts up with every judged forecast. */
    int revision() {
        return revision;
    }

    HorizonErrors.Summary summary() {
        List<HorizonErrors> all = new ArrayList<>();
        tracks.values().forEach(track -> all.add(track.errors));
        return HorizonErrors.summarise(all, horizon);
    }
}
