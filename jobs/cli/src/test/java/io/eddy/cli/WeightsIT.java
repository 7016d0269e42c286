package io.eddy.cli;

import static io.eddy.cli.TestingConsole.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Score;
import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import io.eddy.forecast.ForecastJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command weights on a real broker, and a running job that follows it. */
@Timeout(300)
class WeightsIT {
    private static final long HOUR = 3_600_000L;

    @Test
    void aRollbackReachesARunningJob(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                TestingTopics topics = new TestingTopics(kafka, "versions");
                ReadingProducer producer = new ReadingProducer(topics.options());
                LocalFlink flink = LocalFlink.start(topics.options(), folder, null, 2)) {
            String config = topics.config(folder);
            assertThat(Main.run("weights", "rollback", "--config", config)).isEqualTo(2);
            String elsewhere = Files.readString(Path.of(config)).replaceAll("weights: .*", "weights: none-such");
            Path other = Files.writeString(folder.resolve("elsewhere.yaml"), elsewhere);
            assertThat(Main.run("weights", "list", "--config", other.toString()))
                    .isEqualTo(1);
            assertThat(said(0, "weights", "list", "--config", config))
                    .startsWith("eddy weights: no version of model \"default\" on topic versions-weights; ");
            topics.publishWeights(1);
            assertThat(Main.run("weights", "rollback", "--config", config)).isEqualTo(1);
            topics.publishWeights(2);
            JobID job = flink.submit("forecast", 1, ForecastJob::define, topics.options());
            flink.awaitRunning(job, Duration.ofSeconds(60));
            int next = stepUntil(2, 0, producer, topics);

            assertThat(Main.run("weights", "rollback", "--config", config)).isZero();
            next = stepUntil(3, next, producer, topics);
            assertThat(Main.run("weights", "promote", "--config", config, "2")).isZero();
            stepUntil(4, next, producer, topics);

            List<Weights> written = topics.read(KafkaOptions.WEIGHTS, Weights.class);
            assertThat(written).anySatisfy(weights -> {
                assertThat(weights.getVersion()).isEqualTo(2);
                assertThat(weights.getStatus()).isEqualTo(WeightsStatus.rolled_back);
            });
            assertThat(written).anySatisfy(weights -> {
                assertThat(weights.getVersion()).isEqualTo(3);
                assertThat(weights.getParentVersion()).isEqualTo(2);
                assertThat(weights.getTrainer()).isEqualTo("eddy weights rollback to 1");
            });
            assertThat(said(0, "weights", "list", "--config", config))
                    .contains("      2 rolled_back ")
                    .contains("*       4 champion ");
            assertThat(said(0, "weights", "show", "--config", config, "3"))
                    .startsWith("version 3 of model \"default\", champion, parent 2")
                    .contains("classifier: fitted in this round, log loss -, base rate's -, parent's -, AUC 0.7500;"
                            + " steps told anomalous 31, normal 0; held out 0, anomalous 0\n");
            assertThat(Main.run("weights", "show", "--config", config, "77")).isEqualTo(2);
        }
    }

    /** The topics may have been made by hand, so that nothing says it but that the topic is empty. */
    @Test
    void aModelWithoutVersionsBeginsWithThoseThatShip(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                TestingTopics topics = new TestingTopics(kafka, "base")) {
            String config = topics.config(folder);
            Files.writeString(
                    Path.of(config),
                    "models: [{model.id: one, model.series: a.*}, {model.id: two}]\n",
                    StandardOpenOption.APPEND);
            assertThat(said(0, "weights", "base", "--config", config)).contains("are version 1 of one, two");
            assertThat(said(0, "weights", "base", "--config", config))
                    .contains("each model has a version already; nothing");
            List<Weights> written = topics.read(KafkaOptions.WEIGHTS, Weights.class);
            // As the champion, and among the versions, where the next champion does not take its place.
            assertThat(written).extracting(Weights::getModelId).containsExactly("one", "one", "two", "two");
            assertThat(WeightsTopic.read(
                                    Options.ofFile(Path.of(config)).models().get(1))
                            .champion())
                    .isNotNull();
            assertThat(said(0, "weights", "promote", "--config", config, "--model", "two", "1"))
                    .contains("version 1 is in use as version 2");
            assertThat(said(0, "weights", "list", "--config", config, "--model", "two"))
                    .contains("*       2 champion ");
            assertThat(said(0, "weights", "list", "--config", config, "--model", "one"))
                    .contains("*       1 champion ");
            String keras = "../train/src/test/resources/keras/lstm.h5";
            Files.writeString(Path.of(config), "forecast.horizon: 3\n", StandardOpenOption.APPEND);
            assertThat(said(0, "import", keras, "--config", config, "--model", "one"))
                    .contains("in use as version 2 of model \"one\"");
            String wide =
                    topics.config(Files.createDirectory(folder.resolve("wide")), "model.id: wide", "model.hidden: 32");
            assertThat(said(0, "weights", "base", "--config", wide))
                    .contains("of another network than model.* asks for: wide;")
                    .doesNotContain("nothing is written");
        }
    }

    @Test
    void aRecordThatIsNoWeightsIsPassedOver(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                TestingTopics topics = new TestingTopics(kafka, "broken")) {
            String config = topics.config(folder);
            topics.publishWeights(1);
            topics.sendBytes(topics.options().get(KafkaOptions.WEIGHTS), new byte[] {1, 2, 3});
            topics.publishWeights(2);
            assertThat(said(0, "weights", "list", "--config", config)).contains("*       2 champion ");
            assertThat(said(0, "weights", "rollback", "--config", config)).contains("version 1 is in use as version 3");
        }
    }

    @Test
    void aShadowIsJudgedBesideTheChampion(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                TestingTopics topics = new TestingTopics(kafka, "shadowed");
                ReadingProducer producer = new ReadingProducer(topics.options());
                LocalFlink flink = LocalFlink.start(topics.options(), folder, null, 2)) {
            String config = topics.config(folder);
            topics.publishWeights(1);
            topics.publishWeights(2);
            assertThat(Main.run("weights", "shadow", "--config", config)).isEqualTo(2);
            assertThat(Main.run("weights", "shadow", "--config", config, "2")).isEqualTo(2);
            assertThat(Main.run("weights", "shadow", "--config", config, "1", "--share", "1.5"))
                    .isEqualTo(2);
            Options options = topics.options().with(ModelOptions.SHADOW_INTERVAL, "1s");
            JobID job = flink.submit("forecast", 2, ForecastJob::define, options);
            flink.awaitRunning(job, Duration.ofSeconds(60));
            assertThat(said(0, "weights", "shadow", "--config", config, "1", "--share", "1"))
                    .contains("version 1 runs as a shadow on 100 % of the series");

            // The first record may be of the series that came first.
            stepUntil(
                    0,
                    producer,
                    () -> said(0, "weights", "show", "--config", config, "1").matches("(?s).*shadow_series +5\n.*"));
            assertThat(said(0, "weights", "show", "--config", config, "1"))
                    .startsWith("version 1 of model \"default\", champion, runs as a shadow, parent 0")
                    .contains("shadow_mae", "champion_mae");
            assertThat(said(0, "weights", "list", "--config", config))
                    .contains("s       1 champion ")
                    .contains("*       2 champion ");
            assertThat(topics.read(KafkaOptions.SCORES, Score.class))
                    .isNotEmpty()
                    .extracting(Score::getModelVersion)
                    .containsOnly(2L);

            assertThat(said(0, "weights", "shadow", "--config", config, "--off"))
                    .contains("1 is no shadow any more");
            assertThat(said(0, "weights", "list", "--config", config)).contains("        1 champion ");
            assertThat(Main.run("weights", "shadow", "--config", config, "1")).isZero();
            assertThat(Main.run("weights", "promote", "--config", config, "1")).isZero();
            assertThat(said(0, "weights", "shadow", "--config", config, "--off"))
                    .contains("no shadow runs");
        }
    }

    @Test
    void anImportedModelIsPutToUseByARunningJob(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                TestingTopics topics = new TestingTopics(kafka, "imported");
                ReadingProducer producer = new ReadingProducer(topics.options());
                LocalFlink flink = LocalFlink.start(topics.options(), folder, null, 2)) {
            String config = topics.config(folder);
            Files.writeString(Path.of(config), "forecast.horizon: 3\n", StandardOpenOption.APPEND);
            String model = Path.of("../train/src/test/resources/keras/lstm.h5").toString();
            Options options = topics.options().with(ForecastOptions.HORIZON, "3");
            JobID job = flink.submit("forecast", 1, ForecastJob::define, options);
            flink.awaitRunning(job, Duration.ofSeconds(60));

            assertThat(said(0, "import", model, "--config", config)).contains("in use as version 1 of model");
            stepUntil(1, 0, producer, topics);
            Path file = folder.resolve("imported.avro");
            assertThat(said(0, "import", model, "--output", file.toString())).contains("within");
            assertThat(file).isNotEmptyFile();
        }
    }

    /** Sends readings until a version has scored one; the result is the next step. */
    private static int stepUntil(long version, int from, ReadingProducer producer, TestingTopics topics)
            throws Exception {
        return stepUntil(
                from,
                producer,
                () -> topics.read(KafkaOptions.SCORES, Score.class).stream()
                        .anyMatch(score -> score.getModelVersion() == version));
    }

    private static int stepUntil(int from, ReadingProducer producer, Callable<Boolean> isReached) throws Exception {
        for (int step = from; step < from + 200; step++) {
            for (int series = 0; series < 5; series++) { // both partitions have some
                producer.send("series-" + series, step * HOUR, step % 24, Map.of());
            }
            producer.flush();
            if (isReached.call()) {
                return step + 1;
            }
            Thread.sleep(500);
        }
        throw new AssertionError("expected to be there within 100 s, found it is not");
    }
}
