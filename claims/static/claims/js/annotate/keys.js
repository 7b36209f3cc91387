/* The keys of the desk: one table that runs them and explains them. Takes the text, the
   list and the place of the form that hear them, `run` for what they do, paper for the
   arrows, the edge that may be on its way, and messages. */

import { byId, element } from "./dom.js";

/* [keys, words, where, what is done]; a capital letter means Shift with it. */
const KEYS = [
  ["Left Right", gettext("word back and on; Shift extends"), "text"],
  ["Up Down", gettext("line up and down; Shift extends"), "text"],
  ["x", gettext("letters instead of words, and back"), "text", "exact"],
  ["s", gettext("sentence; again: one more"), "text", "sentence"],
  ["Enter", gettext("new claim from the selected words"), "text", "open"],
  ["q", gettext("find words; Shift Enter marks all of their places"), "both", "byWords"],
  ["c", gettext("selected words become the cue"), "text", "cue"],
  ["w", gettext("selected words become the speaker as printed"), "text", "speakerWords"],
  ["k", gettext("add the selected words as another part"), "text", "part"],
  ["m", gettext("re-attach the claim to the selected words"), "text", "attach"],
  ["Esc", gettext("drop the selection, close the form, back to the text"), "both", "escape"],
  ["n", gettext("next claim"), "both", "next"],
  ["p", gettext("previous claim"), "both", "previous"],
  ["N", gettext("next claim that needs a decision"), "both", "nextOpen"],
  [
    "a",
    gettext("accept the suggestion, or confirm the new words; then the next"),
    "both",
    "accept",
  ],
  ["r", gettext("reject it; then the next"), "both", "reject"],
  ["e", gettext("edit the claim"), "both", "edit"],
  ["b", gettext("move its beginning with Left and Right, Enter keeps"), "both", "moveBegin"],
  ["t", gettext("move its tail with Left and Right, Enter keeps"), "both", "moveTail"],
  ["l", gettext("list it for readers"), "both", "list"],
  ["A", gettext("accept all suggestions shown that are ready"), "both", "acceptShown"],
  ["L", gettext("list all drafts that the list shows, after one question"), "both", "listShown"],
  ["y", gettext("copy the link to the claim"), "both", "copyLink"],
  ["d", gettext("its verdict form; Esc there comes back"), "both", "verdict"],
  ["Del", gettext("delete it (u brings it back)"), "both", "remove"],
  ["u", gettext("undo"), "both", "undo"],
  ["U", gettext("redo"), "both", "redo"],
  ["g", gettext("next open article"), "both", "nextArticle"],
  ["?", gettext("these keys"), "both", "help"],
  ["F8", gettext("it repeats the earlier claim shown first; again: it does not"), "all", "repeat"],
  ["F9", gettext("it is not the same as that one, never offered for it again"), "all", "dismiss"],
];

const NAMES = { Delete: "Del", Backspace: "Del", Escape: "Esc" };
const SHOWN = {
  Left: gettext("Left"),
  Right: gettext("Right"),
  Up: gettext("Up"),
  Down: gettext("Down"),
  Enter: gettext("Enter"),
  Esc: gettext("Esc"),
  Del: gettext("Del"),
};
const SETTING = "desk-single-letters";

export class Keys {
  constructor({ text, list, form, run, paper, edge, messages }) {
    Object.assign(this, { run, paper, edge, messages });
    form.addEventListener("keydown", (event) => this.pressInForm(event));
    text.addEventListener("keydown", (event) => this.press(event, "text"));
    list.addEventListener("keydown", (event) => this.press(event, "list"));
    /* Whoever came by a link or closed a box has the focus nowhere: the text hears. */
    document.addEventListener("keydown", (event) => {
      if (event.target === document.body) this.press(event, "text");
    });
    this.explain();
  }

  get lettersWork() {
    return localStorage.getItem(SETTING) !== "off";
  }

  press(event, where) {
    if (isElsewhere(event)) return;
    // There they press the button that has the focus.
    if (where === "list" && ["Enter", " "].includes(event.key)) return;
    const key = nameOf(event);
    if (this.edge.isMoving && this.moveEdge(event, key)) return;
    if (event.key.startsWith("Arrow")) {
      this.arrow(event, where);
      return;
    }
    if (key.length === 1 && key !== "?" && !this.lettersWork) return;
    const act = actOf(key, where);
    if (!act) return;
    event.preventDefault();
    this.run(act, where);
  }

  /* In a form letters are typed: only keys that type nothing work there. */
  pressInForm(event) {
    const act = isElsewhere(event) ? undefined : actOf(nameOf(event), "form");
    if (!act) return;
    event.preventDefault();
    this.run(act);
  }

  arrow(event, where) {
    const direction = ["ArrowLeft", "ArrowUp"].includes(event.key) ? -1 : 1;
    const isLine = ["ArrowUp", "ArrowDown"].includes(event.key);
    if (where === "list") {
      if (!isLine) return;
      event.preventDefault();
      this.run(direction < 0 ? "previous" : "next", where);
      return;
    }
    event.preventDefault();
    if (isLine) this.paper.line(direction, event.shiftKey);
    else this.paper.step(direction, event.shiftKey);
    this.paper.revealSelection();
  }

  /* While an edge is being moved, arrows move it, Enter keeps it, Esc drops it. */
  moveEdge(event, key) {
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      this.edge.move(event.key === "ArrowLeft" ? -1 : 1);
    } else if (key === "Enter") {
      this.run("keepEdge");
    } else if (key === "Esc") {
      this.edge.drop(gettext("The edge stays where it was."));
    } else if (key === "x") {
      this.run("exact");
    } else {
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  explain() {
    const place = byId("help-keys");
    const inText = element("section", {});
    const inBoth = element("section", {});
    for (const [where, title, part] of [
      ["text", gettext("In the text"), inText],
      ["all", gettext("In the form, too"), inText],
      ["both", gettext("In the text or the list"), inBoth],
    ]) {
      part.append(element("h3", { textContent: title }));
      const table = element("dl", {});
      for (const [keys, words] of KEYS.filter((row) => row[2] === where)) {
        const term = element("dt", {});
        for (const key of keys.split(" ")) {
          term.append(element("kbd", { textContent: shown(key) }), " ");
        }
        table.append(term, element("dd", { textContent: words }));
      }
      part.append(table);
    }
    place.append(inText, inBoth);
    const box = byId("letters");
    box.checked = this.lettersWork;
    box.addEventListener("change", () => {
      if (box.checked) localStorage.removeItem(SETTING);
      else localStorage.setItem(SETTING, "off");
      this.messages.say(
        box.checked ? gettext("Single letters are keys.") : gettext("Single letters are off."),
      );
    });
  }
}

/* Whether a key is pressed for the browser, or to compose a letter. */
function isElsewhere({ ctrlKey, altKey, metaKey, isComposing }) {
  return ctrlKey || altKey || metaKey || isComposing;
}

/* Return a key as the table names it. */
function nameOf({ key, shiftKey }) {
  if (NAMES[key]) return NAMES[key];
  if (key.length !== 1 || key === "?") return key;
  return shiftKey ? key.toUpperCase() : key.toLowerCase();
}

/* Return what a key does in the text or in the list, if it does anything there. */
function actOf(key, where) {
  const [, , place, act] = KEYS.find(([name, , , does]) => does && name === key) || [];
  const places = { text: ["text"], both: ["text", "list"], all: ["text", "list", "form"] };
  return places[place]?.includes(where) ? act : undefined;
}

function shown(key) {
  if (!/^[A-Z]$/.test(key)) return SHOWN[key] || key;
  return `${gettext("Shift")} ${key.toLowerCase()}`;
}
