package io.eddy.connectors;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * References to secrets within a text: {@code ${env:NAME}}, {@code ${file:/path/of.properties:key}} and
 * {@code ${directory:/path:file}}, as Kafka's own providers read them. Only the reference travels with a job; the secret is read on the
 * machine that uses it.
 */
final class SecretText {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file|directory):[^}]+}");

    private SecretText() {}

    static boolean isReference(String text) {
        return REFERENCE.matcher(text).matches();
    }

    /** What a Kafka client needs to follow the references in its properties. */
    static Map<String, String> providers() {
        return Map.of(
                "config.providers", "env,file,directory",
                "config.providers.env.class", EnvVarConfigProvider.class.getName(),
                "config.providers.file.class", FileConfigProvider.class.getName(),
                "config.providers.directory.class", DirectoryConfigProvider.class.getName());
    }

    /**
     * Looks for every secret that a text refers to.
     *
     * @param name of the option, for the error
     * @throws IllegalArgumentException if one is not on this machine
     */
    static void expectAll(String name, String text) {
        REFERENCE.matcher(text).results().forEach(found -> read(name, found.group()));
    }

    /**
     * The secret as it is on this machine now.
     *
     * @param name of the option, for the error
     * @throws IllegalArgumentException if there is none
     */
    static String read(String name, String reference) {
        Map<String, ConfigProvider> providers = new LinkedHashMap<>();
        providers.put("env", new EnvVarConfigProvider());
        providers.put("file", new FileConfigProvider());
        providers.put("directory", new DirectoryConfigProvider());
        providers.values().forEach(provider -> provider.configure(Map.of()));
        String secret;
        try {
            secret = new ConfigTransformer(providers)
                    .transform(Map.of(name, reference))
                    .data()
                    .get(name);
        } catch (ConfigException e) {
            throw new IllegalArgumentException(name + ": expected " + reference + " on this machine, found none", e);
        }
        if (secret == null || isReference(secret)) {
            throw new IllegalArgumentException(name + ": expected " + reference + " on this machine, found none");
        }
        return secret.strip();
    }
}
