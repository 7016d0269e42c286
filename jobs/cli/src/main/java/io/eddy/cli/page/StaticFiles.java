package io.eddy.cli.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of the page, read from the jar once. Only these exist, whatever path is asked for. */
final class StaticFiles {
    /** One file and its media type. */
    record File(String type, byte[] bytes) {}

    private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private final Map<String, File> files = new LinkedHashMap<>();

    StaticFiles() {
        add("/", "index.html", "text/html; charset=utf-8");
        add("/icon.svg", "icon.svg", "image/svg+xml");
        add("/page.css", "page.css", STYLE);
        for (String module : new String[] {
            "chart", "events", "fleet", "format", "list", "main", "model", "parts", "planted", "points", "rounds",
            "series", "state", "stream"
        }) {
            add("/" + module + ".js", module + ".js", JAVASCRIPT);
        }
        files.put("/uplot.js", new File(JAVASCRIPT, read(UPLOT + "uPlot.iife.min.js")));
        files.put("/uplot.css", new File(STYLE, read(UPLOT + "uPlot.min.css")));
    }

    private void add(String path, String name, String type) {
        files.put(path, new File(type, read("/io/eddy/cli/page/" + name)));
    }

    @Nullable
    File get(String path) {
        return files.get(path);
    }

    /** Bytes of all files together. */
    long size() {
        return files.values().stream().mapToLong(file -> file.bytes.length).sum();
    }

    static byte[] read(String resource) {
        try (InputStream in = StaticFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("page: expected " + resource + " in the jar, found none");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String resource) {
        return new String(read(resource), StandardCharsets.UTF_8);
    }

    /** The chart library's script and style, for a file that must stand alone. */
    static String chartScript() {
        return text(UPLOT + "uPlot.iife.min.js");
    }

    static String chartStyle() {
        return text(UPLOT + "uPlot.min.css");
    }
}
