/* Names to choose from, speakers made on the spot, the last three remembered. */

import { LoggedOut } from "./api.js";

const RECENT = "desk-recent-speakers";
const BODY = /minist|govern|council|party|union|agency|bank|universit|company|committee|office|court|police|army|ltd|inc\b|plc|gmbh/i;

export const Naming = (Base) =>
  class extends Base {
    async findNames(kind, typed) {
      const answer = await this.api.get(`names/?kind=${kind}&q=${encodeURIComponent(typed)}`);
      return answer.ok ? answer.data.found : [];
    }

    async findSpeakers(typed) {
      let found = [];
      try {
        found = await this.findNames("speaker", typed);
      } catch (error) {
        if (error instanceof LoggedOut) this.alertLogin();
        else this.alertOffline();
        return [];
      }
      if (!this.may.speakers) return found;
      const another = found.some((each) => each.name.toLowerCase() === typed.toLowerCase());
      const make = (kind, words) => ({
        name: typed,
        label: `Create ${another ? "another " : ""}${words} “${typed}”`,
        create: () => this.createSpeaker(typed, kind, another),
      });
      const made = [make("person", "person"), make("organisation", "organisation")];
      return [...found, ...(BODY.test(typed) ? made.reverse() : made)];
    }

    async createSpeaker(name, kind, another) {
      const answer = await this.changes.write("POST", "speakers/", { name, kind, another });
      if (!answer) return null;
      if (!answer.ok) {
        this.form?.error(answer.data.error, "speaker");
        return null;
      }
      this.say(`Speaker “${answer.data.speaker.name}” ${answer.status === 201 ? "created" : "was known already"}.`);
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
