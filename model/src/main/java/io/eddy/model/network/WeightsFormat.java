package io.eddy.model.network;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of {@link Weights}: a format version first, then the architecture, then the tensors as float32, big-endian, in the order of
 * {@link Weights#tensors()}; later builds read the bytes of earlier ones. Format 1 is that of stacked LSTM layers, format 2 names the kind, format 3
 * the inputs beside the usual ones too, and format 4 has a {@link Classifier} behind the tensors: the event time it was fitted to, its weights and its bias.
 * Each is written only where the one before does not do, so that earlier builds read it.
 */
final class WeightsFormat {
    private static final int LSTM_FORMAT = 1;
    private static final int KIND_FORMAT = 2;
    private static final int EXTRAS_FORMAT = 3;
    private static final int FORMAT = 4;

    private WeightsFormat() {}

    static byte[] write(Architecture architecture, List<float[][]> tensors, @Nullable Classifier classifier) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                DataOutputStream out = new DataOutputStream(bytes)) {
            boolean extras = !architecture.extras().isEmpty();
            if (architecture.kind() == Architecture.Kind.LSTM && !extras && classifier == null) {
                out.writeInt(LSTM_FORMAT);
            } else {
                out.writeInt(classifier != null ? FORMAT : extras ? EXTRAS_FORMAT : KIND_FORMAT);
                out.writeInt(architecture.kind().ordinal());
                out.writeInt(architecture.span());
                if (extras || classifier != null) {
                    out.writeUTF(String.join(",", architecture.extras()));
                }
            }
            out.writeInt(architecture.inputs());
            out.writeInt(architecture.hidden());
            out.writeInt(architecture.layers());
            out.writeInt(architecture.horizon());
            out.writeInt(architecture.quantiles());
            for (float[][] tensor : tensors) {
                for (float[] row : tensor) {
                    for (float w : row) {
                        out.writeFloat(w);
                    }
                }
            }
            if (classifier != null) {
                classifier.write(out);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array in memory does not fail
        }
    }

    static Weights read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readInt();
            Architecture architecture = readArchitecture(format, in);
            List<float[][]> tensors = new ArrayList<>();
            for (Architecture.Shape shape : architecture.shapes()) {
                tensors.add(readRows(in, shape));
            }
            Classifier classifier = format < FORMAT ? null : Classifier.read(in, architecture.hidden());
            if (in.available() > 0) {
                throw new IllegalArgumentException(
                        "weights: expected the end of the tensors, found " + in.available() + " more bytes");
            }
            return Weights.of(architecture, tensors).withClassifier(classifier);
        } catch (EOFException e) {
            throw new IllegalArgumentException("weights: expected more bytes, found " + bytes.length, e);
        } catch (UTFDataFormatException e) {
            throw new IllegalArgumentException("weights: expected names of inputs, found none", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array in memory does not fail
        }
    }

    private static Architecture readArchitecture(int format, DataInputStream in) throws IOException {
        if (format < LSTM_FORMAT || format > FORMAT) {
            throw new IllegalArgumentException(
                    "weights: expected format version " + LSTM_FORMAT + " to " + FORMAT + ", found " + format);
        }
        int kind = format == LSTM_FORMAT ? 0 : in.readInt();
        int span = format == LSTM_FORMAT ? 1 : in.readInt();
        String names = format < EXTRAS_FORMAT ? "" : in.readUTF();
        List<String> extras = names.isEmpty() ? List.of() : List.of(names.split(","));
        Architecture.Kind[] kinds = Architecture.Kind.values();
        if (kind < 0 || kind >= kinds.length) {
            throw new IllegalArgumentException(
                    "weights: expected a kind of network from 0 to " + (kinds.length - 1) + ", found " + kind);
        }
        return new Architecture(
                in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt(), kinds[kind], span, extras);
    }

    private static float[][] readRows(DataInputStream in, Architecture.Shape shape) throws IOException {
        if ((long) shape.rows() * shape.columns() * Float.BYTES > in.available()) {
            throw new EOFException();
        }
        float[][] rows = new float[shape.rows()][shape.columns()];
        for (float[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                row[j] = in.readFloat();
            }
        }
        return rows;
    }
}
