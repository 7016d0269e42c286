package io.eddy.connectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules of one model that more than one option takes part in; what does not stand under the model holds from beside all of them. */
final class ModelRules {
    /** Steps of a series that a late reading may be behind. */
    private static final int MOST_LATE_STEPS = 64;

    private final Map<String, String> values;
    private final String prefix;
    /** Each once, for several models may have it from beside them. */
    private final Set<Mistake> mistakes;

    private ModelRules(Map<String, String> values, String prefix, Set<Mistake> mistakes) {
        this.values = values;
        this.prefix = prefix;
        this.mistakes = mistakes;
    }

    /**
     * What is wrong, see {@link TogetherRules#mistakes}.
     *
     * @param values those that are right by themselves
     * @param given keys of all values
     */
    static List<Mistake> mistakes(Map<String, String> values, Set<String> given) {
        Set<Mistake> mistakes = new LinkedHashSet<>();
        names(values, given, mistakes);
        int count = OptionRules.countOfModels(given);
        for (int model = 0; model < Math.max(1, count); model++) {
            ModelRules rules = new ModelRules(values, count == 0 ? "" : OptionRules.prefixOfModel(model), mistakes);
            rules.layers();
            rules.classifier();
            rules.lateness();
            rules.holidays();
            rules.fields();
        }
        return new ArrayList<>(mistakes);
    }

    private static void names(Map<String, String> values, Set<String> given, Set<Mistake> mistakes) {
        Map<String, String> ids = new HashMap<>();
        for (int model = 0; model < OptionRules.countOfModels(given); model++) {
            String key = OptionRules.prefixOfModel(model) + ModelOptions.MODEL_ID.key();
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

    private <T> T get(Option<T> option) {
        return option.read(values.getOrDefault(key(option), option.byDefault()));
    }

    /** The key under which an option is given, if it is: that of the model, or that beside all of them. */
    private String key(Option<?> option) {
        return values.containsKey(prefix + option.key()) ? prefix + option.key() : option.key();
    }

    private void wrong(Option<?> option, String expected, Object found) {
        String key = key(option);
        mistakes.add(new Mistake(key, key + ": expected " + expected + ", found " + found));
    }

    private void layers() {
        int layers = get(ModelOptions.LAYERS);
        if (carriesNoState() && layers > 1) {
            wrong(ModelOptions.LAYERS, "1 beside model.architecture bidirectional or mlp", layers);
        }
        boolean stacked = get(ModelOptions.ARCHITECTURE) == ModelOptions.Network.STACKED;
        if (stacked && layers < 2 && values.containsKey(key(ModelOptions.LAYERS))) {
            wrong(ModelOptions.LAYERS, "2 to 4 beside model.architecture stacked", layers);
        }
    }

    private void classifier() {
        if (carriesNoState() && get(ModelOptions.CLASSIFIER)) {
            wrong(ModelOptions.CLASSIFIER, "false beside model.architecture bidirectional or mlp", true);
        }
    }

    /** Whether there is no LSTM whose state a classifier could read, and which could be stacked. */
    private boolean carriesNoState() {
        ModelOptions.Network network = get(ModelOptions.ARCHITECTURE);
        return network == ModelOptions.Network.BIDIRECTIONAL || network == ModelOptions.Network.MLP;
    }

    private void lateness() {
        Duration most = get(InputOptions.STEP).multipliedBy(MOST_LATE_STEPS);
        if (get(InputOptions.ALLOWED_LATENESS).compareTo(most) > 0) {
            String step = key(InputOptions.STEP);
            wrong(
                    InputOptions.ALLOWED_LATENESS,
                    "at most " + MOST_LATE_STEPS + " times " + step,
                    values.get(InputOptions.ALLOWED_LATENESS.key()) + " beside "
                            + values.getOrDefault(step, InputOptions.STEP.byDefault()));
        }
    }

    private void holidays() {
        String inputs = get(ModelOptions.INPUTS);
        if (NetworkInputs.asksForHolidays(InputRules.names(inputs))
                && get(ModelOptions.HOLIDAYS).isEmpty()) {
            wrong(ModelOptions.INPUTS, "model.holidays beside " + inputs, "none");
        }
    }

    /** Targets and covariates are fields, and something is left to be forecast. */
    private void fields() {
        List<String> names = InputRules.names(get(ModelOptions.FIELDS));
        boolean known = areFields(ModelOptions.TARGETS, names);
        known &= areFields(ModelOptions.COVARIATES, names);
        String covariates = get(ModelOptions.COVARIATES);
        boolean none = get(ModelOptions.TARGETS).isEmpty();
        if (known && none && InputRules.names(covariates).containsAll(names)) {
            wrong(ModelOptions.COVARIATES, "a field left to forecast, or model.targets beside it", covariates);
        }
    }

    private boolean areFields(Option<String> option, List<String> names) {
        List<String> unknown = InputRules.names(get(option)).stream()
                .filter(name -> !names.contains(name))
                .toList();
        unknown.forEach(name -> wrong(option, "some of model.fields " + names, name));
        return unknown.isEmpty();
    }
}
