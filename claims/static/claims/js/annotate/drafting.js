/* The form of the claim that is being written: opened, guessed at, kept in this browser.
   Takes the place of the form and what it chooses from, what keeps its words, the
   article's day for new drafts, store, paper and painter for the words, the active claim,
   api to ask for guesses, names, rights, messages, a function that fills the place of a
   speaker's particulars, and `onSave` for a form whose claim is to be stored, `onMarkAll`
   for drafts to be stored as they are. Tells of "change" when a form opens or closes, and
   of "keep" when anything in its draft may have changed. */

import { editDraft, isTouched, newDraft, refind } from "./drafts.js";
import { ClaimForm } from "./form.js";
import { WordsForm } from "./words-form.js";

export class Drafting extends EventTarget {
  constructor({
    place,
    keeping,
    publishedOn,
    choices,
    store,
    paper,
    painter,
    active,
    api,
    names,
    rights,
    messages,
    particularsOf,
    onSave,
    onMarkAll,
  }) {
    super();
    Object.assign(this, { place, keeping, publishedOn, choices, store, paper, painter });
    Object.assign(this, { active, api, names, rights, messages, particularsOf });
    Object.assign(this, { onSave, onMarkAll });
    this.form = null;
  }

  /* A form that is open is finished first: what follows might put another in its place. */
  isBusy() {
    if (!this.form) return false;
    this.form.focus();
    this.messages.say(gettext("Save or close the form first."));
    return true;
  }

  /* --- Opened and closed ------------------------------------------------------------ */

  openNew(place = this.paper.selection) {
    if (!this.rights.demand("add")) return;
    if (!place) {
      this.messages.say(gettext("Select words first: arrows choose words, Shift extends."));
      return;
    }
    if (this.form) {
      this.form.focus();
      return;
    }
    const draft = this.begun(place);
    // The form shows the words that were selected; no need to say them twice.
    this.messages.say("");
    this.showForm(draft);
    this.askForGuess(draft);
  }

  begun(place) {
    return newDraft(this.store.text, ...place, this.publishedOn);
  }

  openEdit(claim, { isAsked = false } = {}) {
    if (claim.status === "rejected") {
      this.messages.say(gettext("A rejected claim is restored before it is changed."));
      return;
    }
    if (claim.revision) {
      this.messages.alertLocked(claim.revision);
      return;
    }
    if (this.form && (this.form.draft.id === claim.id || isTouched(this.form.draft))) {
      this.isBusy();
      return;
    }
    this.active.activate(claim.id);
    this.showForm(editDraft(this.store.text, claim, isAsked));
    if (isAsked) {
      const words = gettext("No speaker here is called “%(name)s” yet: who said it?");
      this.messages.say(interpolate(words, { name: claim.proposed_speaker }, true));
    }
    if (this.form.draft.typedSpeaker) this.form.lookUp();
  }

  showForm(draft) {
    this.form = new ClaimForm({
      place: this.place,
      draft,
      choices: this.choices,
      names: this.names,
      messages: this.messages,
      particularsOf: this.particularsOf,
      onSave: this.onSave,
      onClose: () => this.closeForm(),
      onChange: () => this.keep(),
      onMarks: (shown) => this.paint(shown),
    });
    this.keep();
    this.dispatchEvent(new Event("change"));
    this.form.focus();
    this.form.root.scrollIntoView({ block: "nearest" });
  }

  closeForm({ keep = true } = {}) {
    if (!this.form) return;
    const { draft } = this.form;
    this.form = null;
    this.place.replaceChildren();
    this.keeping.drop("draft");
    this.repaint();
    this.dispatchEvent(new Event("change"));
    this.paper.focus();
    if (keep && isTouched(draft)) this.offer(draft);
  }

  /* What was typed into a form that was closed can be had back. */
  offer(draft) {
    const button = document.createElement("button");
    button.type = "button";
    button.id = "reopen";
    button.textContent = gettext("Open the form again with what was typed");
    button.addEventListener("click", () => {
      refind(draft, this.store.text);
      this.showForm(draft);
    });
    this.place.replaceChildren(button);
    this.messages.say(gettext("Form closed; what was typed can be had back."));
  }

  /* Let somebody type or paste the words of a new claim. */
  openWords() {
    if (!this.rights.demand("add")) return;
    if (this.form) this.closeForm();
    else this.messages.say("");
    new WordsForm({
      place: this.place,
      paper: this.paper,
      painter: this.painter,
      onTake: (start, end) => this.openNew([start, end]),
      onTakeAll: (places) => this.onMarkAll(places.map((place) => this.begun(place))),
    });
  }

  /* --- The draft in the form -------------------------------------------------------- */

  keep() {
    if (this.form) this.keeping.put("draft", this.form.draft);
    this.dispatchEvent(new Event("keep"));
  }

  /* Open the form again that was open when the page was left. */
  restore() {
    const draft = this.keeping.get("draft");
    if (!draft || !(this.rights.has("add") || this.rights.has("change"))) return;
    const isFound = refind(draft, this.store.text);
    this.showForm(draft);
    this.messages.say(gettext("What you had typed is here again."));
    if (!isFound) this.form.errorLost();
  }

  /* Draw the words of the form that is open; none where none is. */
  repaint() {
    this.paint(this.form?.draft);
  }

  paint(draft) {
    const marks = draft && !draft.lost ? draft.marks.filter((mark) => mark.role === "content") : [];
    this.painter.put("draft", marks);
  }

  /* Give the draft other marks, and say so. */
  mark(marks, words) {
    this.form.draft.marks = marks;
    this.form.draft.marksTouched = true;
    this.form.showMarks();
    this.keep();
    this.messages.say(words);
  }

  /* Give the draft other words for its claim, also where its own were lost. */
  attach(marks, words) {
    this.form.draft.lost = false;
    this.form.error(null);
    this.mark(marks, words);
  }

  /* Find the draft's words again in a text that was corrected. */
  adopt(text) {
    if (!this.form) return;
    const isFound = refind(this.form.draft, text);
    this.form.showMarks();
    this.keep();
    if (isFound) this.form.error(null);
    else this.form.errorLost();
    this.messages.say(
      isFound
        ? gettext("The text was corrected; the words in your form were found in it.")
        : gettext("The text was corrected; the words in your form are no longer in it."),
      !isFound,
    );
  }

  async askForGuess(draft) {
    const [mark] = draft.marks;
    const [sent] = this.store.sent([mark]);
    try {
      const answer = await this.api.get(`guess/?start=${sent.start}&end=${sent.end}`);
      const { guess } = answer.data;
      if (!answer.ok || !guess.marks || this.form?.draft !== draft) return;
      guess.marks = guess.marks.map((each) => ({
        ...each,
        start: this.store.offsets.units(each.start),
        end: this.store.offsets.units(each.end),
      }));
      this.form.guess(guess);
    } catch {
      // Guesses are a help; the form is whole without them.
    }
  }
}
