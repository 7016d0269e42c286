package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code eddy} where everything is built, with a java that says how it was called. */
class StartScriptTest {
    @TempDir
    Path folder;

    private Path project;

    @BeforeEach
    void setUp() throws Exception {
        project = Files.createDirectories(folder.resolve("a b"));
        Files.copy(Path.of("../../eddy"), project.resolve("eddy"));
        Path target = Files.createDirectories(project.resolve("jobs/cli/target"));
        Files.createFile(target.resolve("eddy-cli-0.1.0-SNAPSHOT.jar"));
        Files.createFile(target.resolve("eddy-cli-0.1.0-SNAPSHOT-tests.jar"));
        Files.writeString(target.resolve("class-path"), "/libraries/one.jar");
        java("17.0.15");
    }

    private void java(String version) throws IOException {
        program("java", """
                [ "$1" != -version ] || { echo 'openjdk version "%s" 2025-04-15' >&2; exit; }
                echo "$LC_ALL"
                for argument; do echo "$argument"; done
                """.formatted(version));
    }

    private void program(String name, String does) throws IOException {
        Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + does);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void startsFromAFolderWithABlankAndByALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), project.resolve("eddy"));
        for (Path script : List.of(project.resolve("eddy"), link)) {
            assertThat(started(script, "C.UTF-8"))
                    .containsSubsequence(
                            "-cp",
                            project.toRealPath() + "/jobs/cli/target/eddy-cli-0.1.0-SNAPSHOT.jar:/libraries/one.jar",
                            Main.class.getName(),
                            "validate",
                            "two words");
        }
    }

    /** The JVM opens no file by a name that its locale cannot write. */
    @Test
    void asksForALocaleOfUtf8WhereThereIsNone() throws Exception {
        assertThat(started(project.resolve("eddy"), "C")).startsWith("C.UTF-8");
        assertThat(started(project.resolve("eddy"), "C.utf8")).startsWith("C.utf8");
    }

    /** The first time takes minutes, in which there is something to see. */
    @Test
    void saysWhatItBuildsAndWhatWentWrong() throws Exception {
        Path classPath = project.resolve("jobs/cli/target/class-path");
        Files.delete(classPath);
        program("mvn", """
                for file in $(seq 200); do echo "Downloaded from a: b/$file.jar (1 kB)"; done
                echo "[INFO] Building Eddy 0.1.0-SNAPSHOT            [1/8]"
                echo "[INFO] Building Eddy: command line 0.1.0-SNAPSHOT     [2/8]"
                echo "[INFO] Nothing to compile"
                echo /libraries/one.jar > '%s'
                """.formatted(classPath));
        assertThat(started(project.resolve("eddy"), "C.UTF-8"))
                .startsWith(
                        "eddy: building (the first time takes a few minutes)",
                        "eddy: fetched 100 files",
                        "eddy: fetched 200 files",
                        "eddy: building command line (2/8)",
                        "C.UTF-8");
        Files.delete(classPath);
        program("mvn", "echo '[ERROR] no such symbol'\nexit 1\n");
        Process process = process(project.resolve("eddy"), "C.UTF-8");
        assertThat(said(process)).endsWith("[ERROR] no such symbol", "eddy: build failed, see above");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @Test
    void runsWithAJava17OrANewerOneAndBuildsWith17() throws Exception {
        for (String old : List.of("1.8.0_392", "11.0.2")) {
            java(old);
            Process process = process(project.resolve("eddy"), "C.UTF-8");
            assertThat(said(process))
                    .singleElement()
                    .asString()
                    .startsWith("eddy: java: expected a JDK 17, found " + old.substring(0, old.indexOf('.')) + " at ");
            assertThat(process.waitFor()).isEqualTo(2);
        }
        java("25");
        assertThat(started(project.resolve("eddy"), "C.UTF-8")).contains("validate");
        Files.delete(project.resolve("jobs/cli/target/class-path"));
        Process process = process(project.resolve("eddy"), "C.UTF-8");
        assertThat(said(process))
                .singleElement()
                .asString()
                .startsWith("eddy: java: expected a JDK 17 to build with, found 25 at ");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    private List<String> started(Path script, String locale) throws Exception {
        Process process = process(script, locale);
        List<String> said = said(process);
        assertThat(process.waitFor()).as(said.toString()).isZero();
        return said;
    }

    private Process process(Path script, String locale) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", script.toString(), "validate", "two words").redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.remove("JAVA_HOME");
        environment.put("LC_ALL", locale);
        environment.merge("PATH", folder.resolve("bin") + ":", (path, first) -> first + path);
        return builder.start();
    }

    private static List<String> said(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
