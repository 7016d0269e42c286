package io.eddy.connectors;

import java.io.IOException;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.avro.io.Encoder;

/** The weights of what was mixed into a forecast, above 0, as plain numbers, as {@link IssuedSteps} are; an entry is made for whoever asks for it. */
public final class MixedWeights extends AbstractMap<String, Double> {
    private final List<String> names;
    private final double[] weights;
    private final int size;

    /**
     * @param names of what is mixed, shared
     * @param weights [names], copied; what has 0 is left out
     */
    public MixedWeights(List<String> names, double[] weights) {
        this.names = names;
        this.weights = weights.clone();
        int above = 0;
        for (double weight : weights) {
            above += weight > 0 ? 1 : 0;
        }
        size = above;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Set<Map.Entry<String, Double>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Iterator<Map.Entry<String, Double>> iterator() {
                return new Entries();
            }
        };
    }

    /** The place of the first weight above 0 from a place on. */
    private int above(int from) {
        int place = from;
        while (place < weights.length && !(weights[place] > 0)) {
            place++;
        }
        return place;
    }

    /** Writes the items of the map. */
    void write(Encoder out) throws IOException {
        for (int place = above(0); place < weights.length; place = above(place + 1)) {
            out.startItem();
            out.writeString(names.get(place));
            out.writeDouble(weights[place]);
        }
    }

    private final class Entries implements Iterator<Map.Entry<String, Double>> {
        private int next = above(0);

        @Override
        public boolean hasNext() {
            return next < weights.length;
        }

        @Override
        public Map.Entry<String, Double> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Map.Entry<String, Double> entry = Map.entry(names.get(next), weights[next]);
            next = above(next + 1);
            return entry;
        }
    }
}
