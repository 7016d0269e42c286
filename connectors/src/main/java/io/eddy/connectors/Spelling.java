package io.eddy.connectors;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;

/** Which known name was likely meant by an unknown one. */
public final class Spelling {
    /** Letters that are wrong, missing or too many; one swapped pair is two. */
    private static final int SLIP = 2;
    /** Of shorter names two letters are too much of them. */
    private static final int SHORTEST = 8;

    private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

    private Spelling() {}

    /**
     * The name that is like it most.
     *
     * @param known one or more
     */
    public static String nearest(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparing(other -> DISTANCE.apply(name, other)))
                .orElseThrow();
    }

    /** The known name that it is but for a slip; null where it is known, or like none: it may be right where it is used. */
    static @Nullable String slipped(String name, Collection<String> known) {
        if (known.contains(name) || name.length() < SHORTEST) {
            return null;
        }
        String nearest = nearest(name, known);
        return DISTANCE.apply(name, nearest) <= SLIP ? nearest : null;
    }
}
