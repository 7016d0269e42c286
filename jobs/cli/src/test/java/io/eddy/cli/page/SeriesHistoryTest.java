package io.eddy.cli.page;

import static io.eddy.cli.page.TestingRecords.HOUR;
import static io.eddy.cli.page.TestingRecords.curve;
import static io.eddy.cli.page.TestingRecords.forecast;
import static io.eddy.cli.page.TestingRecords.score;
import static io.eddy.cli.page.TestingRecords.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eddy.Score;
import io.eddy.Status;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SeriesHistoryTest {
    private static final int LIMIT = 200;

    private final SeriesHistory history = new SeriesHistory(new SeriesId("cpu", "value"));

    private double at(Column column, int step) {
        return history.get(column, history.points().find(time(step)));
    }

    @Test
    void aPointHasTheIntervalOfTheForecastBeforeItWhicheverComesFirst() {
        history.add(score("cpu", 0), LIMIT);
        history.add(forecast("cpu", 0), LIMIT, 10);
        history.add(score("cpu", 1), LIMIT);
        history.add(score("cpu", 2), LIMIT);
        history.add(forecast("cpu", 1), LIMIT, 10);
        assertThat(at(Column.LOWER_95, 1)).isEqualTo(curve(1) - 4, within(1e-4));
        assertThat(at(Column.UPPER_80, 2)).isEqualTo(curve(2) + 2, within(1e-4));
        assertThat(at(Column.LOWER_95, 0)).isNaN();
        assertThat(history.scored()).isEqualTo(3);
    }

    @Test
    void aForecastAloneIsNoScore() {
        history.add(score("cpu", 0), LIMIT);
        history.add(forecast("cpu", 0), LIMIT, 10);
        assertThat(history.points().size()).isEqualTo(2);
        assertThat(history.scored()).isEqualTo(1);
        assertThat(history.points().status(1)).isEqualTo(PointRing.NO_STATUS);
    }

    @Test
    void theProbabilityIsThatOfTheNewestScore() {
        assertThat(history.probability()).isNaN();
        Score told = score("cpu", 1);
        told.setAnomalyProbability(0.75);
        history.add(told, LIMIT);
        history.add(score("cpu", 0), LIMIT);
        assertThat(history.probability()).isEqualTo(0.75f);
        history.add(score("cpu", 2), LIMIT);
        assertThat(history.probability()).isNaN();
    }

    @Test
    void earlierForecastsAreKeptUpToTheirLimit() {
        for (int step = 0; step < 20; step++) {
            history.add(forecast("cpu", step), LIMIT, 5);
        }
        assertThat(history.forecastCount()).isEqualTo(5);
        assertThat(history.forecast(0)).extracting(Issued::issuedAt).isEqualTo(time(19));
        assertThat(history.forecast(4)).extracting(Issued::issuedAt).isEqualTo(time(15));
        assertThat(history.forecast(5)).isNull();
    }

    @Test
    void lateReadingsAreCountedAndCorrectionsReplaceTheirPoint() {
        for (int step = 0; step < 3; step++) {
            history.add(score("cpu", step), LIMIT);
        }
        history.add(score("cpu", 1, 999, Status.LATE, 0), LIMIT);
        assertThat(history.late()).isEqualTo(1);
        assertThat(at(Column.Y, 1)).isEqualTo(curve(1), within(1.1));

        Score correction = score("cpu", 1, 50, Status.NORMAL, 0.9);
        correction.setCorrectionOf(Instant.ofEpochMilli(time(1)));
        int before = history.revision();
        history.add(correction, LIMIT);
        assertThat(at(Column.Y, 1)).isEqualTo(50, within(1e-4));
        assertThat(history.points().stamp(1)).isGreaterThan(before);
        assertThat(history.newestMillis()).isEqualTo(time(2));
    }

    @Test
    void smallChangesOfLargeValuesAreKept() {
        double large = 5e11;
        history.add(score("cpu", 0, large, Status.NORMAL, 0), LIMIT);
        history.add(score("cpu", 1, large + 1024, Status.NORMAL, 0), LIMIT);
        assertThat(at(Column.Y, 1) - at(Column.Y, 0)).isEqualTo(1024);
    }

    @Test
    void changesOfTheWeightsAreNotedAtTheirStep() {
        history.add(score("cpu", 0), LIMIT);
        Score next = score("cpu", 1);
        next.setModelVersion(2);
        history.add(next, LIMIT);
        assertThat(history.switches()).containsExactly(new SeriesHistory.Switch(time(0) + HOUR, 2));
        assertThat(history.version()).isEqualTo(2);
    }

    @Test
    void matchesWordsOfNameAndLabels() {
        history.add(score("cpu", 0), LIMIT);
        assertThat(history.matches(new String[] {"cp", "region=eu"})).isTrue();
        assertThat(history.matches(new String[] {"cp", "region=us"})).isFalse();
        assertThat(history.matches(new String[0])).isTrue();
    }
}
