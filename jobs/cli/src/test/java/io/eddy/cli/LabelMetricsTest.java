package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eddy.Score;
import io.eddy.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelMetricsTest {
    @TempDir
    Path folder;

    private Labels labels(String text) throws IOException {
        return Labels.read(Files.writeString(folder.resolve("labels.csv"), text));
    }

    private static Score score(String series, int second, double anomalyScore, Status status) {
        Score score = new Score();
        score.setSeries(series);
        score.setEventTime(Instant.ofEpochSecond(second));
        score.setAnomalyScore(anomalyScore);
        score.setStatus(status);
        return score;
    }

    @Test
    void countsPointsAndEventsAtTheConfiguredRateAndAtTheBestThreshold() throws IOException {
        LabelMetrics metrics =
                new LabelMetrics(labels("series,from,to\na,1970-01-01T00:00:10Z,1970-01-01 00:00:13\n"), 0);
        for (int t = 0; t < 20; t++) {
            double odd = t == 11 ? 2 : t == 12 ? 0.9 : t == 15 ? 1.5 : 0.1;
            metrics.add("a", score("a", t, odd, Status.NORMAL));
            metrics.add("b", score("b", t, 0.2, Status.NORMAL));
            metrics.add("c", score("c", t, 9, Status.WARMING_UP));
        }
        Map<String, Double> found = metrics.metrics();
        assertThat(found).containsEntry("labelled_spans", 1.0).containsEntry("labelled_points", 4.0);
        assertThat(found.get("precision")).isCloseTo(0.5, within(1e-6));
        assertThat(found.get("recall")).isCloseTo(0.25, within(1e-6));
        assertThat(found.get("event_f1")).isCloseTo(2.0 / 3, within(1e-6));
        assertThat(found.get("delay_steps")).isEqualTo(1);
        assertThat(found.get("threshold_best")).isCloseTo(0.9, within(1e-6));
        assertThat(found.get("f1_best")).isCloseTo(2.0 * 2 / (4 + 2 + 1), within(1e-6));
    }

    /** A zero would say that the alarms are wrong. */
    @Test
    void saysNothingOfWhatWasNotJudged() throws IOException {
        LabelMetrics metrics = new LabelMetrics(labels("series,from,to\na,10,13\n"), 0);
        metrics.add("a", score("a", 1, 2, Status.NORMAL));
        assertThat(metrics.metrics()).isEqualTo(Map.of("labelled_spans", 0.0, "labelled_points", 0.0));
    }

    @Test
    void hasNoPrecisionWhereNothingIsDetected() throws IOException {
        LabelMetrics metrics = new LabelMetrics(labels("series,from,to\na,10,13\n"), 0);
        for (int t = 0; t < 20; t++) {
            metrics.add("a", score("a", t, t == 11 ? 0.5 : 0, Status.NORMAL));
        }
        assertThat(metrics.metrics())
                .doesNotContainKey("precision")
                .containsEntry("recall", 0.0)
                .containsEntry("f1", 0.0)
                .containsEntry("precision_best", 1.0);
    }

    /** Rows of a minute, averaged to hours: what lasted from five past to ten past is somewhere in its hour. */
    @Test
    void aSpanWithinAStepIsThatStep() throws IOException {
        String text =
                "series,from,to\na,1970-01-01T02:05:00Z,1970-01-01T02:10:00Z\na,1970-01-01T04:00:00Z,1970-01-01T05:00:00Z\n";
        LabelMetrics metrics = new LabelMetrics(labels(text), 3_600_000);
        for (int hour = 0; hour < 10; hour++) {
            metrics.add("a", score("a", 3600 * hour, hour == 2 ? 2 : 0.1, Status.NORMAL));
        }
        assertThat(metrics.metrics())
                .containsEntry("labelled_spans", 2.0)
                .containsEntry("labelled_points", 3.0)
                .containsEntry("precision", 1.0);
        assertThat(metrics.trouble(Set.of("a"))).isNull();
    }

    /** A person who exports the input with semicolons does so with the labels, and one who types them puts blanks in between. */
    @Test
    void readsLabelsAsTheInputIs() throws IOException {
        assertThat(labels("series, from, to\na, 10, 13\n").spanAt("a", 11_000, 12_000))
                .isZero();
        assertThat(labels("\ufeffseries;from;to\r\na;10;13\r\n").spanAt("a", 11_000, 12_000))
                .isZero();
        assertThat(labels("series\tfrom\tto\na\t10\t13\n").spanAt("a", 14_000, 15_000))
                .isEqualTo(-1);
    }

    @Test
    void saysWhatIsWrongWithAFileOfLabels() {
        assertThatThrownBy(() -> labels("series,from\na,0\n"))
                .hasMessageEndingWith(" line 1: expected the columns series, from and to, found no to in series,from");
        assertThatThrownBy(() -> labels("series,from,to\na,soon,1\n"))
                .hasMessageContaining("line 2: from: expected a time");
        assertThatThrownBy(() -> Labels.read(folder.resolve("none")))
                .hasMessageStartingWith("--labels: expected a file");
    }
}
