package io.eddy.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eddy.MaintenanceWindow;
import io.eddy.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A YAML file of rules: a list under {@code rules}, the fields of each by the names that {@code Rule.avsc} has. */
public final class RuleFile {
    private static final ObjectMapper TREES = new ObjectMapper();
    private static final JsonCodec<Rule> CODEC = new JsonCodec<>(Rule.class);

    private RuleFile() {}

    /**
     * The rules of the option {@code rules.file}; none where it names no file.
     *
     * @throws IllegalArgumentException as {@link #read}
     */
    public static List<Rule> of(Options options) {
        String file = options.get(ForecastOptions.RULES_FILE);
        return file.isEmpty() ? List.of() : read(Path.of(file));
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is no such file; with the first mistake, saying in which rule
     */
    public static List<Rule> read(Path file) {
        List<String> mistakes = new ArrayList<>();
        List<Rule> rules = rules(file, mistakes);
        if (!mistakes.isEmpty()) {
            String more = mistakes.size() == 1 ? "" : ", and " + (mistakes.size() - 1) + " more, see eddy validate";
            throw new IllegalArgumentException(mistakes.get(0) + " (" + file + more + ")");
        }
        return rules;
    }

    /**
     * Reads a file as far as it is right.
     *
     * @param mistakes takes everything that is wrong with it, at most one thing of each rule
     */
    public static List<Rule> read(Path file, List<String> mistakes) {
        List<String> found = new ArrayList<>();
        try {
            List<Rule> rules = rules(file, found);
            found.forEach(text -> mistakes.add(text + " (" + file + ")"));
            return rules;
        } catch (IllegalArgumentException e) {
            mistakes.add(String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    /** Everything that is wrong with a file; nothing where it is right. */
    static List<String> mistakes(Path file) {
        List<String> mistakes = new ArrayList<>();
        read(file, mistakes);
        return mistakes;
    }

    private static List<Rule> rules(Path file, List<String> mistakes) {
        JsonNode root = tree(file);
        only(root, Set.of("rules"), "rules.file");
        JsonNode list = root.path("rules");
        if (!list.isArray()) {
            throw new IllegalArgumentException("rules: expected a list of rules, found " + Shown.of(list.toString()));
        }
        List<Rule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int place = 0;
        for (JsonNode node : list) {
            place++;
            try {
                if (node.has("id") && !ids.add(node.path("id").asText())) {
                    throw new IllegalArgumentException("id: expected one of its own, found it twice");
                }
                rules.add(rule(node));
            } catch (IllegalArgumentException e) {
                mistakes.add("rule " + node.path("id").asText(String.valueOf(place)) + ": " + e.getMessage());
            }
        }
        return rules;
    }

    /** A rule from a tree, checked; names that no rule has are refused. */
    static Rule rule(JsonNode node) {
        only(node, names(Rule.getClassSchema()), "rule");
        for (JsonNode window : node.path("maintenance")) {
            only(window, names(MaintenanceWindow.getClassSchema()), "maintenance");
        }
        return RuleCheck.checked(CODEC.decode(node));
    }

    private static JsonNode tree(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "rules.file: expected a readable file, found " + ConfigFile.unreadable(file, e), e);
        }
        try {
            return TREES.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new IllegalArgumentException(
                    "rules.file: expected YAML, found a mistake: " + e.getProblem() + " (" + file + " line " + line
                            + ")",
                    e);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("rules.file: expected YAML, found " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException(
                    "rules.file: expected YAML, found " + ConfigFile.ENDLESS + " (" + file + ")", e);
        }
    }

    private static Set<String> names(Schema schema) {
        Set<String> names = new HashSet<>();
        schema.getFields().forEach(field -> names.add(field.name()));
        return names;
    }

    /** A name that is spelt wrong would be a rule that does nothing. */
    private static void only(JsonNode node, Set<String> known, String name) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(name + ": expected keys and values, found " + Shown.of(node.toString()));
        }
        for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (!known.contains(key)) {
                throw new IllegalArgumentException(Shown.of(key) + ": expected one of "
                        + known.stream().sorted().toList() + ", found an unknown name");
            }
        }
    }
}
