package io.eddy.cli;

import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.cli.pretrain.BaseWeights;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import io.eddy.forecast.ForecastJob;
import io.eddy.model.Forecaster;
import io.eddy.train.KerasModel;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eddy import}: a Keras model as weights, checked against DL4J before anything is written. */
@Command(
        name = "import",
        description = "Brings in a Keras model of LSTM layers and a Dense head as weights.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL.h5", description = "What model.save(\"model.h5\") of Keras 2 has written.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path model;

    @Option(names = "--output", paramLabel = "FILE", description = "Write the weights to this file, for --weights.")
    private @Nullable Path output;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Put the weights to use: they become the champion of the model and topic that these options name.")
    private @Nullable Path config;

    @Mixin
    private ModelChoice choice = new ModelChoice();

    @Override
    public Integer call() throws Exception {
        if (!Files.isRegularFile(model)) {
            throw new IllegalArgumentException("MODEL.h5: expected a file, found no " + model);
        }
        if (config == null && choice.id() != null) {
            throw new IllegalArgumentException("--model: expected --config beside it, found none");
        }
        if (output != null) {
            OutputFile.check("--output", output);
        }
        Options options = config == null ? null : choice.of(Options.ofFile(config));
        KerasModel keras = KerasModel.read(model);
        double difference = keras.largestDifference();
        if (!(difference <= KerasModel.TOLERANCE)) {
            throw new IllegalStateException(model + ": expected outputs within " + KerasModel.TOLERANCE
                    + " of DL4J's, found a difference of " + difference);
        }
        System.out.printf(
                Locale.ROOT,
                "eddy import: %s, within %.1e of DL4J over 200 steps%n",
                keras.weights().architecture().text(),
                difference);
        Weights record = record(keras.weights(), difference);
        if (output != null) {
            BaseWeights.write(record, output);
            System.out.println("eddy import: wrote " + output);
        }
        if (options != null) {
            publish(record, keras.weights(), options);
        }
        return 0;
    }

    private void publish(Weights record, io.eddy.model.network.Weights weights, Options options) throws Exception {
        String misfit = new Forecaster(ForecastJob.forecasterOptions(options)).misfit(weights);
        if (misfit != null) {
            throw new IllegalArgumentException(model + ": " + misfit);
        }
        long number = WeightsTopic.read(options).use(record);
        System.out.println("eddy import: in use as version " + number + " of model \""
                + options.get(ModelOptions.MODEL_ID) + "\"");
    }

    private Weights record(io.eddy.model.network.Weights weights, double difference) {
        return Weights.newBuilder()
                .setModelId("imported")
                .setVersion(1)
                .setParentVersion(0)
                .setCreatedAt(Instant.now())
                .setStatus(WeightsStatus.champion)
                .setArchitecture(weights.architecture().text())
                .setTensors(ByteBuffer.wrap(weights.toBytes()))
                .setMetrics(Map.of("import_difference", difference))
                .setDataFrom(Instant.EPOCH)
                .setDataTo(Instant.EPOCH)
                .setTrainer("eddy import " + model.getFileName())
                .build();
    }
}
