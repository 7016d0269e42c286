package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LaterWidthsTest {
    private static final int HORIZON = 48;
    private static final int DAY = 24;
    private static final long HOUR = 3_600_000;
    private static final Offset<Double> HALVES = within(0.01);

    private final Memory memory = new Memory();
    private final LaterWidths widths = new LaterWidths(HORIZON);
    /** The experts are of one mind. */
    private final double[] apart = new double[HORIZON];

    private final double[] decades = new double[Channel.values().length];

    /** Takes over these factors for the lead times, as logarithms. */
    private void steer(float... logs) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.leads.write(new DataOutputStream(bytes));
        byte[] written = bytes.toByteArray();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (float log : logs) {
            new DataOutputStream(head).writeShort((int) (log * (1 << 13)));
        }
        int rest = 3 * logs.length * Short.BYTES;
        System.arraycopy(head.toByteArray(), 0, written, written.length - rest - head.size(), head.size());
        memory.leads.read(new DataInputStream(new ByteArrayInputStream(written)), Memory.FORMAT);
    }

    private void judgeUsualOnes() {
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            memory.surprise.judge(random.nextGaussian(), false, decades);
        }
    }

    private void judge(int count, double size) {
        for (int i = 0; i < count; i++) {
            memory.surprise.judge(i % 2 == 0 ? size : -size, false, decades);
        }
    }

    @Test
    void betweenTwoLeadTimesWidthsLieBetweenTheirs() throws IOException {
        steer(0, 1, -1);
        widths.look(memory, 0.5, apart, HORIZON);
        assertThat(widths.factor(4)).isEqualTo(1);
        assertThat(widths.factor(12)).isCloseTo(Math.E, HALVES);
        assertThat(widths.factor(24)).isCloseTo(1 / Math.E, HALVES);
        assertThat(widths.factor(48)).isEqualTo(widths.factor(24));
        assertThat(widths.factor(2)).isCloseTo(0.75, HALVES);
        for (int h = 3; h <= 24; h++) {
            double change = widths.factor(h) - widths.factor(h - 1);
            assertThat(h <= 12 ? change : -change).as("step %d", h).isBetween(0.05, 0.4);
        }
    }

    @Test
    void aShortHorizonHasTheFactorsOfTheLeadTimesWithinIt() throws IOException {
        steer(1, 2, 2);
        LaterWidths shorter = new LaterWidths(6);
        shorter.look(memory, 1, apart, 6);
        assertThat(shorter.factor(6)).isEqualTo(shorter.factor(4)).isCloseTo(Math.E, HALVES);
        shorter.look(memory, 1, apart, 1); // only the next step is asked for
        assertThat(shorter.factor(1)).isEqualTo(1);
    }

    /** All experts err so much 18 and 36 steps ahead. */
    private double growthBeyond(double loss18, double loss36) {
        return growthBeyond("lean", loss18, loss36);
    }

    private double growthBeyond(String tier, double loss18, double loss36) {
        memory.trust.fit(new Experts(tier, HORIZON).mask());
        int experts = ExpertNames.of(tier).size();
        for (int e = 0; e < experts; e++) {
            memory.trust.loss(2 * experts + e, loss18);
            memory.trust.loss(3 * experts + e, loss36);
        }
        widths.look(memory, 1, apart, HORIZON);
        return widths.growth(36) / widths.growth(24);
    }

    @Test
    void beyondTheLastLeadTimeIntervalsGrowAsErrorsDo() {
        assertThat(growthBeyond(1, 1)).isEqualTo(1);
        assertThat(growthBeyond(1, 1.3)).isCloseTo(1.3 / 1.1, HALVES);
        assertThat(growthBeyond(1, 0.5)).as("never less").isEqualTo(1);
        assertThat(growthBeyond(1, 9)).as("not more than a walk's").isCloseTo(Math.sqrt(1.5), HALVES);
        assertThat(growthBeyond(Double.NaN, Double.NaN))
                .as("as a walk where nobody was judged")
                .isCloseTo(Math.sqrt(1.5), HALVES);
    }

    @Test
    void whereNobodyIsJudgedIntervalsGrowAsErrorsDidBefore() {
        growthBeyond(1, 1.1);
        assertThat(widths.growth(HORIZON) / widths.growth(36)).isCloseTo(1 + 2 / 3.0 * 0.1 / 1.1, HALVES);
        growthBeyond(1, 1);
        assertThat(widths.growth(HORIZON)).isEqualTo(widths.growth(36));
        growthBeyond(1, 9);
        assertThat(widths.growth(HORIZON) / widths.growth(36))
                .as("not more than a walk's")
                .isCloseTo(Math.sqrt(4 / 3.0), HALVES);
    }

    @Test
    void intervalsOfALawThatIsRunFreelyMayGrowInProportion() {
        assertThat(growthBeyond("full", 1, 9)).isCloseTo(1.5, HALVES);
        assertThat(widths.growth(HORIZON) / widths.growth(36)).isCloseTo(4 / 3.0, HALVES);
        assertThat(growthBeyond("full", 1, 1.3)).isCloseTo(1.3 / 1.1, HALVES);
        assertThat(growthBeyond("full", 1, 1.5)).isCloseTo(1.5 / (1 + 0.5 / 3), HALVES);
        assertThat(widths.growth(HORIZON) / widths.growth(36)).isCloseTo(Math.pow(1.5, 2 / 3.0), HALVES);
    }

    @Test
    void errorsThatGrowFasterThanThoseOfAWalkComeToBeLikeThoseOfANormalDistribution() {
        growthBeyond("full", 1, 9);
        assertThat(widths.towardsNormal(24)).isEqualTo(0);
        assertThat(widths.towardsNormal(36)).isCloseTo(1 / 3.0, HALVES);
        assertThat(widths.towardsNormal(HORIZON)).isCloseTo(0.5, HALVES);
        growthBeyond("full", 1, 1.41);
        assertThat(widths.towardsNormal(HORIZON)).isEqualTo(0);
        growthBeyond("lean", 1, 9);
        assertThat(widths.towardsNormal(HORIZON)).isCloseTo(0, HALVES);
    }

    @Test
    void whereTheLastJudgementIsBeyondTheHorizonErrorsGrowAsAWalksFromTheOneBefore() {
        growthBeyond(1, Double.NaN);
        double walk = Math.sqrt(24);
        assertThat(widths.growth(24) * widths.factor(24)).isCloseTo(walk, HALVES);
        double more = 1 + (Math.sqrt(2) - 1) / 3;
        int experts = ExpertNames.of("lean").size();
        for (int place = 0; place < 2 * experts; place++) {
            memory.trust.loss(place, 1);
        }
        widths.look(memory, 1, apart, HORIZON);
        assertThat(widths.growth(24) * widths.factor(24)).isCloseTo(Math.sqrt(walk * more), HALVES);
        Arrays.fill(apart, memory.history.scale());
        double[] alike = widths.factors().clone();
        widths.look(memory, 1, apart, HORIZON);
        for (int h = 2; h <= HORIZON; h++) {
            assertThat(widths.factor(h) / alike[h - 1]).as("step %d", h).isBetween(1.2, 1.34);
        }
    }

    @Test
    void upToTheLastLeadTimeWidthsGrowByErrorsTheMoreTheFarther() {
        widths.look(memory, 1, apart, HORIZON);
        assertThat(widths.factor(24)).isEqualTo(1);
        growthBeyond(1, 1);
        int experts = ExpertNames.of("lean").size();
        for (int place = 0; place < 2 * experts; place++) {
            memory.trust.loss(place, 1);
        }
        widths.look(memory, 1, apart, HORIZON); // errors do not grow, those of a walk would
        double half = Math.sqrt(Math.sqrt(24));
        assertThat(widths.growth(24) * widths.factor(24)).isCloseTo(half, HALVES);
        assertThat(widths.growth(4) * widths.factor(4))
                .isCloseTo(2 * Math.pow(0.5, 0.5 * Math.log(4) / Math.log(24)), HALVES);
    }

    @Test
    void farBeyondThereIsNoJump() {
        growthBeyond(1, 1);
        for (int h = 26; h <= HORIZON; h++) {
            assertThat(widths.growth(h) / widths.growth(h - 1)).as("step %d", h).isBetween(1.0, 1.03);
        }
    }

    @Test
    void whereTheExpertsAreApartIntervalsAreWiderUpToWhatTheyErr() {
        growthBeyond(1, 1);
        Arrays.fill(apart, 0.05 * memory.history.scale());
        assertThat(widenedAt24()).as("nearly of one mind").isEqualTo(1);
        Arrays.fill(apart, 0.4 * memory.history.scale());
        double some = widenedAt24();
        assertThat(some).isBetween(1.05, 1.25);
        Arrays.fill(apart, memory.history.scale());
        double much = widenedAt24();
        assertThat(much).isGreaterThan(some);
        Arrays.fill(apart, 9 * memory.history.scale());
        assertThat(widenedAt24()).isEqualTo(much);
        assertThat(widths.factor(1)).as("the next step").isEqualTo(1);
    }

    private double widenedAt24() {
        widths.look(memory, 1, new double[HORIZON], HORIZON);
        double before = widths.factor(24);
        widths.look(memory, 1, apart, HORIZON);
        return widths.factor(24) / before;
    }

    @Test
    void whereNobodyWasJudgedItDoesNotMatterWhetherTheyAreApart() {
        memory.trust.fit(new Experts("lean", HORIZON).mask());
        Arrays.fill(apart, 9);
        widths.look(memory, 1, apart, HORIZON);
        assertThat(widths.factor(24)).isEqualTo(1);
    }

    @Test
    void afterLargeErrorsIntervalsAreWiderAndAfterSmallOnesNarrower() {
        judgeUsualOnes();
        judge(15, 0.8); // their mean absolute error
        widths.look(memory, 1, apart, HORIZON);
        assertThat(widths.factor(1)).isCloseTo(1, within(0.03));
        judge(5, 3);
        widths.look(memory, 1, apart, HORIZON);
        assertThat(widths.factor(1)).isGreaterThan(1.1);
        assertThat(widths.factor(HORIZON)).as("without a season").isEqualTo(widths.factor(1));
        judge(15, 0.1);
        widths.look(memory, 1, apart, HORIZON);
        assertThat(widths.factor(1)).isLessThan(0.95);
    }

    @Test
    void aFewErrorsSayNothing() {
        judge(10, 1);
        judge(5, 3);
        widths.look(memory, 1, apart, HORIZON);
        assertThat(widths.factor(1)).isEqualTo(1);
    }

    @Test
    void whereThereIsASeasonThatFadesAndAnHourThatAlwaysErrsIsNoNews() {
        Random random = new Random(1);
        Forecaster forecaster = new Forecaster(TestingOptions.of(HORIZON, DAY, HOUR, 1e-4, 48, 6));
        Answer answer = new Answer(HORIZON);
        double[] sum = new double[2];
        double[] plain = new double[2];
        int days = 200;
        for (int t = 0; t < days * DAY; t++) {
            double noise = t % DAY < DAY / 2 ? 1 : 10;
            double y = 100 * Math.sin(2 * Math.PI * t / DAY) + noise * random.nextGaussian();
            forecaster.step(memory, null, HOUR * t, y, answer);
            if (t % DAY % 12 == 11 && t >= days / 2 * DAY) { // at the end of the quiet half, and of the noisy one
                sum[t % DAY / 12] += memory.surprise.lately(memory.slotErrors.lately(memory.history)) / (days / 2);
                plain[t % DAY / 12] += memory.surprise.lately(1) / (days / 2);
            }
        }
        assertThat(plain[1]).isGreaterThan(1.5 * plain[0]);
        assertThat(sum[1]).isBetween(0.85 * sum[0], 1.15 * sum[0]);
        judge(5, 5);
        widths.look(memory, 1, apart, HORIZON);
        assertThat(widths.factor(1)).isGreaterThan(1.2);
        double atLead = Math.exp(memory.leads.logWidth(Leads.nearest(24, HORIZON)));
        assertThat(widths.factor(24)).isBetween(atLead, 1.05 * atLead);
    }
}
