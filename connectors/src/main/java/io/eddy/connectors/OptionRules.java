package io.eddy.connectors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/** What a configuration as a whole must be: known keys, values in range, and options that go together. */
final class OptionRules {
    private static final Pattern MODEL = Pattern.compile("models\\.(\\d{1,3})\\.(.*)");
    private static final Pattern PER_MODEL =
            Pattern.compile("(model|forecast|score|event|train)\\..*|" + Pattern.quote(InputOptions.STEP.key()));

    /** What every client is given by an option of Eddy's, so that another value would be passed over in silence. */
    private static final Map<String, Option<String>> TAKEN = Map.of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, KafkaOptions.BOOTSTRAP_SERVERS,
            CommonClientConfigs.GROUP_ID_CONFIG, KafkaOptions.GROUP_ID,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG, KafkaOptions.GROUP_ID);

    private static final List<String> KEYS =
            EddyOptions.ALL.stream().map(Option::key).toList();

    private OptionRules() {}

    /** Everything that is wrong, in the order of the keys. */
    static List<Mistake> mistakes(Map<String, String> values) {
        List<Mistake> mistakes = new ArrayList<>();
        Map<String, String> sound = new HashMap<>();
        new TreeMap<>(values).forEach((key, value) -> {
            List<Mistake> found = ofOne(key, value);
            mistakes.addAll(found);
            if (found.isEmpty()) {
                sound.put(key, value);
            }
        });
        // What is broken by itself counts as not given, so that one mistake is not reported twice.
        mistakes.addAll(TogetherRules.mistakes(sound, values.keySet()));
        return mistakes;
    }

    private static List<Mistake> ofOne(String key, String value) {
        if (key.startsWith(KafkaOptions.KAFKA_PREFIX)) {
            String name = key.substring(KafkaOptions.KAFKA_PREFIX.length());
            Option<String> own = TAKEN.get(name);
            return passedOn(
                    key,
                    own == null
                            ? KafkaSettings.broken(name, value)
                            : "expected " + own.key() + " in its place, found " + value);
        }
        if (key.startsWith(EddyOptions.FLINK_PREFIX)) {
            return passedOn(key, FlinkSettings.broken(key.substring(EddyOptions.FLINK_PREFIX.length()), value));
        }
        Matcher ofModel = MODEL.matcher(key);
        String plain = ofModel.matches() ? ofModel.group(2) : key;
        Option<?> option = EddyOptions.ALL.stream()
                .filter(known -> known.key().equals(plain))
                .findFirst()
                .orElse(null);
        if (option == null) {
            return List.of(new Mistake(
                    key,
                    key + ": expected an option of configs/reference.md, found an unknown key; the nearest is "
                            + nearest(plain)));
        }
        if (ofModel.matches() && !PER_MODEL.matcher(plain).matches()) {
            return List.of(new Mistake(
                    key,
                    key + ": expected model.*, forecast.*, score.*, event.*, train.* or readings.step under models,"
                            + " found an option that all models share"));
        }
        try {
            option.read(value);
            return List.of();
        } catch (IllegalArgumentException e) {
            String text = String.valueOf(e.getMessage());
            return List.of(new Mistake(key, ofModel.matches() ? prefixOfModel(index(ofModel)) + text : text));
        }
    }

    /** One of the same name in another section is meant rather than one that looks alike: model.horizon is forecast.horizon. */
    private static String nearest(String key) {
        String name = key.substring(key.lastIndexOf('.') + 1);
        List<String> elsewhere =
                KEYS.stream().filter(known -> known.endsWith("." + name)).toList();
        return Spelling.nearest(key, elsewhere.isEmpty() ? KEYS : elsewhere);
    }

    private static List<Mistake> passedOn(String key, @Nullable String broken) {
        return broken == null ? List.of() : List.of(new Mistake(key, key + ": " + broken));
    }

    private static int index(Matcher ofModel) {
        return Integer.parseInt(ofModel.group(1));
    }

    static String prefixOfModel(int index) {
        return "models." + index + ".";
    }

    /** The key as it is where there is one model. */
    static String plain(String key) {
        Matcher ofModel = MODEL.matcher(key);
        return ofModel.matches() ? ofModel.group(2) : key;
    }

    static boolean isOfOneModel(String key) {
        return MODEL.matcher(key).matches();
    }

    static int countOfModels(Set<String> keys) {
        int count = 0;
        for (String key : keys) {
            Matcher ofModel = MODEL.matcher(key);
            count = ofModel.matches() ? Math.max(count, index(ofModel) + 1) : count;
        }
        return count;
    }
}
