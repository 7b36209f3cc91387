/* What was done in this tab, so that it can be taken back and done again, also when the
   page was loaded again meanwhile. Every way back is a request with the version that was
   left; nobody's later work is undone. Takes what keeps it; `carryOut`, set by whoever
   sends the requests, takes an entry and its way and tells what came of it. */

const MOST = 50;

export class History {
  constructor(keeping) {
    this.keeping = keeping;
    this.name = `undo ${keeping.tab}`;
    const { done = [], undone = [], runs = [] } = keeping.get(this.name) ?? {};
    Object.assign(this, { done, undone });
    // Per claim, the unbroken run of versions that were made in this tab.
    this.runs = new Map(runs);
    this.carryOut = null;
  }

  /* Remember an entry {words, ids, kind, back, forth ...}, all of it data. */
  add(entry) {
    this.done.push(entry);
    if (this.done.length > MOST) this.done.shift();
    this.undone = [];
    this.keep();
  }

  /* Forget what was done last: there is no way back from it. */
  forgetLast() {
    this.done.pop();
    this.keep();
  }

  keep() {
    const { done, undone, runs } = this;
    this.keeping.put(this.name, { done, undone, runs: [...runs] });
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
    const result = await this.carryOut(entry, way);
    if (result === "later") return { entry, result };
    from.pop();
    if (result === true) to.push(entry);
    this.keep();
    return { entry, result };
  }
}
