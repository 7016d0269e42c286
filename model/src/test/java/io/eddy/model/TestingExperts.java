package io.eddy.model;

/** One series and its experts. */
final class TestingExperts {
    static final long HOUR = 3_600_000L;
    static final int HORIZON = 24;

    final Experts experts;
    final History history = new History();
    Trust trust = new Trust();
    final double[] out = new double[HORIZON];
    long step;

    TestingExperts(String choice, int season) {
        experts = new Experts(choice, HORIZON);
        history.seasons.fix(season);
    }

    void take(double y) {
        history.observe(y, step++ * HOUR);
        experts.observe(history, trust);
        experts.forecast(history, trust, HORIZON, out);
    }
}
