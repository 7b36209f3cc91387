/* Names to choose from, speakers made on the spot, the last three remembered. */

import { LoggedOut } from "./api.js";
import { likened } from "./finding.js";

const RECENT = "desk-recent-speakers";
const BODY =
  /minist|govern|council|party|union|agency|bank|universit|company|committee|office|court|police|army|ltd|inc\b|plc|gmbh|bakanl|hükümet|konsey|parti|birliğ|sendika|ajans|şirket|kurul|komite|belediye|mahkeme|polis|ordu/i;
const CREATE = {
  person: (name) => interpolate(gettext("Create person “%(name)s”"), { name }, true),
  organisation: (name) => interpolate(gettext("Create organisation “%(name)s”"), { name }, true),
};
const ANOTHER = {
  person: (name) => interpolate(gettext("Create another person “%(name)s”"), { name }, true),
  organisation: (name) =>
    interpolate(gettext("Create another organisation “%(name)s”"), { name }, true),
};

export const Naming = (Base) =>
  class extends Base {
    async findNames(kind, typed) {
      const answer = await this.api.get(`names/?kind=${kind}&q=${encodeURIComponent(typed)}`);
      return answer.ok ? answer.data.found : [];
    }

    /* Return the speakers that letters may mean, then, but for `stored`, ways to make one. */
    async findSpeakers(typed, { stored = false } = {}) {
      let found = [];
      try {
        found = await this.findNames("speaker", typed);
      } catch (error) {
        if (error instanceof LoggedOut) this.alertLogin();
        else this.alertOffline();
        return [];
      }
      if (!this.may.speakers || stored) return found;
      const another = found.some((each) => each.name.toLowerCase() === typed.toLowerCase());
      const make = (kind) => ({
        name: typed,
        label: (another ? ANOTHER : CREATE)[kind](typed),
        create: () => this.createSpeaker(typed, kind, another),
      });
      const made = [make("person"), make("organisation")];
      return [...found, ...(BODY.test(typed) ? made.reverse() : made)];
    }

    /* Return the only speaker stored under a name, or null. */
    async speakerCalled(name) {
      const found = await this.findSpeakers(name, { stored: true });
      const called = found.filter((each) =>
        [each.name, each.matched].some((other) => other && likened(other) === likened(name)),
      );
      return called.length === 1 ? called[0] : null;
    }

    async createSpeaker(name, kind, another) {
      const answer = await this.changes.write("POST", "speakers/", { name, kind, another });
      if (!answer) return null;
      if (!answer.ok) {
        this.form?.error(answer.data.error, "speaker");
        return null;
      }
      const made = { name: answer.data.speaker.name };
      this.say(
        answer.status === 201
          ? interpolate(gettext("Speaker “%(name)s” created."), made, true)
          : interpolate(gettext("Speaker “%(name)s” was known already."), made, true),
      );
      return answer.data.speaker;
    }

    recentSpeakers() {
      try {
        return JSON.parse(localStorage.getItem(RECENT) || "[]");
      } catch {
        return [];
      }
    }

    rememberSpeaker(speaker) {
      if (!speaker) return;
      const others = this.recentSpeakers().filter((each) => each.id !== speaker.id);
      const { id, name, note } = speaker;
      localStorage.setItem(RECENT, JSON.stringify([{ id, name, note }, ...others].slice(0, 3)));
    }
  };
