package io.eddy.connectors;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The values of {@link EddyOptions}, validated once when they are read. Immutable. */
public final class Options implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, String> values;
    /** Set where these are the options of one of several models. */
    private final String operatorSuffix;

    private Options(Map<String, String> values, String operatorSuffix) {
        this.values = new TreeMap<>(values);
        this.operatorSuffix = operatorSuffix;
    }

    private static Options checked(Map<String, String> values, String operatorSuffix) {
        for (Mistake mistake : OptionRules.mistakes(values)) {
            throw new IllegalArgumentException(mistake.text());
        }
        return new Options(values, operatorSuffix);
    }

    /**
     * Options from texts.
     *
     * @throws IllegalArgumentException at the first unknown key or broken rule
     */
    public static Options of(Map<String, String> values) {
        return checked(values, "");
    }

    /**
     * Options from a YAML file, keys nested or dotted.
     *
     * @throws IllegalArgumentException if it cannot be read, is no YAML mapping, or breaks a rule; one line, with the first mistake
     */
    public static Options ofFile(Path file) {
        ConfigFile config = ConfigFile.read(file);
        List<Mistake> mistakes = config.mistakes();
        if (!mistakes.isEmpty()) {
            String more = mistakes.size() == 1 ? "" : ", and " + (mistakes.size() - 1) + " more, see eddy validate";
            throw new IllegalArgumentException(mistakes.get(0).text() + " (" + file + " line "
                    + mistakes.get(0).line() + more + ")");
        }
        return new Options(config.values(), "");
    }

    /** These options with one more, or another value. */
    public Options with(Option<?> option, String value) {
        return with(option.key(), value);
    }

    /** These options, and a value that is passed on under one of the prefixes. */
    public Options with(String key, String value) {
        TreeMap<String, String> more = new TreeMap<>(values);
        more.put(key, value);
        return checked(more, operatorSuffix);
    }

    /** The value of an option, its default where none is given; of several models use {@link #models}. */
    public <T> T get(Option<T> option) {
        return option.read(values.getOrDefault(option.key(), option.byDefault()));
    }

    /** The options of each model: what stands under models above what stands beside it; these where nothing does. */
    public List<Options> models() {
        int count = OptionRules.countOfModels(values.keySet());
        if (count == 0) {
            return List.of(this);
        }
        TreeMap<String, String> shared = new TreeMap<>(values);
        shared.keySet().removeIf(OptionRules::isOfOneModel);
        List<Options> models = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TreeMap<String, String> own = new TreeMap<>(shared);
            String prefix = OptionRules.prefixOfModel(i);
            values.forEach((key, value) -> {
                if (key.startsWith(prefix)) {
                    own.put(key.substring(prefix.length()), value);
                }
            });
            models.add(new Options(own, "-" + own.get(ModelOptions.MODEL_ID.key())));
        }
        return models;
    }

    /** Name of an operator; of several models, each has its own. */
    public String operator(String noun) {
        return noun + operatorSuffix;
    }

    /** What is passed on to Flink. */
    public Map<String, String> flink() {
        return passedOn(EddyOptions.FLINK_PREFIX);
    }

    /** What is passed on to every Kafka client; references to secrets among it are followed by the client itself. */
    public Properties kafka() {
        Properties properties = new Properties();
        Map<String, String> given = passedOn(KafkaOptions.KAFKA_PREFIX);
        if (given.values().stream().anyMatch(value -> value.contains("${"))) {
            properties.putAll(SecretText.providers());
        }
        properties.putAll(given);
        properties.put("bootstrap.servers", get(KafkaOptions.BOOTSTRAP_SERVERS));
        return properties;
    }

    /**
     * Looks for the secrets that are passed on to Kafka, for who is about to use them: a client goes on with the reference in place of one
     * that is missing, and the broker says that the password is wrong.
     *
     * @throws IllegalArgumentException if one is not on this machine
     */
    public void expectSecrets() {
        passedOn(KafkaOptions.KAFKA_PREFIX)
                .forEach((name, value) -> SecretText.expectAll(KafkaOptions.KAFKA_PREFIX + name, value));
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
