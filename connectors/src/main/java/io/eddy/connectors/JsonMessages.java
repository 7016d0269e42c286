package io.eddy.connectors;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

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
        } catch (IOException e) {
            // Not Jackson's own alone: bytes that look like UTF-32, as a zero and the id of a schema do, end otherwise.
            String why = e instanceof JacksonException parse ? parse.getOriginalMessage() : e.getMessage();
            throw new IllegalArgumentException(
                    "value: expected JSON, found " + value.length + " bytes that are none (" + why + ")", e);
        }
    }
}
