package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards keep to the types that Grafana publishes, and the check that says so refuses what does not. */
@Timeout(300)
class DashboardSchemaIT {
    private static final Path CHECK = Path.of("../../docker/grafana/check");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @BeforeAll
    static void install() throws Exception {
        TestingPrometheus.require("npm");
        for (String file : List.of("check.mjs", "package.json", "package-lock.json", ".npmrc")) {
            Files.copy(CHECK.resolve(file), folder.resolve(file));
        }
        assertThat(run("npm", "ci", "--no-audit", "--no-fund")).contains("added");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? output : "failed: " + output;
    }

    @Test
    void theDashboardsKeepToGrafanasTypes() throws Exception {
        Path dashboards = Dashboard.FOLDER.toAbsolutePath().normalize();
        assertThat(run("node", "check.mjs", dashboards.toString())).startsWith("4 dashboards keep to Grafana's types");
    }

    @Test
    void aKeyOrValueThatGrafanaDoesNotKnowIsFound() throws Exception {
        Path bad = Files.createDirectories(folder.resolve("bad"));
        String fleet = Files.readString(Dashboard.FOLDER.resolve("fleet.json"));
        for (List<String> change : List.of(
                List.of("\"fillOpacity\"", "\"fillOpacty\""),
                List.of("\"drawStyle\": \"bars\"", "\"drawStyle\": \"sticks\""),
                List.of("\"graphTooltip\": 1", "\"graphTooltip\": 7"))) {
            assertThat(fleet).contains(change.get(0));
            Files.writeString(bad.resolve("fleet.json"), fleet.replace(change.get(0), change.get(1)));
            assertThat(run("node", "check.mjs", bad.toString()))
                    .startsWith("failed: ")
                    .contains("error TS");
        }
    }
}
