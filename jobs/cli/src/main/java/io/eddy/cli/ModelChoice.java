package io.eddy.cli;

import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --model}: which of several models a command is about. */
public final class ModelChoice {
    @Option(
            names = "--model",
            paramLabel = "ID",
            description = "The model.id of the one that is meant, where the options have several models.")
    private @Nullable String id;

    /** What was asked for; null where nothing was. */
    @Nullable
    String id() {
        return id;
    }

    /**
     * The options of the model.
     *
     * @throws IllegalArgumentException if none has the name, or there are several and none is named
     */
    public Options of(Options options) {
        List<Options> models = options.models();
        if (id == null && models.size() == 1) {
            return models.get(0);
        }
        return models.stream()
                .filter(model -> name(model).equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--model: expected one of "
                        + models.stream().map(ModelChoice::name).toList() + ", found " + (id == null ? "none" : id)));
    }

    private static String name(Options model) {
        return model.get(ModelOptions.MODEL_ID);
    }
}
