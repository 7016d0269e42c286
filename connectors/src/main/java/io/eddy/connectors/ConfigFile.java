package io.eddy.connectors;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML file of options with the line of each; keys nested or dotted, a list of plain values the same as commas between them. */
public final class ConfigFile {
    private static final String MODELS = "models";
    /** What YAML is whose lists and mappings are too many within each other, as where one is part of itself. */
    static final String ENDLESS = "some that has no end, or is too deep";

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final List<Mistake> mistakes = new ArrayList<>();

    private ConfigFile() {}

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    public static ConfigFile read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "configuration: expected a readable file, found " + unreadable(file, e), e);
        }
        ConfigFile config = new ConfigFile();
        try {
            new Compose(LoadSettings.builder().setLabel(file.toString()).build())
                    .composeString(text)
                    .ifPresent(config::root);
        } catch (MarkedYamlEngineException e) {
            // Its own message repeats lines of the file, which may hold secrets.
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            config.mistakes.add(
                    new Mistake("", "configuration: expected YAML, found a mistake: " + e.getProblem(), line));
        } catch (YamlEngineException e) {
            config.mistakes.add(new Mistake("", "configuration: expected YAML, found " + e.getMessage(), 1));
        } catch (StackOverflowError e) {
            config.mistakes.add(new Mistake("", "configuration: expected YAML, found " + ENDLESS, 1));
        }
        if (config.mistakes.isEmpty() || !config.values.isEmpty()) {
            OptionRules.mistakes(config.values).forEach(mistake -> config.mistakes.add(config.placed(mistake)));
        }
        config.mistakes.sort(Comparator.comparingInt(Mistake::line));
        return config;
    }

    /** What stands where a file of text was expected. */
    static String unreadable(Path file, IOException e) {
        return Files.isDirectory(file)
                ? "the folder " + file
                : e instanceof CharacterCodingException ? "a file that is no UTF-8, " + file : "no " + file;
    }

    /** Everything that is wrong with it, in the order of its lines. */
    public List<Mistake> mistakes() {
        return mistakes;
    }

    /** The same, and what is wrong with the files of rules and of holidays that it names, which need to be on this machine. */
    public List<Mistake> mistakesWithFiles() {
        List<Mistake> all = new ArrayList<>(mistakes);
        values.forEach((key, value) -> {
            boolean rules = key.equals(ForecastOptions.RULES_FILE.key());
            boolean holidays = OptionRules.plain(key).equals(ModelOptions.HOLIDAYS.key());
            String path = value.trim();
            if ((rules || holidays) && !path.isEmpty() && Option.isPath(path)) {
                Path file = Path.of(path);
                for (String text : rules ? RuleFile.mistakes(file) : NetworkInputs.mistakes(file)) {
                    all.add(placed(new Mistake(key, text)));
                }
            }
        });
        all.sort(Comparator.comparingInt(Mistake::line));
        return all;
    }

    Map<String, String> values() {
        return values;
    }

    private Mistake placed(Mistake mistake) {
        String key = mistake.key();
        while (!lines.containsKey(key) && key.indexOf('.') > 0) {
            key = key.substring(0, key.lastIndexOf('.'));
        }
        return new Mistake(mistake.key(), mistake.text(), lines.getOrDefault(key, 1));
    }

    private void root(Node root) {
        if (root instanceof MappingNode map) {
            flatten("", map);
        } else if (!isNull(root)) {
            wrong("configuration", root, "keys and values", found(root));
        }
    }

    private void flatten(String prefix, MappingNode map) {
        for (NodeTuple tuple : map.getValue()) {
            Node value = tuple.getValueNode();
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                wrong("configuration", tuple.getKeyNode(), "a plain key", found(tuple.getKeyNode()));
                continue;
            }
            String name = prefix + key.getValue();
            lines.putIfAbsent(name, line(key));
            if (value instanceof MappingNode inner) {
                flatten(name + ".", inner);
            } else if (name.equals(MODELS)) {
                models(value);
            } else if (value instanceof SequenceNode list) {
                list(name, key, list);
            } else if (!isNull(value)) {
                put(name, key, ((ScalarNode) value).getValue());
            }
        }
    }

    private void models(Node value) {
        if (!(value instanceof SequenceNode list)) {
            wrong(MODELS, value, "a list of models", found(value));
            return;
        }
        int index = 0;
        for (Node model : list.getValue()) {
            String prefix = OptionRules.prefixOfModel(index++);
            lines.put(prefix.substring(0, prefix.length() - 1), line(model));
            if (model instanceof MappingNode map) {
                flatten(prefix, map);
            } else {
                wrong(MODELS, model, "options of a model by their keys", found(model));
            }
        }
    }

    private void list(String name, Node key, SequenceNode list) {
        List<Node> elements = list.getValue();
        if (elements.stream().allMatch(ScalarNode.class::isInstance)) {
            put(
                    name,
                    key,
                    elements.stream()
                            .map(element -> ((ScalarNode) element).getValue())
                            .collect(Collectors.joining(",")));
        } else {
            wrong(name, list, "a value, or a list of plain ones", "a list of others");
        }
    }

    private void put(String name, Node key, String value) {
        Integer before = values.containsKey(name) ? lines.get(name) : null;
        if (before != null) {
            wrong(name, key, "it once", "it on line " + before + " too");
        } else {
            values.put(name, value);
            lines.put(name, line(key));
        }
    }

    private void wrong(String name, Node at, String expected, String found) {
        mistakes.add(new Mistake(name, name + ": expected " + expected + ", found " + found, line(at)));
    }

    private static String found(Node node) {
        return node instanceof SequenceNode ? "a list" : node instanceof MappingNode ? "keys and values" : "a text";
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
