package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The channels of one series taken together: a p-norm of their surprises, less where peaks of this size are usual for the series, turned
 * into a calibrated p-value; and which of many odd points a person is told of.
 */
final class Evidence {
    private static final int YOUNG = 20;
    /** Steps whose evidence says little about later ones: the forecasts are still finding their feet. */
    private static final int UNSETTLED = 48;

    /** Up to so many steps evidence counts half: what is usual for the series it has hardly shown, and a week has days that it has not seen. */
    private static final double DOUBT = 100;

    /** So much of a routine's evidence is held: what goes on beyond its time and is nearly as strong is told. */
    private static final double OUTLASTS = 0.5;

    private static final int SHORTEST_HOLD = 32;
    private static final int USUAL_SEASON = 256;
    private static final int LONGEST_HOLD = 288;
    /** Steps rarer than this are learnt from when they come first or stay for longer than {@link #PATIENCE} steps, not in between. */
    private static final double STRANGE = Math.log(1e-3);

    private static final int PATIENCE = 12;
    /** What is strange for no longer than this many steps belongs to the tail; what lasts is an incident. */
    private static final int ALONE = 2;

    /** The least p-value of a step of a run that is hardly odder than one before. */
    private static final double GOES_ON = 0.01;

    private static final double SMALLEST = Math.log(1e-300);

    private Calibration calibration = new Calibration();
    private Peaks peaks = new Peaks();
    /** Steps that were judged. */
    private int step;
    /** Steps that were not, since it was read: the peaks are as much older. Only differences of times count, so it need not be written. */
    private int passed;

    private float held;
    private int quiet;
    private int strange;
    /** Whether one of those steps was extreme. */
    private boolean extreme;

    /** What came of a step. */
    static final class Outcome {
        /** The habits of the series taken off. */
        double decades;
        /** Natural logarithm of the probability of so much evidence at any step, nearer to 0 while the series is young; what is learnt goes by it. */
        double logP;
        /** The same with regard to how heavy the tail of a young series is: what is told. */
        double logScore;
        /**
         * The probability at this step, among all steps, those on which the series stands still too: where a run of odd steps goes on and is hardly odder
         * than before, more of it is no surprise.
         */
        double pValue;
        /** The decades if a person is to be told, 0 if this belongs to what was told before. */
        double alert;
        /** Whether a person was told of the like at the same time of a day before, or of a week before. */
        boolean routine;
        /** That says most. */
        Channel channel = Channel.SPIKE;
    }

    /**
     * Weighs a step.
     *
     * @param surprises [channels] decades beyond the first; 0 or less is nothing
     * @param tail how many times as long as usual that of the evidence is, by what the values are like
     * @param still whether the series stands still, so that nothing is learnt
     * @param awake the share of steps on which it does not, above 0 and up to 1
     * @param season in steps, 0 for none; a share of it is how long an episode is held off
     * @param day in steps, 0 for none: after so many a routine comes again
     * @param out filled
     * @return whether the step may count as usual for the series
     */
    boolean judge(
            double[] surprises,
            double tail,
            boolean still,
            double awake,
            int season,
            int day,
            Scoring scoring,
            Outcome out) {
        step++;
        double sum = 0;
        double most = 0;
        out.channel = Channel.SPIKE;
        for (int i = 0; i < surprises.length; i++) {
            double s = surprises[i];
            if (s > 0) {
                sum += Math.pow(s, scoring.norm());
                if (s > most) {
                    most = s;
                    out.channel = Channel.ALL[i];
                }
            }
        }
        double all = sum == 0 ? 0 : Math.pow(sum, 1 / scoring.norm());
        out.decades = all == 0 ? 0 : all / Math.sqrt(1 + scoring.habit() * peaks.earlier(all, held > 0, now()));
        out.logP = Math.max(SMALLEST, calibration.logProbability(out.decades));
        out.logScore = Math.max(SMALLEST, calibration.logProbability(out.decades / longer(out.channel, tail)));
        tell(all, season, day, scoring, out);
        boolean odd = out.logP < STRANGE;
        boolean habit = !odd || strange == 0 || strange > PATIENCE;
        boolean surprising = true;
        if (step > UNSETTLED && !still) {
            surprising = calibration.surpasses(out.decades);
            calibration.steer(!odd && extreme && strange <= ALONE);
            if (habit) {
                calibration.observe(out.decades);
            }
        }
        strange = odd ? strange + 1 : 0;
        extreme = odd && (extreme || out.logP <= Calibration.LOG_EXTREME);
        double believed = believed();
        out.logP *= believed;
        out.logScore *= believed;
        out.alert *= believed;
        double told = calibration.told(out.logScore, awake);
        out.pValue = Math.max(Math.exp(told), surprising ? 0 : GOES_ON);
        if (step > UNSETTLED) {
            calibration.steerTold(surprising && told <= Calibration.LOG_EXTREME);
        }
        return habit;
    }

    /**
     * Goes over steps of which nothing was judged: else what comes every day would come at another time after them. Before the first that was judged there is
     * nothing to go by.
     *
     * @param walked so many places further in its season the series is
     * @param missing steps that there were, no fewer
     */
    void pass(int walked, long missing) {
        if (step > 0) {
            passed += walked;
            quiet = (int) Math.min(quiet + missing, LONGEST_HOLD + 1);
        }
    }

    /** The clock of the peaks. */
    private int now() {
        return step + passed;
    }

    /** The share of evidence that is told, 0 to 1; what is learnt here goes by the whole of it. */
    private double believed() {
        double doubt = Math.min(1, DOUBT / step);
        return 1 / (1 + doubt * doubt);
    }

    /** What the evidence is divided by: what repeats, and where the level is, has nothing to do with the tail of the values. */
    private static double longer(Channel channel, double tail) {
        return channel == Channel.FLAT || channel == Channel.LEVEL ? 1 : tail;
    }

    /** The decades of evidence that a series well known has at a score, as a share of those behind the peak of what was told. */
    double share(double score, Incident told, double logRate, double tail) {
        double behind = longer(told.channel(), tail) * calibration.evidence(told.peakScore() * logRate / believed());
        return calibration.evidence(score * logRate) / behind;
    }

    /** Takes note that a person knows of the newest peak: it was told, or it is a routine. */
    void know() {
        peaks.know();
    }

    /** Takes note that the run of odd steps that this one belongs to is a level which is accepted: as long a run is a routine when it comes again. */
    void settle() {
        peaks.settle(now() - strange + 1);
    }

    /** Takes what a person says of the newest peak: an anomaly is no routine, and a false alarm is a habit. */
    void hear(Verdict verdict) {
        if (verdict == Verdict.ANOMALY) {
            peaks.unknow();
        } else if (verdict == Verdict.NOT_ANOMALY) {
            peaks.accept();
        }
    }

    /** One alert per episode, and another only on stronger evidence; none of a routine. */
    private void tell(double all, int season, int day, Scoring scoring, Outcome out) {
        double wanted = scoring.hold() * (season == 0 ? USUAL_SEASON : season);
        double hold = Math.max(SHORTEST_HOLD, Math.min(LONGEST_HOLD, wanted));
        quiet = Math.min(quiet + 1, LONGEST_HOLD + 1);
        if (quiet > hold) {
            held = 0;
        }
        out.alert = 0;
        out.routine =
                day > 0 && all > 0 && all <= scoring.stronger() * peaks.known(day, now(), Math.min(strange, PATIENCE));
        if (step > YOUNG && out.decades > scoring.stronger() * held) {
            boolean first = held == 0;
            if (first) {
                peaks.next();
            }
            out.alert = out.routine ? 0 : out.decades;
            held = (float) (out.routine ? OUTLASTS * out.decades : out.decades);
            quiet = 0;
            if (first || all > peaks.newest()) {
                peaks.put(all, now());
            }
        }
    }

    /** What the sixth format holds beyond the earlier ones. */
    void writeNear(DataOutput out) throws IOException {
        calibration.writeNear(out);
    }

    void readNear(DataInput in) throws IOException {
        calibration.readNear(in);
    }

    void write(DataOutput out) throws IOException {
        calibration.write(out);
        Bulk.writeSmall(out, step);
        peaks.write(out, now());
        out.writeFloat(held);
        Bulk.writeSmall(out, quiet);
        peaks.writeLevels(out, extreme);
        Bulk.writeSmall(out, strange);
    }

    void read(DataInput in, int format) throws IOException {
        calibration.read(in, format);
        passed = 0;
        if (format < 9) {
            readEighth(in);
            return;
        }
        step = (int) Bulk.readSmall(in);
        peaks.read(in, step);
        held = in.readFloat();
        quiet = (int) Bulk.readSmall(in);
        extreme = peaks.readLevels(in);
        strange = (int) Bulk.readSmall(in);
    }

    /** The first eight formats held counts as ints, and in the sign of one whether a step was extreme. */
    private void readEighth(DataInput in) throws IOException {
        peaks.readEighth(in);
        step = in.readInt();
        held = in.readFloat();
        quiet = Math.min(in.readInt(), LONGEST_HOLD + 1);
        int run = in.readInt();
        extreme = run < 0;
        strange = Math.abs(run);
    }
}
