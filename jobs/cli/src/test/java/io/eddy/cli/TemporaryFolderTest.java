package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {
    private final String prefix = "eddy-test-" + UUID.randomUUID() + "-";

    @Test
    void whatAKilledProcessLeftIsRemovedAndWhatIsInUseIsNot() throws Exception {
        Process other = TestingJvm.of(Holder.class, List.of(), prefix)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (TemporaryFolder own = TemporaryFolder.create(prefix)) {
            Path held = Path.of(other.inputReader().readLine());
            assertThat(held.resolve("data")).exists();
            try (TemporaryFolder second = TemporaryFolder.create(prefix)) {
                assertThat(held.resolve("data")).as("of a process that lives").exists();
                assertThat(own.path()).as("of this process").exists().isNotEqualTo(second.path());
            }
            other.destroyForcibly().waitFor();
            TemporaryFolder.create(prefix).close();
            assertThat(held).as("of a process that was killed").doesNotExist();
            assertThat(own.path()).exists();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void aFolderOfTheSameNameThatIsNoneOfThemStays() throws IOException {
        Path foreign = Files.createTempDirectory(prefix);
        TemporaryFolder.create(prefix).close();
        assertThat(foreign).exists();
        Files.delete(foreign);
    }

    @Test
    void wantOfRoomIsSaidAndLeavesNothing() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> TemporaryFolder.create(prefix, Long.MAX_VALUE))
                .withMessageStartingWith("java.io.tmpdir: expected ")
                .withMessageContaining(" MB that are free, found ");
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(all).noneMatch(path -> path.getFileName().toString().startsWith(prefix));
        }
        TemporaryFolder.create(prefix, 1).close();
    }

    /** Makes a folder, says where, and waits to be killed. */
    static final class Holder {
        public static void main(String[] args) throws Exception {
            TemporaryFolder folder = TemporaryFolder.create(args[0]);
            Files.createFile(folder.path().resolve("data"));
            System.out.println(folder.path());
            Thread.sleep(600_000);
        }
    }
}
