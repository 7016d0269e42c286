package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
        Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$LC_ALL\"\nfor argument; do echo \"$argument\"; done\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
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

    private List<String> started(Path script, String locale) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("bash", script.toString(), "validate", "two words").redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.remove("JAVA_HOME");
        environment.put("LC_ALL", locale);
        environment.merge("PATH", folder.resolve("bin") + ":", (path, first) -> first + path);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }
}
