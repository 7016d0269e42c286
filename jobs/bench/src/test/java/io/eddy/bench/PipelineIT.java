package io.eddy.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.eddy.cli.EmbeddedKafka;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Both sides of the job's benchmark on a broker, with little to do. */
@Timeout(300)
class PipelineIT {
    private static final int SERIES = 40;
    private static final int STEPS = 30;
    /** The newest reading of each partition waits for a later one. */
    private static final int ANSWERED = SERIES * STEPS - JobRun.PARTITIONS;

    @Test
    void bothSidesAnswerEveryReadingWithAForecastOfTheSameSize() throws Exception {
        List<IntSummaryStatistics> forecasts = new ArrayList<>();
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            Options options = JobBench.options(kafka);
            JobBench.publishWeights(kafka, options);
            String readings = options.get(KafkaOptions.READINGS);
            kafka.createTopic(readings, JobRun.PARTITIONS, JobRun.TOPIC);
            try (ReadingWriter writer = new ReadingWriter(options, SERIES)) {
                writer.write(readings, SERIES * STEPS, Double.POSITIVE_INFINITY, n -> 1000L * n);
            }
            for (var side : JobBench.SIDES.entrySet()) {
                try (JobRun run = JobRun.start(kafka, side.getKey(), side.getValue(), options)) {
                    run.awaitScores(ANSWERED);
                    Set<String> answered = new HashSet<>();
                    JobRun.readAll(options, run.scores(), record -> answered.add(new String(record.key(), UTF_8)));
                    assertThat(answered).as(side.getKey()).hasSize(SERIES);
                    // The job cannot forecast before it has learnt how far apart the readings of a series are.
                    forecasts.add(forecasts(run, options, ANSWERED * 3 / 4));
                }
            }
        }
        assertThat(forecasts).hasSize(2);
        assertThat(forecasts.get(0).getAverage()).isCloseTo(forecasts.get(1).getAverage(), withinPercentage(3));
    }

    /** The sizes of the forecasts, in bytes, once there are more than so many: a producer of their own sends them. */
    private static IntSummaryStatistics forecasts(JobRun run, Options options, int count) {
        while (true) {
            IntSummaryStatistics sizes = new IntSummaryStatistics();
            JobRun.readAll(options, run.forecasts(), record -> sizes.accept(record.value().length));
            if (sizes.getCount() > count) {
                return sizes;
            }
        }
    }
}
