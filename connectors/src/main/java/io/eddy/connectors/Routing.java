package io.eddy.connectors;

import io.eddy.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Each reading to the first model whose pattern matches its series; what cannot be read goes with the first model. */
public final class Routing {
    static final int NO_MODEL = -1;

    private final List<Pattern> patterns;
    /** The usual case costs nothing. */
    private final boolean firstTakesAll;

    Routing(Options options) {
        patterns = options.models().stream()
                .map(model -> Pattern.compile(model.get(ModelOptions.MODEL_SERIES)))
                .toList();
        firstTakesAll = patterns.get(0).pattern().equals(ModelOptions.MODEL_SERIES.byDefault());
    }

    static boolean isPattern(String text) {
        try {
            Pattern.compile(text);
            return !text.isEmpty();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** Place of the model that takes the reading, among {@link Options#models}. */
    int model(Reading reading) {
        if (firstTakesAll) {
            return 0;
        }
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matcher(reading.getSeries()).matches()) {
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
}
