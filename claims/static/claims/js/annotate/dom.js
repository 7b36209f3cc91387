/* Elements of the page: found by their id or at a point, or made.
   Takes nothing. */

import { wordChanges } from "./words.js";

export const byId = (id) => document.getElementById(id);

export function element(tag, properties) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "role") node.setAttribute("role", value);
    else node[name] = value;
  }
  return node;
}

/* Return the link to where a published claim's revision begins, or waits. */
export function revisionLink({ url, label }) {
  return element("a", { href: url, textContent: label });
}

/* Return elements that show what became of words: kept, deleted, inserted. */
export function changedWords(before, after) {
  const tags = { same: "span", gone: "del", come: "ins" };
  return wordChanges(before, after).map((run) => element(tags[run.is], { textContent: run.text }));
}

/* Return the node and the offset of the letter at a point of the window, or null. */
export function caretUnder(x, y) {
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret && [caret.offsetNode, caret.offset];
  }
  const range = document.caretRangeFromPoint(x, y);
  return range && [range.startContainer, range.startOffset];
}
