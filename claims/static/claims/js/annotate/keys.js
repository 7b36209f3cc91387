/* The keys of the desk: one table that runs them and explains them. */

import { element } from "./list.js";

/* [keys, words, where, what is done]; a capital letter means Shift with it. */
export const KEYS = [
  ["Left Right", gettext("word back and on; Shift extends"), "text"],
  ["Up Down", gettext("line up and down; Shift extends"), "text"],
  ["x", gettext("letters instead of words, and back"), "text", "exact"],
  ["s", gettext("sentence; again: one more"), "text", "sentence"],
  ["Enter", gettext("new claim from the selected words"), "text", "open"],
  ["q", gettext("find words by typing or pasting them"), "both", "byWords"],
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
  ["d", gettext("its verdict form; Esc there comes back"), "both", "verdict"],
  ["Del", gettext("delete it (u brings it back)"), "both", "remove"],
  ["u", gettext("undo"), "both", "undo"],
  ["U", gettext("redo"), "both", "redo"],
  ["g", gettext("next open article"), "both", "nextArticle"],
  ["?", gettext("these keys"), "both", "help"],
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
  constructor(desk) {
    this.desk = desk;
    desk.textPlace.addEventListener("keydown", (event) => this.press(event, "text"));
    desk.listPlace.addEventListener("keydown", (event) => this.press(event, "list"));
    this.explain();
  }

  get lettersWork() {
    return localStorage.getItem(SETTING) !== "off";
  }

  press(event, where) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const key = this.nameOf(event);
    if (where === "list" && ["Enter", " "].includes(event.key)) return;
    if (this.desk.edge && this.edge(event, key)) return;
    if (event.key.startsWith("Arrow")) {
      this.arrow(event, where);
      return;
    }
    if (key.length === 1 && key !== "?" && !this.lettersWork) return;
    const row = KEYS.find(([name, , , act]) => act && name === key);
    if (!row || (row[2] === "text" && where !== "text")) return;
    event.preventDefault();
    this.desk.run(row[3], event);
  }

  nameOf(event) {
    if (NAMES[event.key]) return NAMES[event.key];
    if (event.key.length !== 1) return event.key;
    if (event.key === "?") return "?";
    const letter = event.key.toLowerCase();
    return event.shiftKey ? letter.toUpperCase() : letter;
  }

  arrow(event, where) {
    const direction = ["ArrowLeft", "ArrowUp"].includes(event.key) ? -1 : 1;
    const isLine = ["ArrowUp", "ArrowDown"].includes(event.key);
    if (where === "list") {
      if (!isLine) return;
      event.preventDefault();
      this.desk.run(direction < 0 ? "previous" : "next", event);
      return;
    }
    event.preventDefault();
    if (isLine) this.desk.paper.line(direction, event.shiftKey);
    else this.desk.paper.step(direction, event.shiftKey);
    this.desk.revealSelection();
  }

  /* While an edge is being moved, arrows move it, Enter keeps it, Esc drops it. */
  edge(event, key) {
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      this.desk.moveEdge(event.key === "ArrowLeft" ? -1 : 1);
    } else if (key === "Enter") {
      this.desk.inTurn(() => this.desk.keepEdge());
    } else if (key === "Esc") {
      this.desk.dropEdge(gettext("The edge stays where it was."));
    } else if (key === "x") {
      this.desk.run("exact", event);
    } else {
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  explain() {
    const place = document.getElementById("help-keys");
    for (const [where, title] of [
      ["text", gettext("In the text")],
      ["both", gettext("In the text or the list")],
    ]) {
      const part = element("section", {});
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
      place.append(part);
    }
    const box = document.getElementById("letters");
    box.checked = this.lettersWork;
    box.addEventListener("change", () => {
      if (box.checked) localStorage.removeItem(SETTING);
      else localStorage.setItem(SETTING, "off");
      this.desk.say(
        box.checked ? gettext("Single letters are keys.") : gettext("Single letters are off."),
      );
    });
  }
}

function shown(key) {
  if (!/^[A-Z]$/.test(key)) return SHOWN[key] || key;
  return `${gettext("Shift")} ${key.toLowerCase()}`;
}
