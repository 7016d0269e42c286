package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

/** What somebody reads who has typed something wrong: one line that says what, and exit code 2. */
class MainTest {
    @TempDir
    Path folder;

    @Test
    void helpIsACommandToo() {
        assertThat(Main.run("help")).isZero();
        assertThat(Main.run("help", "backtest")).isZero();
    }

    @Test
    void aCommandThatIsNotThereIsAnsweredWithThoseThatAre() {
        assertThat(error("backtets", "--input", "x"))
                .startsWith("eddy: command: expected one of demo, run, ")
                .endsWith(", bench, found backtets (see eddy --help)");
        assertThat(error("weights", "lst"))
                .contains("expected one of base, list, ", "found lst (see eddy weights --help)");
        assertThat(error("help", "backtets"))
                .startsWith("eddy: command: expected one of demo, run, ")
                .endsWith("found backtets (see eddy --help)");
        assertThat(error()).endsWith("found none (see eddy --help)");
    }

    @Test
    void anOptionThatIsNotThereIsAnsweredWithTheNearest() {
        assertThat(error("run", "--config", "x", "--confg", "y"))
                .isEqualTo(
                        "eddy: --confg: expected an option of eddy run, found an unknown one; the nearest is --config"
                                + " (see eddy run --help)");
        assertThat(error("run", "--confg", "y")).startsWith("eddy: --confg: expected an option of eddy run, found an");
        assertThat(error("--versoin")).contains("the nearest is --version");
        assertThat(error("--foo")).contains("the nearest is --");
        assertThat(error("demo", "csv"))
                .isEqualTo("eddy: argument: expected none beside the options of eddy demo, found csv"
                        + " (see eddy demo --help)");
        assertThat(error("run")).isEqualTo("eddy: --config: expected a value, found none (see eddy run --help)");
        assertThat(error("backtest")).startsWith("eddy: --input, --output: expected a value each, found none (see");
        assertThat(error("run", "eddy.yaml"))
                .isEqualTo(
                        "eddy: --config: expected a value, found none; is it --config eddy.yaml? (see eddy run --help)");
        assertThat(error("weights", "promote", "--config", "x")).startsWith("eddy: VERSION: expected a value, found");
        assertThat(error("weights", "shadow", "--config", "x"))
                .startsWith("eddy: VERSION or --off: expected a value, found none");
    }

    @Test
    void aValueThatIsWrongIsNamedByItsOption() {
        assertThat(error("demo", "--for", "60"))
                .isEqualTo("eddy: --for: expected a number with ms, s, m, h or d, found 60");
        assertThat(error("demo", "--for", "0s")).isEqualTo("eddy: --for: expected more than 0, found 0s");
        assertThat(error("evaluate", "--suite", "x", "--weights", "nowhere.weights"))
                .isEqualTo("eddy: --weights: expected a file of eddy pretrain, found no nowhere.weights");
        assertThat(error("evaluate", "--suite", "x", "--tier", "leanest"))
                .startsWith("eddy: forecast.experts: expected lean, full, or some of ")
                .endsWith(", found leanest");
        assertThat(error("weights", "shadow", "--config", "nowhere.yaml", "1", "--share", "3"))
                .isEqualTo("eddy: --share: expected above 0 and at most 1, found 3.0");
        assertThat(error("demo", "--port", "http"))
                .isEqualTo("eddy: --port: expected a number, found http (see eddy demo --help)");
        assertThat(error("feedback", "--type", "NOT"))
                .startsWith("eddy: --type: expected one of ANOMALY, ANOMALY_EXPECTED, NOT_ANOMALY, ")
                .contains(", found NOT (see ");
        assertThat(error("demo", "--wide")).isEqualTo("eddy: --wide: expected --input beside it, found none");
        assertThat(error("backtest", "--input", "x", "--output", "y", "--wide", "--value-column", "load"))
                .isEqualTo("eddy: --value-column: expected no --wide beside it, found both");
        assertThat(error("backtest", "--input", "x", "--output", "y", "--step", "hourly"))
                .isEqualTo(
                        "eddy: --step: expected a duration from 0ms to 31d, a number with ms, s, m, h or d, found hourly");
    }

    @Test
    void aNetworkThatDoesNotShipIsSaidToBeMissing() throws Exception {
        Path config = Files.writeString(folder.resolve("eddy.yaml"), "model.hidden: 32\n");
        Path input = Files.writeString(folder.resolve("a.csv"), "timestamp,value\n3600,1\n7200,2\n");
        String[] command = {
            "backtest",
            "--input",
            input.toString(),
            "--output",
            folder.resolve("out").toString()
        };
        assertThat(errors(
                        0,
                        Stream.concat(Stream.of(command), Stream.of("--config", config.toString()))
                                .toArray(String[]::new)))
                .containsExactly(
                        "eddy backtest: the weights that ship are of another network than model.* asks for; it starts"
                                + " without, as with --no-weights");
        assertThat(error("evaluate", "--suite", "x", "--weights", "y", "--no-weights"))
                .isEqualTo("eddy: --weights: expected no --no-weights beside it, found both");
    }

    @Test
    void whatCannotBeWrittenAtTheEndIsSaidAtTheStart() {
        Path nowhere = folder.resolve("none").resolve("file");
        String rule = "expected a file in a folder that is there, found " + nowhere;
        assertThat(error("evaluate", "--suite", "x", "--json", nowhere.toString()))
                .isEqualTo("eddy: --json: " + rule);
        assertThat(error("pretrain", "--output", nowhere.toString())).isEqualTo("eddy: --output: " + rule);
        assertThat(error("import", "none.h5")).isEqualTo("eddy: MODEL.h5: expected a file, found no none.h5");
    }

    @Test
    void aDiskThatIsFullIsToldWithTheFolderThatIsOnIt() throws Exception {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        Path output = Files.createDirectory(folder.resolve("out"));
        Files.createSymbolicLink(output.resolve("scores.csv"), full);
        Path input = Files.writeString(folder.resolve("a.csv"), "timestamp,value\n3600,1\n7200,2\n");
        assertThat(errors(1, "backtest", "--input", input.toString(), "--output", output.toString()))
                .containsExactly(
                        "eddy: " + output + ": expected room for the results, found trouble: No space left on device");
    }

    @Test
    void whatIsWrongWithTheSettingsOfKafkaIsSaid() throws Exception {
        Path config =
                Files.writeString(folder.resolve("eddy.yaml"), "kafka.properties.security.protocol: SASL_PLAINTEXT\n");
        assertThat(errors(1, "weights", "list", "--config", config.toString()))
                .singleElement()
                .asString()
                .startsWith("eddy: kafka.properties.*: expected what a client can be made with, found ")
                .contains("Could not find a 'KafkaClient' entry in the JAAS configuration");
    }

    @Test
    void everyMistakeOfAFileOfRulesIsSaidBeforeAnyIsPut() throws Exception {
        Path config = Files.writeString(folder.resolve("eddy.yaml"), "kafka.bootstrap_servers: nowhere:1\n");
        Path rules = Files.writeString(folder.resolve("rules.yaml"), "rules: [{id: a, n: 3}, {id: b}, {id: c, k: 2}]");
        assertThat(errors(2, "rules", "put", "--config", config.toString(), rules.toString()))
                .containsExactly(
                        "eddy: rule a: k: expected a number beside n, found none (" + rules + ")",
                        "eddy: rule c: n: expected a number beside k, found none (" + rules + ")");
    }

    @Test
    void aSecretOfKafkaThatIsNotHereIsSaid() throws Exception {
        Path config = Files.writeString(
                folder.resolve("eddy.yaml"), "kafka.properties.ssl.key.password: ${env:EDDY_NO_SUCH}\n");
        assertThat(error("weights", "list", "--config", config.toString()))
                .isEqualTo(
                        "eddy: kafka.properties.ssl.key.password: expected ${env:EDDY_NO_SUCH} on this machine, found none");
    }

    @Test
    void feedbackForATargetThatNoModelHasIsRefused() throws Exception {
        Path config = Files.writeString(folder.resolve("eddy.yaml"), "model.fields: p50,p99\nmodel.covariates: p50\n");
        String[] command = {"feedback", "--series", "a", "--type", "ANOMALY", "--from", "2026-03-01", "--target", "p50"
        };
        assertThat(error(Stream.concat(Stream.of(command), Stream.of("--config", config.toString()))
                        .toArray(String[]::new)))
                .isEqualTo("eddy: --target: expected one of [p99], found p50");
    }

    @Test
    void feedbackForASeriesThatNoModelTakesIsRefused() throws Exception {
        Path config = Files.writeString(folder.resolve("eddy.yaml"), "model.series: web.*\n");
        assertThat(error(
                        "feedback",
                        "--series",
                        "db",
                        "--type",
                        "ANOMALY",
                        "--from",
                        "2026-03-01",
                        "--config",
                        config.toString()))
                .isEqualTo("eddy: --series: expected one that a model takes (model.series), found db");
    }

    @Test
    void whichOfSeveralModelsIsMeantHasToBeSaid() throws Exception {
        String config = "../../configs/many-models.yaml";
        String rule = "eddy: --model: expected one of [web, sales, counters, rest], found ";
        assertThat(error("weights", "list", "--config", config)).isEqualTo(rule + "none");
        assertThat(error("weights", "shadow", "--off", "--config", config, "--model", "wbe"))
                .isEqualTo(rule + "wbe");
        String keras = "../train/src/test/resources/keras/lstm.h5";
        assertThat(error("import", keras, "--config", config)).isEqualTo(rule + "none");
        assertThat(error("import", keras, "--model", "web"))
                .isEqualTo("eddy: --model: expected --config beside it, found none");
        assertThat(error("backtest", "--input", "x", "--output", "y", "--config", config))
                .isEqualTo(rule + "none");
        assertThat(new ModelChoice()
                        .of(Options.of(Map.of("models.0.model.id", "a", "models.0.model.season", "24")))
                        .get(ModelOptions.SEASON))
                .isEqualTo(24);
    }

    @Test
    void aFleetOfTooShortStepsIsRefusedByTheNameOfTheOption() throws Exception {
        Path config = Files.writeString(folder.resolve("eddy.yaml"), "readings.step: 2s\n");
        assertThat(error("simulate", "--config", config.toString()))
                .isEqualTo("eddy: readings.step: expected 1m to 1d for a simulated fleet, found 2 s");
    }

    @Test
    void aBacktestSaysWhatItCouldNotUse() throws Exception {
        StringBuilder rows = new StringBuilder("timestamp,value\n3600,up\n");
        for (int hour = 2; hour < 100; hour++) {
            rows.append(hour * 3600).append(',').append(hour % 24).append('\n');
        }
        rows.append(99 * 3600).append(",5\n");
        Path input = Files.writeString(folder.resolve("a.csv"), rows);
        Path labels = Files.writeString(folder.resolve("labels.csv"), "\uFEFFseries,from,to\nb,0,9\na,216000,219600\n");
        Path output = folder.resolve("out");
        assertThat(errors(
                        0,
                        "backtest",
                        "--no-train",
                        "--input",
                        input.toString(),
                        "--output",
                        output.toString(),
                        "--labels",
                        labels.toString()))
                .containsExactly(
                        "eddy backtest: 1 row could not be read, see " + output.resolve("rejects.csv")
                                + "; the first is " + input + " line 2: value: expected a finite number, found up",
                        "eddy backtest: 1 reading has the time of the one before; without --step every row is a"
                                + " step, and errors count it, too; with it they are averaged",
                        "eddy backtest: 1 of 2 labelled spans have steps that are judged; not in the input: b; there is a");
    }

    @Test
    void whatDoesNotFitIntoTheMemoryIsSaidInOneLine() {
        assertThat(error(1, List.of(new Hungry()), "hungry"))
                .startsWith("eddy: memory: expected what the command holds to fit into ")
                .endsWith(" MB, found that it does not; EDDY_JAVA_OPTS=-Xmx8g gives it 8 GB");
    }

    /** Asks for more than there is. */
    @Command(name = "hungry")
    private static final class Hungry implements Runnable {
        @Override
        public void run() {
            throw new OutOfMemoryError("Java heap space");
        }
    }

    @Test
    void aTopicOfReadingsThatHadToBeMadeIsSaidToBeEmpty() {
        Options options = Options.of(Map.of("topics.readings", "redings"));
        assertThat(RunCommand.empty(options, List.of("redings", "scores")))
                .isEqualTo("; readings are expected on redings, where there are none yet");
        assertThat(RunCommand.empty(options, List.of("scores"))).isEmpty();
        assertThat(RunCommand.empty(Options.of(Map.of("topics.readings", "/cpu-.*/")), List.of("scores")))
                .isEmpty();
    }

    private static String error(String... arguments) {
        return String.join("\n", errors(2, arguments));
    }

    private static List<String> errors(int exitCode, String... arguments) {
        return error(exitCode, List.of(), arguments).lines().toList();
    }

    private static String error(int exitCode, List<Object> commands, String... arguments) {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(commands, arguments)).isEqualTo(exitCode);
        } finally {
            System.setErr(before);
        }
        return printed.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
