package io.eddy.forecast;

import io.eddy.Rule;
import io.eddy.connectors.SeriesPattern;
import io.eddy.connectors.StepMean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rules in force; what they come to is found once for each target of a series. A change of the rules makes a new one of these. */
public final class Rules {
    private record Compiled(Rule rule, SeriesPattern series, Maintenance maintenance) {
        boolean matches(String name, String target, Map<String, String> labels) {
            return (rule.getTarget() == null || rule.getTarget().equals(target))
                    && series.matches(name)
                    && labels.entrySet().containsAll(rule.getLabels().entrySet());
        }
    }

    /** @param rule null where no rule matches */
    private record Found(
            Map<String, String> labels, @Nullable SeriesRule rule) {}

    private final List<Compiled> byId = new ArrayList<>();
    private final long stepMillis;
    /** By target, then by series. */
    private final Map<String, Map<String, Found>> found = new HashMap<>();

    /**
     * Rules that have been checked.
     *
     * @param stepMillis length of a step; 0: a step is a moment
     * @param rules of several with the same id the last counts
     */
    public Rules(Collection<Rule> rules, long stepMillis) {
        this.stepMillis = stepMillis;
        TreeMap<String, Rule> sorted = new TreeMap<>();
        rules.forEach(rule -> sorted.put(rule.getId(), rule));
        sorted.values()
                .forEach(rule -> byId.add(new Compiled(
                        rule,
                        new SeriesPattern("rule " + rule.getId() + ": series", rule.getSeries()),
                        new Maintenance(rule.getMaintenance()))));
    }

    /** What they come to for the series and target of a step; null where none matches. */
    public @Nullable SeriesRule of(StepMean step) {
        return of(step.series(), step.target(), step.labels());
    }

    /** What they come to for a target of a series; null where none matches. */
    @Nullable
    SeriesRule of(String series, String target, Map<String, String> labels) {
        if (byId.isEmpty()) {
            return null;
        }
        Map<String, Found> bySeries = found.computeIfAbsent(target, none -> new HashMap<>());
        Found known = bySeries.get(series);
        if (known == null || !known.labels.equals(labels)) {
            known = new Found(labels, find(series, target, labels));
            bySeries.put(series, known);
        }
        return known.rule;
    }

    private @Nullable SeriesRule find(String series, String target, Map<String, String> labels) {
        List<Rule> matching = new ArrayList<>();
        List<SeriesRule.Calendar> calendars = new ArrayList<>();
        for (Compiled each : byId) {
            if (each.matches(series, target, labels)) {
                matching.add(each.rule);
                if (!each.maintenance.isNever()) {
                    calendars.add(new SeriesRule.Calendar(each.rule.getId(), each.maintenance));
                }
            }
        }
        return matching.isEmpty() ? null : new SeriesRule(matching, calendars, stepMillis);
    }
}
