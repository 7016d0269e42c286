// Numbers, times and words for people.

/** Names of the statuses in the order in which they are shown. */
export const STATUSES = ["ANOMALY", "SUPPRESSED", "NORMAL", "WARMING_UP", "IMPUTED", "STALE_MODEL", "LATE", "BAD_INPUT"];

export const words = (name) => name.toLowerCase().replaceAll("_", " ");

export function number(value, digits = 4) {
  if (value === null || value === undefined || Number.isNaN(value)) {
    return "–";
  }
  if (value !== 0 && (Math.abs(value) >= 1e7 || Math.abs(value) < 1e-4)) {
    return value.toExponential(2);
  }
  return Number(value.toPrecision(digits)).toLocaleString("en", { maximumFractionDigits: 6 });
}

export const whole = (value) => (value < 0 ? "–" : Math.round(value).toLocaleString("en"));

export const percent = (share) =>
  share === null ? "–" : `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)}\u00a0%`;

/** Milliseconds as a person says them, the largest two units. */
export function duration(millis) {
  if (millis < 1000) {
    return `${Math.round(millis)} ms`;
  }
  const units = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];
  let seconds = Math.round(millis / 1000);
  const parts = [];
  for (const [name, size] of units) {
    if (seconds >= size && parts.length < 2) {
      parts.push(`${Math.floor(seconds / size)} ${name}`);
      seconds %= size;
    } else if (parts.length > 0) {
      break;
    }
  }
  return parts.join(" ");
}

const pad = (n) => String(n).padStart(2, "0");

/** UTC, as on the topics. */
export function time(millis) {
  const d = new Date(millis);
  const day = `${d.getUTCFullYear()}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())}`;
  const seconds = d.getUTCSeconds() === 0 ? "" : `:${pad(d.getUTCSeconds())}`;
  return `${day} ${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}${seconds}`;
}

export const side = (direction) => (direction > 0 ? "above" : direction < 0 ? "below" : "off");

export const FEEDBACK = {
  ANOMALY: "an anomaly",
  ANOMALY_EXPECTED: "expected",
  NOT_ANOMALY: "not an anomaly",
  ANOMALY_NEW_TREND: "new normal",
  NO_FEEDBACK: "nothing",
};
