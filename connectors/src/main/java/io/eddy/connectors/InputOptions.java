package io.eddy.connectors;

import java.time.Duration;
import java.util.List;

/** Options of what readings and outputs look like, and of how readings become steps. */
public final class InputOptions {
    /** Where reading starts when the job has no checkpoint to go on from. */
    public enum StartFrom {
        EARLIEST,
        LATEST,
        COMMITTED
    }

    /** What happens to a reading that no model takes. */
    public enum Unmatched {
        REJECT,
        SKIP
    }

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
            "Unit of times that are numbers; auto goes by their size: below 1e11 seconds, below 1e14 milliseconds, below 1e17 microseconds,"
                    + " but 20240131 is that day, 20240131093000 that second, and a year alone, or 202401310930, is rejected, for it may be as many seconds, or milliseconds. Texts are ISO 8601, UTC where"
                    + " they name no offset.");
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
            "How long a registry is waited for that does not answer; then readings with an unknown schema are rejected until it does, and the store job starts again.");
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
            "Length of a step; the readings of a series within it are averaged. 0ms: every reading is a step. A job that goes on from"
                    + " a checkpoint with another one begins anew with every series.");
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
            "10m",
            "0ms",
            "36500d",
            "A reading further ahead of the clock is rejected, for it would make all others late.");
    public static final Option<Duration> FORGET_AFTER = Option.duration(
            "readings.forget_after",
            "0ms",
            "0ms",
            "36500d",
            "A series without a reading for so long, by event time, is forgotten, and its open event closed; 0ms: never."
                    + " Where names change, as those of containers do, what is kept of them grows without it.");

    public static final Option<Integer> MAX_SERIES = Option.whole(
            "readings.max_series",
            0,
            "series",
            0,
            1_000_000_000,
            "Of about so many series and targets at most each model keeps a memory, where state is on the heap; a reading of one more has status"
                    + " BAD_INPUT until others are forgotten. 0: no bound, and a producer whose names are new each time fills the heap.");

    /** All of them, in the order of the reference page. */
    static final List<Option<?>> ALL = List.of(
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
            FORGET_AFTER,
            MAX_SERIES);

    private InputOptions() {}
}
