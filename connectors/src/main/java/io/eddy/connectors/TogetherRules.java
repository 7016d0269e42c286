package io.eddy.connectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.util.TimeUtils;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Rules that more than one option takes part in; those of each model are {@link ModelRules}. */
final class TogetherRules {
    private static final String CHECKPOINTS =
            EddyOptions.FLINK_PREFIX + CheckpointingOptions.CHECKPOINTING_INTERVAL.key();
    private static final String TRANSACTION_TIMEOUT =
            KafkaOptions.KAFKA_PREFIX + ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;

    private final Map<String, String> values;
    private final Set<String> given;
    private final List<Mistake> mistakes = new ArrayList<>();

    private TogetherRules(Map<String, String> values, Set<String> given) {
        this.values = values;
        this.given = given;
    }

    /**
     * What is wrong.
     *
     * @param values those that are right by themselves
     * @param given keys of all values
     */
    static List<Mistake> mistakes(Map<String, String> values, Set<String> given) {
        TogetherRules rules = new TogetherRules(values, given);
        rules.registry();
        rules.mapping();
        rules.topics();
        rules.transactions();
        rules.idempotence();
        rules.mistakes.addAll(ModelRules.mistakes(values, given));
        return rules.mistakes;
    }

    private <T> T get(Option<T> option) {
        return option.read(values.getOrDefault(option.key(), option.byDefault()));
    }

    private void wrong(Option<?> option, String expected, String found) {
        mistakes.add(new Mistake(option.key(), option.key() + ": expected " + expected + ", found " + found));
    }

    private void registry() {
        boolean reads = get(InputOptions.INPUT_FORMAT) == InputFormat.REGISTRY_AVRO;
        boolean writes = get(InputOptions.OUTPUT_FORMAT) == OutputFormat.REGISTRY_AVRO;
        if ((reads || writes) && !given.contains(InputOptions.REGISTRY_URL.key())) {
            wrong(
                    reads ? InputOptions.INPUT_FORMAT : InputOptions.OUTPUT_FORMAT,
                    "registry.url beside registry-avro",
                    "none");
        }
        if (given.contains(InputOptions.REGISTRY_USER.key()) != given.contains(InputOptions.REGISTRY_PASSWORD.key())) {
            boolean user = given.contains(InputOptions.REGISTRY_USER.key());
            wrong(
                    user ? InputOptions.REGISTRY_USER : InputOptions.REGISTRY_PASSWORD,
                    user ? "registry.password beside it" : "registry.user beside it",
                    "none");
        }
    }

    private void mapping() {
        String key = InputOptions.INPUT_FORMAT.key();
        if (given.contains(key) && !values.containsKey(key)) {
            return; // what it should be is not known
        }
        InputFormat format = get(InputOptions.INPUT_FORMAT);
        if (format == InputFormat.EDDY_AVRO) {
            for (Option<?> option : InputRules.OF_THE_MAPPING) {
                if (values.containsKey(option.key())) {
                    wrong(
                            option,
                            "input.format registry-avro, json or csv beside it",
                            "eddy-avro, which says by itself where things are");
                }
            }
            return;
        }
        SeriesTemplate series = new SeriesTemplate(get(InputOptions.INPUT_SERIES));
        if (get(InputOptions.INPUT_VALUES).endsWith(FieldPath.ALL) && !series.namesEach()) {
            wrong(
                    InputOptions.INPUT_SERIES,
                    "{*} in it, for input.values makes several readings of a message",
                    get(InputOptions.INPUT_SERIES));
        }
        if (!get(InputOptions.INPUT_VALUES).endsWith(FieldPath.ALL) && series.namesEach()) {
            wrong(
                    InputOptions.INPUT_VALUES,
                    "a path that ends with .* beside {*} in input.series",
                    get(InputOptions.INPUT_VALUES));
        }
        if (format == InputFormat.CSV) {
            columns(series);
        }
    }

    private void columns(SeriesTemplate series) {
        List<String> columns = InputRules.split(get(InputOptions.INPUT_COLUMNS));
        Map<Option<?>, List<FieldPath>> used = new HashMap<>();
        used.put(InputOptions.INPUT_SERIES, series.fields());
        used.put(InputOptions.INPUT_TIME, FieldPath.list(get(InputOptions.INPUT_TIME)));
        used.put(InputOptions.INPUT_VALUES, FieldPath.list(get(InputOptions.INPUT_VALUES)));
        if (values.containsKey(InputOptions.INPUT_LABELS.key())) {
            used.put(InputOptions.INPUT_LABELS, FieldPath.list(get(InputOptions.INPUT_LABELS)));
        }
        used.forEach((option, paths) -> paths.stream()
                .filter(path -> !columns.contains(path.path()))
                .forEach(path -> wrong(option, "one of input.columns " + columns, path.path())));
    }

    private void topics() {
        Map<String, String> taken = new HashMap<>();
        // Those that are given come last, for they are the ones to change.
        for (boolean chosen : new boolean[] {false, true}) {
            for (Option<String> output : KafkaOptions.OTHER_TOPICS) {
                if (given.contains(output.key()) == chosen) {
                    String topic = get(output);
                    String before = taken.putIfAbsent(topic, output.key());
                    if (before != null) {
                        wrong(output, "a topic of its own", topic + ", which " + before + " has");
                    }
                }
            }
        }
        ReadingTopics readings = ReadingTopics.of(get(KafkaOptions.READINGS));
        for (String topic : readings.among(taken.keySet())) {
            wrong(KafkaOptions.READINGS, "topics of their own", topic + ", which " + taken.get(topic) + " has");
        }
    }

    /** A transaction is open from one checkpoint to the next; the broker ends one that is open for too long, and nothing would ever be committed. */
    private void transactions() {
        Duration interval = duration(CHECKPOINTS, TimeUtils::parseDuration, JobArguments.CHECKPOINTS);
        Duration timeout = duration(
                TRANSACTION_TIMEOUT,
                value -> Duration.ofMillis(Long.parseLong(value)),
                KafkaTopics.TRANSACTION_TIMEOUT);
        boolean fits = interval.compareTo(timeout.dividedBy(2)) <= 0;
        if (get(KafkaOptions.DELIVERY) == KafkaOptions.Delivery.EXACTLY_ONCE && !fits) {
            boolean named = given.contains(CHECKPOINTS);
            String key = named ? CHECKPOINTS : TRANSACTION_TIMEOUT;
            mistakes.add(new Mistake(
                    key,
                    key + ": expected "
                            + (named
                                    ? "at most half of " + TRANSACTION_TIMEOUT + ", " + timeout.toMillis() + " ms"
                                    : "twice the " + interval.toMillis() + " ms between checkpoints or more")
                            + ", or kafka.delivery at-least-once, found " + values.get(key)));
        }
    }

    /** A producer of transactions has to be told apart by its broker, and Kafka refuses one with these settings. */
    private void idempotence() {
        if (get(KafkaOptions.DELIVERY) == KafkaOptions.Delivery.EXACTLY_ONCE) {
            needs(ProducerConfig.ACKS_CONFIG, "all", value -> value.matches("all|-1"));
            needs(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true", value -> value.equalsIgnoreCase("true"));
            needs(ProducerConfig.RETRIES_CONFIG, "1 or more", value -> Integer.parseInt(value) >= 1);
            needs(
                    ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                    "5 or less",
                    value -> Integer.parseInt(value) <= 5);
        }
    }

    private void needs(String name, String rule, Predicate<String> isKept) {
        String key = KafkaOptions.KAFKA_PREFIX + name;
        String value = values.get(key);
        if (value != null && !value.contains("${") && !isKept.test(value.trim())) {
            mistakes.add(
                    new Mistake(key, key + ": expected " + rule + ", or kafka.delivery at-least-once, found " + value));
        }
    }

    /** Flink says itself what is wrong with a value that is none. */
    private Duration duration(String key, Function<String, Duration> read, Duration byDefault) {
        try {
            return values.containsKey(key) ? read.apply(values.get(key)) : byDefault;
        } catch (IllegalArgumentException e) {
            return byDefault;
        }
    }
}
