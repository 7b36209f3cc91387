/* Whether a claim repeats an earlier one: decided for the words selected, for the draft in
   the form, which is stored with it, or for the active claim, which is stored at once.
   Takes drafting for the form, active and list for the claim, paper for the words,
   changes to write, rights and messages. */

import { wordsOf } from "./earlier-entry.js";

const INVERSE = { repeat: "offer", dismiss: "offer", offer: "repeat" };

export class Repeating {
  constructor({ drafting, active, list, paper, changes, rights, messages }) {
    Object.assign(this, { drafting, active, list, paper, changes, rights, messages });
  }

  /* Return what earlier claims are looked for: {of, wording, speaker, claim ...}. */
  subject() {
    const { drafting, paper } = this;
    if (drafting.form) return this.draftOf(drafting.form);
    if (paper.selection && this.rights.has("add")) return this.selected(...paper.selection);
    const { claim } = this.active;
    return claim && claim.status !== "rejected" ? this.stored(claim) : null;
  }

  draftOf(form) {
    const { draft } = form;
    const { wording, speaker } = draft.fields;
    const focus = () => form.focus();
    return {
      of: draft.client_id ?? draft.id,
      wording: wording ?? "",
      speaker: speaker?.id,
      claim: draft.id,
      repeats: draft.repeats,
      dismissed: draft.dismissed ?? [],
      mayDecide: true,
      place: form.find("form-earlier"),
      focus,
      draft,
    };
  }

  selected(start, end) {
    const wording = this.paper.textOf(start, end).replace(/\s+/g, " ").slice(0, 500);
    const focus = () => this.paper.focus();
    return { of: "words", wording, dismissed: [], mayDecide: true, focus };
  }

  stored(claim) {
    const { id, wording, speaker, repeats, version } = claim;
    return {
      of: id,
      wording,
      speaker: speaker?.id,
      claim: id,
      version,
      repeats,
      dismissed: [],
      mayDecide: this.rights.has("change"),
      place: this.list.placeIn(id, ".an-earlier-place"),
      focus: () => this.list.focus(id),
    };
  }

  /* Note for a claim that it repeats an earlier one, that it does not, or neither. */
  async decide(subject, decision, each) {
    if (!subject.mayDecide) return;
    if (subject.of === "words") {
      // The decision is one on the claim that is made of the words.
      this.drafting.openNew();
      if (this.drafting.form) this.note(this.drafting.form.draft, decision, each);
    } else if (subject.draft) this.note(subject.draft, decision, each);
    else await this.store(subject, decision, each);
  }

  note(draft, decision, each) {
    const dismissed = draft.dismissed ?? [];
    if (decision === "repeat") draft.repeats = each;
    else if (decision === "dismiss") draft.dismissed = [...dismissed, each.id];
    else if (draft.repeats) draft.repeats = null;
    else draft.dismissed = [];
    draft.touched.repeats = true;
    this.drafting.keep();
    this.messages.say(DECIDED[decision](each));
  }

  async store({ claim: id, version }, decision, each) {
    const earlier = [{ of: each.id, is: decision }];
    const before = { fields: {}, earlier: inverseOf(earlier) };
    const words = DECIDED[decision](each);
    const result = await this.changes.patch(id, { version, fields: {}, earlier }, before, words);
    if (result.claim) {
      this.messages.say(interpolate(gettext("%(what)s; u takes it back."), { what: words }, true));
    } else this.changes.refused(result);
  }
}

/* Return the decisions of a draft as they are sent. */
export function decisionsOf({ repeats, dismissed = [], base }) {
  const was = base?.repeats;
  const sent = dismissed.map((of) => ({ of, is: "dismiss" }));
  if (repeats && repeats.id !== was?.id) sent.push({ of: repeats.id, is: "repeat" });
  if (!repeats && was) sent.push({ of: was.id, is: "offer" });
  return sent;
}

/* Return what takes decisions back. */
export function inverseOf(decisions) {
  return decisions.map(({ of, is }) => ({ of, is: INVERSE[is] }));
}

const told = (form, each) => interpolate(form, { words: each ? wordsOf(each) : "" }, true);
const DECIDED = {
  repeat: (each) => told(gettext("It repeats “%(words)s”"), each),
  dismiss: (each) => told(gettext("Not the same as “%(words)s”, never offered for it again"), each),
  offer: (each) =>
    each ? told(gettext("It does not repeat “%(words)s”"), each) : gettext("Offered again"),
};
