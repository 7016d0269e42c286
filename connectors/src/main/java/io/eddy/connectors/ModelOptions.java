package io.eddy.connectors;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** Options of which series a model takes, and of its network. */
public final class ModelOptions {
    /** What becomes of a series' state when the weights change. */
    public enum OnNewWeights {
        CARRY,
        DECAY,
        REWARM
    }

    /** How the layers of the network are put together. */
    public enum Network {
        VANILLA,
        STACKED,
        CNN_LSTM,
        ENCODER_DECODER,
        BIDIRECTIONAL,
        GENERATIVE,
        MLP
    }

    private static final List<String> INPUT_NAMES =
            List.of("time_since", "season_ago", "holiday", "holiday_tomorrow", "minute_sine", "minute_cosine");

    private static final String FIELD_RULE =
            "1 to 64 names of letters, digits, dots, underscores and dashes, each once, with commas between";

    public static final Option<String> MODEL_ID = Option.text(
            "model.id", "default", "a name", "Which weights of the topic weights are used.", text -> !text.isBlank());
    public static final Option<String> MODEL_SERIES = Option.text(
            "model.series",
            ".*",
            "a regular expression",
            "The model takes the series whose whole name this matches; of several models under models, the first that does.",
            text -> !text.isEmpty() && SeriesPattern.isOne(text));
    public static final Option<String> FIELDS = Option.text(
            "model.fields",
            "value",
            FIELD_RULE,
            "The values of a reading by name, in their order. A reading with more or fewer of them has status BAD_INPUT.",
            ModelOptions::areFields);
    public static final Option<String> TARGETS = Option.text(
            "model.targets",
            "",
            "some of model.fields with commas between, or nothing",
            "The fields that are forecast and scored, each with a memory of its own; nothing: all that are no covariates. The first has the memory"
                    + " that goes by the name of the series alone, so others come after it.",
            text -> text.isEmpty() || areFields(text));
    public static final Option<String> COVARIATES = Option.text(
            "model.covariates",
            "",
            "some of model.fields with commas between, or nothing",
            "The fields whose values enter the network of every target, each with a mask that is 0 where the value is missing. A field that is"
                    + " neither target nor covariate is passed over.",
            text -> text.isEmpty() || areFields(text));
    public static final Option<Boolean> COUNTER = Option.flag(
            "model.counter",
            false,
            "Whether the targets are counters, which only grow, such as bytes_total: what is scored, forecast, learnt and trained on is what they grow"
                    + " by in a step, from the highest value of the step before to its own; what is less than in the step before has begun anew"
                    + " at 0. The first value of a series says nothing of that; after steps without a value it is the growth per step. A late"
                    + " reading corrects nothing. A job that goes on from a checkpoint with another setting begins anew with every series.");
    public static final Option<Network> ARCHITECTURE = Option.choice(
            "model.architecture",
            Network.class,
            Network.VANILLA,
            "The network: an LSTM with a head for the whole horizon (vanilla; stacked: 2 layers or more), one behind a causal convolution, one"
                    + " whose decoder unrolls the horizon, one forwards and one backwards over the last steps, sampled futures of a decoder, or a"
                    + " window MLP to compare with. docs/benchmarks.md has what each costs.");
    public static final Option<Integer> HIDDEN = Option.multiple(
            "model.hidden",
            64,
            "numbers",
            4,
            1024,
            "Size of the LSTM's hidden state. With --add-modules jdk.incubator.vector training is about twice as fast (512-bit vectors)"
                    + " where this is a multiple of 16 and train.batch_size one of 4; other sizes train with OpenBLAS.");
    public static final Option<Integer> LAYERS =
            Option.whole("model.layers", 1, "layers", 1, 4, "Stacked LSTM layers; stacked has at least 2.");
    public static final Option<Double> DROPOUT = Option.number(
            "model.dropout",
            0,
            "share of values",
            0,
            0.9,
            "What training leaves out at random between stacked layers.");
    public static final Option<Integer> KERNEL_STEPS = Option.whole(
            "model.kernel_steps", 4, "steps", 2, 64, "Width of the convolution of model.architecture cnn-lstm.");
    public static final Option<Integer> ENCODER_STEPS = Option.whole(
            "model.encoder_steps",
            24,
            "steps",
            2,
            336,
            "Last steps that model.architecture bidirectional, or mlp, reads for each forecast; a series remembers their inputs.");
    public static final Option<Integer> PATHS = Option.whole(
            "model.paths", 64, "paths", 10, 1000, "Sampled futures of each forecast of model.architecture generative.");
    public static final Option<String> INPUTS = Option.text(
            "model.inputs",
            "",
            "some of " + String.join(", ", INPUT_NAMES) + " with commas between, or nothing",
            "What enters the network beside change, level, season, mask, time of day and of week: the steps without a value just before, the"
                    + " value one season ago, whether it is a holiday, or the day before one, the minute of the hour on a circle. Weights that know"
                    + " fewer of them are widened.",
            text -> text.isEmpty() || isSomeOf(INPUT_NAMES, text));
    public static final Option<String> HOLIDAYS = Option.path(
            "model.holidays",
            "File of the holidays that model.inputs holiday and holiday_tomorrow go by: one ISO date such as 2026-12-25 a line, # before a"
                    + " comment; read when the job starts.");
    public static final Option<String> TIME_ZONE = Option.text(
            "model.time_zone",
            "UTC",
            "a time zone such as Europe/Berlin",
            "Where the holidays begin and end.",
            ModelOptions::isZone);
    public static final Option<OnNewWeights> ON_NEW_WEIGHTS = Option.choice(
            "model.on_new_weights",
            OnNewWeights.class,
            OnNewWeights.CARRY,
            "What becomes of the hidden state of a series when the weights change: it stays, is halved, or is made anew by replaying the"
                    + " last 48 steps, in which covariates count as missing, for their past is not remembered. memory_version of a score names the version it was last started for.");
    public static final Option<Boolean> CLASSIFIER = Option.flag(
            "model.classifier",
            false,
            "Whether the train job fits an output of the network that tells anomalous steps from normal ones, to the spans that people speak of"
                    + " on topics.feedback; forecasts stay as they are. Weights that have one make the forecast job write anomaly_probability."
                    + " Not with model.architecture bidirectional or mlp, which carry no state from step to step.");
    public static final Option<Duration> STALE_AFTER = Option.duration(
            "model.stale_after",
            "0ms",
            "0ms",
            "36500d",
            "A step that is so long after the newest data that the weights were made of has status STALE_MODEL in place of NORMAL; 0ms: never."
                    + " Weights that ship, or were imported, have no age.");
    public static final Option<Duration> SHADOW_INTERVAL = Option.duration(
            "model.shadow_interval",
            "1m",
            "1s",
            "1d",
            "How often, at most, the rolling error of a shadow (eddy weights shadow) is written to its record on the topic weights.");
    public static final Option<Integer> SEASON = Option.whole(
            "model.season",
            0,
            "steps",
            0,
            335,
            "The season; 0 finds it from the values, among an hour, a day and a week.");

    /** All of them, in the order of the reference page. */
    static final List<Option<?>> ALL = List.of(
            MODEL_ID,
            MODEL_SERIES,
            FIELDS,
            TARGETS,
            COVARIATES,
            COUNTER,
            ARCHITECTURE,
            HIDDEN,
            LAYERS,
            DROPOUT,
            KERNEL_STEPS,
            ENCODER_STEPS,
            PATHS,
            INPUTS,
            HOLIDAYS,
            TIME_ZONE,
            ON_NEW_WEIGHTS,
            CLASSIFIER,
            STALE_AFTER,
            SHADOW_INTERVAL,
            SEASON);

    private ModelOptions() {}

    private static boolean isSomeOf(List<String> names, String text) {
        List<String> found = InputRules.split(text);
        return names.containsAll(found) && Set.copyOf(found).size() == found.size();
    }

    private static boolean areFields(String text) {
        List<String> found = InputRules.split(text);
        return found.stream().allMatch(name -> name.matches("[a-zA-Z0-9._-]{1,100}"))
                && found.size() <= 64
                && Set.copyOf(found).size() == found.size();
    }

    private static boolean isZone(String text) {
        try {
            return !text.isEmpty() && ZoneId.of(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
