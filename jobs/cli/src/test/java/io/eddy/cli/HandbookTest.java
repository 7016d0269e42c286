package io.eddy.cli;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The handbook, README.md and docs: what it points to is there, and its front page stays one. */
class HandbookTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path README = ROOT.resolve("README.md");
    private static final Pattern LINK = Pattern.compile("]\\(([^#)\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    private record Link(Path page, Path file, String place) {
        @Override
        public String toString() {
            return page.getFileName() + ": " + file + " " + place;
        }
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(README, ROOT.resolve("DECISIONS.md")));
        for (String folder : List.of("docs", "configs")) {
            try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }

    private static List<Link> links() throws IOException {
        List<Link> links = new ArrayList<>();
        for (Path page : pages()) {
            LINK.matcher(Files.readString(page))
                    .results()
                    .filter(link -> !link.group(1).startsWith("http"))
                    .forEach(link -> links.add(new Link(
                            page,
                            link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)),
                            link.group(2) == null ? "" : link.group(2))));
        }
        return links;
    }

    /** What GitHub makes of the headings of a page. */
    private static Set<String> places(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(toSet());
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        assertThat(links())
                .hasSizeGreaterThan(60)
                .allSatisfy(link -> assertThat(link.file()).as("%s", link).exists());
    }

    @Test
    void everyLinkIntoAPageLeadsToAHeading() throws IOException {
        List<Link> inside =
                links().stream().filter(link -> !link.place().isEmpty()).toList();
        assertThat(inside)
                .hasSizeGreaterThan(20)
                .allSatisfy(
                        link -> assertThat(places(link.file())).as("%s", link).contains(link.place()));
    }

    @Test
    void everyPanelOfADashboardHasARowThatSaysWhatToDo() throws IOException {
        String rows = Files.readString(ROOT.resolve("docs/dashboards.md"));
        Set<String> panels = new TreeSet<>();
        for (Dashboard dashboard : Dashboard.all()) {
            dashboard.queries().forEach(query -> panels.add(query.panel()));
        }
        panels.removeIf(panel -> panel.startsWith("annotation "));
        assertThat(panels)
                .hasSizeGreaterThan(25)
                .allSatisfy(panel -> assertThat(rows).contains("\n| " + panel + " | "));
    }

    /** Who comes to it first reads it to the end; tables and pictures may be wide. */
    @Test
    void theReadmeIsShort() throws IOException {
        List<String> lines = Files.readAllLines(README);
        assertThat(lines)
                .hasSizeBetween(100, 150)
                .allSatisfy(line -> assertThat(line.startsWith("|") || line.startsWith("!") ? 0 : line.length())
                        .as(line)
                        .isLessThanOrEqualTo(150));
    }
}
