package io.eddy.cli.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Files to evaluate on. */
final class TestingDaily {
    private TestingDaily() {}

    /** Writes a daily wave of hours with noise of its own in each column; of one series the column is called value. */
    static Path write(Path folder, int series, int rows) throws IOException {
        Random random = new Random(1);
        StringBuilder csv = new StringBuilder("timestamp,value");
        for (int k = 1; k < series; k++) {
            csv.append(",value").append(k);
        }
        for (int t = 0; t < rows; t++) {
            csv.append('\n').append(1_577_836_800L + 3600L * t);
            for (int k = 0; k < series; k++) {
                csv.append(',').append(100 + 30 * Math.sin(2 * Math.PI * t / 24) + random.nextGaussian());
            }
        }
        return Files.writeString(folder.resolve("daily.csv"), csv.append('\n'));
    }
}
