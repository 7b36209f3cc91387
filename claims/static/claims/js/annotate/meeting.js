/* What lies outside this page: colleagues, a corrected text, verdicts, other articles. */

import { LoggedOut } from "./api.js";
import { LOST, refind } from "./drafts.js";

const byId = (id) => document.getElementById(id);
const EVERY = 5000;

export const Meeting = (Base) =>
  class extends Base {
    async toVerdict(claim) {
      if (!["draft", "listed"].includes(claim.status)) {
        this.say(gettext("A verdict needs an accepted claim."));
        return;
      }
      const answer = await this.changes.write("POST", `claims/${claim.id}/verdict/`, {});
      if (!answer) return;
      if (!answer.ok) {
        this.say(answer.data.error, true);
        return;
      }
      const back = `${this.data.here}#claim-${claim.id}`;
      sessionStorage.setItem("desk-return", JSON.stringify({ back, to: answer.data.url }));
      location.assign(answer.data.url);
    }

    async toNextArticle() {
      const answer = await this.changes.write("GET", "next/");
      if (!answer) return;
      if (answer.data.url) location.assign(answer.data.url);
      else this.say(gettext("No other article waits for a decision."));
    }

    async noteNoClaims() {
      const answer = await this.changes.write("POST", "no-claims/", {});
      if (!answer) return;
      if (!answer.ok) {
        this.say(answer.data.error, true);
        return;
      }
      this.textPlace.focus();
      this.say(gettext("Noted: nothing to mark here. g goes to the next article."));
    }

    /* Ask what others have done; their claims appear, nothing of one's own moves. */
    async poll() {
      let state;
      try {
        state = await this.api.state(this.store.text.id);
      } catch (error) {
        if (error instanceof LoggedOut) this.alertLogin();
        else this.alertOffline();
        return;
      }
      this.connected();
      if (!state) return;
      this.people = state.people;
      this.showPeople();
      if (state.text.body !== undefined && state.text.id !== this.store.text.id) {
        this.adoptText(state.text, state.claims);
        return;
      }
      this.store.replace(state.claims);
    }

    async takeText() {
      this.api.tag = "";
      await this.poll();
    }

    adoptText(text, claims) {
      const cursor = this.paper.cursor;
      this.dropEdge();
      this.store.setText(text);
      this.store.replace(claims, true);
      this.paper.setBody(text.body);
      this.paper.cursor = Math.min(cursor, text.body.length);
      byId("text-number").textContent = interpolate(
        gettext("text %(number)s"),
        { number: text.number },
        true,
      );
      this.refresh();
      this.showBar();
      if (!this.form) return;
      const isFound = refind(this.form.draft, text);
      this.form.showMarks();
      this.keepDraft();
      this.form.error(isFound ? null : LOST);
      this.say(
        isFound
          ? gettext("The text was corrected; the words in your form were found in it.")
          : gettext("The text was corrected; the words in your form are no longer in it."),
        !isFound,
      );
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

    /* Come back to the claim that the address names. */
    arrive() {
      const [, id] = location.hash.match(/^#claim-(\d+)$/) || [];
      // Else the browser would take the focus to the list, which is that address.
      if (id) history.replaceState(null, "", location.pathname);
      if (id && this.store.get(Number(id))) {
        this.activate(Number(id), { reveal: true });
        this.textPlace.focus({ preventScroll: true });
      } else if (!this.form) {
        this.textPlace.focus({ preventScroll: true });
        if (this.may.add && this.keys.lettersWork) {
          this.say(
            gettext(
              "Choose words and press Enter to mark them; n goes to the next claim, ? shows all keys.",
            ),
          );
        }
      }
    }
  };
