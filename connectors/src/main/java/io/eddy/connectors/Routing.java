package io.eddy.connectors;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Each reading to the first model whose pattern matches its series; what cannot be read goes with the first model. */
public final class Routing implements Serializable {
    private static final long serialVersionUID = 1L;
    static final int NO_MODEL = -1;

    private final List<SeriesPattern> patterns;
    /** The usual case costs nothing. */
    private final boolean firstTakesAll;

    Routing(Options options) {
        patterns = options.models().stream()
                .map(model -> new SeriesPattern(
                        "model " + model.get(ModelOptions.MODEL_ID) + ": " + ModelOptions.MODEL_SERIES.key(),
                        model.get(ModelOptions.MODEL_SERIES)))
                .toList();
        firstTakesAll =
                options.models().get(0).get(ModelOptions.MODEL_SERIES).equals(ModelOptions.MODEL_SERIES.byDefault());
    }

    /** Whether any model takes the series. */
    public static boolean isTaken(String series, Options options) {
        return new Routing(options).model(series) != NO_MODEL;
    }

    /** Place of the model that takes the series, among {@link Options#models}. */
    int model(String series) {
        if (firstTakesAll) {
            return 0;
        }
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(series)) {
                return i;
            }
        }
        return NO_MODEL;
    }

    /** The stream of each model, in the order of {@link Options#models}; the stream itself where there is one. */
    public static List<DataStream<Decoded>> byModel(DataStream<Decoded> readings, Options options) {
        List<Options> models = options.models();
        if (models.size() == 1) {
            return List.of(readings);
        }
        List<DataStream<Decoded>> streams = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            int place = i;
            String name = models.get(i).operator("route");
            streams.add(readings.filter(decoded -> decoded.model == place)
                    .name(name)
                    .uid(name));
        }
        return streams;
    }

    /**
     * What steers one model: all of it, but feedback on the series of another; that on a series which no model takes goes with the first, which
     * says that it does not know it.
     *
     * @param place of the model among {@link Options#models}
     */
    public static DataStream<Control> control(DataStream<Control> control, Options options, int place) {
        List<Options> models = options.models();
        if (models.size() == 1) {
            return control;
        }
        String name = models.get(place).operator("route-feedback");
        Routing routing = new Routing(options);
        return control.filter(one -> routing.concerns(one, place))
                .setParallelism(1)
                .name(name)
                .uid(name);
    }

    boolean concerns(Control control, int place) {
        return control.feedback == null || place == Math.max(0, model(control.feedback.getSeries()));
    }
}
