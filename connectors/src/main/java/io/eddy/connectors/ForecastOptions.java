package io.eddy.connectors;

import java.util.List;

/** Options of forecasts, scores, events and rules. */
public final class ForecastOptions {
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
    public static final Option<Integer> WARM_UP = Option.whole(
            "score.warm_up_steps",
            48,
            "steps",
            10,
            100_000,
            "Steps that a forecast has judged before a series can raise an alarm; its first eight values are judged by none.");
    public static final Option<Integer> MERGE_GAP =
            Option.whole("event.merge_gap", 6, "steps", 1, 100_000, "Normal steps in a row that end an event.");
    public static final Option<Integer> PERSISTENCE = Option.whole(
            "event.persistence",
            12,
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
    public static final Option<String> RULES_FILE = Option.path(
            "rules.file",
            "YAML file of rules that hold from the start, see rules.yaml; one of the same id on topics.rules takes its place.");

    /** All of them, in the order of the reference page. */
    static final List<Option<?>> ALL = List.of(
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
            RULES_FILE);

    private ForecastOptions() {}
}
