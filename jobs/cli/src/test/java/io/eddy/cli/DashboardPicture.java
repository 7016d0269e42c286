package io.eddy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eddy.cli.page.TestingBrowser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Draws what the queries of a dashboard gave, with the page's chart library, for Grafana itself is not there to do it. */
final class DashboardPicture {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    /** Asks a source of data. */
    interface Asker {
        DashboardAnswer ask(String source, JsonNode target) throws Exception;
    }

    private DashboardPicture() {}

    /**
     * Writes a picture to target/screenshots.
     *
     * @return titles of the panels that show nothing
     */
    static List<String> draw(Path dashboard, Asker asker, TestingBrowser browser) throws Exception {
        JsonNode root = JSON.readTree(dashboard.toFile());
        ObjectNode drawn =
                JSON.createObjectNode().put("title", root.path("title").asText());
        ArrayNode panels = drawn.putArray("panels");
        for (JsonNode panel : root.path("panels")) {
            panels.add(panel(panel, asker));
        }
        String name = "dashboard-" + dashboard.getFileName().toString().replace(".json", "");
        Path page = Files.createDirectories(Path.of("target/screenshots")).resolve(name + ".html");
        Files.writeString(
                page,
                "<!doctype html><meta charset=utf-8><style>" + resource(UPLOT + "uPlot.min.css")
                        + "</style><body><script>"
                        + resource(UPLOT + "uPlot.iife.min.js") + "</script><script>window.DASHBOARD = "
                        + JSON.writeValueAsString(drawn).replace("</", "<\\/") + ";</script><script>"
                        + resource("/io/eddy/cli/dashboards.js") + "</script></body>");
        browser.size(1440, 900);
        browser.open(page.toUri().toString());
        browser.size(1440, Integer.parseInt(browser.script("return document.body.dataset.height")) + 140);
        browser.screenshot(name);
        List<String> problems = browser.problems();
        if (!problems.isEmpty()) {
            throw new IllegalStateException(name + ": expected no problem in the browser, found " + problems);
        }
        String empty = browser.script("""
                return [...document.querySelectorAll('section')]
                  .filter((s) => !s.querySelector('canvas, td, div div div'))
                  .map((s) => s.dataset.panel).join('|')""");
        return empty.isEmpty() ? List.of() : List.of(empty.split("\\|"));
    }

    private static ObjectNode panel(JsonNode panel, Asker asker) throws Exception {
        ObjectNode drawn = JSON.createObjectNode();
        JsonNode defaults = panel.path("fieldConfig").path("defaults");
        drawn.put("title", panel.path("title").asText());
        drawn.put("type", panel.path("type").asText());
        drawn.set("gridPos", panel.path("gridPos"));
        drawn.put("unit", defaults.path("unit").asText());
        ObjectNode units = drawn.putObject("units");
        for (JsonNode override : panel.path("fieldConfig").path("overrides")) {
            for (JsonNode property : override.path("properties")) {
                if (property.path("id").asText().equals("unit")) {
                    units.put(
                            override.path("matcher").path("options").asText(),
                            property.path("value").asText());
                }
            }
        }
        ObjectNode mappings = drawn.putObject("mappings");
        for (JsonNode mapping : defaults.path("mappings")) {
            mapping.path("options").properties().forEach(entry -> mappings.set(entry.getKey(), entry.getValue()));
        }
        ArrayNode results = drawn.putArray("results");
        ArrayNode times = drawn.putArray("times");
        for (JsonNode target : panel.path("targets")) {
            DashboardAnswer answer =
                    asker.ask(target.path("datasource").path("uid").asText(), target);
            results.addObject()
                    .<ObjectNode>set("columns", JSON.valueToTree(answer.columns()))
                    .set("rows", JSON.valueToTree(answer.rows()));
            times.add(JSON.<JsonNode>valueToTree(answer.times()));
        }
        return drawn;
    }

    private static String resource(String name) {
        try (InputStream in = DashboardPicture.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
