package io.eddy.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.Options;
import io.eddy.model.Answer;
import io.eddy.model.Channel;
import io.eddy.model.Forecaster;
import io.eddy.model.Memory;
import io.eddy.model.Scoring;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChannelsTest {
    private static Answer spike(String channels) {
        Options options = Options.of(Map.of("score.channels", channels, "readings.step", "1m"));
        Forecaster forecaster = new Forecaster(ForecastJob.forecasterOptions(options));
        Memory memory = new Memory();
        Answer answer = new Answer(options.get(ForecastOptions.HORIZON));
        for (int step = 0; step <= 200; step++) {
            double y = step == 200 ? TestingSignal.SPIKE : TestingSignal.at("a", step);
            forecaster.step(memory, null, step * 60_000L, y, answer);
        }
        return answer;
    }

    @Test
    void aSeriesIsWatchedForWhatTheOptionSaysAlone() {
        Answer all = spike("all");
        assertThat(all.anomalyScore).isGreaterThan(1);
        assertThat(spike("spike,range").channel).isIn(Channel.SPIKE, Channel.RANGE);
        assertThat(spike("level").channel).isEqualTo(Channel.LEVEL);
        assertThat(spike("flat, silence").anomalyScore).isLessThan(1);
    }

    @Test
    void everyChannelHasItsName() {
        String names = Arrays.stream(Channel.values())
                .map(channel -> channel.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
        Options options = Options.of(Map.of("score.channels", names));
        assertThat(Scoring.of(options.get(ForecastOptions.CHANNELS))).isEqualTo(Scoring.USUAL);
    }
}
