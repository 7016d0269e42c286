package io.eddy.connectors;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON texts. */
final class JsonMessages implements MessageFormat {
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(Object.class);

    @Override
    public Object parse(byte[] value) {
        try {
            Object message = READER.readValue(value);
            if (message == null) {
                throw new IllegalArgumentException("value: expected an object in JSON, found null");
            }
            return message;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "value: expected JSON, found " + value.length + " bytes that are none (" + e.getOriginalMessage()
                            + ")",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array in memory does not fail
        }
    }
}
