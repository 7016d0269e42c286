package io.eddy.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkInputsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void byDefaultThereAreNone() {
        assertThat(NetworkInputs.of(Options.of(Map.of())).names()).isEmpty();
    }

    @Test
    void theHolidaysComeFromTheFile() throws IOException {
        NetworkInputs inputs = read("# Germany\n2026-12-25\n\n 2026-12-26 # Boxing Day\n");
        assertThat(inputs.names()).isEqualTo(List.of("time_since", "holiday"));
        assertThat(inputs.holidays()).containsExactlyInAnyOrder(LocalDate.of(2026, 12, 25), LocalDate.of(2026, 12, 26));
        assertThat(inputs.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    @Test
    void aFileThatIsNoneIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("2026-12-25\n25.12.2026\n"))
                .withMessageStartingWith("model.holidays: expected an ISO date such as 2026-12-25, found ")
                .withMessageContaining("25.12.2026")
                .withMessageEndingWith(" line 2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("# none\n"))
                .withMessageStartingWith("model.holidays: expected at least one date, found none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkInputs.of(options(folder.resolve("none.txt"))))
                .withMessageStartingWith("model.holidays: expected a readable file, found ");
    }

    @Test
    void whatDoesNotGoTogetherIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of("model.inputs", "holiday")))
                .withMessage("model.inputs: expected model.holidays beside holiday, found none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of("model.inputs", "season_ago,season_ago")))
                .withMessageStartingWith("model.inputs: expected some of time_since, season_ago, ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of("model.time_zone", "Europe/Atlantis")))
                .withMessageStartingWith("model.time_zone: expected a time zone such as Europe/Berlin, found ");
        Map<String, String> ofOneModel =
                Map.of("models.0.model.id", "a", "model.inputs", "holiday", "models.0.model.holidays", "days.txt");
        assertThat(NetworkInputs.names(Options.of(ofOneModel).models().get(0))).containsExactly("holiday");
    }

    private NetworkInputs read(String text) throws IOException {
        return NetworkInputs.of(options(Files.writeString(folder.resolve("holidays.txt"), text)));
    }

    private static Options options(Path file) {
        return Options.of(Map.of(
                "model.inputs", "time_since, holiday",
                "model.holidays", file.toString(),
                "model.time_zone", "Europe/Berlin"));
    }
}
