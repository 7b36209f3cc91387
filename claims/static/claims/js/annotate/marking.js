/* The words of a claim: cue, speaker as printed, parts, edges, places to confirm. */

import { bare } from "./drafts.js";

export const Marking = (Base) =>
  class extends Base {
    /* Return the selection as a mark, or say that there is none. */
    chosen(role) {
      if (!this.paper.selection) {
        this.say("Select words first.");
        return null;
      }
      const [start, end] = this.paper.selection;
      return { role, start, end, exact: this.paper.textOf(start, end) };
    }

    target() {
      if (this.form) return this.form.draft;
      const claim = this.store.get(this.active);
      if (!claim) this.say("Choose a claim first: n goes to the next one.");
      return claim && this.allowed("change") ? claim : null;
    }

    async setMark(role) {
      const target = this.target();
      const mark = target && this.chosen(role);
      if (!mark) return;
      const words = role === "cue" ? "cue" : "speaker as printed";
      if (this.form) {
        target.marks = [...target.marks.filter((each) => each.role !== role), mark];
        this.draftMarked(`“${mark.exact}” is the ${words} of the claim in the form.`);
        return;
      }
      const done = await this.changes.remark(target.id, [mark], [role], `${words} marked`);
      if (done) this.say(`“${mark.exact}” is now the ${words}.`);
    }

    async addPart() {
      const target = this.target();
      const mark = target && this.chosen("content");
      if (!mark) return;
      const parts = target.marks.filter((each) => each.role === "content");
      if (parts.some((each) => each.start < mark.end && mark.start < each.end)) {
        this.say("The parts of a claim cannot share words.");
        return;
      }
      const all = [...parts.map(bare), mark].sort((a, b) => a.start - b.start);
      if (this.form) {
        target.marks = [...target.marks.filter((each) => each.role !== "content"), ...all];
        this.draftMarked(`The claim in the form has ${all.length} parts.`);
        return;
      }
      const done = await this.changes.remark(target.id, all, ["content"], "part added");
      if (done) this.say(`The claim has ${all.length} parts.`);
    }

    async attach() {
      const target = this.target();
      const mark = target && this.chosen("content");
      if (!mark) return;
      if (this.form) {
        target.marks = [...target.marks.filter((each) => each.role !== "content"), mark];
        target.lost = false;
        this.form.error(null);
        this.draftMarked("The claim in the form has these words.");
        return;
      }
      const others = target.marks.filter((each) => each.role !== "content" && each.inDoubt);
      const roles = ["content", ...new Set(others.map((each) => each.role))];
      const kept = target.marks.filter((each) => each.here && each.role !== "content");
      const marks = [mark, ...kept.filter((each) => roles.includes(each.role)).map(bare)];
      const done = await this.changes.remark(target.id, marks, roles, "claim re-attached");
      if (done) this.say(`The claim stands at “${mark.exact.slice(0, 100)}”.`);
    }

    draftMarked(words) {
      this.form.draft.marksTouched = true;
      this.form.showMarks();
      this.keepDraft();
      this.say(words);
    }

    /* Take the places offered for words in doubt: the first ones, or those chosen. */
    async confirm(claim, chosen = {}) {
      const marks = [];
      for (const [index, mark] of claim.marks.entries()) {
        const candidate = mark.candidates[chosen[index] || 0];
        if (mark.here && !mark.inDoubt) marks.push(bare(mark));
        else if (candidate) marks.push({ role: mark.role, ...candidate });
        else if (mark.role === "content") {
          this.say("These words are not found. Select where they are and press m, or r if they are gone.");
          return;
        }
      }
      const roles = ["content", "cue", "speaker"];
      const done = await this.changes.remark(claim.id, marks, roles, "new words confirmed");
      if (done) {
        this.say("Confirmed.");
        const next = this.list.shown.find((each) => each.needsEye);
        if (next) this.activate(next.id, { reveal: true });
      }
    }

    startEdge(claim, side) {
      const parts = claim.marks.filter((mark) => mark.here && mark.role === "content");
      if (!parts.length) {
        this.say("The claim's words do not stand in this text.");
        return;
      }
      const mark = side === "start" ? parts[0] : parts[parts.length - 1];
      this.edge = { id: claim.id, side, mark, start: mark.start, end: mark.end };
      this.paper.drop();
      this.textPlace.focus({ preventScroll: true });
      this.showEdge();
      this.say(`Left and Right move the ${side === "start" ? "beginning" : "end"}; Enter keeps it.`);
    }

    moveEdge(direction) {
      const { edge } = this;
      const to = this.paper.stepFrom(edge[edge.side], direction, edge.side === "start");
      if (to === null) return;
      const next = { ...edge, [edge.side]: to };
      if (next.start >= next.end) return;
      this.edge = next;
      this.showEdge();
      this.say(this.paper.textOf(next.start, next.end));
    }

    showEdge() {
      this.painter.put("draft", [this.edge]);
    }

    async keepEdge() {
      const { id, mark, start, end } = this.edge;
      this.dropEdge();
      const parts = this.store
        .get(id)
        .marks.filter((each) => each.here && each.role === "content")
        .map((each) => (each === mark || each.start === mark.start ? { ...bare(each), start, end } : bare(each)));
      const done = await this.changes.remark(id, parts, ["content"], "edge moved");
      if (done) this.say(`The claim is now “${done.quote.slice(0, 140)}”.`);
    }

    dropEdge(words = "") {
      if (!this.edge) return;
      this.edge = null;
      this.paintDraft(this.form?.draft);
      if (words) this.say(words);
    }
  };
