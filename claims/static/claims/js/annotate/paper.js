/* The article's text: its places, the words selected in it, the cursor that walks it.
   Mouse and keyboard both end in one selection; the text itself is never changed. Takes
   the element that holds the paragraphs, and their text. Tells of "select" and "click". */

import { caretUnder } from "./dom.js";
import { indexAt, lettersIn, nearest, sentencesIn } from "./words.js";
import { snap, trim, wholeSentences, wordsIn } from "./words.js";

export class Paper extends EventTarget {
  constructor(root, body) {
    super();
    this.root = root;
    this.exact = false;
    this.selection = null;
    this.cursor = 0;
    this.anchor = 0;
    this.settling = false;
    this.pressed = false;
    this.setBody(body, false);
    root.addEventListener("pointerdown", () => {
      this.pressed = true;
    });
    // A click collapses the selection only after the pointer is up.
    document.addEventListener("pointerup", (event) => {
      if (!this.pressed) return;
      this.pressed = false;
      setTimeout(() => this.takeSelection(event), 0);
    });
    document.addEventListener("selectionchange", () => this.followSelection());
  }

  setBody(body, render = true) {
    this.body = body;
    const parts = body.split("\n\n");
    if (render) {
      this.root.replaceChildren(
        ...parts.map((part) => {
          const paragraph = document.createElement("p");
          paragraph.dir = "auto";
          paragraph.textContent = part;
          return paragraph;
        }),
      );
    }
    let start = 0;
    this.paragraphs = parts.map((part, index) => {
      const place = { start, end: start + part.length, node: this.root.children[index] };
      place.node.normalize();
      start += part.length + 2;
      return place;
    });
    this.starts = this.paragraphs.map((each) => [each.start, each.end]);
    this.words = [];
    this.paragraphs.forEach((each, index) => {
      for (const [from, to] of wordsIn(parts[index])) {
        this.words.push([each.start + from, each.start + to]);
      }
    });
    this.letters = new Map();
    this.selection = null;
    this.cursor = Math.min(this.cursor, body.length);
  }

  /* --- Places ------------------------------------------------------------------ */

  paragraphAt(place) {
    return this.paragraphs[Math.max(0, indexAt(this.starts, place))];
  }

  point(place) {
    const paragraph = this.paragraphAt(place);
    const node = paragraph.node.firstChild;
    return [node, Math.min(place - paragraph.start, node.length)];
  }

  range(start, end, Kind = Range) {
    const [startContainer, startOffset] = this.point(start);
    const [endContainer, endOffset] = this.point(end);
    if (Kind === StaticRange) {
      return new StaticRange({ startContainer, startOffset, endContainer, endOffset });
    }
    const range = document.createRange();
    range.setStart(startContainer, startOffset);
    range.setEnd(endContainer, endOffset);
    return range;
  }

  placeOf(node, offset) {
    if (node === this.root) {
      const next = this.paragraphs[offset];
      return next ? next.start : this.body.length;
    }
    if (!this.root.contains(node)) return null;
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const paragraph = this.paragraphs.find((each) => each.node === element);
    if (!paragraph) return null;
    if (node.nodeType === Node.TEXT_NODE) return paragraph.start + offset;
    return offset ? paragraph.end : paragraph.start;
  }

  placeUnder(x, y) {
    const caret = caretUnder(x, y);
    return caret && this.placeOf(...caret);
  }

  lettersOf(paragraph) {
    if (!this.letters.has(paragraph)) {
      const text = this.body.slice(paragraph.start, paragraph.end);
      this.letters.set(
        paragraph,
        lettersIn(text).map(([from, to]) => [paragraph.start + from, paragraph.start + to]),
      );
    }
    return this.letters.get(paragraph);
  }

  /* Return a stretch as it would be marked: whole words, or whole letters. */
  snapped(start, end) {
    const trimmed = trim(this.body, start, end);
    if (!trimmed) return null;
    [start, end] = trimmed;
    if (this.exact) {
      [start] = snap(this.lettersOf(this.paragraphAt(start)), start, start + 1);
      [, end] = snap(this.lettersOf(this.paragraphAt(end - 1)), end - 1, end);
      return [start, end];
    }
    return snap(this.words, start, end);
  }

  textOf(start, end) {
    return this.body.slice(start, end);
  }

  /* --- The mouse, and whatever else selects ----------------------------------------- */

  takeSelection(event) {
    const chosen = document.getSelection();
    if (!chosen.rangeCount) return;
    const range = chosen.getRangeAt(0);
    const start = this.placeOf(range.startContainer, range.startOffset);
    let end = this.placeOf(range.endContainer, range.endOffset);
    if (start === null) return;
    // Three clicks select a paragraph up to the start of the next one.
    if (end === null) end = this.paragraphAt(start).end;
    if (range.collapsed || start === end) {
      this.cursor = this.anchor = start;
      this.selection = null;
      const inText = event && this.root.contains(event.target);
      this.tell(inText ? "click" : "select");
      return;
    }
    const place = this.snapped(start, end);
    if (place) this.select(place[0], place[1]);
  }

  /* Take over what a finger, or a screen reader, has selected; leave it as it is. */
  followSelection() {
    if (this.settling || this.pressed) return;
    clearTimeout(this.following);
    this.following = setTimeout(() => {
      const chosen = document.getSelection();
      if (!chosen.rangeCount || chosen.isCollapsed || this.pressed) return;
      const range = chosen.getRangeAt(0);
      const start = this.placeOf(range.startContainer, range.startOffset);
      const end = this.placeOf(range.endContainer, range.endOffset);
      if (start === null || end === null || start >= end) return;
      const place = this.snapped(start, end);
      if (!place) return;
      if (this.selection && place[0] === this.selection[0] && place[1] === this.selection[1]) {
        return;
      }
      this.selection = place;
      [this.anchor, this.cursor] = place;
      this.tell("select");
    }, 250);
  }

  select(start, end, { backwards = false, quiet = false } = {}) {
    this.column = null;
    this.selection = [start, end];
    this.anchor = backwards ? end : start;
    this.cursor = backwards ? start : end;
    this.show(this.selection);
    if (!quiet) this.tell("select");
  }

  drop() {
    this.selection = null;
    this.show(null);
    this.tell("select");
  }

  show(place) {
    this.settling = true;
    const chosen = document.getSelection();
    if (place) {
      const [startNode, startOffset] = this.point(place[0]);
      const [endNode, endOffset] = this.point(place[1]);
      chosen.setBaseAndExtent(startNode, startOffset, endNode, endOffset);
    } else if (chosen.rangeCount && this.root.contains(chosen.anchorNode)) {
      chosen.removeAllRanges();
    }
    setTimeout(() => {
      this.settling = false;
    }, 0);
  }

  tell(type) {
    this.dispatchEvent(new Event(type));
  }

  /* --- The cursor ------------------------------------------------------------------- */

  get steps() {
    return this.exact ? this.lettersOf(this.paragraphAt(this.cursor)) : this.words;
  }

  /* Return the word, or letter, that the cursor is at. */
  atCursor() {
    if (this.exact) {
      const letters = this.lettersOf(this.paragraphAt(this.cursor));
      return letters[Math.max(0, indexAt(letters, this.cursor))] || null;
    }
    if (!this.words.length) return null;
    const index = Math.max(0, indexAt(this.words, this.cursor));
    const word = this.words[index];
    if (this.cursor >= word[1] && this.words[index + 1]) {
      const gap = this.body.slice(word[1], this.cursor);
      if (gap) return this.words[index + 1];
    }
    return word;
  }

  /* Step to the next word or letter, or extend what is selected by it. */
  step(direction, extend) {
    if (!this.selection) {
      const here = this.atCursor();
      if (here) this.select(here[0], here[1]);
      return;
    }
    if (!extend) {
      const now = this.stretchAtEdge(direction);
      const next = this.neighbour(now, direction) || now;
      this.select(next[0], next[1]);
      return;
    }
    const edge = this.stepFrom(this.cursor, direction, this.anchor > this.cursor);
    if (edge === null) return;
    if (edge === this.anchor) {
      // Over the first word: it stays selected, and its other side moves on.
      const [start, end] = this.stretchAt(this.anchor, -direction);
      this.select(start, end, { backwards: direction < 0 });
      return;
    }
    const backwards = edge < this.anchor;
    this.select(Math.min(edge, this.anchor), Math.max(edge, this.anchor), { backwards });
  }

  stretchAtEdge(direction) {
    const [start, end] = this.selection;
    return this.stretchAt(direction < 0 ? start : end, direction < 0 ? 1 : -1);
  }

  /* Return the stretch that begins at a place (side 1) or ends there (side -1). */
  stretchAt(place, side) {
    const inside = side > 0 ? place : place - 1;
    const list = this.exact ? this.lettersOf(this.paragraphAt(inside)) : this.words;
    return list[Math.max(0, indexAt(list, inside))];
  }

  neighbour(stretch, direction) {
    if (!this.exact) {
      return this.words[this.words.indexOf(stretch) + direction] || null;
    }
    const paragraph = this.paragraphAt(stretch[0]);
    const letters = this.lettersOf(paragraph);
    const next = letters[letters.indexOf(stretch) + direction];
    if (next) return next;
    const other = this.paragraphs[this.paragraphs.indexOf(paragraph) + direction];
    if (!other) return null;
    const list = this.lettersOf(other);
    return direction > 0 ? list[0] : list[list.length - 1];
  }

  /* Return where an edge comes to lie one word, or letter, further. */
  stepFrom(edge, direction, isStart) {
    if (isStart === undefined) isStart = direction < 0;
    const list = this.exact
      ? this.lettersOf(this.paragraphAt(direction < 0 ? edge - 1 : edge))
      : this.words;
    if (direction > 0) {
      const ends = isStart ? 0 : 1;
      const found = list.find((each) => each[ends] > edge);
      return found ? found[ends] : this.across(edge, 1);
    }
    const ends = isStart ? 0 : 1;
    for (let index = indexAt(list, edge); index >= 0; index -= 1) {
      if (list[index][ends] < edge) return list[index][ends];
    }
    return this.across(edge, -1);
  }

  across(edge, direction) {
    if (!this.exact) return null;
    const index = this.paragraphs.indexOf(this.paragraphAt(edge));
    const other = this.paragraphs[index + direction];
    if (!other) return null;
    return direction > 0 ? other.start + 1 : other.end;
  }

  /* Go to the nearest word of the line above or below. */
  line(direction, extend) {
    const here = this.selection ? this.stretchAtEdge(direction) : this.atCursor();
    if (!here) return;
    const box = this.boxWithRoom(here, direction);
    const x = this.column ?? box.left + box.width / 2;
    const word = this.wordBeyond(box, x, direction);
    if (!word) return;
    const [start, end] = word;
    if (extend && this.selection) {
      const to = start < this.anchor ? start : end;
      const backwards = to < this.anchor;
      this.select(Math.min(this.anchor, to), Math.max(this.anchor, to), { backwards });
    } else {
      this.select(start, end);
    }
    this.column = x;
  }

  boxOf([start, end]) {
    return this.range(start, end).getBoundingClientRect();
  }

  /* Return where a stretch is on the screen, with some lines above and below it in view. */
  boxWithRoom(stretch, direction) {
    const box = this.boxOf(stretch);
    const room = box.height * 5;
    if (box.top >= room && box.bottom <= window.innerHeight - room) return box;
    window.scrollBy({ top: direction * room, behavior: "instant" });
    return this.boxOf(stretch);
  }

  /* Return the word nearest to a column, on the first line above or below a box. */
  wordBeyond(box, x, direction) {
    const edge = direction < 0 ? box.top : box.bottom;
    for (let away = 0.5; away < 8; away += 0.4) {
      const place = this.placeUnder(x, edge + direction * box.height * away);
      if (place === null) continue;
      const word = nearest(this.words, place);
      const other = this.boxOf(word);
      const isBeyond = direction < 0 ? other.bottom <= box.top + 2 : other.top >= box.bottom - 2;
      if (isBeyond) return word;
    }
    return null;
  }

  /* Select the sentence at the cursor; when one is selected, add the next. */
  sentence() {
    const from = this.selection ? this.selection[0] : this.cursor;
    const to = this.selection ? this.selection[1] : this.cursor + 1;
    const all = this.paragraphs.flatMap((paragraph) => {
      if (paragraph.end < from || paragraph.start > to + 2000) return [];
      const text = this.body.slice(paragraph.start, paragraph.end);
      return sentencesIn(text).map(([a, b]) => [paragraph.start + a, paragraph.start + b]);
    });
    const whole = wholeSentences(all, from, to, Boolean(this.selection));
    if (whole) this.select(...whole);
  }

  /* Put the cursor on the word after a place, for the next claim. */
  after(place) {
    const next = this.words.find((each) => each[0] >= place) || this.words[this.words.length - 1];
    this.selection = null;
    this.show(null);
    this.cursor = next ? next[0] : 0;
    this.tell("select");
  }

  focus({ preventScroll = true } = {}) {
    this.root.focus({ preventScroll });
  }

  revealSelection() {
    if (this.selection) this.reveal(Math.max(0, this.cursor - 1), Math.max(1, this.cursor));
  }

  /* Bring a stretch into view where it is not; never move it otherwise. */
  reveal(start, end) {
    const box = this.range(start, end).getBoundingClientRect();
    if (box.top < 60 || box.bottom > window.innerHeight - 40) {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      window.scrollBy({
        top: box.top - window.innerHeight / 3,
        behavior: calm || Math.abs(box.top) > 3000 ? "instant" : "smooth",
      });
    }
  }
}
