/* What others do at this article meanwhile: their claims appear, nothing of one's own
   moves. Takes api to ask, store to fill, messages, and two functions that hear of what
   came: `onPeople` with names, `onText` with a corrected text and its claims. */

import { LoggedOut } from "./api.js";

const EVERY = 5000;

export class Polling {
  constructor({ api, store, messages, onPeople, onText }) {
    Object.assign(this, { api, store, messages, onPeople, onText });
  }

  async poll() {
    let state;
    try {
      state = await this.api.state(this.store.text.id);
    } catch (error) {
      if (error instanceof LoggedOut) this.messages.alertLogin();
      else this.messages.alertOffline();
      return;
    }
    this.messages.connected();
    if (!state) return;
    this.onPeople(state.people);
    if (state.text.body !== undefined && state.text.id !== this.store.text.id) {
      this.onText(state.text, state.claims);
    } else {
      this.store.replace(state.claims);
    }
  }

  /* Ask for everything anew: the text was corrected. */
  async takeText() {
    this.api.tag = "";
    await this.poll();
  }

  watch() {
    const tick = async () => {
      if (document.visibilityState === "visible") await this.poll();
      setTimeout(tick, EVERY);
    };
    setTimeout(tick, EVERY);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.poll();
    });
    window.addEventListener("online", () => this.poll());
    window.addEventListener("pagehide", () => this.api.leave());
  }
}
