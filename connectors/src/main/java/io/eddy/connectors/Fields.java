package io.eddy.connectors;

import io.eddy.Reading;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.util.Collector;

/**
 * What the values of a reading are, in their order: targets are forecast and scored each by itself, covariates enter the network of every target,
 * others are passed over.
 *
 * <p>Each target of a series has a key, and so a memory, of its own. That of the first target is the name of the series.
 */
public final class Fields implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Between series and target in a key. {@link ReadingRule} keeps it out of the names of series. */
    static final char SEPARATOR = '\0';

    /** One value, which is the target. */
    public static final Fields ONE = new Fields(List.of(ModelOptions.FIELDS.byDefault()), List.of(), List.of(), false);

    private final List<String> names;
    private final List<String> targets;
    private final List<String> covariates;
    private final boolean counters;
    private final int[] targetPlaces;
    private final int[] covariatePlaces;

    /**
     * Fields by name; the rules of the options keep them in order.
     *
     * @param targets some of the names; none: all that are no covariates
     * @param covariates some of the names
     * @param counters whether the targets are
     */
    Fields(List<String> names, List<String> targets, List<String> covariates, boolean counters) {
        this.names = List.copyOf(names);
        this.covariates = List.copyOf(covariates);
        this.targets = targets.isEmpty()
                ? names.stream().filter(name -> !covariates.contains(name)).toList()
                : List.copyOf(targets);
        this.counters = counters;
        targetPlaces = this.targets.stream().mapToInt(names::indexOf).toArray();
        covariatePlaces = this.covariates.stream().mapToInt(names::indexOf).toArray();
    }

    /** Those of a model. */
    public static Fields of(Options options) {
        return new Fields(
                InputRules.names(options.get(ModelOptions.FIELDS)),
                InputRules.names(options.get(ModelOptions.TARGETS)),
                InputRules.names(options.get(ModelOptions.COVARIATES)),
                options.get(ModelOptions.COUNTER));
    }

    /** All of them, in the order of a reading's values. */
    public List<String> names() {
        return names;
    }

    /** Those that are forecast and scored, at least one. */
    public List<String> targets() {
        return targets;
    }

    /** Those that enter the network of every target. */
    public List<String> covariates() {
        return covariates;
    }

    /** Whether the targets are counters, so that what they grow by in a step is judged. */
    public boolean areCounters() {
        return counters;
    }

    /** What each target sees of a reading; one observation with the fault where no model can use the reading. */
    public void observe(Reading reading, Collector<Observation> out) {
        String fault = ReadingRule.fault(reading, names);
        if (fault != null) {
            double value = reading.getValues().size() > targetPlaces[0]
                    ? reading.getValues().get(targetPlaces[0])
                    : Double.NaN;
            out.collect(Observation.of(ReadingRule.shown(reading), 0, value, Observation.NO_COVARIATES, fault));
            return;
        }
        double[] values = covariatePlaces.length == 0 ? Observation.NO_COVARIATES : new double[covariatePlaces.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = reading.getValues().get(covariatePlaces[k]);
        }
        for (int k = 0; k < targetPlaces.length; k++) {
            out.collect(Observation.of(reading, k, reading.getValues().get(targetPlaces[k]), values, null));
        }
    }

    /** The key of an observation: that of its series and target. */
    public String key(Observation observation) {
        return key(observation.series, observation.target);
    }

    /** The key of a series and one of the {@link #targets}, by its place. */
    public String key(String series, int target) {
        return target == 0 ? series : series + SEPARATOR + targets.get(target);
    }

    /** The key of a series and one of the {@link #targets}, by its name. */
    public String key(String series, String target) {
        return target.equals(targets.get(0)) ? series : series + SEPARATOR + target;
    }

    /** The series that a key belongs to. */
    public static String series(String key) {
        int end = key.indexOf(SEPARATOR);
        return end < 0 ? key : key.substring(0, end);
    }

    /** The target that a key belongs to. */
    public String target(String key) {
        int end = key.indexOf(SEPARATOR);
        return end < 0 ? targets.get(0) : key.substring(end + 1);
    }

    /** Whether it is the key of the first target. */
    public static boolean isFirst(String key) {
        return key.indexOf(SEPARATOR) < 0;
    }

    /** A key for people and files: the series, and behind a stroke the target where it is not the first. */
    public static String shown(String key) {
        return key.replace(SEPARATOR, '|');
    }

    /** The values of the covariates among those of all fields. */
    public double[] covariates(double[] values) {
        double[] chosen = covariatePlaces.length == 0 ? Observation.NO_COVARIATES : new double[covariatePlaces.length];
        for (int k = 0; k < chosen.length; k++) {
            chosen[k] = values[covariatePlaces[k]];
        }
        return chosen;
    }

    /** Place of one of the {@link #targets} among all fields. */
    public int place(int target) {
        return targetPlaces[target];
    }
}
