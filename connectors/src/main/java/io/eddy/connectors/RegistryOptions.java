package io.eddy.connectors;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where the schema registry is. Holds no secret, only where one is.
 *
 * @param url up to what stands before {@code /schemas} and {@code /subjects}
 * @param user empty: no log-in
 * @param password reference to the password
 * @param patience how long an answer is waited for before a record is given up
 */
record RegistryOptions(String url, String user, String password, Duration patience) implements Serializable {
    static RegistryOptions of(Options options) {
        return new RegistryOptions(
                options.get(InputOptions.REGISTRY_URL).replaceAll("/+$", ""),
                options.get(InputOptions.REGISTRY_USER),
                options.get(InputOptions.REGISTRY_PASSWORD),
                options.get(InputOptions.REGISTRY_PATIENCE));
    }

    /** Value of the header Authorization; null without a user. */
    @Nullable
    String authorization() {
        if (user.isEmpty()) {
            return null;
        }
        String login = user + ":" + SecretText.read(InputOptions.REGISTRY_PASSWORD.key(), password);
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }
}
