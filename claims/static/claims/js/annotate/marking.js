/* The words of a claim: cue, speaker as printed, parts, edges, places to confirm. */

import { bare } from "./drafts.js";
import { cited } from "./words.js";

const MARKED = {
  cue: {
    form: (words) =>
      interpolate(gettext("“%(words)s” is the cue of the claim in the form."), { words }, true),
    claim: (words) => interpolate(gettext("“%(words)s” is now the cue."), { words }, true),
    history: () => gettext("cue marked"),
  },
  speaker: {
    form: (words) =>
      interpolate(
        gettext("“%(words)s” is the speaker as printed, for the claim in the form."),
        { words },
        true,
      ),
    claim: (words) =>
      interpolate(gettext("“%(words)s” is now the speaker as printed."), { words }, true),
    history: () => gettext("speaker as printed marked"),
  },
};

export const Marking = (Base) =>
  class extends Base {
    /* Return the selection as a mark, or say that there is none. */
    chosen(role) {
      if (!this.paper.selection) {
        this.say(gettext("Select words first."));
        return null;
      }
      const [start, end] = this.paper.selection;
      return { role, start, end, exact: this.paper.textOf(start, end) };
    }

    target() {
      if (this.form) return this.form.draft;
      const claim = this.store.get(this.active);
      if (!claim) this.say(gettext("Choose a claim first: n goes to the next one."));
      return claim && this.allowed("change") ? claim : null;
    }

    async setMark(role) {
      const target = this.target();
      const mark = target && this.chosen(role);
      if (!mark) return;
      const told = MARKED[role];
      if (this.form) {
        target.marks = [...target.marks.filter((each) => each.role !== role), mark];
        this.draftMarked(told.form(mark.exact));
        return;
      }
      const done = await this.changes.remark(target.id, [mark], [role], told.history());
      if (done) this.say(told.claim(mark.exact));
    }

    async addPart() {
      const target = this.target();
      const mark = target && this.chosen("content");
      if (!mark) return;
      const parts = target.marks.filter((each) => each.role === "content");
      if (parts.some((each) => each.start < mark.end && mark.start < each.end)) {
        this.say(gettext("The parts of a claim cannot share words."));
        return;
      }
      const all = [...parts.map(bare), mark].sort((a, b) => a.start - b.start);
      if (this.form) {
        target.marks = [...target.marks.filter((each) => each.role !== "content"), ...all];
        this.draftMarked(
          interpolate(
            ngettext(
              "The claim in the form has %(count)s part.",
              "The claim in the form has %(count)s parts.",
              all.length,
            ),
            { count: all.length },
            true,
          ),
        );
        return;
      }
      const done = await this.changes.remark(target.id, all, ["content"], gettext("part added"));
      if (done) {
        this.say(
          interpolate(
            ngettext("The claim has %(count)s part.", "The claim has %(count)s parts.", all.length),
            { count: all.length },
            true,
          ),
        );
      }
    }

    async attach() {
      const target = this.target();
      const mark = target && this.chosen("content");
      if (!mark) return;
      if (this.form) {
        target.marks = [...target.marks.filter((each) => each.role !== "content"), mark];
        target.lost = false;
        this.form.error(null);
        this.draftMarked(gettext("The claim in the form has these words."));
        return;
      }
      const others = target.marks.filter((each) => each.role !== "content" && each.inDoubt);
      const roles = ["content", ...new Set(others.map((each) => each.role))];
      const kept = target.marks.filter((each) => each.here && each.role !== "content");
      const marks = [mark, ...kept.filter((each) => roles.includes(each.role)).map(bare)];
      const done = await this.changes.remark(target.id, marks, roles, gettext("claim re-attached"));
      if (done) {
        const words = cited(mark.exact, 100);
        this.say(interpolate(gettext("The claim stands at “%(words)s”."), { words }, true));
      }
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
          this.say(
            gettext(
              "These words are not found. Select where they are and press m, or r if they are gone.",
            ),
          );
          return;
        }
      }
      const roles = ["content", "cue", "speaker"];
      const done = await this.changes.remark(
        claim.id,
        marks,
        roles,
        gettext("new words confirmed"),
      );
      if (done) {
        this.say(gettext("Confirmed."));
        const next = this.list.shown.find((each) => each.needsEye);
        if (next) this.activate(next.id, { reveal: true });
      }
    }

    startEdge(claim, side) {
      const parts = claim.marks.filter((mark) => mark.here && mark.role === "content");
      if (!parts.length) {
        this.say(gettext("The claim's words do not stand in this text."));
        return;
      }
      const mark = side === "start" ? parts[0] : parts[parts.length - 1];
      this.edge = { id: claim.id, side, mark, start: mark.start, end: mark.end };
      this.paper.drop();
      this.textPlace.focus({ preventScroll: true });
      this.showEdge();
      this.say(
        side === "start"
          ? gettext("Left and Right move the beginning; Enter keeps it.")
          : gettext("Left and Right move the end; Enter keeps it."),
      );
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
        .map((each) =>
          each === mark || each.start === mark.start ? { ...bare(each), start, end } : bare(each),
        );
      const done = await this.changes.remark(id, parts, ["content"], gettext("edge moved"));
      if (done) {
        this.say(
          interpolate(
            gettext("The claim is now “%(quote)s”."),
            { quote: cited(done.quote, 140) },
            true,
          ),
        );
      }
    }

    dropEdge(words = "") {
      if (!this.edge) return;
      this.edge = null;
      this.paintDraft(this.form?.draft);
      if (words) this.say(words);
    }
  };
