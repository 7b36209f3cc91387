/* What was done in this tab, so that it can be taken back and done again. Every way
   back is a request with the version that was left; nobody's later work is undone. Takes
   nothing. */

const MOST = 50;

export class History {
  constructor() {
    this.done = [];
    this.undone = [];
  }

  /* Remember {words, back, forth}: two functions that resolve to true when it is done. */
  add(entry) {
    this.done.push(entry);
    if (this.done.length > MOST) this.done.shift();
    this.undone = [];
  }

  async undo() {
    return this.turn(this.done, this.undone, "back");
  }

  async redo() {
    return this.turn(this.undone, this.done, "forth");
  }

  async turn(from, to, way) {
    const entry = from[from.length - 1];
    if (!entry) return null;
    const result = await entry[way]();
    if (result === "later") return { entry, result };
    from.pop();
    if (result === true) to.push(entry);
    return { entry, result };
  }
}
