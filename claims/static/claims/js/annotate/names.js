/* Names to choose from, speakers made on the spot, the last three remembered. Takes api
   to ask, changes to write, messages and the rights of whoever types. */

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

export class Names {
  constructor({ api, changes, messages, rights }) {
    Object.assign(this, { api, changes, messages, rights });
  }

  async find(kind, typed) {
    const answer = await this.api.get(`names/?kind=${kind}&q=${encodeURIComponent(typed)}`);
    return answer.ok ? answer.data.found : [];
  }

  /* Return the speakers that letters may mean. */
  async speakersLike(typed) {
    try {
      return await this.find("speaker", typed);
    } catch (error) {
      if (error instanceof LoggedOut) this.messages.alertLogin();
      else this.messages.alertOffline();
      return null;
    }
  }

  /* Return the speakers that letters may mean, then ways to make one; `refused` hears
     why one cannot be made. */
  async offerSpeakers(typed, refused) {
    const found = await this.speakersLike(typed);
    if (!found) return [];
    if (!this.rights.has("speakers")) return found;
    const another = found.some((each) => each.name.toLowerCase() === typed.toLowerCase());
    const make = (kind) => ({
      name: typed,
      label: (another ? ANOTHER : CREATE)[kind](typed),
      create: () => this.createSpeaker({ name: typed, kind, another }, refused),
    });
    const made = [make("person"), make("organisation")];
    return [...found, ...(BODY.test(typed) ? made.reverse() : made)];
  }

  /* Return the only speaker stored under a name, or null. */
  async speakerCalled(name) {
    const found = (await this.speakersLike(name)) || [];
    const called = found.filter((each) =>
      [each.name, each.matched].some((other) => other && likened(other) === likened(name)),
    );
    return called.length === 1 ? called[0] : null;
  }

  async createSpeaker(wanted, refused) {
    const answer = await this.changes.write("POST", "speakers/", wanted);
    if (!answer) return null;
    if (!answer.ok) {
      refused(answer.data.error);
      return null;
    }
    const { speaker } = answer.data;
    const words =
      answer.status === 201
        ? gettext("Speaker “%(name)s” created.")
        : gettext("Speaker “%(name)s” was known already.");
    this.messages.say(interpolate(words, { name: speaker.name }, true));
    return speaker;
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
}
