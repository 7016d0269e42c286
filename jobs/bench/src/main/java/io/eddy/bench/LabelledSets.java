package io.eddy.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Labelled data sets from a folder, which is given by its path: {@code nab}, {@code kpi}, {@code ucr}, {@code tods}, {@code asd}, each
 * in the layout it is published in.
 */
final class LabelledSets {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = List.of("nab", "kpi", "ucr", "tods", "asd");
    private static final Set<String> LARGE = Set.of("kpi", "asd");
    private static final int THINNED = 3;
    private static final long FIVE_MINUTES = 300_000L;

    private LabelledSets() {}

    /** Those of the sets that a folder holds, by name. */
    static Map<String, List<LabelledSeries>> in(Path data) throws IOException {
        Map<String, List<LabelledSeries>> sets = new LinkedHashMap<>();
        check(data);
        for (String name : NAMES) {
            Path folder = data.resolve(name);
            if (Files.isDirectory(folder)) {
                sets.put(
                        name,
                        switch (name) {
                            case "nab" -> nab(folder);
                            case "asd" -> asd(folder);
                            default -> withManifest(folder);
                        });
            }
        }
        return sets;
    }

    /** @throws IllegalArgumentException if a folder holds none of the sets */
    static void check(Path data) {
        if (NAMES.stream().noneMatch(name -> Files.isDirectory(data.resolve(name)))) {
            throw new IllegalArgumentException(
                    "--data: expected a folder with nab, kpi, ucr, tods or asd, found " + data);
        }
    }

    /** The same with every third series of the large sets, where many detectors are compared with each other. */
    static Map<String, List<LabelledSeries>> thinned(Map<String, List<LabelledSeries>> sets) {
        Map<String, List<LabelledSeries>> thinned = new LinkedHashMap<>();
        sets.forEach((name, all) -> thinned.put(
                name,
                IntStream.range(0, all.size())
                        .filter(i -> i % THINNED == 0 || !LARGE.contains(name))
                        .mapToObj(all::get)
                        .toList()));
        return thinned;
    }

    /** Files of NAB with their windows; the first 15 %, at most 750 rows, are not judged. */
    private static List<LabelledSeries> nab(Path folder) throws IOException {
        Map<String, List<List<String>>> windows =
                JSON.readValue(folder.resolve("windows.json").toFile(), new TypeReference<>() {});
        List<LabelledSeries> all = new ArrayList<>();
        for (Map.Entry<String, List<List<String>>> entry : new TreeMap<>(windows).entrySet()) {
            Path file = folder.resolve(entry.getKey());
            if (!Files.exists(file)) {
                continue;
            }
            LabelledSeries series = labelled(entry.getKey(), file, 0);
            for (List<String> window : entry.getValue()) {
                long from = millis(window.get(0));
                long to = millis(window.get(1));
                for (int i = 0; i < series.rows(); i++) {
                    series.anomalous()[i] |= from <= series.millis()[i] && series.millis()[i] <= to;
                }
            }
            int first = (int) Math.ceil(Math.min(0.15 * series.rows(), 750));
            all.add(new LabelledSeries(entry.getKey(), series.millis(), series.values(), series.anomalous(), first));
        }
        return all;
    }

    /** Files with the columns timestamp, value and label, judged from the end of the training part that the manifest names. */
    private static List<LabelledSeries> withManifest(Path folder) throws IOException {
        Map<String, Integer> trained = new HashMap<>();
        Path manifest = folder.resolve("manifest.json");
        if (Files.exists(manifest)) {
            for (JsonNode node : JSON.readTree(manifest.toFile())) {
                trained.put(node.get("name").asText(), node.get("n_train").asInt());
            }
        }
        List<LabelledSeries> all = new ArrayList<>();
        for (Path file : csv(folder)) {
            String name = file.getFileName().toString().replaceAll("\\.csv(\\.gz)?$", "");
            all.add(labelled(name, file, trained.getOrDefault(name, 1000)));
        }
        return all;
    }

    /** Servers of ASD: the train part, then the test part, 19 channels each, labels for the test part. */
    private static List<LabelledSeries> asd(Path folder) throws IOException {
        List<LabelledSeries> all = new ArrayList<>();
        for (Path file : csv(folder)) {
            String train = file.getFileName().toString();
            if (!train.endsWith("_train.csv.gz")) {
                continue;
            }
            String name = train.replace("_train.csv.gz", "");
            List<String> rows = new ArrayList<>(lines(file));
            int first = rows.size();
            rows.addAll(lines(folder.resolve(name + "_test.csv.gz")));
            List<String> labels = lines(folder.resolve(name + "_test_label.csv.gz"));
            double[][] values = new double[rows.get(0).split(",", -1).length][rows.size()];
            long[] millis = new long[rows.size()];
            boolean[] anomalous = new boolean[rows.size()];
            for (int i = 0; i < rows.size(); i++) {
                String[] cells = rows.get(i).split(",", -1);
                millis[i] = i * FIVE_MINUTES;
                anomalous[i] = i >= first && Double.parseDouble(labels.get(i - first)) > 0;
                for (int k = 0; k < values.length; k++) {
                    values[k][i] = number(cells[k]);
                }
            }
            all.add(new LabelledSeries(name, millis, values, anomalous, first));
        }
        return all;
    }

    private static LabelledSeries labelled(String name, Path file, int firstJudged) throws IOException {
        List<String> rows = lines(file);
        int n = rows.size() - 1;
        long[] millis = new long[n];
        double[][] values = new double[1][n];
        boolean[] anomalous = new boolean[n];
        for (int i = 0; i < n; i++) {
            String[] cells = rows.get(i + 1).split(",", -1);
            millis[i] = millis(cells[0]);
            values[0][i] = number(cells[1]);
            anomalous[i] = cells.length > 2 && Double.parseDouble(cells[2]) > 0;
        }
        return new LabelledSeries(name, millis, values, anomalous, firstJudged);
    }

    private static double number(String cell) {
        return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    }

    /** Epoch seconds, or a time in UTC. */
    private static long millis(String text) {
        return text.indexOf(':') < 0
                ? 1000 * (long) Double.parseDouble(text)
                : LocalDateTime.parse(text.replace(' ', 'T'))
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
    }

    private static List<Path> csv(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    new ArrayList<>(files.filter(file -> file.toString().matches(".*\\.csv(\\.gz)?"))
                            .toList());
            Collections.sort(found);
            return found;
        }
    }

    private static List<String> lines(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes,
                        StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        }
    }
}
