/* The words of a claim: cue, speaker as printed, parts, places to confirm. Marks go to the
   form that is open, or else to the active claim. Takes paper for the selected words,
   drafting for the form, active and list for the claim, changes to write, messages. */

import { bare } from "./drafts.js";
import { cited } from "./words.js";

const MARKED = {
  cue: {
    form: () => gettext("“%(words)s” is the cue of the claim in the form."),
    claim: () => gettext("“%(words)s” is now the cue."),
    history: () => gettext("cue marked"),
  },
  speaker: {
    form: () => gettext("“%(words)s” is the speaker as printed, for the claim in the form."),
    claim: () => gettext("“%(words)s” is now the speaker as printed."),
    history: () => gettext("speaker as printed marked"),
  },
};

const isContent = (mark) => mark.role === "content";

export class Marking {
  constructor({ paper, drafting, active, list, changes, messages }) {
    Object.assign(this, { paper, drafting, active, list, changes, messages });
  }

  /* Return the selection as a mark, or say that there is none. */
  chosen(role) {
    if (!this.paper.selection) {
      this.messages.say(gettext("Select words first."));
      return null;
    }
    const [start, end] = this.paper.selection;
    return { role, start, end, exact: this.paper.textOf(start, end) };
  }

  /* Return what takes the marks: the draft in the form, or the active claim. */
  target() {
    return this.drafting.form ? this.drafting.form.draft : this.active.claimFor("change");
  }

  async setMark(role) {
    const target = this.target();
    const mark = target && this.chosen(role);
    if (!mark) return;
    const told = MARKED[role];
    const words = mark.exact;
    if (this.drafting.form) {
      const others = target.marks.filter((each) => each.role !== role);
      this.drafting.mark([...others, mark], interpolate(told.form(), { words }, true));
      return;
    }
    const done = await this.changes.remark(target.id, [mark], [role], told.history());
    if (done) this.messages.say(interpolate(told.claim(), { words }, true));
  }

  async addPart() {
    const target = this.target();
    const mark = target && this.chosen("content");
    if (!mark) return;
    const parts = target.marks.filter(isContent);
    if (parts.some((each) => each.start < mark.end && mark.start < each.end)) {
      this.messages.say(gettext("The parts of a claim cannot share words."));
      return;
    }
    const all = [...parts.map(bare), mark].sort((a, b) => a.start - b.start);
    const count = all.length;
    if (this.drafting.form) {
      const others = target.marks.filter((each) => !isContent(each));
      const form = ngettext(
        "The claim in the form has %(count)s part.",
        "The claim in the form has %(count)s parts.",
        count,
      );
      this.drafting.mark([...others, ...all], interpolate(form, { count }, true));
      return;
    }
    const done = await this.changes.remark(target.id, all, ["content"], gettext("part added"));
    if (!done) return;
    const form = ngettext("The claim has %(count)s part.", "The claim has %(count)s parts.", count);
    this.messages.say(interpolate(form, { count }, true));
  }

  async attach() {
    const target = this.target();
    const mark = target && this.chosen("content");
    if (!mark) return;
    if (this.drafting.form) {
      const others = target.marks.filter((each) => !isContent(each));
      this.drafting.attach([...others, mark], gettext("The claim in the form has these words."));
      return;
    }
    const inDoubt = target.marks.filter((each) => !isContent(each) && each.inDoubt);
    const roles = ["content", ...new Set(inDoubt.map((each) => each.role))];
    const kept = target.marks.filter((each) => each.here && !isContent(each));
    const marks = [mark, ...kept.filter((each) => roles.includes(each.role)).map(bare)];
    const done = await this.changes.remark(target.id, marks, roles, gettext("claim re-attached"));
    if (!done) return;
    const words = cited(mark.exact, 100);
    this.messages.say(interpolate(gettext("The claim stands at “%(words)s”."), { words }, true));
  }

  /* Take the places offered for words in doubt: the first ones, or those chosen. */
  async confirm(claim, chosen = {}) {
    const marks = [];
    for (const [index, mark] of claim.marks.entries()) {
      const candidate = mark.candidates[chosen[index] || 0];
      if (mark.here && !mark.inDoubt) marks.push(bare(mark));
      else if (candidate) marks.push({ role: mark.role, ...candidate });
      else if (isContent(mark)) {
        this.messages.say(
          gettext(
            "These words are not found. Select where they are and press m, or r if they are gone.",
          ),
        );
        return;
      }
    }
    const roles = ["content", "cue", "speaker"];
    const words = gettext("new words confirmed");
    const done = await this.changes.remark(claim.id, marks, roles, words);
    if (!done) return;
    this.messages.say(gettext("Confirmed."));
    const next = this.list.shown.find((each) => each.needsEye);
    if (next) this.active.activate(next.id, { reveal: true });
  }
}
