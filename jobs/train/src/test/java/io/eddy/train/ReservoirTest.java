package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReservoirTest {
    private final Reservoir reservoir = new Reservoir(10);

    @Test
    void oneSeriesMayFillIt() {
        addAll("a", 1, 25);
        assertThat(reservoir.size()).isEqualTo(10);
        assertThat(ends(reservoir.windows())).containsExactly(16L, 17L, 18L, 19L, 20L, 21L, 22L, 23L, 24L, 25L);
    }

    @Test
    void aBusySeriesKeepsNoMoreThanItsShare() {
        addAll("busy", 1, 100);
        addAll("quiet", 101, 110);
        addAll("busy", 111, 200);
        assertThat(perSeries()).isEqualTo(Map.of("busy", 5L, "quiet", 5L));
        assertThat(ends(reservoir.windows())).startsWith(106L).endsWith(200L);
    }

    @Test
    void withMoreSeriesThanPlacesTheOldestLeave() {
        for (int k = 1; k <= 30; k++) {
            reservoir.add(Windows.small("series " + k, k));
        }
        assertThat(ends(reservoir.windows())).containsExactly(21L, 22L, 23L, 24L, 25L, 26L, 27L, 28L, 29L, 30L);
    }

    @Test
    void holdsTheNewestOut() {
        addAll("b", 1, 5);
        addAll("a", 1, 5);
        Reservoir.Split split = reservoir.split(0.25, 0, Long.MIN_VALUE);
        assertThat(ends(split.training())).containsExactly(1L, 1L, 2L, 2L, 3L, 3L, 4L);
        assertThat(ends(split.heldOut())).containsExactly(4L, 5L, 5L);
        assertThat(split.training().get(0).series()).isEqualTo("a");
    }

    @Test
    void refusesSharesThatLeaveNothing() {
        assertThatThrownBy(() -> reservoir.split(1, 0, Long.MIN_VALUE))
                .hasMessage("heldOutShare: expected a number between 0 and 1, found 1.0");
        assertThatThrownBy(() -> new Reservoir(0)).hasMessage("capacity: expected at least 1, found 0");
    }

    private void addAll(String series, int from, int to) {
        for (int end = from; end <= to; end++) {
            reservoir.add(Windows.small(series, end));
        }
    }

    private Map<String, Long> perSeries() {
        return reservoir.windows().stream()
                .collect(Collectors.groupingBy(TrainingWindow::series, Collectors.counting()));
    }

    private static List<Long> ends(List<TrainingWindow> windows) {
        return windows.stream().map(TrainingWindow::endMillis).toList();
    }
}
