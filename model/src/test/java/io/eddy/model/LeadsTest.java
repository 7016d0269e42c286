package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.network.Quantiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeadsTest {
    private static final int HORIZON = 24;
    /** A step whose interval for 24 steps later waits. */
    private static final int ISSUED = 28;

    private static final FineWidths NO_EXACT = new FineWidths(false);

    /** Intervals half as wide as they should be, for normal values around 0. */
    private static double coverage(Leads leads, int steps, int lead) {
        Random random = new Random(1);
        History history = new History();
        double[] half = new double[steps];
        double[] forecast = new double[HORIZON * Quantiles.COUNT];
        int inside = 0;
        for (int t = 0; t < steps; t++) {
            double y = random.nextGaussian();
            leads.realise(history, NO_EXACT, new SlotErrors(), y);
            history.observe(y, t);
            inside += t >= steps / 2 && Math.abs(y) <= half[t - lead] ? 1 : 0;
            for (int h = 2; h <= HORIZON; h++) {
                double width = 0.98 * Math.exp(leads.logWidth(Leads.nearest(h, HORIZON)));
                forecast[Quantiles.place(h, Quantiles.LOWER_95)] = -width;
                forecast[Quantiles.place(h, Quantiles.UPPER_95)] = width;
            }
            half[t] = forecast[Quantiles.place(lead, Quantiles.UPPER_95)];
            leads.issue(history, NO_EXACT, forecast, HORIZON);
        }
        return (double) inside / (steps - steps / 2);
    }

    @Test
    void intervalsOfEveryLeadTimeComeToCoverWhatTheyPromise() {
        for (int lead : new int[] {2, 4, 8, 12, 24}) {
            assertThat(coverage(new Leads(), 8000, lead)).as("lead %s", lead).isBetween(0.93, 0.97);
        }
    }

    @Test
    void theInnerIntervalComesToCoverWhatItPromisesHoweverHeavyTheTailsAre() {
        Random random = new Random(2);
        Leads leads = new Leads();
        History history = new History();
        double[] forecast = new double[HORIZON * Quantiles.COUNT];
        double[] half = new double[HORIZON];
        int inside = 0;
        for (int t = 0; t < 12_000; t++) {
            double y = Math.pow(random.nextGaussian(), 3);
            inside += t >= 8000 && Math.abs(y) <= half[t % HORIZON] ? 1 : 0;
            leads.realise(history, NO_EXACT, new SlotErrors(), y);
            history.observe(y, t);
            for (int h = 2; h <= HORIZON; h++) {
                double width = 5 * Math.exp(leads.logWidth(Leads.nearest(h, HORIZON)));
                forecast[Quantiles.place(h, Quantiles.LOWER_95)] = -width;
                forecast[Quantiles.place(h, Quantiles.UPPER_95)] = width;
            }
            int last = Leads.nearest(HORIZON, HORIZON);
            half[t % HORIZON] = 5 * Math.exp(leads.logWidth(last)) * leads.share80(last, 0);
            leads.issue(history, NO_EXACT, forecast, HORIZON);
        }
        assertThat(inside / 4000.0).isBetween(0.77, 0.83);
        assertThat(leads.share80(2, 0)).isLessThan(0.4); // 0.28
        assertThat(leads.share80(2, 1)).as("of a normal distribution").isCloseTo(1.2816 / 1.96, within(1e-4));
    }

    @Test
    void anIntervalIsJudgedWhenItsValueIsKnownAndNotBefore() {
        Leads leads = new Leads();
        History history = ofZeros();
        leads.issue(history, NO_EXACT, new double[HORIZON * Quantiles.COUNT], HORIZON);
        int last = Leads.nearest(24, HORIZON);
        for (int t = ISSUED + 1; t < ISSUED + 24; t++) {
            leads.realise(history, NO_EXACT, new SlotErrors(), 0);
            history.observe(0, t);
        }
        double before = Math.exp(leads.logWidth(last));
        assertThat(before).isLessThan(1); // the nearer ones held their values
        leads.realise(history, NO_EXACT, new SlotErrors(), 1);
        assertThat(Math.exp(leads.logWidth(last))).isGreaterThan(before);
    }

    @Test
    void aMissOfTheFirstLeadTimeWidensTheOthersLess() {
        Leads leads = new Leads();
        History history = ofZeros();
        leads.issue(history, NO_EXACT, new double[HORIZON * Quantiles.COUNT], HORIZON);
        for (int t = ISSUED + 1; t < ISSUED + 4; t++) {
            history.observe(0, t);
        }
        leads.realise(history, NO_EXACT, new SlotErrors(), 1);
        assertThat(leads.logWidth(1)).isBetween(0.001, leads.logWidth(0));
        assertThat(leads.logWidth(2)).isBetween(0.001, leads.logWidth(0));
    }

    /** Leads after intervals of +-2 that met each of these errors so many times, above and below in turn. */
    private static Leads after(int times, double... errors) {
        Leads leads = new Leads();
        History history = new History();
        double[] forecast = new double[HORIZON * Quantiles.COUNT];
        for (int h = 2; h <= HORIZON; h++) {
            forecast[Quantiles.place(h, Quantiles.LOWER_95)] = -2;
            forecast[Quantiles.place(h, Quantiles.UPPER_95)] = 2;
        }
        for (double error : errors) {
            for (int t = 0; t < times; t++) {
                double y = history.steps() % 2 == 0 ? error : -error;
                leads.realise(history, NO_EXACT, new SlotErrors(), y);
                history.observe(y, history.steps() + 1);
                leads.issue(history, NO_EXACT, forecast, HORIZON);
            }
        }
        return leads;
    }

    @Test
    void widthsFollowTheSizeOfErrorsWhereNoneMissesForAWhile() {
        for (int lead = 0; lead < Leads.steps().length; lead++) {
            double small = after(80, 0.1).logWidth(lead);
            double large = after(80, 1.9).logWidth(lead);
            double again = after(80, 1.9, 0.1, 0.1).logWidth(lead);
            double never = after(80, 0.1, 0.1, 0.1).logWidth(lead);
            assertThat(large).as("lead %s", lead).isGreaterThan(small + 0.3);
            assertThat(again).as("lead %s, afterwards", lead).isCloseTo(never, within(0.1));
        }
    }

    @Test
    void oneErrorHoweverLargeSaysNoMoreThanALargeOne() {
        double large = after(1, 0, 0, 0, 0, 20).logWidth(0);
        double enormous = after(1, 0, 0, 0, 0, 1e9).logWidth(0);
        assertThat(enormous).isPositive().isCloseTo(large, within(0.001));
    }

    @Test
    void intervalsThatHoldTheirValuesDoSoWhateverBecomesOfTheScale() {
        Leads leads = new Leads();
        History history = new History();
        double[] forecast = new double[HORIZON * Quantiles.COUNT];
        for (int t = 0; t < 2000; t++) {
            double y = wave(t);
            leads.realise(history, NO_EXACT, new SlotErrors(), y);
            history.observe(y, t);
            for (int h = 1; h <= HORIZON; h++) {
                forecast[Quantiles.place(h, Quantiles.LOWER_95)] = wave(t + h) - 0.5;
                forecast[Quantiles.place(h, Quantiles.UPPER_95)] = wave(t + h) + 0.5;
            }
            leads.issue(history, NO_EXACT, forecast, HORIZON);
        }
        double[] covered = new double[Leads.steps().length];
        leads.covered(history.steps(), covered);
        for (double each : covered) {
            assertThat(each).isGreaterThan(0.99);
        }
    }

    /** A wave whose height, and the scale with it, goes up and down by a half. */
    static double wave(int t) {
        return 100 * (1 + 0.5 * Math.sin(t / 60.0)) * Math.sin(t * Math.PI / 24);
    }

    /** After {@link #ISSUED} steps, each of value 0. */
    private static History ofZeros() {
        History history = new History();
        for (int t = 1; t <= ISSUED; t++) {
            history.observe(0, t);
        }
        return history;
    }

    @Test
    void whatWaitsIsRememberedOverWritingAndForgottenOverAGap() throws IOException {
        Leads leads = new Leads();
        History history = ofZeros();
        leads.issue(history, NO_EXACT, new double[HORIZON * Quantiles.COUNT], HORIZON);
        for (int t = ISSUED + 1; t < ISSUED + 24; t++) {
            history.observe(0, t);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        leads.write(new DataOutputStream(bytes));
        Leads read = new Leads();
        read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), Memory.FORMAT);
        read.realise(history, NO_EXACT, new SlotErrors(), 1);
        assertThat(Math.exp(read.logWidth(Leads.nearest(24, HORIZON)))).isGreaterThan(1);
        leads.forget();
        leads.realise(history, NO_EXACT, new SlotErrors(), 1);
        assertThat(Math.exp(leads.logWidth(Leads.nearest(24, HORIZON)))).isEqualTo(1);
    }

    @Test
    void theCoverageIsToldOnceAHundredWereJudged() {
        double[] covered = new double[Leads.steps().length];
        Leads leads = new Leads();
        leads.covered(103, covered);
        assertThat(covered[0]).isNaN();
        coverage(leads, 8000, 4);
        leads.covered(8000, covered);
        assertThat(covered).hasSize(3);
        for (double each : covered) {
            assertThat(each).isBetween(0.85, 1.0);
        }
    }

    @Test
    void aHorizonShorterThanAllLeadTimesHasNone() {
        assertThat(Leads.nearest(3, 3)).isEqualTo(-1);
    }
}
