package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the mixture of experts loses where the best of them changes. */
class RegretTest {
    /** A daily curve of 60 with noise, then a walk, by turns. */
    private static double[] adversarial(int every, int segments) {
        Random random = new Random(5);
        double[] y = new double[every * segments];
        double walk = 0;
        for (int t = 0; t < y.length; t++) {
            double curve = 60 * Math.sin(2 * Math.PI * t / 24);
            walk = (t % every == 0 ? curve : walk) + 3 * random.nextGaussian();
            y[t] = t / every % 2 == 0 ? curve + 3 * random.nextGaussian() : walk;
        }
        return y;
    }

    /** Losses of absolute errors h steps ahead, from the third segment on. */
    private record Losses(double mixture, double bestOfEachSegment, double worstOfEachSegment, double bestFixed) {
        static Losses of(double[] y, int every, int h) {
            TestingExperts run = new TestingExperts("last,seasonal", 24);
            double mixture = 0;
            double[] all = new double[2];
            double best = 0;
            double worst = 0;
            double[] segment = new double[2];
            for (int t = 0; t + h < y.length; t++) {
                run.take(y[t]);
                if (t >= 2 * every) {
                    mixture += Math.abs(y[t + h] - run.out[h - 1]);
                    for (int e = 0; e < 2; e++) {
                        segment[e] += Math.abs(y[t + h] - run.experts.forecast(e)[h - 1]);
                    }
                }
                if (t % every == every - 1 || t + h == y.length - 1) {
                    best += Math.min(segment[0], segment[1]);
                    worst += Math.max(segment[0], segment[1]);
                    all[0] += segment[0];
                    all[1] += segment[1];
                    Arrays.fill(segment, 0);
                }
            }
            return new Losses(mixture, best, worst, Math.min(all[0], all[1]));
        }
    }

    /**
     * Losses are means over W = 336 judgements that fade, so after a switch the two experts' cross when (1 - 1/W)^k = 1/2, after W ln 2 of them.
     * Until then the mixture loses no more than the distance between the worst and the best expert; hence its regret against the best expert
     * of each segment is at most W ln 2 such distances a switch, however long the segments are.
     */
    @Test
    void theRegretOfASwitchIsBoundedHoweverLongTheBestExpertStaysTheSame() {
        int segments = 12;
        for (int every : new int[] {168, 672, 1344, 2688}) {
            double[] y = adversarial(every, segments);
            for (int h : new int[] {1, 6}) {
                Losses losses = Losses.of(y, every, h);
                double perStep = (losses.worstOfEachSegment - losses.bestOfEachSegment) / ((segments - 2) * every);
                double bound = losses.bestOfEachSegment + (segments - 2) * 336 * Math.log(2) * perStep;
                assertThat(losses.mixture).as("%d steps, %d ahead", every, h).isLessThan(bound);
                assertThat(losses.mixture).isLessThan(1.05 * losses.bestFixed);
                if (every == 2688) {
                    assertThat(losses.bestFixed)
                            .as("no expert alone keeps the bound")
                            .isGreaterThan(bound);
                }
            }
        }
    }
}
