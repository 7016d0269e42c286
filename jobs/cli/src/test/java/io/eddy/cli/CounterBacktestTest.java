package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backtest of counters says what one of their increases says, also where the weights are trained on the way. */
@Timeout(300)
class CounterBacktestTest {
    private static final List<String> FILES = List.of("scores.csv", "forecasts.csv", "events.csv");
    private static final int STEPS = 500;
    private static final int SPIKE = 400;
    private static final int BEGINS_ANEW = 200;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final StringBuilder counters = new StringBuilder("timestamp,series,value\n");
    private final StringBuilder increases = new StringBuilder("timestamp,series,value\n");

    /** Two rows of each hour; none in three hours before every 97th. Multiples of four, so that all is exact. */
    private void add(String series) {
        Random random = new Random(series.hashCode());
        long total = 1_000_000;
        for (int step = 0; step < STEPS; step++) {
            double day = 2000 + 800 * Math.sin(2 * Math.PI * step / 24) + 100 * random.nextGaussian();
            long increase = 4 * Math.round(step == SPIKE ? 20_000 : day / 4);
            boolean gap = step > 97 && step % 97 >= 94;
            boolean first = step == 0;
            if (step > 97 && step % 97 == 0) {
                total += 4 * increase;
            } else if (step == BEGINS_ANEW) {
                total += 8; // then from 0 on, to what is left of the increase
            } else {
                total += first || gap ? 0 : increase;
            }
            long later = step == BEGINS_ANEW ? increase - 8 : total - (first ? 0 : 1);
            for (int row = 0; row < 2 && !gap; row++) {
                String time = Instant.ofEpochSecond(1_700_000_000L / 3600 * 3600 + 3600L * step + 60 * row)
                        .toString();
                counters.append(time + ',' + series + ',' + (row == 0 ? total : later) + '\n');
                increases.append(time + ',' + series + ',' + (first ? "" : increase) + '\n');
            }
            total = step == BEGINS_ANEW ? later : total;
        }
    }

    private List<String> backtest(String name, CharSequence rows, String config) throws IOException {
        Path input = Files.writeString(folder.resolve(name + ".csv"), rows);
        Path options = Files.writeString(folder.resolve(name + ".yaml"), config);
        Path output = folder.resolve(name);
        String[] arguments = {
            "backtest",
            "--input",
            input.toString(),
            "--output",
            output.toString(),
            "--step",
            "1h",
            "--config",
            options.toString()
        };
        assertThat(Main.run(arguments)).isZero();
        return FILES.stream().map(file -> PrefixTest.read(output.resolve(file))).toList();
    }

    @Test
    void aBacktestOfCountersSaysWhatOneOfTheirIncreasesSays() throws IOException {
        Stream.of("a", "b", "c").forEach(this::add);
        String config = "model.hidden: 16\ntrain.round_windows: 20\ntrain.batches: 20\n";
        List<String> expected = backtest("increases", increases, config);
        List<String> found = backtest("counters", counters, config + "model.counter: true\n");
        for (int i = 0; i < FILES.size(); i++) {
            assertThat(found.get(i).equals(expected.get(i))).as(FILES.get(i)).isTrue();
        }
        assertThat(found.get(0)).as("version of the weights").containsPattern(",[1-9][0-9]*\n$");
        assertThat(found.get(2)).as("events").contains("open");
    }
}
