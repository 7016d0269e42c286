// The connection to the server: it pushes, and is told what is on the screen. Comes back by itself.
import { post } from "./parts.js";

const RETRY_MILLIS = 1000;

export class Stream {
  /** @param onFrame gets each message; onState gets "live", "connecting" or "paused"; onFresh is called before a new stream's first frame */
  constructor({ onFrame, onState, onFresh }) {
    this.onFrame = onFrame;
    this.onState = onState;
    this.onFresh = onFresh;
    this.session = null;
    this.wanted = {};
    this.sending = false;
    this.stale = false;
    document.addEventListener("visibilitychange", () => (document.hidden ? this.pause() : this.open()));
    this.open();
  }

  open() {
    if (this.source) {
      return;
    }
    this.onState("connecting");
    const source = new EventSource("stream");
    this.source = source;
    source.addEventListener("hello", (event) => {
      this.session = JSON.parse(event.data).session;
      this.onFresh();
      this.onState("live");
      this.send();
    });
    source.onmessage = (event) => this.onFrame(JSON.parse(event.data));
    source.onerror = () => {
      this.session = null;
      this.onState("connecting");
      if (source.readyState === EventSource.CLOSED && source === this.source) {
        this.source = null;
        setTimeout(() => document.hidden || this.open(), RETRY_MILLIS);
      }
    };
  }

  /** A page that nobody sees needs no data, and browsers allow few connections to one server. */
  pause() {
    this.source?.close();
    this.source = null;
    this.session = null;
    this.onState("paused");
  }

  /** Says what is on the screen; while one message is under way only the newest state waits. */
  watch(what) {
    this.wanted = what;
    this.send();
  }

  async send() {
    if (!this.session) {
      return;
    }
    if (this.sending) {
      this.stale = true;
      return;
    }
    this.sending = true;
    await post("watch", { session: this.session, ...this.wanted });
    this.sending = false;
    if (this.stale) {
      this.stale = false;
      this.send();
    }
  }
}
