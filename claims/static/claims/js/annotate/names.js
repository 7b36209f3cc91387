/* Names to choose from, speakers made on the spot and taken back, the last three
   remembered. Takes api to ask, changes to write, messages, the rights of whoever types
   and the kinds of speakers. */

import { LoggedOut } from "./api.js";
import { labelOf } from "./fields.js";
import { likened } from "./finding.js";
import { lowered } from "./locale.js";

const RECENT = "desk-recent-speakers";
const ACRONYM = /^[\p{Lu}\p{N}&.]{2,}$/u;
// Who types capitals means an acronym, and no name that only begins so.
const NEAR = { exact: 0, word: 0, start: 1, inside: 2 };

export class Names {
  constructor({ api, changes, messages, rights, kinds }) {
    Object.assign(this, { api, changes, messages, rights, kinds });
  }

  /* Return what is found for typed letters: {found}, with speakers the `kind` of one
     that is called so, and its `name` as the article prints it. */
  async ask(kind, typed) {
    const answer = await this.api.get(`names/?kind=${kind}&q=${encodeURIComponent(typed)}`);
    return answer.ok ? answer.data : { found: [] };
  }

  async find(kind, typed) {
    return (await this.ask(kind, typed)).found;
  }

  /* Return the speakers that letters may mean, and the name and kind of a new one. */
  async speakersLike(typed) {
    try {
      return await this.ask("speaker", typed);
    } catch (error) {
      if (error instanceof LoggedOut) this.messages.alertLogin();
      else this.messages.alertOffline();
      return { found: [] };
    }
  }

  /* Return the speakers that letters may mean, and a way to make one: after those whose
     words begin so, before those that only have the letters inside a word. `making`
     hears that one is to be made. */
  async offerSpeakers(typed, making) {
    const { found, name, kind } = await this.speakersLike(typed);
    if (!kind || !this.rights.has("speakers")) return found;
    const isSame = (each) => each.name.toLowerCase() === typed.toLowerCase();
    const likely = ACRONYM.test(typed) ? 0 : 1;
    const isNear = ({ fit }) => NEAR[fit] <= likely;
    const made = this.newSpeaker(name, kind, { another: found.some(isSame), making });
    return [...found.filter(isNear), made, ...found.filter((each) => !isNear(each))];
  }

  /* Return the item of a list that makes a speaker of a kind that can be changed. */
  newSpeaker(name, kind, { another, making }) {
    const { kinds } = this;
    const words = another ? gettext("Create another “%(name)s”") : gettext("Create “%(name)s”");
    const item = { name, kind, label: interpolate(words, { name }, true) };
    item.note = lowered(labelOf(kinds, kind));
    item.create = () => making({ name, kind: item.kind, another });
    item.turn = () => {
      const at = kinds.findIndex(([value]) => value === item.kind);
      const [value, label] = kinds[(at + 1) % kinds.length];
      Object.assign(item, { kind: value, note: lowered(label) });
      this.messages.say(interpolate(gettext("Kind: %(kind)s."), { kind: item.note }, true));
    };
    return item;
  }

  /* Return the only speaker stored under a name, or null. */
  async speakerCalled(name) {
    const { found } = await this.speakersLike(name);
    const called = found.filter((each) =>
      [each.name, each.matched].some((other) => other && likened(other) === likened(name)),
    );
    return called.length === 1 ? called[0] : null;
  }

  /* Make a speaker: {speaker, isNew}, the known ones that look {alike}, or {error}. */
  async createSpeaker(wanted) {
    const answer = await this.changes.write("POST", "speakers/", wanted);
    if (!answer) return {};
    return { ...answer.data, isNew: answer.status === 201 };
  }

  /* Delete a speaker that was just made; say whether that was possible. */
  async takeBack({ id }) {
    const answer = await this.changes.write("DELETE", `speakers/${id}/`);
    return Boolean(answer?.ok);
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
    const { id, name, kind, note } = speaker;
    const all = [{ id, name, kind, note }, ...others];
    localStorage.setItem(RECENT, JSON.stringify(all.slice(0, 3)));
  }
}
