package io.eddy.model;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a series as they are kept: a name and its value after another in one array, where a hash map has an object for each pair. Names are
 * few and shared by all series. Immutable.
 */
final class Labels extends AbstractMap<String, String> {
    /** [2 * size]: name, value, name, value and so on. */
    private final String[] pairs;

    private Labels(Map<String, String> labels) {
        pairs = new String[2 * labels.size()];
        int at = 0;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            pairs[at++] = label.getKey().intern();
            pairs[at++] = label.getValue();
        }
    }

    /** Those labels, in their order. */
    static Map<String, String> of(Map<String, String> labels) {
        return labels.isEmpty() ? Map.of() : new Labels(labels);
    }

    @Override
    public int size() {
        return pairs.length / 2;
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return pairs[i + 1];
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    /** Without an entry for each: asked at every reading. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            return true;
        }
        if (!(other instanceof Map<?, ?> map) || map.size() != size()) {
            return false;
        }
        for (int i = 0; i < pairs.length; i += 2) {
            if (!pairs[i + 1].equals(map.get(pairs[i]))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return Labels.this.size();
            }

            @Override
            public Iterator<Entry<String, String>> iterator() {
                return new Pairs();
            }
        };
    }

    private final class Pairs implements Iterator<Entry<String, String>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < pairs.length;
        }

        @Override
        public Entry<String, String> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            next += 2;
            return new SimpleImmutableEntry<>(pairs[next - 2], pairs[next - 1]);
        }
    }
}
