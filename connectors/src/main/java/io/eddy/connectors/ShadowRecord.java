package io.eddy.connectors;

import io.eddy.Weights;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The record by which a version becomes the shadow of its model, key {@link WeightsKeys#shadow}: that of the version itself, with two metrics
 * more. So whoever does not know of shadows reads a version that it knows already.
 */
public final class ShadowRecord {
    /** Share of the series that the shadow runs on, 0 to 1; 0: it has ended. */
    private static final String SHARE = "shadow_share";
    /** Milliseconds since 1970 at which it was started: tells its run from others. */
    private static final String SINCE = "shadow_since_ms";

    private ShadowRecord() {}

    /** Starts a shadow. */
    public static Weights start(Weights version, double share, Instant now) {
        return with(version, Map.of(SHARE, share, SINCE, (double) now.toEpochMilli()));
    }

    /** Ends it. */
    public static Weights end(Weights shadow) {
        return with(shadow, Map.of(SHARE, 0.0));
    }

    /** Whether it starts or ends a shadow. */
    public static boolean is(Weights weights) {
        return weights.getMetrics().containsKey(SHARE) && weights.getMetrics().containsKey(SINCE);
    }

    /** Share of the series; 0 where the shadow has ended. */
    public static double share(Weights shadow) {
        return metric(shadow, SHARE);
    }

    /** When it was started, in milliseconds. */
    public static long sinceMillis(Weights shadow) {
        return (long) metric(shadow, SINCE);
    }

    private static double metric(Weights shadow, String name) {
        Double value = shadow.getMetrics().get(name);
        if (value == null) {
            throw new IllegalArgumentException("metrics: expected " + name + ", found "
                    + shadow.getMetrics().keySet());
        }
        return value;
    }

    /** The version's record with what its shadow showed. */
    public static Weights judged(Weights shadow, Map<String, Double> found) {
        Map<String, Double> metrics = new HashMap<>(shadow.getMetrics());
        metrics.keySet().removeAll(Set.of(SHARE, SINCE));
        metrics.putAll(found);
        return Weights.newBuilder(shadow).setMetrics(metrics).build();
    }

    private static Weights with(Weights weights, Map<String, Double> more) {
        Map<String, Double> metrics = new HashMap<>(weights.getMetrics());
        metrics.putAll(more);
        return Weights.newBuilder(weights).setMetrics(metrics).build();
    }
}
