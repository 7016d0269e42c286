package io.eddy.connectors;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The values of {@link EddyOptions}, validated once when they are read. Immutable. */
public final class Options implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, String> values;

    private Options(Map<String, String> values) {
        this.values = new TreeMap<>(values);
        this.values.forEach(Options::check);
    }

    private static void check(String key, String value) {
        if (key.startsWith(EddyOptions.KAFKA_PREFIX) || key.startsWith(EddyOptions.FLINK_PREFIX)) {
            return;
        }
        Option<?> option = EddyOptions.ALL.stream()
                .filter(o -> o.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        key + ": expected an option of configs/reference.md, found an unknown key"));
        option.read(value);
    }

    /**
     * Options from texts.
     *
     * @throws IllegalArgumentException at the first unknown key or value out of range
     */
    public static Options of(Map<String, String> values) {
        return new Options(values);
    }

    /**
     * Options from a YAML file, keys nested or dotted.
     *
     * @throws IllegalArgumentException if it cannot be read, is no YAML mapping, or breaks a rule; one line
     */
    public static Options ofFile(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("configuration: expected a readable file, found " + file, e);
        }
        Object root;
        try {
            root = new Load(LoadSettings.builder().setLabel(file.toString()).build()).loadFromString(text);
        } catch (YamlEngineException e) {
            String what = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
            throw new IllegalArgumentException("configuration: expected YAML, found " + what, e);
        }
        Map<String, String> flat = new LinkedHashMap<>();
        if (root instanceof Map<?, ?> map) {
            flatten("", map, flat);
        } else if (root != null) {
            throw new IllegalArgumentException(
                    "configuration: expected keys and values in " + file + ", found " + root);
        }
        try {
            return new Options(flat);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + " (" + file + ")", e);
        }
    }

    private static void flatten(String prefix, Map<?, ?> map, Map<String, String> flat) {
        map.forEach((key, value) -> {
            String name = prefix + key;
            if (value instanceof Map<?, ?> inner) {
                flatten(name + ".", inner, flat);
            } else if (value != null) {
                flat.put(name, String.valueOf(value));
            }
        });
    }

    /** These options with one more, or another value. */
    public Options with(Option<?> option, String value) {
        TreeMap<String, String> more = new TreeMap<>(values);
        more.put(option.key(), value);
        return new Options(more);
    }

    /** These options, and a value that is passed on under one of the prefixes. */
    public Options with(String key, String value) {
        TreeMap<String, String> more = new TreeMap<>(values);
        more.put(key, value);
        return new Options(more);
    }

    public <T> T get(Option<T> option) {
        return option.read(values.getOrDefault(option.key(), option.byDefault()));
    }

    /** What is passed on to Flink. */
    public Map<String, String> flink() {
        return passedOn(EddyOptions.FLINK_PREFIX);
    }

    /** What is passed on to every Kafka client, the brokers included. */
    public Properties kafka() {
        Properties properties = new Properties();
        properties.putAll(passedOn(EddyOptions.KAFKA_PREFIX));
        properties.put("bootstrap.servers", get(EddyOptions.BOOTSTRAP_SERVERS));
        return properties;
    }

    private Map<String, String> passedOn(String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }
}
