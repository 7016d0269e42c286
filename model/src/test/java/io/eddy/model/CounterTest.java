package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A step of a counter is worth what it has grown by since the last one that had a value. */
class CounterTest {
    private static final long STEP = 60;
    private static final double NAN = Double.NaN;

    private final Inbox inbox = counter();

    private static Inbox counter() {
        Inbox inbox = new Inbox();
        inbox.open().begin(true);
        return inbox;
    }

    /** The values come one after the other within the step, those of an odd one the other way round. */
    private static double step(Inbox inbox, int k, double... values) {
        for (int i = 0; i < values.length; i++) {
            int place = k % 2 == 0 ? i : values.length - 1 - i;
            inbox.open().add(STEP * k, STEP * k + place, values[place], new double[0]);
        }
        return inbox.open().close(STEP * k, STEP);
    }

    private double step(int k, double... values) {
        return step(inbox, k, values);
    }

    @Test
    void theFirstValueSaysNothingOfIt() {
        assertThat(step(7, 1000)).isNaN();
        assertThat(step(8, 1003)).isEqualTo(3);
        assertThat(step(9, 1003)).isZero();
    }

    @Test
    void theHighestValueOfAStepCountsInWhateverOrderTheyCome() {
        step(0, 10);
        assertThat(step(1, 11, 14, NAN, 17)).isEqualTo(7);
        assertThat(step(2, 18, 20, 25)).isEqualTo(8);
        assertThat(step(3, 31, 30)).as("a clock that is a little off").isEqualTo(6);
        assertThat(step(4, 32)).isEqualTo(1);
    }

    @Test
    void ofTwoValuesOfTheSameTimeTheHigherIsTheNewer() {
        step(0, 100);
        for (double value : new double[] {90, 120}) {
            inbox.open().add(STEP, STEP + 7, value, new double[0]);
        }
        assertThat(step(1)).isEqualTo(20);
        for (double value : new double[] {130, 90}) {
            inbox.open().add(2 * STEP, 2 * STEP + 7, value, new double[0]);
        }
        assertThat(step(2)).isEqualTo(10);
    }

    @Test
    void stepsThatAreOpenAtTheSameTimeDoNotMeet() {
        step(0, 10);
        for (double value : new double[] {1, 2, 3}) {
            inbox.open().add(2 * STEP, 20 + value);
            inbox.open().add(STEP, 10 + value);
        }
        assertThat(step(1)).isEqualTo(3);
        assertThat(step(2)).isEqualTo(10);
    }

    @Test
    void aValueBelowTheLastHasBegunAnewAtZero() {
        step(0, 1000);
        assertThat(step(1, 4)).isEqualTo(4);
        assertThat(step(2, 10)).isEqualTo(6);
        assertThat(step(3, 12, 1, 5)).as("within the step").isEqualTo(2 + 5);
        assertThat(step(4, 7)).isEqualTo(2);
        assertThat(step(5, 1, 3)).as("before its first value").isEqualTo(3);
    }

    @Test
    void whatGrewInStepsWithoutAValueIsSharedByAllOfThem() {
        step(0, 100);
        assertThat(step(3, 130)).isEqualTo(10);
        assertThat(step(4, NAN)).isNaN();
        assertThat(step(5)).isNaN();
        assertThat(step(6, 145)).isEqualTo(5);
        assertThat(step(8, 8)).as("begun anew").isEqualTo(4);
    }

    @Test
    void withoutAStepAReadingIsWorthTheWholeIncrease() {
        long[] times = {5, 9, 1_000_000};
        double[] values = {100, 130, 190};
        double[] increases = new double[times.length];
        for (int k = 0; k < times.length; k++) {
            inbox.open().add(times[k], values[k]);
            increases[k] = inbox.open().close(times[k], 0);
        }
        assertThat(increases).containsExactly(NAN, 30, 60);
    }

    @Test
    void aStepThatIsNotLaterChangesNothing() {
        step(5, 100);
        assertThat(step(5, 300)).isNaN();
        assertThat(step(3, 50)).isNaN();
        assertThat(step(6, 101)).isEqualTo(1);
    }

    @Test
    void belowZeroItGrowsTooAndBeginsAnew() {
        step(0, -100);
        assertThat(step(1, -90)).isEqualTo(10);
        assertThat(step(2, -95)).isEqualTo(-95);
        assertThat(step(3, 1e30)).isEqualTo(1e30 + 95);
        assertThat(step(4, -1e30)).isEqualTo(-1e30);
    }

    @Test
    void whatWasWrittenOrCopiedGoesOnByItself() throws IOException {
        step(0, 100);
        inbox.open().add(STEP, 120);
        Inbox copy = inbox.copy();
        Inbox read = read(bytes(inbox));
        assertThat(bytes(copy)).isEqualTo(bytes(inbox));
        assertThat(read.open().isCounter()).isTrue();
        for (Inbox each : new Inbox[] {read, copy, inbox}) {
            assertThat(step(each, 1, 110)).isEqualTo(20);
            assertThat(step(each, 2, 150)).isEqualTo(30);
        }
    }

    @Test
    void itTakesSeventeenBytesAndNoneWhereTheValuesAreJudged() throws IOException {
        assertThat(bytes(counter())).hasSize(bytes(new Inbox()).length + 17);
        assertThat(read(bytes(new Inbox())).open().isCounter()).isFalse();
    }

    private static byte[] bytes(Inbox inbox) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        inbox.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static Inbox read(byte[] bytes) throws IOException {
        return Inbox.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
