package io.eddy.connectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules that more than one option takes part in. */
final class TogetherRules {
    private static final List<Option<String>> OUTPUTS = List.of(
            EddyOptions.FORECASTS,
            EddyOptions.SCORES,
            EddyOptions.EVENTS,
            EddyOptions.WEIGHTS,
            EddyOptions.REJECTS,
            EddyOptions.FEEDBACK,
            EddyOptions.RULES);

    /** Steps of a series that a late reading may be behind. */
    private static final int MOST_LATE_STEPS = 64;

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
        boolean reads = get(EddyOptions.INPUT_FORMAT) == InputFormat.REGISTRY_AVRO;
        boolean writes = get(EddyOptions.OUTPUT_FORMAT) == OutputFormat.REGISTRY_AVRO;
        if ((reads || writes) && !given.contains(EddyOptions.REGISTRY_URL.key())) {
            wrong(
                    reads ? EddyOptions.INPUT_FORMAT : EddyOptions.OUTPUT_FORMAT,
                    "registry.url beside registry-avro",
                    "none");
        }
        if (given.contains(EddyOptions.REGISTRY_USER.key()) != given.contains(EddyOptions.REGISTRY_PASSWORD.key())) {
            boolean user = given.contains(EddyOptions.REGISTRY_USER.key());
            wrong(
                    user ? EddyOptions.REGISTRY_USER : EddyOptions.REGISTRY_PASSWORD,
                    user ? "registry.password beside it" : "registry.user beside it",
                    "none");
        }
    }

    private void mapping() {
        InputFormat format = get(EddyOptions.INPUT_FORMAT);
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
        SeriesTemplate series = new SeriesTemplate(get(EddyOptions.INPUT_SERIES));
        if (get(EddyOptions.INPUT_VALUES).endsWith(Mapping.ALL) && !series.namesEach()) {
            wrong(
                    EddyOptions.INPUT_SERIES,
                    "{*} in it, for input.values makes several readings of a message",
                    get(EddyOptions.INPUT_SERIES));
        }
        if (!get(EddyOptions.INPUT_VALUES).endsWith(Mapping.ALL) && series.namesEach()) {
            wrong(
                    EddyOptions.INPUT_VALUES,
                    "a path that ends with .* beside {*} in input.series",
                    get(EddyOptions.INPUT_VALUES));
        }
        if (format == InputFormat.CSV) {
            columns(series);
        }
    }

    private void columns(SeriesTemplate series) {
        List<String> columns = InputRules.split(get(EddyOptions.INPUT_COLUMNS));
        Map<Option<?>, List<FieldPath>> used = new HashMap<>();
        used.put(EddyOptions.INPUT_SERIES, series.fields());
        used.put(EddyOptions.INPUT_TIME, Mapping.paths(get(EddyOptions.INPUT_TIME)));
        used.put(EddyOptions.INPUT_VALUES, Mapping.paths(get(EddyOptions.INPUT_VALUES)));
        if (values.containsKey(EddyOptions.INPUT_LABELS.key())) {
            used.put(EddyOptions.INPUT_LABELS, Mapping.paths(get(EddyOptions.INPUT_LABELS)));
        }
        used.forEach((option, paths) -> paths.stream()
                .filter(path -> !columns.contains(path.path()))
                .forEach(path -> wrong(option, "one of input.columns " + columns, path.path())));
    }

    private void topics() {
        Map<String, String> taken = new HashMap<>();
        // Those that are given come last, for they are the ones to change.
        for (boolean chosen : new boolean[] {false, true}) {
            for (Option<String> output : OUTPUTS) {
                if (given.contains(output.key()) == chosen) {
                    String topic = get(output);
                    String before = taken.putIfAbsent(topic, output.key());
                    if (before != null) {
                        wrong(output, "a topic of its own", topic + ", which " + before + " has");
                    }
                }
            }
        }
        ReadingTopics readings = ReadingTopics.of(get(EddyOptions.READINGS));
        for (String topic : readings.among(taken.keySet())) {
            wrong(EddyOptions.READINGS, "topics of their own", topic + ", which " + taken.get(topic) + " has");
        }
    }

    private void models() {
        Map<String, String> ids = new HashMap<>();
        int count = OptionRules.countOfModels(given);
        for (int i = 0; i < count; i++) {
            String key = OptionRules.prefixOfModel(i) + EddyOptions.MODEL_ID.key();
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
        Duration lateness = get(EddyOptions.ALLOWED_LATENESS);
        for (int model = -1; model < OptionRules.countOfModels(given); model++) {
            String prefix = model < 0 ? "" : OptionRules.prefixOfModel(model);
            String step = values.get(prefix + EddyOptions.STEP.key());
            if (model >= 0 && step == null) {
                continue; // that of all models
            }
            Duration length = EddyOptions.STEP.read(step == null ? EddyOptions.STEP.byDefault() : step);
            if (lateness.compareTo(length.multipliedBy(MOST_LATE_STEPS)) > 0) {
                wrong(
                        EddyOptions.ALLOWED_LATENESS,
                        "at most " + MOST_LATE_STEPS + " times " + prefix + EddyOptions.STEP.key(),
                        values.get(EddyOptions.ALLOWED_LATENESS.key()) + " beside " + length);
            }
        }
    }

    private void holidays() {
        int count = OptionRules.countOfModels(given);
        for (int model = count == 0 ? -1 : 0; model < count; model++) {
            String prefix = model < 0 ? "" : OptionRules.prefixOfModel(model);
            String inputs = inherited(prefix, EddyOptions.INPUTS);
            boolean asks = NetworkInputs.asksForHolidays(InputRules.names(inputs));
            if (asks && inherited(prefix, EddyOptions.HOLIDAYS).isEmpty()) {
                String key = nearest(prefix, EddyOptions.INPUTS);
                mistakes.add(new Mistake(key, key + ": expected model.holidays beside " + inputs + ", found none"));
            }
        }
    }

    /** Targets and covariates are fields, and something is left to be forecast. */
    private void fields() {
        int count = OptionRules.countOfModels(given);
        for (int model = count == 0 ? -1 : 0; model < count; model++) {
            String prefix = model < 0 ? "" : OptionRules.prefixOfModel(model);
            List<String> names = InputRules.names(inherited(prefix, EddyOptions.FIELDS));
            boolean known = areFields(prefix, EddyOptions.TARGETS, names);
            known &= areFields(prefix, EddyOptions.COVARIATES, names);
            boolean none = inherited(prefix, EddyOptions.TARGETS).isEmpty();
            String covariates = inherited(prefix, EddyOptions.COVARIATES);
            if (known && none && InputRules.names(covariates).containsAll(names)) {
                String key = nearest(prefix, EddyOptions.COVARIATES);
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
            String layersKey = prefix + EddyOptions.LAYERS.key();
            String layers = values.get(layersKey);
            EddyOptions.Network network = EddyOptions.ARCHITECTURE.read(
                    values.getOrDefault(prefix + EddyOptions.ARCHITECTURE.key(), EddyOptions.ARCHITECTURE.byDefault()));
            boolean one = network == EddyOptions.Network.BIDIRECTIONAL || network == EddyOptions.Network.MLP;
            if (layers != null && one && EddyOptions.LAYERS.read(layers) > 1) {
                mistakes.add(new Mistake(
                        layersKey,
                        layersKey + ": expected 1 beside model.architecture bidirectional or mlp, found " + layers));
            }
            if (layers != null && network == EddyOptions.Network.STACKED && EddyOptions.LAYERS.read(layers) < 2) {
                mistakes.add(new Mistake(
                        layersKey, layersKey + ": expected 2 to 4 beside model.architecture stacked, found " + layers));
            }
        }
    }

    /** The classifier reads the state that an LSTM carries from step to step. */
    private void classifier(String prefix) {
        EddyOptions.Network network = EddyOptions.ARCHITECTURE.read(inherited(prefix, EddyOptions.ARCHITECTURE));
        boolean stateless = network == EddyOptions.Network.BIDIRECTIONAL || network == EddyOptions.Network.MLP;
        if (stateless && EddyOptions.CLASSIFIER.read(inherited(prefix, EddyOptions.CLASSIFIER))) {
            String key = nearest(prefix, EddyOptions.CLASSIFIER);
            Mistake mistake = new Mistake(
                    key, key + ": expected false beside model.architecture bidirectional or mlp, found true");
            if (!mistakes.contains(mistake)) {
                mistakes.add(mistake);
            }
        }
    }
}
