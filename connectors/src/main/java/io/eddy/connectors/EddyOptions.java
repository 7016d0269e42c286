package io.eddy.connectors;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** Every option of Eddy. One file with these serves both jobs; {@code configs/reference.md} is made from this list. */
public final class EddyOptions {
    /** Where reading starts when the job has no checkpoint to go on from. */
    public enum StartFrom {
        EARLIEST,
        LATEST,
        COMMITTED
    }

    /** What a sink promises across a failure. */
    public enum Delivery {
        EXACTLY_ONCE,
        AT_LEAST_ONCE
    }

    /** What happens to a reading that no model takes. */
    public enum Unmatched {
        REJECT,
        SKIP
    }

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

    /** Options with this prefix go to the Kafka clients as they are, less the prefix. */
    public static final String KAFKA_PREFIX = "kafka.properties.";
    /** Options with this prefix go to Flink as they are, less the prefix. */
    public static final String FLINK_PREFIX = "flink.";

    private static final String TOPIC_RULE = "a Kafka topic name (letters, digits, dot, underscore, dash)";

    private static final List<String> EXPERT_NAMES = List.of(
            "last",
            "returning",
            "seasonal",
            "days",
            "profile",
            "weeks",
            "weeks-persistent",
            "autoregression",
            "direct",
            "analogs",
            "yule-walker",
            "polynomial",
            "slow-profile");

    private static final List<String> CHANNEL_NAMES =
            List.of("spike", "shift", "variance", "flat", "jump", "pattern", "range", "level", "silence", "burst");

    private static final List<String> INPUT_NAMES =
            List.of("time_since", "season_ago", "holiday", "holiday_tomorrow", "minute_sine", "minute_cosine");

    private static final String FIELD_RULE =
            "1 to 64 names of letters, digits, dots, underscores and dashes, each once, with commas between";

    public static final Option<String> BOOTSTRAP_SERVERS = Option.text(
            "kafka.bootstrap_servers",
            "localhost:9092",
            "host:port, several with commas between",
            "The Kafka brokers to ask first.",
            text -> text.matches("[^\\s,:]+:\\d+(\\s*,\\s*[^\\s,:]+:\\d+)*"));
    public static final Option<String> GROUP_ID = Option.text(
            "kafka.group_id",
            "eddy",
            "a name",
            "Consumer group, and prefix of the transactions that the sinks write in.",
            text -> !text.isBlank());
    public static final Option<Delivery> DELIVERY = Option.choice(
            "kafka.delivery",
            Delivery.class,
            Delivery.EXACTLY_ONCE,
            "exactly-once writes in Kafka transactions that end with each checkpoint; at-least-once shows outputs at once and may repeat"
                    + " some after a failure.");
    public static final Option<String> READINGS = Option.text(
            "topics.readings",
            "readings",
            "names of Kafka topics with commas between, or a regular expression between slashes",
            "Readings come from here. Topics that come to match later are found within five minutes"
                    + " (kafka.properties.partition.discovery.interval.ms).",
            ReadingTopics::isValid);
    public static final Option<String> FORECASTS = topic("forecasts", "Forecasts go here.");
    public static final Option<String> SCORES = topic("scores", "Scores go here.");
    public static final Option<String> EVENTS = topic("events", "Changes of events go here.");
    public static final Option<String> WEIGHTS = topic("weights", "Versions of the weights; make it compacted.");
    public static final Option<String> REJECTS =
            topic("rejects", "Records that cannot be read go here, with the reason.");
    public static final Option<String> FEEDBACK = topic(
            "feedback",
            "What people say about spans of series is written here; the forecast job acts on it, and the train job keeps anomalies out of training"
                    + " and fits model.classifier to it.");
    public static final Option<String> RULES =
            topic("rules", "Rules of what people want to be told come from here; make it compacted.");

    public static final Option<InputFormat> INPUT_FORMAT = Option.choice(
            "input.format",
            InputFormat.class,
            InputFormat.EDDY_AVRO,
            "What a message of the readings is: Eddy's own Avro, any Avro behind the id of its schema (Confluent's wire format), JSON, or"
                    + " lines of CSV. The other options here say where things are in the last three.");
    public static final Option<String> INPUT_EACH = Option.text(
            "input.each",
            "",
            "a path, or nothing",
            "A list in the message whose elements are readings; what an element lacks is looked for around the list. Without, the message"
                    + " is one reading, or a list of them.",
            text -> true);
    public static final Option<String> INPUT_SERIES = Option.text(
            "input.series",
            "{series}",
            "text with paths in braces",
            "Name of the series, such as {tags.host}/{name}; {*} is the name of the value where input.values takes all that are there.",
            SeriesTemplate::isWellFormed);
    public static final Option<String> INPUT_TIME = Option.text(
            "input.time",
            "event_time",
            "a path, or nothing",
            "The time of a reading; nothing: when Kafka took the message.",
            text -> true);
    public static final Option<FieldTime> INPUT_TIME_UNIT = Option.choice(
            "input.time_unit",
            FieldTime.class,
            FieldTime.AUTO,
            "Unit of times that are numbers; auto goes by their size: below 1e11 seconds, below 1e14 milliseconds, below 1e17 microseconds."
                    + " Texts are ISO 8601, UTC where they name no offset.");
    public static final Option<String> INPUT_VALUES = Option.text(
            "input.values",
            "values",
            "paths with commas between, or one that ends with .*",
            "The values of a reading, in the order of the model's fields. A path that ends with .* makes a reading of every number there.",
            text -> !text.isBlank() && (!text.contains("*") || text.matches("[^,*]+\\.\\*")));
    public static final Option<String> INPUT_LABELS = Option.text(
            "input.labels",
            "labels.*",
            "paths with commas between, or nothing",
            "The labels of a reading; .* at the end of a path takes all that are there. They may be missing.",
            text -> true);
    public static final Option<String> INPUT_COLUMNS = Option.text(
            "input.columns",
            "series,event_time,values",
            "names with commas between",
            "What the cells of a line of CSV are called; a line that repeats the names is passed over.",
            text -> !text.isBlank());
    public static final Option<String> INPUT_DELIMITER = Option.text(
            "input.delimiter",
            ",",
            "one character, or tab",
            "What stands between the cells of a line of CSV.",
            text -> (text.length() == 1 && !text.equals("\"")) || text.equals("tab"));
    public static final Option<Integer> INPUT_MAX_BYTES = Option.whole(
            "input.max_bytes",
            1 << 20,
            "bytes",
            100,
            100_000_000,
            "A larger message is rejected unread; Kafka's own limit is a megabyte unless somebody has changed it.");
    public static final Option<Unmatched> INPUT_UNMATCHED = Option.choice(
            "input.unmatched",
            Unmatched.class,
            Unmatched.REJECT,
            "What happens to a reading whose series no model's model.series matches: it is rejected, or skipped and counted.");
    public static final Option<OutputFormat> OUTPUT_FORMAT = Option.choice(
            "output.format",
            OutputFormat.class,
            OutputFormat.EDDY_AVRO,
            "How scores, forecasts, events and rejects are written: Eddy's own Avro, the same behind the id of its schema, or JSON.");
    public static final Option<String> REGISTRY_URL = Option.text(
            "registry.url",
            "",
            "http(s)://host:port/path without user and password, or nothing",
            "The schema registry, up to what stands before /schemas and /subjects.",
            text -> text.isEmpty() || text.matches("https?://[^\\s@/?#]+(/[^\\s@?#]*)?"));
    public static final Option<String> REGISTRY_USER =
            Option.text("registry.user", "", "a name, or nothing", "Who asks it; nothing: no log-in.", text -> true);
    public static final Option<String> REGISTRY_PASSWORD = Option.secret(
            "registry.password",
            "Where the password is, on every TaskManager. ${directory:...} reads a whole file, ${file:...} a key of a properties file.");
    public static final Option<Duration> REGISTRY_PATIENCE = Option.duration(
            "registry.patience",
            "10s",
            "0ms",
            "5m",
            "How long a registry is waited for that does not answer; then what needs an unknown schema is rejected until it does.");

    public static final Option<StartFrom> START_FROM = Option.choice(
            "readings.start_from",
            StartFrom.class,
            StartFrom.COMMITTED,
            "Where reading starts without a checkpoint; committed falls back to earliest.");
    public static final Option<Duration> STEP = Option.duration(
            "readings.step",
            "1m",
            "0ms",
            "31d",
            "Length of a step; the readings of a series within it are averaged. 0ms: every reading is a step.");
    public static final Option<Duration> OUT_OF_ORDERNESS = Option.duration(
            "readings.out_of_orderness",
            "5s",
            "0ms",
            "31d",
            "How far behind the newest reading of a partition one may come.");
    public static final Option<Duration> ALLOWED_LATENESS = Option.duration(
            "readings.allowed_lateness",
            "0ms",
            "0ms",
            "31d",
            "How long after its step was closed a reading corrects the score of the step, at most 64 steps; one that comes later is told LATE."
                    + " Each step within it takes 45 bytes of a series' memory.");
    public static final Option<Duration> IDLE_AFTER = Option.duration(
            "readings.idle_after",
            "10s",
            "100ms",
            "1d",
            "A partition silent for so long no longer holds the others back.");
    public static final Option<Duration> MAX_AHEAD = Option.duration(
            "readings.max_ahead",
            "1h",
            "0ms",
            "36500d",
            "A reading further ahead of the clock is rejected, for it would make all others late.");

    public static final Option<String> MODEL_ID = Option.text(
            "model.id", "default", "a name", "Which weights of the topic weights are used.", text -> !text.isBlank());
    public static final Option<String> MODEL_SERIES = Option.text(
            "model.series",
            ".*",
            "a regular expression",
            "The model takes the series whose whole name this matches; of several models under models, the first that does.",
            Routing::isPattern);
    public static final Option<String> FIELDS = Option.text(
            "model.fields",
            "value",
            FIELD_RULE,
            "The values of a reading by name, in their order. A reading with more or fewer of them has status BAD_INPUT.",
            EddyOptions::areFields);
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
    public static final Option<Network> ARCHITECTURE = Option.choice(
            "model.architecture",
            Network.class,
            Network.VANILLA,
            "The network: an LSTM with a head for the whole horizon (vanilla; stacked: 2 layers or more), one behind a causal convolution, one"
                    + " whose decoder unrolls the horizon, one forwards and one backwards over the last steps, sampled futures of a decoder, or a"
                    + " window MLP to compare with. The README has what each costs.");
    public static final Option<Integer> HIDDEN =
            Option.multiple("model.hidden", 64, "numbers", 4, 1024, "Size of the LSTM's hidden state.");
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
    public static final Option<String> HOLIDAYS = Option.text(
            "model.holidays",
            "",
            "a path, or nothing",
            "File of the holidays that model.inputs holiday and holiday_tomorrow go by: one ISO date such as 2026-12-25 a line, # before a"
                    + " comment; read when the job starts.",
            text -> true);
    public static final Option<String> TIME_ZONE = Option.text(
            "model.time_zone",
            "UTC",
            "a time zone such as Europe/Berlin",
            "Where the holidays begin and end.",
            EddyOptions::isZone);
    public static final Option<OnNewWeights> ON_NEW_WEIGHTS = Option.choice(
            "model.on_new_weights",
            OnNewWeights.class,
            OnNewWeights.CARRY,
            "What becomes of the hidden state of a series when the weights change: it stays, is halved, or is made anew by replaying the"
                    + " last 48 steps. memory_version of a score names the version it was last started for.");
    public static final Option<Boolean> CLASSIFIER = Option.flag(
            "model.classifier",
            false,
            "Whether the train job fits an output of the network that tells anomalous steps from normal ones, to the spans that people speak of"
                    + " on topics.feedback; forecasts stay as they are. Weights that have one make the forecast job write anomaly_probability."
                    + " Not with model.architecture bidirectional or mlp, which carry no state from step to step.");
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
    public static final Option<Integer> HORIZON =
            Option.whole("forecast.horizon", 24, "steps", 1, 336, "How far ahead is forecast.");
    public static final Option<String> THRESHOLD = Option.text(
            "forecast.threshold",
            "",
            "above or below and a number, or nothing",
            "A level that series should not reach: forecasts say when their median does (threshold_eta_seconds) and how likely it is"
                    + " (threshold_probability): from the paths of model.architecture generative, else that of the likeliest step, which is the least"
                    + " it can be. A label eddy.threshold of a reading sets it for its series.",
            text -> text.isEmpty() || text.matches("(above|below)\\s+[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?"));
    public static final Option<String> EXPERTS = Option.text(
            "forecast.experts",
            "lean",
            "lean, full, or some of " + String.join(", ", EXPERT_NAMES) + " with commas between",
            "The simple forecasts whose mixture the network corrects; lean takes about 350 bytes of a series, full adds polynomial, 53 kB for series that follow a nonlinear law, chaotic ones too, slow-profile, 2 kB for a season that changes slowly, and a correction of their mixture, 5 kB.",
            text -> text.matches("lean|full") || EXPERT_NAMES.containsAll(List.of(text.split("\\s*,\\s*", -1))));
    public static final Option<Integer> EMIT_EVERY = Option.whole(
            "forecast.emit_every",
            1,
            "steps",
            1,
            100_000,
            "Every so many steps of a series a forecast is written, where forecast.emit_on is step.");
    public static final Option<EmitOn> EMIT_ON = Option.choice(
            "forecast.emit_on",
            EmitOn.class,
            EmitOn.STEP,
            "What a forecast is written for: the steps, or only anomalous ones and those whose newest reading asks for it by a label eddy.forecast.");
    public static final Option<Double> FALSE_ALARM_RATE = Option.number(
            "score.false_alarm_rate",
            1e-4,
            "share of points",
            1e-9,
            0.019,
            "How often a normal point may reach a score of 1.");
    public static final Option<String> CHANNELS = Option.text(
            "score.channels",
            "all",
            "all, or some of " + String.join(", ", CHANNEL_NAMES) + " with commas between",
            "What a series is watched for; see docs/scores.md for what each is worth.",
            text -> text.equals("all") || CHANNEL_NAMES.containsAll(List.of(text.split("\\s*,\\s*", -1))));
    public static final Option<Integer> WARM_UP =
            Option.whole("score.warm_up_steps", 48, "steps", 10, 100_000, "Steps before a series can raise an alarm.");
    public static final Option<Integer> MERGE_GAP =
            Option.whole("event.merge_gap", 6, "steps", 1, 100_000, "Normal steps in a row that end an event.");
    public static final Option<Integer> PERSISTENCE = Option.whole(
            "event.persistence",
            3,
            "steps",
            1,
            100_000,
            "Anomalous steps in a row after which what happens is learnt; if they were alike, it is a new level and the normal one at once.");
    public static final Option<Integer> SILENCE_STEPS = Option.whole(
            "event.silence_steps",
            12,
            "steps",
            0,
            100_000,
            "A series is silent after so many steps without a reading, or three times its longest gap of late if that is more; 0: never."
                    + " It needs readings.step.");

    public static final Option<String> RULES_FILE = Option.text(
            "rules.file",
            "",
            "a path, or nothing",
            "YAML file of rules that hold from the start, see rules.yaml; one of the same id on topics.rules takes its place.",
            text -> true);

    public static final Option<Integer> WINDOW_STEPS = Option.whole(
            "train.window_steps",
            48,
            "steps",
            8,
            1024,
            "Length of a training window; at least twice forecast.horizon is taken.");
    public static final Option<Integer> RESERVOIR =
            Option.whole("train.reservoir", 2000, "windows", 100, 1_000_000, "Recent windows kept to train on.");
    public static final Option<Integer> ROUND_WINDOWS = Option.whole(
            "train.round_windows",
            100,
            "windows",
            20,
            1_000_000,
            "New windows that start a round; a round also waits for a quarter of the windows seen so far, at most the reservoir.");
    public static final Option<Duration> ROUND_INTERVAL = Option.duration(
            "train.round_interval",
            "0ms",
            "0ms",
            "366d",
            "Event time after which a round starts with fewer new windows, at least 20; 0ms: never. Drift starts one too: the rolling"
                    + " loss of the weights in use has left its band, and half of train.round_windows have come since.");
    public static final Option<Integer> BATCHES =
            Option.whole("train.batches", 30, "batches", 1, 1_000_000, "Batches of a round.");
    public static final Option<Integer> BATCH_SIZE =
            Option.whole("train.batch_size", 64, "windows", 1, 4096, "Windows of a batch.");
    public static final Option<Double> LEARNING_RATE = Option.number(
            "train.learning_rate",
            0.005,
            "",
            1e-7,
            1,
            "Step size of the Adam optimiser; several trainers take it times the square root of their number.");
    public static final Option<Double> REHEARSAL = Option.number(
            "train.rehearsal",
            0.2,
            "",
            0,
            0.9,
            "Share of generated series in what is trained on where the weights to go on from know them, so that they are not forgotten.");
    public static final Option<Integer> TRAINERS = Option.whole(
            "train.trainers",
            1,
            "subtasks",
            1,
            64,
            "Trainers among which the windows of a round are dealt; their weights are averaged. The job needs as many slots, and its rounds"
                    + " wait for a checkpoint each.");
    public static final Option<Duration> TRAINER_TIMEOUT = Option.duration(
            "train.trainer_timeout",
            "10m",
            "1s",
            "7d",
            "How long one of several trainers may take for a round; then the round ends without its share.");
    public static final Option<Integer> SEED = Option.whole(
            "train.seed", 1, "", 0, Integer.MAX_VALUE, "Seed of the first weights and of the order of windows.");

    public static final Option<String> STORE_URL = Option.text(
            "store.url",
            "",
            "jdbc:postgresql://host:port/database without user and password, or nothing",
            "The Postgres that the store job writes to; empty: there is no store.",
            text -> text.isEmpty()
                    || (text.matches("jdbc:postgresql://[^\\s/@]+/[^\\s/@]+")
                            && !text.matches(".*[?&](user|password)=.*")));
    public static final Option<String> STORE_USER =
            Option.text("store.user", "eddy", "a name", "Who writes to it.", text -> !text.isBlank());
    public static final Option<String> STORE_PASSWORD_FILE = Option.text(
            "store.password_file",
            "",
            "a path, or nothing",
            "File with the password and nothing else, on every TaskManager; without, the environment variable EDDY_STORE_PASSWORD"
                    + " of the TaskManagers holds it.",
            text -> true);
    public static final Option<Boolean> STORE_CREATE_TABLES = Option.flag(
            "store.create_tables",
            true,
            "Run docker/postgres/tables.sql at the start; false: somebody else has, and granted docker/postgres/roles.sql.");
    public static final Option<Integer> STORE_BATCH_ROWS =
            Option.whole("store.batch_rows", 1000, "rows", 1, 100_000, "Rows that are written at once.");
    public static final Option<Duration> STORE_FLUSH_INTERVAL = Option.duration(
            "store.flush_interval",
            "1s",
            "10ms",
            "1h",
            "A row waits no longer than this for others to fill the batch.");
    public static final Option<Duration> STORE_PARTITION = Option.duration(
            "store.partition",
            "1d",
            "1d",
            "366d",
            "Time that a partition of the tables holds, in whole days; for years of old data take 30d or more.");
    public static final Option<Duration> STORE_RETENTION = Option.duration(
            "store.retention",
            "0ms",
            "0ms",
            "36500d",
            "Rows older than this are dropped, partition by partition, and no longer stored; 0ms keeps all.");

    /** All of them, in the order of the reference page. */
    public static final List<Option<?>> ALL = List.of(
            BOOTSTRAP_SERVERS,
            GROUP_ID,
            DELIVERY,
            READINGS,
            FORECASTS,
            SCORES,
            EVENTS,
            WEIGHTS,
            REJECTS,
            FEEDBACK,
            RULES,
            INPUT_FORMAT,
            INPUT_EACH,
            INPUT_SERIES,
            INPUT_TIME,
            INPUT_TIME_UNIT,
            INPUT_VALUES,
            INPUT_LABELS,
            INPUT_COLUMNS,
            INPUT_DELIMITER,
            INPUT_MAX_BYTES,
            INPUT_UNMATCHED,
            OUTPUT_FORMAT,
            REGISTRY_URL,
            REGISTRY_USER,
            REGISTRY_PASSWORD,
            REGISTRY_PATIENCE,
            START_FROM,
            STEP,
            OUT_OF_ORDERNESS,
            ALLOWED_LATENESS,
            IDLE_AFTER,
            MAX_AHEAD,
            MODEL_ID,
            MODEL_SERIES,
            FIELDS,
            TARGETS,
            COVARIATES,
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
            SHADOW_INTERVAL,
            SEASON,
            HORIZON,
            THRESHOLD,
            EXPERTS,
            EMIT_EVERY,
            EMIT_ON,
            FALSE_ALARM_RATE,
            CHANNELS,
            WARM_UP,
            MERGE_GAP,
            PERSISTENCE,
            SILENCE_STEPS,
            RULES_FILE,
            WINDOW_STEPS,
            RESERVOIR,
            ROUND_WINDOWS,
            ROUND_INTERVAL,
            BATCHES,
            BATCH_SIZE,
            LEARNING_RATE,
            REHEARSAL,
            TRAINERS,
            TRAINER_TIMEOUT,
            SEED,
            STORE_URL,
            STORE_USER,
            STORE_PASSWORD_FILE,
            STORE_CREATE_TABLES,
            STORE_BATCH_ROWS,
            STORE_FLUSH_INTERVAL,
            STORE_PARTITION,
            STORE_RETENTION);

    private EddyOptions() {}

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

    private static Option<String> topic(String name, String sentence) {
        return Option.text("topics." + name, name, TOPIC_RULE, sentence, text -> text.matches("[a-zA-Z0-9._-]{1,249}"));
    }
}
