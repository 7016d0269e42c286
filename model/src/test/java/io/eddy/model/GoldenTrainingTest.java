package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the train job remembers of a series, as an earlier build wrote it, is read by this one and goes on as if this build had seen all of it. The bytes of
 * this build's own format are written anew by {@code mvn -pl model -am test -Dtest=GoldenTrainingTest -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.write=true}.
 */
class GoldenTrainingTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final int NEWEST = 10;
    private static final int WRITTEN_AFTER = 150;
    private static final int FOLLOWED = 60;
    private static final long HOUR = 3_600_000;

    @ParameterizedTest
    @ValueSource(ints = {9, NEWEST})
    void everyFormatIsReadAndGoesOn(int format) throws IOException {
        TrainingSeries series = new TrainingSeries(16, 6, 24, "lean", 0);
        windows(series, 0, WRITTEN_AFTER);
        Path file = FOLDER.resolve("training-v" + format + ".bin");
        if (format == NEWEST && Boolean.getBoolean("golden.write")) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            series.write(new DataOutputStream(bytes));
            Files.write(file, bytes.toByteArray());
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)));
        TrainingSeries read = TrainingSeries.read(in);
        assertThat(in.available()).isZero();

        List<TrainingSeries.Window> expected = windows(series, WRITTEN_AFTER, WRITTEN_AFTER + FOLLOWED);
        List<TrainingSeries.Window> found = windows(read, WRITTEN_AFTER, WRITTEN_AFTER + FOLLOWED);
        assertThat(found).hasSameSizeAs(expected).hasSizeGreaterThan(2);
        for (int k = 0; k < found.size(); k++) {
            assertThat(found.get(k).inputs()).containsExactly(expected.get(k).inputs(), offset(1e-5f));
            assertThat(found.get(k).targets()).containsExactly(expected.get(k).targets(), offset(1e-5f));
        }
    }

    private static List<TrainingSeries.Window> windows(TrainingSeries series, int from, int to) {
        List<TrainingSeries.Window> windows = new ArrayList<>();
        for (int t = from; t < to; t++) {
            double y = 10 + 3 * Math.sin(2 * Math.PI * t / 24) + t * 37 % 11 / 11.0;
            TrainingSeries.Window window = series.add(t * HOUR, y);
            if (window != null) {
                windows.add(window);
            }
        }
        return windows;
    }
}
