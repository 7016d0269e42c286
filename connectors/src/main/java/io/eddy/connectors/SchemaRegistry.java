package io.eddy.connectors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of a registry, each asked for once, and the five bytes that name one. A registry that does not answer is waited for once;
 * after that what needs it is given up at once, and it is asked again every few seconds. Not safe for several threads.
 */
final class SchemaRegistry {
    /** A zero and the id. */
    static final int HEADER_BYTES = 5;

    private static final long PAUSE_MILLIS = 500;
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(30);

    /** A question to the registry. */
    private interface Question<T> {
        T ask() throws IOException;
    }

    private record Unknown(String reason, long untilNanos) {}

    private final RegistryOptions options;
    private final RegistryClient client;
    private final Map<Integer, Schema> schemas = new HashMap<>();
    private final Map<Integer, Unknown> unknown = new HashMap<>();
    /** Why and until when nothing is asked; null while the registry answers. */
    private @Nullable Unknown silent;

    SchemaRegistry(RegistryOptions options) {
        this.options = options;
        client = new RegistryClient(options);
    }

    static boolean hasHeader(byte[] value) {
        return value.length >= HEADER_BYTES && value[0] == 0;
    }

    static int id(byte[] value) {
        return ByteBuffer.wrap(value).getInt(1);
    }

    static byte[] header(int id) {
        return ByteBuffer.allocate(HEADER_BYTES).put((byte) 0).putInt(id).array();
    }

    /**
     * The schema of an id.
     *
     * @throws SilentRegistryException if the registry did not answer in time
     * @throws IllegalArgumentException if there is none
     */
    Schema schema(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        Unknown before = unknown.get(id);
        if (before != null && System.nanoTime() < before.untilNanos()) {
            throw new IllegalArgumentException(before.reason());
        }
        try {
            Schema schema = patiently(() -> client.schema(id));
            schemas.put(id, schema);
            unknown.remove(id);
            return schema;
        } catch (SilentRegistryException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            // Ids in broken bytes are any number: they must not fill the memory.
            if (unknown.size() > 1000) {
                unknown.clear();
            }
            unknown.put(id, new Unknown(String.valueOf(e.getMessage()), System.nanoTime() + UNKNOWN_FOR.toNanos()));
            throw e;
        }
    }

    /**
     * The id of a schema, which is registered where it is not known yet.
     *
     * @throws SilentRegistryException if the registry did not answer in time
     * @throws IllegalArgumentException if it refuses it
     */
    int register(String subject, Schema schema) {
        return patiently(() -> client.register(subject, schema));
    }

    private <T> T patiently(Question<T> question) {
        long now = System.nanoTime();
        Unknown before = silent;
        if (before != null && now < before.untilNanos()) {
            throw new SilentRegistryException(before.reason());
        }
        long deadline = before == null ? now + options.patience().toNanos() : now;
        while (true) {
            try {
                T answer = question.ask();
                silent = null;
                return answer;
            } catch (IOException e) {
                if (System.nanoTime() >= deadline) {
                    String reason = InputOptions.REGISTRY_URL.key() + ": expected an answer of " + options.url()
                            + " within " + options.patience().toMillis() + " ms, found "
                            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
                    silent = new Unknown(reason, System.nanoTime() + ASK_AGAIN.toNanos());
                    throw new SilentRegistryException(reason, e);
                }
            } catch (IllegalArgumentException e) {
                silent = null; // it answered
                throw e;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("registry: interrupted while waiting for it", e);
        }
    }
}
