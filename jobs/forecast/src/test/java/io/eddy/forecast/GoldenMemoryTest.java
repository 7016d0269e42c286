package io.eddy.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Inputs;
import io.eddy.model.Memory;
import io.eddy.model.NewWeights;
import io.eddy.model.Scoring;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.WeightsVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The memory of a series as an earlier build wrote it is read by this one and goes on from there. The bytes of earlier formats stay; those of this
 * build's own, and what this build forecasts after each of them, are written anew by {@code mvn -f jobs/forecast/pom.xml test -Dtest=GoldenMemoryTest -Dgolden.write=true}.
 */
class GoldenMemoryTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final String NEWEST = "16";
    /** The end of a format's name where the memory holds all that the experts of the full tier have learnt. */
    private static final String FULL = "-full";

    private static final int SCORE = 3;
    private static final int WRITTEN_AFTER = 100;
    /** The polynomial is asked by then. */
    private static final int FULL_WRITTEN_AFTER = 400;

    private static final int FOLLOWED = 20;
    private final Forecaster lean = forecaster("lean");
    private final Forecaster full = forecaster("full");
    private final WeightsVersion weights = new WeightsVersion(1, TestingWeights.network(1, TestingWeights.fitting()));

    /** Other processors may round a sine or a logarithm otherwise in the last digit; the first format held more digits of the past. */
    @ParameterizedTest
    @CsvSource({
        "1, 0.01",
        "2, 0.01",
        "3, 0.01",
        "4, 0.01",
        "5, 1e-6",
        "6, 1e-6",
        "7, 1e-6",
        "7-full, 1e-6",
        "8, 1e-6",
        "8-full, 1e-6",
        "9, 1e-6",
        "9-full, 1e-6",
        "10, 1e-6",
        "10-full, 1e-6",
        "11, 1e-6",
        "11-full, 1e-6",
        "12, 1e-6",
        "12-full, 1e-6",
        "13, 1e-6",
        "13-full, 1e-6",
        "14, 1e-6",
        "14-full, 1e-6",
        "15, 1e-6",
        "15-full, 1e-6",
        "16, 1e-6",
        "16-full, 1e-6"
    })
    void theMemoryOfEveryFormatIsReadAndGoesOn(String format, double tolerance) throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            write(format);
        }
        DataInputDeserializer in = new DataInputDeserializer(Files.readAllBytes(bytes(format)));
        Memory memory = MemorySerializer.INSTANCE.deserialize(in).unpack();
        assertThat(in.available()).isZero();

        List<String> expected = Files.readAllLines(next(format));
        List<double[]> found = follow(memory, format);
        assertThat(expected).hasSize(1 + FOLLOWED);
        for (int k = 0; k < FOLLOWED; k++) {
            String[] numbers = expected.get(k + 1).split(",", -1);
            for (int j = 0; j < numbers.length; j++) {
                if (j == SCORE && format.compareTo("3") < 0) {
                    continue; // scores came from the errors alone, and their calibration begins anew
                }
                assertThat(found.get(k)[j])
                        .as("number %s, %s steps after the file", j, k + 1)
                        .isCloseTo(Double.parseDouble(numbers[j]), offset(tolerance));
            }
        }
    }

    static Forecaster forecaster(String experts) {
        return new Forecaster(new Forecaster.Options(
                TestingWeights.HORIZON,
                TestingSignal.SEASON,
                60_000,
                1e-4,
                20,
                3,
                3,
                0,
                NewWeights.CARRY,
                experts,
                Inputs.USUAL,
                Scoring.USUAL));
    }

    private static int writtenAfter(String format) {
        return format.endsWith(FULL) ? FULL_WRITTEN_AFTER : WRITTEN_AFTER;
    }

    private static Path bytes(String format) {
        return FOLDER.resolve("memory-v" + format + ".bin");
    }

    /** The outputs that followed. */
    private static Path next(String format) {
        return FOLDER.resolve("memory-v" + format + "-next.csv");
    }

    /** Yhat, its bounds, the score and the last median of the forecast of each step after the file. */
    private List<double[]> follow(Memory memory, String format) {
        List<double[]> rows = new ArrayList<>();
        for (int k = 0; k < FOLLOWED; k++) {
            Answer answer = step(memory, format, writtenAfter(format) + k);
            double median = answer.quantile(TestingWeights.HORIZON, Quantiles.MEDIAN);
            rows.add(new double[] {answer.yhat, answer.yhatLower, answer.yhatUpper, answer.anomalyScore, median});
        }
        return rows;
    }

    private Answer step(Memory memory, String format, int k) {
        Answer answer = new Answer(TestingWeights.HORIZON);
        Forecaster forecaster = format.endsWith(FULL) ? full : lean;
        forecaster.step(memory, weights, k * 60_000L, TestingSignal.at("golden", k), answer);
        return answer;
    }

    private void write(String format) throws IOException {
        Files.createDirectories(FOLDER);
        if (format.startsWith(NEWEST)) {
            Memory memory = new Memory();
            for (int k = 0; k < writtenAfter(format); k++) {
                step(memory, format, k);
            }
            DataOutputSerializer out = new DataOutputSerializer(64);
            MemorySerializer.INSTANCE.serialize(PackedMemory.of(memory), out);
            Files.write(bytes(format), out.getCopyOfBuffer());
        }
        DataInputDeserializer in = new DataInputDeserializer(Files.readAllBytes(bytes(format)));
        Memory read = MemorySerializer.INSTANCE.deserialize(in).unpack();
        List<String> lines = new ArrayList<>(List.of("yhat,yhat_lower,yhat_upper,anomaly_score,median_at_horizon"));
        for (double[] row : follow(read, format)) {
            lines.add(row[0] + "," + row[1] + "," + row[2] + "," + row[3] + "," + row[4]);
        }
        Files.write(next(format), lines);
    }
}
