package io.eddy.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PointRingTest {
    private static PointRing filled(int points, int limit) {
        PointRing ring = new PointRing();
        IntStream.range(0, points).forEach(i -> put(ring, i, limit));
        return ring;
    }

    private static void put(PointRing ring, long time, int limit) {
        int index = ring.findOrInsert(time, limit);
        if (index >= 0) {
            ring.set(Column.Y, index, time * 10);
        }
    }

    private static long[] times(PointRing ring) {
        return LongStream.range(0, ring.size()).map(i -> ring.time((int) i)).toArray();
    }

    @Test
    void keepsTheNewestPointsUpToItsLimit() {
        PointRing ring = filled(250, 100);
        assertThat(times(ring)).isEqualTo(LongStream.range(150, 250).toArray());
        assertThat(ring.get(Column.Y, 0)).isEqualTo(1500);
        assertThat(ring.get(Column.SCORE, 99)).isNaN();
    }

    @Test
    void putsLatePointsWhereTheyBelong() {
        PointRing ring = new PointRing();
        for (long time : new long[] {10, 30, 20, 5, 30}) {
            put(ring, time, 100);
        }
        assertThat(times(ring)).containsExactly(5, 10, 20, 30);
        assertThat(ring.get(Column.Y, 2)).isEqualTo(200);
        assertThat(ring.find(20)).isEqualTo(2);
        assertThat(ring.find(21)).isEqualTo(-4);
    }

    @Test
    void aFullRingTakesLatePointsInsideItsSpanAndNoneBeforeIt() {
        PointRing ring = new PointRing();
        for (long time = 0; time < 80; time += 2) {
            put(ring, time, 32);
        }
        assertThat(ring.findOrInsert(1, 32)).isEqualTo(-1);
        put(ring, 71, 32);
        assertThat(ring.size()).isEqualTo(32);
        assertThat(ring.get(Column.Y, ring.find(71))).isEqualTo(710);
        assertThat(times(ring)).isSorted().endsWith(70, 71, 72, 74, 76, 78);
    }

    @Test
    void givesPointsBackWhenTheLimitFalls() {
        PointRing ring = filled(500, 1000);
        put(ring, 500, 64);
        assertThat(times(ring)).isEqualTo(LongStream.rangeClosed(437, 500).toArray());
    }
}
