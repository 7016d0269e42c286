package io.eddy.cli.pretrain;

import io.eddy.Weights;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.WeightsVersion;
import io.eddy.train.NetworkShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/** Weights in a file: one record {@link Weights} in an Avro container, which carries its schema; {@code metrics} holds the pedigree. */
public final class BaseWeights {
    private static final String SHIPPED = "base-weights.avro";

    private BaseWeights() {}

    /** The weights that ship, for no more than the horizon of the options; null where they have another shape. */
    public static @Nullable WeightsVersion shipped(Options options) {
        Weights record = shippedRecord(options);
        return record == null
                ? null
                : new WeightsVersion(record.getVersion(), io.eddy.model.network.Weights.fromBytes(record.getTensors()));
    }

    /** The same as a record for the topic weights, version 1 of the model of the options. */
    public static @Nullable Weights shippedRecord(Options options) {
        try (InputStream in = BaseWeights.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                return null;
            }
            Weights record = read(in, SHIPPED);
            io.eddy.model.network.Weights weights = io.eddy.model.network.Weights.fromBytes(record.getTensors());
            Architecture found = weights.architecture();
            int horizon = Math.min(found.horizon(), options.get(ForecastOptions.HORIZON));
            Architecture wanted = NetworkShape.of(options).withExtras(found.extras());
            if (!found.withHorizon(horizon).equals(wanted.withHorizon(horizon))) {
                return null;
            }
            record.setModelId(options.get(ModelOptions.MODEL_ID));
            io.eddy.model.network.Weights cut = weights.withHorizon(horizon);
            record.setArchitecture(cut.architecture().text());
            record.setTensors(ByteBuffer.wrap(cut.toBytes()));
            return record;
        } catch (IOException e) {
            throw new IllegalArgumentException("base weights: expected a readable file in the jar, found " + e, e);
        }
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it holds no weights
     */
    static Weights read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        } catch (IOException e) {
            throw new IllegalArgumentException("weights: expected a file of eddy pretrain, found " + file, e);
        }
    }

    /** The weights of a file, for no more than the horizon. */
    public static WeightsVersion read(Path file, int horizon) {
        Weights record = read(file);
        io.eddy.model.network.Weights weights = io.eddy.model.network.Weights.fromBytes(record.getTensors());
        return new WeightsVersion(
                record.getVersion(),
                weights.withHorizon(Math.min(horizon, weights.architecture().horizon())));
    }

    private static Weights read(InputStream in, String name) throws IOException {
        try (DataFileStream<Weights> records = new DataFileStream<>(in, new SpecificDatumReader<>(Weights.class))) {
            if (!records.hasNext()) {
                throw new IOException(name + ": expected one record, found none");
            }
            return records.next();
        }
    }

    /** Writes a file in one piece: a run that is stopped leaves the last one whole. */
    public static void write(Weights weights, Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (OutputStream out = Files.newOutputStream(part);
                DataFileWriter<Weights> writer = new DataFileWriter<>(new SpecificDatumWriter<>(Weights.class))) {
            writer.create(Weights.getClassSchema(), out);
            writer.append(weights);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
