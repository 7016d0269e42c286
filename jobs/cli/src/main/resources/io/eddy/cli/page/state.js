// What is known of the fleet, of bounded size; frames bring only what has changed.

const MOST_SHARE_STEPS = 720;

export class FleetState {
  constructor() {
    this.statuses = {};
    this.series = 0;
    this.forget();
  }

  /** A new stream sends these from the beginning. */
  forget() {
    this.share = new Map();
    this.events = [];
    this.planted = null;
  }

  merge({ share, ...rest }) {
    Object.assign(this, rest);
    this.problem = rest.problem;
    for (const [start, scored, anomalous] of share) {
      this.share.set(start, anomalous / scored);
    }
    if (this.share.size > MOST_SHARE_STEPS) {
      const kept = [...this.share].sort((a, b) => a[0] - b[0]).slice(-MOST_SHARE_STEPS);
      this.share = new Map(kept);
    }
  }
}
