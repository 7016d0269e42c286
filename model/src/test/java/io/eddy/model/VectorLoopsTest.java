package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No loop is forgotten: what happens then shows in a few JVMs only, as time. */
class VectorLoopsTest {
    private static final Path PACKAGE = Path.of("src/main/java/io/eddy/model");
    private static final Pattern LOOP = Pattern.compile("^    static [\\w\\[\\]]+ (\\w+)\\(", Pattern.MULTILINE);

    /** What can be called of the classes with vectors, as it is called. */
    private static List<String> loops() throws IOException {
        List<String> loops = new ArrayList<>();
        try (Stream<Path> files = Files.list(PACKAGE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                String code = Files.readString(file);
                if (code.contains("import jdk.incubator.vector.")) {
                    Matcher loop = LOOP.matcher(code);
                    while (loop.find()) {
                        loops.add(name + "." + loop.group(1) + "(");
                    }
                }
            }
        }
        return loops;
    }

    @Test
    void allAreMet() throws IOException {
        String code = Files.readString(PACKAGE.resolve("VectorLoops.java"));
        assertThat(loops())
                .hasSizeGreaterThan(10)
                .allSatisfy(loop -> assertThat(code).contains(loop));
    }
}
