/* The beginning or the end of a claim while it is being moved. Takes store, paper, painter
   and messages, changes to keep it, and `repaint` to draw again what it was drawn over. */

import { bare } from "./drafts.js";
import { cited } from "./words.js";

export class Edge {
  constructor({ store, paper, painter, messages, changes, repaint }) {
    Object.assign(this, { store, paper, painter, messages, changes, repaint });
    this.moved = null;
  }

  get isMoving() {
    return this.moved !== null;
  }

  /* Take hold of a claim's "start" or "end". */
  begin(claim, side) {
    const parts = claim.marks.filter((mark) => mark.here && mark.role === "content");
    if (!parts.length) {
      this.messages.say(gettext("The claim's words do not stand in this text."));
      return;
    }
    const mark = side === "start" ? parts[0] : parts[parts.length - 1];
    this.moved = { id: claim.id, side, mark, start: mark.start, end: mark.end };
    this.paper.drop();
    this.paper.focus();
    this.show();
    this.messages.say(
      side === "start"
        ? gettext("Left and Right move the beginning; Enter keeps it.")
        : gettext("Left and Right move the end; Enter keeps it."),
    );
  }

  move(direction) {
    const { moved } = this;
    const to = this.paper.stepFrom(moved[moved.side], direction, moved.side === "start");
    if (to === null) return;
    const next = { ...moved, [moved.side]: to };
    if (next.start >= next.end) return;
    this.moved = next;
    this.show();
    this.messages.say(this.paper.textOf(next.start, next.end));
  }

  show() {
    this.painter.put("draft", [this.moved]);
  }

  async keep() {
    const { id, mark, start, end } = this.moved;
    this.drop();
    const parts = this.store
      .get(id)
      .marks.filter((each) => each.here && each.role === "content")
      .map((each) =>
        each === mark || each.start === mark.start ? { ...bare(each), start, end } : bare(each),
      );
    const done = await this.changes.remark(id, parts, ["content"], gettext("edge moved"));
    if (!done) return;
    const quote = cited(done.quote, 140);
    this.messages.say(interpolate(gettext("The claim is now “%(quote)s”."), { quote }, true));
  }

  drop(words = "") {
    if (!this.isMoving) return;
    this.moved = null;
    this.repaint();
    if (words) this.messages.say(words);
  }
}
