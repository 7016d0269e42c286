package io.eddy.cli.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Weights;
import io.eddy.cli.Main;
import io.eddy.model.network.Architecture;
import io.eddy.train.Corpus;
import io.eddy.train.Round;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainCommandTest {
    @TempDir
    private Path folder;

    private int pretrain(Path output, int rounds, int seed) {
        return Main.run(
                "pretrain",
                "--output",
                output.toString(),
                "--rounds",
                String.valueOf(rounds),
                "--windows",
                "64",
                "--hidden",
                "8",
                "--horizon",
                "12",
                "--seed",
                String.valueOf(seed));
    }

    @Test
    void theSameSeedGivesTheSameWeightsAndAnotherGivesOthers() {
        Path one = folder.resolve("one.avro");
        Path two = folder.resolve("two.avro");
        Path three = folder.resolve("three.avro");
        assertThat(pretrain(one, 2, 5)).isZero();
        assertThat(pretrain(two, 2, 5)).isZero();
        assertThat(pretrain(three, 2, 6)).isZero();
        Weights first = BaseWeights.read(one);
        assertThat(BaseWeights.read(two).getMetrics()).isEqualTo(first.getMetrics());
        assertThat(BaseWeights.read(two).getTensors()).isEqualTo(first.getTensors());
        assertThat(BaseWeights.read(three).getTensors()).isNotEqualTo(first.getTensors());
        assertThat(first.getMetrics())
                .containsEntry("seed", 5.0)
                .containsEntry("rounds_done", 2.0)
                .containsKeys("generator_version", "pinball", "base_pinball");
    }

    @Test
    void aRunThatIsDoneIsNotDoneAgainAndOneOfOtherSettingsIsRefused() throws Exception {
        Path file = folder.resolve("base.avro");
        assertThat(pretrain(file, 1, 5)).isZero();
        byte[] bytes = Files.readAllBytes(file);
        assertThat(pretrain(file, 1, 5)).isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        assertThat(pretrain(file, 1, 6)).isEqualTo(2);
    }

    @Test
    void aRunThatWasStoppedComesToTheSameAsOneThatWasNot() throws Exception {
        Path whole = folder.resolve("whole.avro");
        assertThat(pretrain(whole, 3, 5)).isZero();
        Path resumed = folder.resolve("resumed.avro");
        Pretraining.Settings settings = new Pretraining.Settings(5, 3, 64, 8, 12);
        // What a run leaves that is stopped after its first round.
        Round first = new Pretraining(settings).round(null, 0);
        Weights record = BaseWeights.read(whole);
        record.setTensors(
                ByteBuffer.wrap(Objects.requireNonNull(first.weights()).toBytes()));
        record.getMetrics().put("rounds_done", 1.0);
        BaseWeights.write(record, resumed);
        assertThat(BaseWeights.read(resumed).getTensors())
                .isNotEqualTo(BaseWeights.read(whole).getTensors());

        assertThat(pretrain(resumed, 3, 5)).isZero();
        assertThat(BaseWeights.read(resumed).getMetrics())
                .isEqualTo(BaseWeights.read(whole).getMetrics());
        assertThat(BaseWeights.read(resumed).getTensors())
                .isEqualTo(BaseWeights.read(whole).getTensors());
    }

    @Test
    void weightsAreShortenedToTheHorizon() {
        Path file = folder.resolve("base.avro");
        assertThat(pretrain(file, 1, 5)).isZero();
        io.eddy.model.network.Weights whole =
                io.eddy.model.network.Weights.fromBytes(BaseWeights.read(file).getTensors());
        io.eddy.model.network.Weights part = BaseWeights.read(file, 3).weights();
        Architecture a = part.architecture();
        assertThat(a.horizon()).isEqualTo(3);
        assertThat(part.head()[2]).isEqualTo(Arrays.copyOf(whole.head()[2], a.outputs()));
    }

    @Test
    void theCorpusIsReproducibleFiniteAndOfAllFamilies() {
        Set<Corpus.Family> families = EnumSet.noneOf(Corpus.Family.class);
        for (int number = 0; number < 300; number++) {
            Corpus.Series series = Corpus.series(3, number, 400);
            families.add(series.family());
            assertThat(series.values()).isEqualTo(Corpus.series(3, number, 400).values());
            assertThat(Arrays.stream(series.values()).filter(Double::isInfinite))
                    .isEmpty();
            assertThat(Arrays.stream(series.values())
                            .filter(y -> !Double.isNaN(y))
                            .count())
                    .isGreaterThan(300);
        }
        assertThat(families).containsExactlyInAnyOrder(Corpus.Family.values());
    }
}
