package io.eddy.cli.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Data sets to evaluate on, from a YAML file: a list {@code sets}, see {@link SuiteSet} for the keys of each. */
record Suite(List<SuiteSet> sets) {
    /** @throws IllegalArgumentException if the file cannot be read or breaks a rule; one line */
    static Suite ofFile(Path file) {
        Object root;
        try {
            root = new Load(LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "suite: expected a readable file, found " + (Files.exists(file) ? "" : "no ") + file, e);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("suite: expected YAML, found " + e.getMessage(), e);
        }
        if (!(root instanceof Map<?, ?> map) || !(map.get("sets") instanceof List<?> list) || list.isEmpty()) {
            throw new IllegalArgumentException("suite: expected a list named sets in " + file + ", found none");
        }
        List<SuiteSet> sets = new ArrayList<>();
        for (Object entry : list) {
            if (!(entry instanceof Map<?, ?> keys)) {
                throw new IllegalArgumentException("suite: expected keys and values for each set, found " + entry);
            }
            sets.add(SuiteSet.of(keys));
        }
        return new Suite(List.copyOf(sets));
    }
}
