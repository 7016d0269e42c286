package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The layers that the package's own page tells of are those of the code. */
class LayersTest {
    private static final Path PACKAGE = Path.of("src/main/java/io/eddy/model");
    private static final Pattern COMMENT_OR_TEXT = Pattern.compile(
            "/\\*.*?\\*/|//[^\\n]*|\"(?:\\\\.|[^\"\\\\\\n])*\"|^import [^\\n]*", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("(?<![.\\w])[A-Z]\\w*");

    /** The layer of each class, 0 the top. */
    private static Map<String, Integer> layers() throws IOException {
        String[] page = Files.readString(PACKAGE.resolve("package-info.java")).split("<li>");
        Map<String, Integer> layers = new HashMap<>();
        for (int layer = 1; layer < page.length; layer++) {
            Matcher link = Pattern.compile("\\{@link (\\w+)}").matcher(page[layer]);
            while (link.find()) {
                assertThat(layers.put(link.group(1), layer - 1))
                        .as(link.group(1))
                        .isNull();
            }
        }
        return layers;
    }

    private static List<Path> classes() throws IOException {
        try (Stream<Path> files = Files.list(PACKAGE)) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .toList();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    @Test
    void everyClassStandsInOneLayer() throws IOException {
        assertThat(layers().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        classes().stream().map(LayersTest::name).toList());
    }

    @Test
    void noneKnowsALayerAbove() throws IOException {
        Map<String, Integer> layers = layers();
        List<String> upwards = new ArrayList<>();
        for (Path file : classes()) {
            String code = COMMENT_OR_TEXT.matcher(Files.readString(file)).replaceAll(" ");
            int own = layers.getOrDefault(name(file), 0);
            Matcher name = NAME.matcher(code);
            while (name.find()) {
                if (layers.getOrDefault(name.group(), Integer.MAX_VALUE) < own) {
                    upwards.add(name(file) + " -> " + name.group());
                }
            }
        }
        assertThat(upwards).isEmpty();
    }

    /** The package below: whoever is in another package has to be imported. */
    @Test
    void aNetworkKnowsNothingOfSeries() throws IOException {
        try (Stream<Path> files = Files.list(PACKAGE.resolve("network"))) {
            assertThat(files)
                    .hasSizeGreaterThan(20)
                    .allSatisfy(file ->
                            assertThat(Files.readString(file)).doesNotContainPattern("io\\.eddy\\.model\\.[A-Z]"));
        }
    }
}
