/* The buttons above the text and at the head of the desk. Takes `run` for what they do,
   the paper with its selection, the rights, and whether a claim or form takes words. */

import { byId } from "./dom.js";

const HEAD = [
  ["correct-open", "correct"],
  ["next-article", "nextArticle"],
  ["help-open", "help"],
  ["no-claims", "noClaims"],
];
const BAR = [
  ["new-claim", "open"],
  ["by-words", "byWords"],
  ["as-cue", "cue"],
  ["as-speaker", "speakerWords"],
  ["as-part", "part"],
  ["as-place", "attach"],
  ["exact-mode", "exact"],
];

export class Bar {
  constructor({ run, paper, rights, hasTarget }) {
    Object.assign(this, { paper, rights, hasTarget });
    for (const [id, act] of HEAD) {
      const button = byId(id);
      if (!button) continue;
      button.hidden = false;
      button.addEventListener("click", () => run(act));
    }
    const bar = byId("text-bar");
    bar.hidden = !rights.has("add") && !rights.has("change");
    // A press on a button leaves the selection where it is.
    bar.addEventListener("pointerdown", (event) => event.preventDefault());
    for (const [id, act] of BAR) byId(id).addEventListener("click", () => run(act));
  }

  /* Offer what can be done with the words that are selected now. */
  show() {
    const has = Boolean(this.paper.selection);
    const mayMark = has && this.hasTarget() && this.rights.has("change");
    byId("new-claim").disabled = !has || !this.rights.has("add");
    for (const id of ["as-cue", "as-speaker", "as-part", "as-place"]) byId(id).disabled = !mayMark;
    byId("by-words").disabled = !this.rights.has("add");
  }
}
