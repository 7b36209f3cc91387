/* What becomes of a form's claim: stored, refused, or agreed upon with somebody who was
   faster. Takes drafting for the form that is open, changes to write, store, paper and
   painter for the words, active and list to go on, names and messages. */

import { editDraft } from "./drafts.js";
import { sentOf } from "./fields.js";
import { decisionsOf, inverseOf } from "./repeating.js";
import { isOpen } from "./store.js";
import { cited } from "./words.js";

const ROLES = ["content", "cue", "speaker"];

export class Saving {
  constructor({ drafting, changes, store, paper, painter, active, list, names, messages }) {
    Object.assign(this, { drafting, changes, store, paper, painter });
    Object.assign(this, { active, list, names, messages });
  }

  async save(form) {
    const { draft } = form;
    if (draft.lost) {
      form.errorLost();
      return;
    }
    const result = draft.mode === "new" ? await this.storeNew(form) : await this.storeEdit(form);
    if (this.drafting.form !== form) return;
    if (result.claim) this.stored(result.claim, draft);
    else if (result.current) this.settleConflict(form, result);
    else this.notStored(form, result);
  }

  notStored(form, result) {
    if (result.later) {
      form.error(gettext("Not saved yet; nothing is lost. Press Ctrl+Enter to try again."));
    } else if (result.text && form.draft.lost) {
      form.errorLost();
    } else if (result.text) {
      form.error(
        gettext("The text was corrected meanwhile. Your words were found again: save once more."),
      );
    } else if (result.revision) {
      form.error(result.why);
      this.messages.alertLocked(result.revision);
    } else if (result.fields) {
      form.errors(result.fields);
    } else {
      form.error(result.why);
    }
  }

  /* Store drafts as they are, all places of some words, but for those marked already. */
  async storeAll(drafts) {
    const isMarked = ({ start, end }) =>
      this.store.standing.some(({ place, until }) => place === start && until === end);
    const open = drafts.filter((draft) => !isMarked(draft.marks[0]));
    if (!open.length) {
      this.messages.say(gettext("All of these places are marked already."));
      return;
    }
    const quote = cited(open[0].marks[0].exact);
    const words = interpolate(gettext("“%(quote)s” marked"), { quote }, true);
    const count = await this.changes.createMany(open.map((draft) => this.data(draft)), words);
    if (!count) return;
    const form = ngettext(
      "%(count)s place marked; u takes it back.",
      "%(count)s places marked; one u takes them all back.",
      count,
    );
    this.messages.say(interpolate(form, { count }, true));
  }

  data(draft) {
    const { client_id, text, marks, fields } = draft;
    const sent = { marks: this.store.sent(marks), fields: sentOf(fields) };
    return { client_id, text, ...sent, earlier: decisionsOf(draft) };
  }

  storeNew(form) {
    const data = this.data(form.draft);
    const quote = cited(form.draft.marks[0].exact);
    return this.changes.create(data, interpolate(gettext("“%(quote)s” marked"), { quote }, true));
  }

  storeEdit(form) {
    const { draft } = form;
    const sent = sentOf(draft.fields);
    const was = sentOf(draft.base.fields);
    const changed = Object.keys(sent).filter(
      (name) => JSON.stringify(sent[name]) !== JSON.stringify(was[name]),
    );
    const pick = (values) => Object.fromEntries(changed.map((name) => [name, values[name]]));
    const data = { version: draft.version, fields: pick(sent) };
    const before = { fields: pick(was) };
    if (draft.marksTouched) {
      const { text } = draft;
      Object.assign(data, { marks: this.store.sent(draft.marks), roles: ROLES, text });
      Object.assign(before, { marks: this.store.sent(draft.base.marks), roles: ROLES, text });
    }
    const earlier = decisionsOf(draft);
    if (earlier.length) {
      data.earlier = earlier;
      before.earlier = inverseOf(earlier);
    }
    if (draft.status === "suggested") {
      data.step = "accept";
      before.step = "unaccept";
    }
    const quote = cited(draft.marks[0]?.exact ?? "");
    const words = data.step ? gettext("“%(quote)s” accepted") : gettext("“%(quote)s” changed");
    return this.changes.patch(draft.id, data, before, interpolate(words, { quote }, true));
  }

  stored(raw, draft) {
    this.names.rememberSpeaker(raw.speaker);
    this.drafting.closeForm({ keep: false });
    const claim = this.store.get(raw.id);
    this.active.activate(claim.id);
    if (draft.mode === "new") this.paper.after(claim.until);
    else this.paper.drop();
    this.paper.focus();
    this.painter.cursor();
    if (draft.isAsked) {
      const open = this.list.shown.filter(isOpen);
      const later = open.filter((each) => each.place >= claim.place);
      const quote = cited(claim.quote);
      const what = interpolate(gettext("“%(quote)s” accepted"), { quote }, true);
      this.active.goOn(claim.id, [...later, ...open], what, false);
      return;
    }
    const quote = cited(claim.quote, 100);
    const words = claim.speaker
      ? gettext("Saved: “%(quote)s”, said by %(name)s.")
      : gettext("Saved: “%(quote)s”; no speaker yet.");
    this.messages.say(interpolate(words, { quote, name: claim.speaker?.name }, true));
  }

  settleConflict(form, { current, by }) {
    const claim = this.store.get(current.id);
    const useMine = () => {
      this.rebase(form.draft, claim);
      form.fill();
      form.settle();
      form.save();
    };
    const keepTheirs = () => {
      this.drafting.closeForm({ keep: false });
      this.active.activate(claim.id);
      this.messages.say(gettext("Their version stays."));
    };
    form.conflict(claim, by, useMine, keepTheirs);
    const words = gettext("%(name)s changed this claim first. Use yours, or keep theirs?");
    this.messages.say(interpolate(words, { name: by || gettext("Somebody else") }, true), true);
  }

  /* Put what was typed on top of what somebody else has made of the claim. */
  rebase(draft, claim) {
    const theirs = editDraft(this.store.text, claim);
    // Only what was typed here is sent; the rest stays as they left it.
    for (const name of Object.keys(draft.fields)) {
      if (!draft.touched[name]) draft.fields[name] = theirs.fields[name];
    }
    if (!draft.marksTouched) draft.marks = theirs.marks;
    Object.assign(draft, { version: claim.version, status: claim.status, base: theirs.base });
  }
}
