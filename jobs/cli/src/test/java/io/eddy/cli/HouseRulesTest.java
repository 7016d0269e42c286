package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the other modules' enforcer rules cannot say of this one, which has the train job and so DL4J on its class path. */
class HouseRulesTest {
    @Test
    void onlyTheTrainJobImportsDl4j() throws IOException {
        List<Path> sources;
        try (Stream<Path> all = Files.walk(Path.of("src"))) {
            sources = all.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertThat(sources)
                .hasSizeGreaterThan(20)
                .allSatisfy(file -> assertThat(Files.readString(file))
                        .doesNotContain("org." + "nd4j")
                        .doesNotContain("org." + "deeplearning4j"));
    }
}
