package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeadsTest {
    private static final int HORIZON = 24;

    /** Intervals half as wide as they should be, for normal values around 0. */
    private static double coverage(Leads leads, int steps, int lead) {
        Random random = new Random(1);
        double[] half = new double[steps];
        double[][] forecast = new double[HORIZON][Quantiles.COUNT];
        int inside = 0;
        for (int t = 0; t < steps; t++) {
            double y = random.nextGaussian();
            leads.realise(t, y);
            inside += t >= steps / 2 && Math.abs(y) <= half[t - lead] ? 1 : 0;
            for (int h = 2; h <= HORIZON; h++) {
                double width = 0.98 * leads.width(Leads.nearest(h, HORIZON));
                forecast[h - 1][Quantiles.LOWER_95] = -width;
                forecast[h - 1][Quantiles.UPPER_95] = width;
            }
            half[t] = forecast[lead - 1][Quantiles.UPPER_95];
            leads.issue(t, forecast, HORIZON);
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
    void anIntervalIsJudgedWhenItsValueIsKnownAndNotBefore() {
        Leads leads = new Leads();
        double[][] never = new double[HORIZON][Quantiles.COUNT];
        leads.issue(24, never, HORIZON);
        for (int t = 25; t < 48; t++) {
            leads.realise(t, 1);
        }
        assertThat(leads.width(Leads.nearest(24, HORIZON))).isEqualTo(1);
        leads.realise(48, 1);
        assertThat(leads.width(Leads.nearest(24, HORIZON))).isGreaterThan(1);
    }

    @Test
    void whatWaitsIsRememberedOverWritingAndForgottenOverAGap() throws IOException {
        Leads leads = new Leads();
        leads.issue(24, new double[HORIZON][Quantiles.COUNT], HORIZON);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        leads.write(new DataOutputStream(bytes));
        Leads read = new Leads();
        read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        read.realise(48, 1);
        assertThat(read.width(Leads.nearest(24, HORIZON))).isGreaterThan(1);
        leads.forget();
        leads.realise(48, 1);
        assertThat(leads.width(Leads.nearest(24, HORIZON))).isEqualTo(1);
    }

    @Test
    void aHorizonShorterThanAllLeadTimesHasNone() {
        assertThat(Leads.nearest(3, 3)).isEqualTo(-1);
        assertThat(new Leads().coveredAt(3)).isNaN();
    }
}
