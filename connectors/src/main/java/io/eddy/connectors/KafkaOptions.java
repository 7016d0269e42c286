package io.eddy.connectors;

import java.util.List;

/** Options of the brokers and of the topics. */
public final class KafkaOptions {
    /** What a sink promises across a failure. */
    public enum Delivery {
        EXACTLY_ONCE,
        AT_LEAST_ONCE
    }

    /** How the transactions of an exactly-once sink are named, and those found that a run before left open. */
    public enum Transactions {
        INCREMENTING,
        POOLING
    }

    /** Options with this prefix go to the Kafka clients as they are, less the prefix. */
    public static final String KAFKA_PREFIX = "kafka.properties.";

    private static final String TOPIC_RULE =
            "a Kafka topic name (letters, digits, dot, underscore, dash, but not . or ..)";

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
    public static final Option<Transactions> TRANSACTIONS = Option.choice(
            "kafka.transactions",
            Transactions.class,
            Transactions.INCREMENTING,
            "incrementing takes a new transactional id with each checkpoint; pooling takes a few again and again and ends what any run before has left"
                    + " open, but needs Kafka 3.0 and the right to read the topics that are written, and there is no way back with a checkpoint.");
    public static final Option<String> READINGS = Option.text(
            "topics.readings",
            "readings",
            "names of Kafka topics with commas between, or a regular expression between slashes",
            "Readings come from here. Topics that come to match later, and new partitions, are found within half a minute"
                    + " (kafka.properties.partition.discovery.interval.ms). What comes to a topic of the checkpoint that is named no longer is passed"
                    + " over.",
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

    /** All of them, in the order of the reference page. */
    static final List<Option<?>> ALL = List.of(
            BOOTSTRAP_SERVERS,
            GROUP_ID,
            DELIVERY,
            TRANSACTIONS,
            READINGS,
            FORECASTS,
            SCORES,
            EVENTS,
            WEIGHTS,
            REJECTS,
            FEEDBACK,
            RULES);

    /** The topics but those of the readings, each of one name. */
    public static final List<Option<String>> OTHER_TOPICS =
            List.of(FORECASTS, SCORES, EVENTS, WEIGHTS, REJECTS, FEEDBACK, RULES);

    private KafkaOptions() {}

    private static Option<String> topic(String name, String sentence) {
        return Option.text("topics." + name, name, TOPIC_RULE, sentence, ReadingTopics::isName);
    }
}
