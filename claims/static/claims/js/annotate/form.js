/* The claim form: who said it, how, when. What is typed survives everything. Takes the
   place to stand in, the draft to fill in, names and choices to choose from, messages, a
   function that fills the place of a speaker's particulars, and what hears of it: `onSave` and `onClose`, `onChange` of whatever is typed, `onMarks` of a draft's
   words. */

import { Combobox } from "./combobox.js";
import { conflictTable } from "./conflict.js";
import { PLAIN, named, roleLabel } from "./fields.js";
import { dated } from "./locale.js";
import { SpeakerBox } from "./speaker-box.js";

const REMOVE = {
  cue: (words) => interpolate(gettext("Remove the cue “%(words)s”"), { words }, true),
  speaker: (words) =>
    interpolate(gettext("Remove the speaker as printed “%(words)s”"), { words }, true),
};

export class ClaimForm {
  constructor({ place, draft, choices, names, messages, particularsOf, ...heard }) {
    const { onSave, onClose, onChange, onMarks } = heard;
    Object.assign(this, { draft, choices, names, onSave, onClose, onChange, onMarks });
    this.saving = false;
    const template = document.getElementById("claim-form");
    this.root = template.content.firstElementChild.cloneNode(true);
    place.replaceChildren(this.root);
    this.title = this.find("form-title");
    this.title.textContent = titleOf(draft);
    if (draft.status === "suggested") {
      this.find("form-save").firstChild.textContent = `${gettext("Save and accept")} `;
    }
    this.fillChoices();
    this.speaker = new SpeakerBox(this.field("speaker"), {
      names,
      messages,
      particulars: particularsOf(this.find("speaker-more")),
      onPick: (value) => this.picked("speaker", value),
      onRefusal: (words) => this.error(words, "speaker"),
    });
    this.via = new Combobox(this.field("via"), {
      find: (typed) => names.find("outlet", typed),
      onPick: (value) => this.picked("via", value),
    });
    this.topics = new Combobox(this.find("f-topics"), {
      find: (typed) => names.find("topic", typed),
      onPick: (value) => this.addTopic(value),
    });
    this.fill();
    this.root.addEventListener("input", (event) => this.typed(event));
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.save();
      } else if (event.key === "Enter" && event.target.matches("input, select")) {
        event.preventDefault();
      } else if (event.key === "Escape" && !event.defaultPrevented) {
        event.preventDefault();
        this.onClose();
      }
    });
    this.find("form-cancel").addEventListener("click", () => this.onClose());
    this.showMarks();
  }

  find(id) {
    return this.root.querySelector(`#${id}`);
  }

  field(name) {
    return this.root.elements[name];
  }

  focus() {
    this.field("speaker").focus();
  }

  /* Look up the name that the program read, as if somebody had typed it. */
  async lookUp() {
    const { draft } = this;
    const speaker = draft.isAsked ? null : await this.names.speakerCalled(draft.typedSpeaker);
    if (!this.root.isConnected || draft.touched.speaker) return;
    if (speaker) {
      this.speaker.set(speaker);
      draft.fields.speaker = named(speaker);
      this.onChange();
      this.hint("speaker", gettext("guess"));
    } else {
      this.hint(
        "speaker",
        gettext("No speaker here is called that yet: choose or create one, or empty the box."),
      );
      this.speaker.lookUp();
    }
  }

  fillChoices() {
    for (const name of ["attribution", "checkability", "stated_precision", "stated_basis"]) {
      this.field(name).replaceChildren(
        ...this.choices[name].map(([value, label]) => new Option(label, value)),
      );
    }
  }

  fill() {
    const { fields } = this.draft;
    for (const name of PLAIN) this.show(name, fields[name]);
    this.speaker.set(fields.speaker);
    if (!fields.speaker && this.draft.typedSpeaker) {
      this.field("speaker").value = this.draft.typedSpeaker;
    }
    this.via.set(fields.via);
    this.showTopics();
  }

  /* Show a value; a day with its month as a word. */
  show(name, value) {
    this.field(name).value = (name === "stated_on" ? dated(value) : value) ?? "";
  }

  typed(event) {
    const { name, value } = event.target;
    if (PLAIN.includes(name)) {
      this.draft.fields[name] = value;
      this.draft.touched[name] = true;
      if (name === "stated_on") this.dateTyped(value);
      this.hint(name, "");
    }
    if (name === "speaker") {
      this.draft.typedSpeaker = value;
      this.draft.touched.speaker = true;
      this.hint("speaker", "");
    }
    this.onChange();
  }

  /* A date needs a precision, and none needs none. */
  dateTyped(value) {
    const precision = this.field("stated_precision");
    if (value && precision.value === "unknown") precision.value = "day";
    if (!value) precision.value = "unknown";
    if (value) this.field("stated_basis").value = "editor";
    for (const name of ["stated_precision", "stated_basis"]) {
      this.draft.fields[name] = this.field(name).value;
      this.draft.touched[name] = true;
    }
  }

  picked(name, value) {
    this.draft.fields[name] = value && named(value);
    this.draft.touched[name] = true;
    if (value) this.error(null, name);
    this.onChange();
  }

  addTopic(value) {
    if (!value) return;
    const { fields } = this.draft;
    if (!fields.topics.some((each) => each.id === value.id)) {
      fields.topics = [...fields.topics, { id: value.id, name: value.name }];
    }
    this.topics.set(null);
    this.topicsChanged();
  }

  topicsChanged() {
    this.draft.touched.topics = true;
    this.showTopics();
    this.onChange();
  }

  showTopics() {
    this.find("chips-topics").replaceChildren(
      ...this.draft.fields.topics.map((topic) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = `${topic.name} ×`;
        button.setAttribute(
          "aria-label",
          interpolate(gettext("Remove the topic %(name)s"), { name: topic.name }, true),
        );
        button.addEventListener("click", () => {
          const { fields } = this.draft;
          fields.topics = fields.topics.filter((each) => each.id !== topic.id);
          this.topicsChanged();
          this.find("f-topics").focus();
        });
        item.append(button);
        return item;
      }),
    );
  }

  /* Take over what the program read in the text, where nobody has typed yet. */
  guess(guess) {
    this.guessPlain(guess);
    this.guessNames(guess);
    const { marks } = this.draft;
    for (const mark of guess.marks) {
      if (!marks.some((each) => each.role === mark.role)) marks.push(mark);
    }
    this.showMarks();
    this.onChange();
  }

  guessPlain(guess) {
    const { fields, touched } = this.draft;
    const take = (...names) => {
      for (const name of names) {
        fields[name] = guess[name];
        this.show(name, guess[name]);
      }
    };
    for (const name of ["attribution", "checkability"]) {
      if (guess[name] && !touched[name]) take(name);
    }
    if (guess.stated_on && !touched.stated_on) {
      take("stated_on", "stated_precision", "stated_basis");
      this.hint("stated_on", gettext("guess"));
    }
    if (guess.wording && guess.share > 0.9 && !touched.wording) {
      take("wording");
      this.hint("wording", gettext("guess"));
    }
  }

  guessNames({ via, speaker, maybe, speaker_name: printed }) {
    const { fields, touched } = this.draft;
    if (via && !touched.via) {
      fields.via = { id: via.id, name: via.name };
      this.via.set(fields.via);
    }
    if (touched.speaker || fields.speaker) return;
    if (speaker) {
      fields.speaker = named(speaker);
      this.speaker.set(fields.speaker);
      this.hint("speaker", gettext("guess"));
      if (document.activeElement === this.field("speaker")) this.field("speaker").select();
    } else if (maybe) {
      const words = gettext("Perhaps %(name)s: the text leaves it open.");
      this.hint("speaker", interpolate(words, { name: maybe.name }, true));
      this.speaker.suggest(maybe);
    } else if (printed) {
      const words = gettext("In the text: %(name)s");
      this.hint("speaker", interpolate(words, { name: printed }, true));
    }
  }

  hint(name, words) {
    const place = this.find(`guess-${name}`);
    if (place) place.textContent = words;
  }

  /* Show the words, cue and speaker mention; each of the latter can be taken off. */
  showMarks() {
    const { marks } = this.draft;
    const content = marks.filter((mark) => mark.role === "content");
    this.find("form-quote").textContent = content.map((mark) => mark.exact).join(" [...] ");
    this.find("form-marks").replaceChildren(
      ...marks
        .filter((mark) => mark.role !== "content")
        .map((mark) => {
          const chip = document.createElement("button");
          chip.type = "button";
          chip.className = `an-chip an-chip-${mark.role}`;
          chip.textContent = `${roleLabel(mark.role)}: ${mark.exact} ×`;
          chip.setAttribute("aria-label", REMOVE[mark.role](mark.exact));
          chip.addEventListener("click", () => {
            this.draft.marks = this.draft.marks.filter((each) => each !== mark);
            this.draft.marksTouched = true;
            this.showMarks();
            this.focus();
            this.onChange();
          });
          return chip;
        }),
    );
    this.onMarks(this.draft);
  }

  async save() {
    if (this.saving) return;
    this.saving = true;
    this.busy(true);
    try {
      await this.speaker.settled();
      await this.via.settled();
      const typed = this.field("speaker").value.trim();
      if (typed && !this.draft.fields.speaker) {
        this.error(
          gettext("Choose a speaker from the list, create one, or empty the box."),
          "speaker",
        );
        this.field("speaker").focus();
        return;
      }
      await this.onSave(this);
    } finally {
      this.saving = false;
      this.busy(false);
    }
  }

  busy(is) {
    const button = this.find("form-save");
    if (button) button.setAttribute("aria-disabled", String(is));
    this.root.classList.toggle("an-busy", is);
  }

  /* Say what is wrong, at its field where there is one; null takes it back. */
  error(words, name = "") {
    const place = this.find("form-error");
    place.textContent = words || "";
    place.hidden = !words;
    const field = name && this.field(name);
    if (field) {
      if (words) {
        field.setAttribute("aria-invalid", "true");
        field.setAttribute("aria-describedby", "form-error");
      } else {
        field.removeAttribute("aria-invalid");
        field.removeAttribute("aria-describedby");
      }
    }
  }

  errorLost() {
    this.error(gettext("Your words are no longer in the text. Select them again, then press m."));
  }

  errors(fields) {
    const names = Object.keys(fields);
    this.error(Object.values(fields).join(" "));
    const first = names.find((name) => this.field(name));
    if (first) {
      this.error(Object.values(fields).join(" "), first);
      this.field(first).focus();
    }
  }

  /* Show what somebody else has made of the claim, beside what is typed here. */
  conflict(current, by, onMine, onTheirs) {
    const place = this.find("form-conflict");
    const label = (name) => this.find(`f-${name}`).labels[0].textContent;
    const table = conflictTable(current, this.draft, { label, choices: this.choices });
    const title = document.createElement("p");
    const strong = document.createElement("strong");
    const name = by || gettext("Somebody else");
    strong.textContent = interpolate(gettext("%(name)s changed this claim first."), { name }, true);
    title.append(strong);
    const buttons = document.createElement("div");
    buttons.className = "an-buttons";
    for (const [id, words, act] of [
      ["use-mine", gettext("Use mine"), onMine],
      ["keep-theirs", gettext("Keep theirs"), onTheirs],
    ]) {
      const button = document.createElement("button");
      button.type = "button";
      button.id = id;
      button.textContent = words;
      button.addEventListener("click", act);
      buttons.append(button);
    }
    place.replaceChildren(title, table, buttons);
    place.hidden = false;
    buttons.firstChild.focus();
  }

  settle() {
    const place = this.find("form-conflict");
    place.hidden = true;
    place.replaceChildren();
  }
}

function titleOf(draft) {
  if (draft.isAsked) return gettext("Who said it?");
  return draft.mode === "new" ? gettext("New claim") : gettext("Edit claim");
}
