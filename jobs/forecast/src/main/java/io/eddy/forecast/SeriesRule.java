package io.eddy.forecast;

import io.eddy.Rule;
import io.eddy.RuleDirection;
import io.eddy.model.AlarmRule;
import io.eddy.model.Hold;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all rules that match a series come to: each field is that of the last of them, by id, that sets it; maintenance and silence hold where any
 * says so.
 */
public final class SeriesRule {
    /** The calendar of one rule. */
    record Calendar(String id, Maintenance maintenance) {}

    private final AlarmRule awake;
    private final AlarmRule silent;
    private final @Nullable String silencedBy;
    private final List<Calendar> calendars;
    private final long stepMillis;
    /** The rules that the fields are from. */
    private final Map<Hold, String> from = new EnumMap<>(Hold.class);

    /**
     * @param rules that match, by id, none of them broken
     * @param calendars of these rules
     * @param stepMillis length of a step; 0: a step is a moment
     */
    SeriesRule(List<Rule> rules, List<Calendar> calendars, long stepMillis) {
        this.calendars = calendars;
        this.stepMillis = stepMillis;
        int direction = 0;
        double absolute = 0;
        double relative = 0;
        int k = 1;
        int n = 1;
        double rate = 0;
        String silencer = null;
        for (Rule rule : rules) {
            if (rule.getDirection() != null) {
                direction = sign(rule.getDirection());
                from.put(Hold.DIRECTION, rule.getId());
            }
            if (rule.getMinDeviationAbsolute() != null) {
                absolute = rule.getMinDeviationAbsolute();
                from.put(Hold.ABSOLUTE, rule.getId());
            }
            if (rule.getMinDeviationRelative() != null) {
                relative = rule.getMinDeviationRelative();
                from.put(Hold.RELATIVE, rule.getId());
            }
            if (rule.getK() != null && rule.getN() != null) {
                k = rule.getK();
                n = rule.getN();
                from.put(Hold.K_OF_N, rule.getId());
            }
            if (rule.getFalseAlarmRate() != null) {
                rate = rule.getFalseAlarmRate();
            }
            if (rule.getSilenced()) {
                silencer = rule.getId();
            }
        }
        silencedBy = silencer;
        silent = new AlarmRule(true, direction, absolute, relative, k, n, rate);
        awake = silencer == null ? new AlarmRule(false, direction, absolute, relative, k, n, rate) : silent;
    }

    private static int sign(RuleDirection direction) {
        return switch (direction) {
            case above -> 1;
            case below -> -1;
            case both -> 0;
        };
    }

    /** The rule for a step. */
    public AlarmRule at(long startMillis) {
        return calendars.isEmpty() || inMaintenance(startMillis) == null ? awake : silent;
    }

    /** Share of normal values whose score reaches 1; the usual one where no rule says another. */
    double falseAlarmRate(double usual) {
        return awake.rate(usual);
    }

    private @Nullable String inMaintenance(long startMillis) {
        for (Calendar calendar : calendars) {
            if (calendar.maintenance().covers(startMillis, stepMillis)) {
                return calendar.id();
            }
        }
        return null;
    }

    /** The id of the rule that held the alarm of a step back. */
    String heldBy(Hold hold, long startMillis) {
        String id = hold != Hold.SILENT ? from.get(hold) : silencedBy != null ? silencedBy : inMaintenance(startMillis);
        return Objects.requireNonNull(id);
    }

    /** Why, in words. */
    String reason(Hold hold) {
        return switch (hold) {
            case NONE, EXPECTED -> throw new IllegalArgumentException("hold: expected that of a rule, found " + hold);
            case SILENT -> silencedBy != null ? "silenced" : "in maintenance";
            case DIRECTION -> "on the side that is no alarm";
            case ABSOLUTE, RELATIVE -> "the deviation is too small";
            case K_OF_N -> "too few of the last values";
        };
    }
}
