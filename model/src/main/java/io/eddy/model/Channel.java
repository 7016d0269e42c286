package io.eddy.model;

import java.util.Arrays;
import java.util.Locale;

/** What may be odd about a value; each channel has a calibrated tail of its own. */
public enum Channel {
    /** One value far from its forecast. */
    SPIKE("point"),
    /** Values that stay on one side of their forecasts. */
    SHIFT("level_shift"),
    /** Errors larger than they used to be. */
    VARIANCE("variance"),
    /** The same value again and again. */
    FLAT("variance"),
    /** One value far from the mean of the last ones. */
    JUMP("point"),
    /** Values that together differ from those one season before. */
    PATTERN("trend"),
    /** A value outside of all that was seen. */
    RANGE("point"),
    /** A mean of late outside of all that was seen. */
    LEVEL("level_shift"),
    /** No reading for too long; told by time, not by a value. */
    SILENCE("missing"),
    /** More readings in a step than usual. */
    BURST("point");

    static final Channel[] ALL = values();

    private final String eventKind;

    Channel(String eventKind) {
        this.eventKind = eventKind;
    }

    /**
     * The channel of a name as the attribution of a score has it, in lower case.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Channel named(String name) {
        for (Channel channel : ALL) {
            if (channel.name().toLowerCase(Locale.ROOT).equals(name)) {
                return channel;
            }
        }
        throw new IllegalArgumentException("channels: expected all or some of "
                + Arrays.toString(ALL).toLowerCase(Locale.ROOT) + ", found " + name);
    }

    /** The kind of event that the channel opens, as written to the topic events. */
    public String eventKind() {
        return eventKind;
    }
}
