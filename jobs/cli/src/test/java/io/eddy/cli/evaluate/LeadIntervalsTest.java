package io.eddy.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeadIntervalsTest {
    @Test
    void aConformalIntervalsErrorsAreKnownOnlyWhenTheirActualsAre() {
        LeadIntervals early = new LeadIntervals(24, 1);
        LeadIntervals late = new LeadIntervals(24, 1);
        double[] row = {-2, -1, 0, 1, 2};
        for (int t = 0; t < 300; t++) {
            early.add(1 + t % 7, row);
            late.add(t < 277 ? 1 + t % 7 : 1e6, row); // the actuals of the last 23 come after the last was issued
        }
        Map<String, Double> one = new HashMap<>();
        Map<String, Double> two = new HashMap<>();
        early.metrics(one);
        late.metrics(two);
        assertThat(one.get("width@24")).isEqualTo(4.0 / 14, within(1e-9)).isEqualTo(two.get("width@24"));
    }

    @Test
    void ofForecastsWithStepsInBetweenErrorsAreKnownAsSoonAsTheirActualsAre() {
        double[] row = {-2, -1, 0, 1, 2};
        Map<String, Double> met = new HashMap<>();
        LeadIntervals intervals = new LeadIntervals(24, 21);
        for (int i = 0; i < 101; i++) {
            intervals.add(7, row);
        }
        intervals.metrics(met);
        assertThat(met).isEmpty(); // the hundredth error was not known yet when the last of these was issued
        intervals.add(7, row);
        intervals.metrics(met);
        assertThat(met.get("width@24")).isEqualTo(4.0 / 14, within(1e-9));
    }
}
