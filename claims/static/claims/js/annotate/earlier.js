/* "Said before": earlier claims like the words selected, the claim in the form or the
   active one. Asked once nothing has changed for a moment; a newer question takes the
   place of an older one. Takes api to ask, the place to stand in, repeating for what is
   asked about and decided, and messages. */

import { chosenNote, dismissedNote, earlierEntry } from "./earlier-entry.js";
import { byId } from "./dom.js";

const PAUSE = 400;

export class Earlier {
  constructor({ api, place, repeating, messages }) {
    Object.assign(this, { api, place, repeating, messages });
    this.root = byId("earlier").content.firstElementChild.cloneNode(true);
    this.entries = this.root.querySelector("ul");
    this.note = this.root.querySelector("p");
    this.subject = null;
    this.found = [];
    this.question = "";
    this.root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-decision]");
      if (button) this.decide(button.dataset.decision, Number(button.dataset.earlier));
    });
  }

  /* Look what there is to ask about now: after each change of anything. */
  look() {
    const before = this.subject;
    this.subject = this.repeating.subject();
    const place = this.subject?.place ?? this.place;
    if (this.root.parentElement !== place) place.append(this.root);
    // What is like one claim says nothing of another.
    if (this.subject?.of !== before?.of) this.found = [];
    const question = questionOn(this.subject);
    if (question !== this.question) {
      this.cancel();
      this.question = question;
      if (question) this.timer = setTimeout(() => this.ask(question), PAUSE);
    }
    this.show();
  }

  /* Forget the question: a newer one, or a save, is not to wait for its answer. */
  cancel() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.question = "";
  }

  async ask(question) {
    this.asking = new AbortController();
    const { signal } = this.asking;
    try {
      const answer = await this.api.once("POST", "earlier/", JSON.parse(question), {}, signal);
      if (!answer.ok || question !== this.question) return;
      this.found = answer.data.found;
      this.show();
    } catch {
      // The earlier claims are a help; the work goes on without them.
    }
  }

  /* Return the earlier claims that are offered: none once one is chosen. */
  get offered() {
    const { subject, found } = this;
    if (!subject || subject.repeats) return [];
    return found.filter((each) => !subject.dismissed.includes(each.id));
  }

  show() {
    const { subject, offered } = this;
    const { repeats, dismissed = [], mayDecide } = subject ?? {};
    this.root.hidden = !repeats && !offered.length && !dismissed.length;
    const print = JSON.stringify([repeats, dismissed, mayDecide, offered]);
    if (print === this.print) return;
    this.print = print;
    this.entries.replaceChildren(
      ...offered.map((each, index) => earlierEntry(each, { mayDecide, isFirst: !index })),
    );
    this.note.replaceChildren(
      ...(repeats ? chosenNote(repeats, mayDecide) : dismissedNote(dismissed)),
    );
  }

  /* Decide on the earlier claim of the entry that has the focus, else on the first; one
     that was chosen is let go by the same key. */
  act(decision) {
    const { offered, subject } = this;
    if (subject?.repeats && decision === "repeat") {
      this.decide("offer", subject.repeats.id);
      return;
    }
    const entry = document.activeElement?.closest?.("[data-entry]");
    const each = offered.find(({ id }) => id === Number(entry?.dataset.entry)) ?? offered[0];
    if (each) this.decide(decision, each.id);
    else this.messages.say(gettext("No earlier claim is shown."));
  }

  async decide(decision, id) {
    const { subject } = this;
    const each = this.found.find((one) => one.id === id) ?? subject.repeats;
    const hadFocus = this.root.contains(document.activeElement);
    await this.repeating.decide(subject, decision, each);
    this.look();
    if (!hadFocus || this.root.contains(document.activeElement)) return;
    // A button that is gone leaves its focus to another one.
    if (this.root.hidden) subject.focus();
    else this.root.querySelector("button")?.focus();
  }
}

/* Return what the server is asked about a subject; nothing where it is decided. */
function questionOn(subject) {
  const wording = subject?.wording.trim();
  if (!wording || subject.repeats) return "";
  const { claim = 0, speaker = 0, version = 0 } = subject;
  return JSON.stringify({ wording, speaker, claim, version });
}
