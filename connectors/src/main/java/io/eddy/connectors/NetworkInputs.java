package io.eddy.connectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What enters the network beside the usual inputs, as the options have it.
 *
 * @param names of {@code model.inputs}, in their order, then those of {@code model.covariates}
 * @param holidays of the file {@code model.holidays}; none where no input asks for them
 * @param zone where these days begin and end
 */
public record NetworkInputs(List<String> names, Set<LocalDate> holidays, ZoneId zone) {
    /** Inputs with this prefix need the holidays. */
    private static final String HOLIDAY = "holiday";

    /** Before the name of a covariate whose value, or whose mask, an input is. */
    private static final String FIELD = "field:";

    private static final String MASK = "mask:";

    /**
     * Reads them, and the file where it is needed.
     *
     * @throws IllegalArgumentException if the file cannot be read, has no date, or a line that is none
     */
    public static NetworkInputs of(Options options) {
        List<String> names = names(options);
        Set<LocalDate> holidays = asksForHolidays(names) ? read(Path.of(options.get(ModelOptions.HOLIDAYS))) : Set.of();
        return new NetworkInputs(names, holidays, ZoneId.of(options.get(ModelOptions.TIME_ZONE)));
    }

    /** The names alone: those that were asked for, then the value and the mask of each covariate. */
    public static List<String> names(Options options) {
        List<String> names = new ArrayList<>(InputRules.names(options.get(ModelOptions.INPUTS)));
        for (String covariate : Fields.of(options).covariates()) {
            names.add(FIELD + covariate);
            names.add(MASK + covariate);
        }
        return List.copyOf(names);
    }

    static boolean asksForHolidays(List<String> names) {
        return names.stream().anyMatch(name -> name.startsWith(HOLIDAY));
    }

    /** The dates of a file. */
    static Set<LocalDate> read(Path file) {
        List<String> mistakes = new ArrayList<>();
        Set<LocalDate> dates = read(file, mistakes);
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(mistakes.get(0));
        }
        return dates;
    }

    /** Everything that is wrong with a file of dates; nothing where it is right. */
    static List<String> mistakes(Path file) {
        List<String> mistakes = new ArrayList<>();
        read(file, mistakes);
        return mistakes;
    }

    private static Set<LocalDate> read(Path file, List<String> mistakes) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            mistakes.add("model.holidays: expected a readable file, found " + ConfigFile.unreadable(file, e));
            return Set.of();
        }
        Set<LocalDate> dates = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i).replaceFirst("#.*", "").strip();
            try {
                if (!text.isEmpty()) {
                    dates.add(LocalDate.parse(text));
                }
            } catch (DateTimeParseException e) {
                mistakes.add("model.holidays: expected an ISO date such as 2026-12-25, found " + Shown.of(text) + " ("
                        + file + " line " + (i + 1) + ")");
            }
        }
        if (dates.isEmpty() && mistakes.isEmpty()) {
            mistakes.add("model.holidays: expected at least one date, found none (" + file + ")");
        }
        return dates;
    }
}
