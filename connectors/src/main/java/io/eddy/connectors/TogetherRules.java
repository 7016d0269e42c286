package io.eddy.connectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.util.TimeUtils;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Rules that more than one option takes part in. */
final class TogetherRules {
    /** Steps of a series that a late reading may be behind. */
    private static final int MOST_LATE_STEPS = 64;

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
        rules.models();
        rules.networks();
        rules.lateness();
        rules.holidays();
        rules.fields();
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
        if (get(InputOptions.INPUT_VALUES).endsWith(Mapping.ALL) && !series.namesEach()) {
            wrong(
                    InputOptions.INPUT_SERIES,
                    "{*} in it, for input.values makes several readings of a message",
                    get(InputOptions.INPUT_SERIES));
        }
        if (!get(InputOptions.INPUT_VALUES).endsWith(Mapping.ALL) && series.namesEach()) {
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
        used.put(InputOptions.INPUT_TIME, Mapping.paths(get(InputOptions.INPUT_TIME)));
        used.put(InputOptions.INPUT_VALUES, Mapping.paths(get(InputOptions.INPUT_VALUES)));
        if (values.containsKey(InputOptions.INPUT_LABELS.key())) {
            used.put(InputOptions.INPUT_LABELS, Mapping.paths(get(InputOptions.INPUT_LABELS)));
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

    /** Flink and Kafka say themselves what is wrong with a value that is none. */
    private Duration duration(String key, Function<String, Duration> read, Duration byDefault) {
        try {
            return values.containsKey(key) ? read.apply(values.get(key)) : byDefault;
        } catch (IllegalArgumentException e) {
            return byDefault;
        }
    }

    private void models() {
        Map<String, String> ids = new HashMap<>();
        int count = OptionRules.countOfModels(given);
        for (int i = 0; i < count; i++) {
            String key = OptionRules.prefixOfModel(i) + ModelOptions.MODEL_ID.key();
            String id = values.get(key);
            if (id == null && !given.contains(key)) {
                mistakes.add(new Mistake(key, key + ": expected a name for each model, found none"));
            }
            String before = id == null ? null : ids.putIfAbsent(id, key);
            if (before != null) {
                mistakes.add(new Mistake(
                        key, key + ": expected a name of its own, found " + id + ", which " + before + " has"));
            }
        }
    }

    private void lateness() {
        Duration lateness = get(InputOptions.ALLOWED_LATENESS);
        for (int model = -1; model < OptionRules.countOfModels(given); model++) {
            String prefix = model < 0 ? "" : OptionRules.prefixOfModel(model);
            String step = values.get(prefix + InputOptions.STEP.key());
            if (model >= 0 && step == null) {
                continue; // that of all models
            }
            String length = step == null ? InputOptions.STEP.byDefault() : step;
            if (lateness.compareTo(InputOptions.STEP.read(length).multipliedBy(MOST_LATE_STEPS)) > 0) {
                wrong(
                        InputOptions.ALLOWED_LATENESS,
                        "at most " + MOST_LATE_STEPS + " times " + prefix + InputOptions.STEP.key(),
                        values.get(InputOptions.ALLOWED_LATENESS.key()) + " beside " + length);
            }
        }
    }

    private void holidays() {
        int count = OptionRules.countOfModels(given);
        for (int model = count == 0 ? -1 : 0; model < count; model++) {
            String prefix = model < 0 ? "" : OptionRules.prefixOfModel(model);
            String inputs = inherited(prefix, ModelOptions.INPUTS);
            boolean asks = NetworkInputs.asksForHolidays(InputRules.names(inputs));
            if (asks && inherited(prefix, ModelOptions.HOLIDAYS).isEmpty()) {
                String key = nearest(prefix, ModelOptions.INPUTS);
                mistakes.add(new Mistake(key, key + ": expected model.holidays beside " + inputs + ", found none"));
            }
        }
    }

    /** Targets and covariates are fields, and something is left to be forecast. */
    private void fields() {
        int count = OptionRules.countOfModels(given);
        for (int model = count == 0 ? -1 : 0; model < count; model++) {
            String prefix = model < 0 ? "" : OptionRules.prefixOfModel(model);
            List<String> names = InputRules.names(inherited(prefix, ModelOptions.FIELDS));
            boolean known = areFields(prefix, ModelOptions.TARGETS, names);
            known &= areFields(prefix, ModelOptions.COVARIATES, names);
            boolean none = inherited(prefix, ModelOptions.TARGETS).isEmpty();
            String covariates = inherited(prefix, ModelOptions.COVARIATES);
            if (known && none && InputRules.names(covariates).containsAll(names)) {
                String key = nearest(prefix, ModelOptions.COVARIATES);
                mistakes.add(new Mistake(
                        key,
                        key + ": expected a field left to forecast, or model.targets beside it, found " + covariates));
            }
        }
    }

    private boolean areFields(String prefix, Option<String> option, List<String> names) {
        String key = nearest(prefix, option);
        List<Mistake> found = InputRules.names(inherited(prefix, option)).stream()
                .filter(name -> !names.contains(name))
                .map(name -> new Mistake(key, key + ": expected some of model.fields " + names + ", found " + name))
                .toList();
        mistakes.addAll(found);
        return found.isEmpty();
    }

    /** The key under which an option is given: that of the model, or that beside all of them. */
    private String nearest(String prefix, Option<?> option) {
        return values.containsKey(prefix + option.key()) ? prefix + option.key() : option.key();
    }

    /** What stands under a model, or beside all of them. */
    private String inherited(String prefix, Option<?> option) {
        return values.getOrDefault(prefix + option.key(), values.getOrDefault(option.key(), option.byDefault()));
    }

    private void networks() {
        for (int model = -1; model < OptionRules.countOfModels(given); model++) {
            String prefix = model < 0 ? "" : OptionRules.prefixOfModel(model);
            classifier(prefix);
            String layersKey = prefix + ModelOptions.LAYERS.key();
            String layers = values.get(layersKey);
            ModelOptions.Network network = ModelOptions.ARCHITECTURE.read(values.getOrDefault(
                    prefix + ModelOptions.ARCHITECTURE.key(), ModelOptions.ARCHITECTURE.byDefault()));
            boolean one = network == ModelOptions.Network.BIDIRECTIONAL || network == ModelOptions.Network.MLP;
            if (layers != null && one && ModelOptions.LAYERS.read(layers) > 1) {
                mistakes.add(new Mistake(
                        layersKey,
                        layersKey + ": expected 1 beside model.architecture bidirectional or mlp, found " + layers));
            }
            if (layers != null && network == ModelOptions.Network.STACKED && ModelOptions.LAYERS.read(layers) < 2) {
                mistakes.add(new Mistake(
                        layersKey, layersKey + ": expected 2 to 4 beside model.architecture stacked, found " + layers));
            }
        }
    }

    /** The classifier reads the state that an LSTM carries from step to step. */
    private void classifier(String prefix) {
        ModelOptions.Network network = ModelOptions.ARCHITECTURE.read(inherited(prefix, ModelOptions.ARCHITECTURE));
        boolean stateless = network == ModelOptions.Network.BIDIRECTIONAL || network == ModelOptions.Network.MLP;
        if (stateless && ModelOptions.CLASSIFIER.read(inherited(prefix, ModelOptions.CLASSIFIER))) {
            String key = nearest(prefix, ModelOptions.CLASSIFIER);
            Mistake mistake = new Mistake(
                    key, key + ": expected false beside model.architecture bidirectional or mlp, found true");
            if (!mistakes.contains(mistake)) {
                mistakes.add(mistake);
            }
        }
    }
}
