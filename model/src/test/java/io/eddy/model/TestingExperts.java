package io.eddy.model;

/** One series and its experts. */
final class TestingExperts {
    static final long MINUTE = 60_000L;
    static final long HOUR = 60 * MINUTE;
    static final int HORIZON = 24;

    final Experts experts;
    final History history = new History();
    Trust trust = new Trust();
    final double[] out;
    private final long stepMillis;
    long step;

    /** By hours. */
    TestingExperts(String choice, int season) {
        this(choice, season, HOUR);
    }

    TestingExperts(String choice, int season, long stepMillis) {
        this(choice, season, stepMillis, HORIZON);
    }

    TestingExperts(String choice, int season, long stepMillis, int horizon) {
        this.stepMillis = stepMillis;
        out = new double[horizon];
        experts = new Experts(choice, horizon);
        history.seasons.fix(season);
    }

    void take(double y) {
        history.observe(y, step++ * stepMillis);
        experts.observe(history, trust);
        experts.forecast(history, trust, out.length, out);
    }
}
