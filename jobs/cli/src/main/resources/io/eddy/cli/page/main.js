// Ties the views to the address and to the stream.
import { EventsPanel } from "./events.js";
import { FleetView } from "./fleet.js";
import { FleetState } from "./state.js";
import { ModelView } from "./model.js";
import { SeriesView } from "./series.js";
import { el, setText } from "./parts.js";
import { Stream } from "./stream.js";
import { duration, time, whole } from "./format.js";

const content = document.getElementById("content");
const link = document.getElementById("link");
const problem = document.getElementById("problem");
const MOST_VERSIONS = 4;
const stripValues = new Map();
const fleet = new FleetState();
let view = null;

function strip() {
  const p = fleet.pipeline;
  const seconds = (millis) => (millis < 0 ? "–" : duration(millis));
  const shown = {
    "readings/s": [whole(p.perSecond), "Readings that producers write to Kafka, over the last seconds"],
    latency: [seconds(p.p50), `From the last reading of a step to its score in Kafka: median ${seconds(p.p50)}, 99 % within ${seconds(p.p99)}`],
    lag: [whole(p.lag), "Readings that the forecast job has not yet committed"],
    rejects: [whole(p.rejects), p.lastReject ? `The newest: ${p.lastReject}` : "Records that could not be read"],
    weights: weights(Object.entries(fleet.versions ?? {})),
    "event time, UTC": [fleet.time === undefined ? "–" : time(fleet.time), "Newest step that was scored"],
  };
  for (const [name, [value, title]] of Object.entries(shown)) {
    if (!stripValues.has(name)) {
      const node = el("dd");
      stripValues.set(name, node);
      document.getElementById("strip").append(el("div", {}, el("dt", {}, name), node));
    }
    const node = stripValues.get(name);
    setText(node, value);
    node.parentElement.title = title;
    node.parentElement.classList.toggle("warn", name === "rejects" && p.rejects > 0);
  }
  problem.hidden = !fleet.problem;
  setText(problem, fleet.problem ?? "");
}

/** The version of each model, by its name; of more than fit, how many there are. */
function weights(versions) {
  const each = versions.map(([model, version]) => `${model} ${version}`).join(", ");
  if (versions.length < 2) {
    return [String(versions[0]?.[1] ?? 0), "Version of the weights in use"];
  }
  const short = versions.length <= MOST_VERSIONS ? versions.map(([, version]) => version).join(" · ") : `${versions.length} models`;
  return [short, `Versions of the weights in use: ${each}`];
}

function onFrame(frame) {
  if (frame.fleet) {
    fleet.merge(frame.fleet);
    strip();
  }
  fleet.planted = frame.planted ?? fleet.planted;
  view.update(frame, fleet);
}

function onState(state) {
  setText(link, state);
  link.dataset.state = state;
}

function onFresh() {
  fleet.forget();
  view.reset();
}

function route() {
  const [name, ...rest] = location.hash.replace(/^#\/?/, "").split("/").map(decodePart);
  view?.close();
  content.replaceChildren();
  if (name === "series" && rest.length >= 1) {
    view = new SeriesView(content, rest[0], rest[1] ?? "value", watch);
  } else if (name === "model") {
    view = new ModelView(content, watch);
  } else {
    view = new FleetView(content, watch, new EventsPanel());
  }
  for (const a of document.querySelectorAll("nav a")) {
    a.toggleAttribute("aria-current", a.dataset.view === (name || "fleet"));
  }
  if (fleet.pipeline) {
    view.update({}, fleet);
  }
}

function decodePart(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const dark = matchMedia("(prefers-color-scheme: dark)");
function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : dark.matches;
}
function themed() {
  view?.themed?.();
}
try {
  const kept = localStorage.getItem("eddy-theme");
  if (kept === "light" || kept === "dark") {
    document.documentElement.dataset.theme = kept;
  }
} catch {
  // storage may be forbidden; then the choice lasts as long as the page
}
document.getElementById("theme").addEventListener("click", () => {
  const next = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem("eddy-theme", next);
  } catch {
    // see above
  }
  themed();
});
dark.addEventListener("change", themed);
addEventListener("hashchange", route);
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  content.focus();
});

const stream = new Stream({ onFrame, onState, onFresh });
const watch = (what) => stream.watch(what);
route();
