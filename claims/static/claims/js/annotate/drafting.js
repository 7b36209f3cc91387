/* The claim that is being written: opened, guessed at, kept, saved, agreed upon. */

import { LOST, editDraft, newDraft, refind } from "./drafts.js";
import { ClaimForm } from "./form.js";
import { isOpen } from "./store.js";
import { WordsForm } from "./words-form.js";
import { cited } from "./words.js";

export const Drafting = (Base) =>
  class extends Base {
    openNew(place = this.paper.selection) {
      if (!this.allowed("add")) return;
      if (!place) {
        this.say(gettext("Select words first: arrows choose words, Shift extends."));
        return;
      }
      if (this.form) {
        this.form.focus();
        return;
      }
      const draft = newDraft(this, ...place);
      // The form shows the words that were selected; no need to say them twice.
      this.say("");
      this.showForm(draft);
      this.askForGuess(draft);
    }

    openEdit(claim, { isAsked = false } = {}) {
      if (claim.status === "rejected") {
        this.say(gettext("A rejected claim is restored before it is changed."));
        return;
      }
      if (this.form && (this.form.draft.id === claim.id || isTouched(this.form.draft))) {
        this.isBusy();
        return;
      }
      this.activate(claim.id);
      this.showForm(editDraft(this, claim, isAsked));
      if (isAsked) {
        const name = claim.proposed_speaker;
        this.say(
          interpolate(
            gettext("No speaker here is called “%(name)s” yet: who said it?"),
            { name },
            true,
          ),
        );
      }
      if (this.form.draft.typedSpeaker) this.form.lookUp();
    }

    showForm(draft) {
      this.closeWords();
      this.form = new ClaimForm(this, draft);
      this.keepDraft();
      this.showBar();
      this.form.focus();
      this.form.root.scrollIntoView({ block: "nearest" });
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

    paintDraft(draft) {
      const marks =
        draft && !draft.lost ? draft.marks.filter((mark) => mark.role === "content") : [];
      this.painter.put("draft", marks);
    }

    keepDraft() {
      if (this.form) sessionStorage.setItem(this.draftKey, JSON.stringify(this.form.draft));
    }

    restoreDraft() {
      const kept = sessionStorage.getItem(this.draftKey);
      if (!kept || !(this.may.add || this.may.change)) return;
      const draft = JSON.parse(kept);
      const isFound = refind(draft, this.store.text);
      this.showForm(draft);
      this.say(gettext("What you had typed is here again."));
      if (!isFound) this.form.error(LOST);
    }

    closeForm({ keep = true } = {}) {
      if (!this.form) return;
      const { draft } = this.form;
      this.form = null;
      this.formPlace.replaceChildren();
      sessionStorage.removeItem(this.draftKey);
      this.paintDraft(null);
      this.showBar();
      this.textPlace.focus({ preventScroll: true });
      if (keep && isTouched(draft)) this.offerDraft(draft);
    }

    /* What was typed into a form that was closed can be had back. */
    offerDraft(draft) {
      const button = document.createElement("button");
      button.type = "button";
      button.id = "reopen";
      button.textContent = gettext("Open the form again with what was typed");
      button.addEventListener("click", () => {
        refind(draft, this.store.text);
        this.showForm(draft);
      });
      this.formPlace.replaceChildren(button);
      this.say(gettext("Form closed; what was typed can be had back."));
    }

    async saveForm(form) {
      const { draft } = form;
      if (draft.lost) {
        form.error(LOST);
        return;
      }
      const result = draft.mode === "new" ? await this.storeNew(form) : await this.storeEdit(form);
      if (this.form !== form) return;
      if (result.claim) {
        this.stored(result.claim, draft);
      } else if (result.later) {
        form.error(gettext("Not saved yet; nothing is lost. Press Ctrl+Enter to try again."));
      } else if (result.text) {
        form.error(
          draft.lost
            ? LOST
            : gettext(
                "The text was corrected meanwhile. Your words were found again: save once more.",
              ),
        );
      } else if (result.current) {
        this.settleConflict(form, result);
      } else if (result.fields) {
        form.errors(result.fields);
      } else {
        form.error(result.why);
      }
    }

    storeNew(form) {
      const { draft } = form;
      const data = {
        client_id: draft.client_id,
        text: draft.text,
        marks: this.store.sent(draft.marks),
        fields: form.sent(),
      };
      return this.changes.create(
        data,
        interpolate(gettext("“%(quote)s” marked"), { quote: cited(draft.marks[0].exact) }, true),
      );
    }

    storeEdit(form) {
      const { draft } = form;
      const sent = form.sent();
      const was = sentOf(draft.base.fields);
      const changed = Object.keys(sent).filter(
        (name) => JSON.stringify(sent[name]) !== JSON.stringify(was[name]),
      );
      const pick = (values) => Object.fromEntries(changed.map((name) => [name, values[name]]));
      const data = { version: draft.version, fields: pick(sent) };
      const before = { fields: pick(was) };
      if (draft.marksTouched) {
        const roles = ["content", "cue", "speaker"];
        Object.assign(data, { marks: this.store.sent(draft.marks), roles, text: draft.text });
        Object.assign(before, {
          marks: this.store.sent(draft.base.marks),
          roles,
          text: draft.text,
        });
      }
      if (draft.status === "suggested") {
        data.step = "accept";
        before.step = "unaccept";
      }
      const quote = cited(draft.marks[0]?.exact ?? "");
      const words = data.step
        ? interpolate(gettext("“%(quote)s” accepted"), { quote }, true)
        : interpolate(gettext("“%(quote)s” changed"), { quote }, true);
      return this.changes.patch(draft.id, data, before, words);
    }

    stored(raw, draft) {
      this.rememberSpeaker(raw.speaker);
      this.closeForm({ keep: false });
      const claim = this.store.get(raw.id);
      this.activate(claim.id);
      if (draft.mode === "new") this.paper.after(claim.until);
      else this.paper.drop();
      this.textPlace.focus({ preventScroll: true });
      this.paintCursor();
      if (draft.isAsked) {
        const open = this.list.shown.filter(isOpen);
        const later = open.filter((each) => each.place >= claim.place);
        const what = interpolate(
          gettext("“%(quote)s” accepted"),
          { quote: cited(claim.quote) },
          true,
        );
        this.goOn(claim.id, [...later, ...open], what, false);
        return;
      }
      const quote = cited(claim.quote, 100);
      this.say(
        claim.speaker
          ? interpolate(
              gettext("Saved: “%(quote)s”, said by %(name)s."),
              { quote, name: claim.speaker.name },
              true,
            )
          : interpolate(gettext("Saved: “%(quote)s”; no speaker yet."), { quote }, true),
      );
    }

    settleConflict(form, { current, by }) {
      const { draft } = form;
      const claim = this.store.get(current.id);
      form.conflict(
        claim,
        by,
        () => {
          const base = editDraft(this, claim);
          // Only what was typed here is sent; the rest stays as they left it.
          for (const name of Object.keys(draft.fields)) {
            if (!draft.touched[name]) draft.fields[name] = base.fields[name];
          }
          if (!draft.marksTouched) draft.marks = base.marks;
          Object.assign(draft, { version: claim.version, status: claim.status, base: base.base });
          form.fill();
          form.settle();
          form.save();
        },
        () => {
          this.closeForm({ keep: false });
          this.activate(claim.id);
          this.say(gettext("Their version stays."));
        },
      );
      this.say(
        interpolate(
          gettext("%(name)s changed this claim first. Use yours, or keep theirs?"),
          {
            name: by || gettext("Somebody else"),
          },
          true,
        ),
        true,
      );
    }

    openWords() {
      if (this.form) this.closeForm();
      else this.say("");
      this.words = new WordsForm(this);
    }

    closeWords() {
      this.words = null;
      if (!this.form) this.formPlace.replaceChildren();
    }
  };

function isTouched(draft) {
  return Object.keys(draft.touched).length > 0 || draft.marksTouched;
}

function sentOf(fields) {
  const values = { ...fields };
  values.stated_on = fields.stated_on || null;
  values.speaker = fields.speaker ? fields.speaker.id : null;
  values.via = fields.via ? fields.via.id : null;
  values.topics = fields.topics.map((each) => each.id);
  return values;
}
