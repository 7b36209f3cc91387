/* What is done by each key, each button and each entry of the list, by its name. Takes the
   parts of the desk that do it; keeps writes in turn. */

import { byId } from "./dom.js";
import { isOpen } from "./store.js";

const IN_TURN = new Set([
  ..."cue speakerWords part attach keepEdge accept reject remove list undo redo".split(" "),
  ..."repeat dismiss".split(" "),
]);

export class Actions {
  constructor({
    store,
    paper,
    painter,
    active,
    edge,
    marking,
    drafting,
    deciding,
    correction,
    leaving,
    earlier,
    rights,
    messages,
  }) {
    Object.assign(this, { store, paper, painter, active, edge, marking, drafting, deciding });
    Object.assign(this, { correction, leaving, earlier, rights, messages });
    this.turns = Promise.resolve();
  }

  /* Do what a key or a button of the head stands for; `where` is "list" for keys there. */
  run(act, where = "text") {
    const work = () => this.table(where === "list")[act]();
    return IN_TURN.has(act) || act.endsWith("Shown") ? this.inTurn(work) : work();
  }

  /* Do what a button of an entry in the list stands for. */
  press(act, id, details) {
    return this.inTurn(() => {
      this.active.activate(id);
      const claim = this.store.get(id);
      if (act.startsWith("step-")) return this.deciding.takeStep(claim, act.slice(5));
      return this.buttons(claim, details)[act]();
    });
  }

  /* One write after the other, so that fast fingers decide on what they then see. */
  inTurn(work) {
    this.turns = this.turns.then(work, work);
    return this.turns;
  }

  table(fromList) {
    const { active, deciding, drafting, edge, leaving, marking, paper, rights } = this;
    const withClaim = (right, work) => {
      const claim = active.claimFor(right);
      return claim && work(claim);
    };
    return {
      exact: () => this.toggleExact(),
      sentence: () => paper.sentence(),
      open: () => drafting.openNew(),
      byWords: () => drafting.openWords(),
      cue: () => marking.setMark("cue"),
      speakerWords: () => marking.setMark("speaker"),
      part: () => marking.addPart(),
      attach: () => marking.attach(),
      keepEdge: () => edge.keep(),
      escape: () => this.escape(fromList),
      next: () => active.walk(1, () => true, fromList),
      previous: () => active.walk(-1, () => true, fromList),
      nextOpen: () => active.walk(1, isOpen, fromList, active.nothingLeft()),
      accept: () => withClaim("annotate", (claim) => deciding.accept(claim, fromList)),
      reject: () => withClaim("annotate", (claim) => deciding.reject(claim, fromList)),
      edit: () => withClaim("change", (claim) => drafting.openEdit(claim)),
      moveBegin: () => withClaim("change", (claim) => edge.begin(claim, "start")),
      moveTail: () => withClaim("change", (claim) => edge.begin(claim, "end")),
      list: () => withClaim("list", (claim) => deciding.takeStep(claim, "list")),
      rejectShown: () => rights.demand("annotate") && deciding.decideShown("reject"),
      acceptShown: () => rights.demand("annotate") && deciding.decideShown("accept"),
      listShown: () => rights.demand("list") && deciding.listShown(),
      copyLink: () => {
        const { claim } = active;
        if (claim) leaving.copyLink(claim);
        else active.claimFor("view");
      },
      verdict: () => withClaim("verdict", (claim) => leaving.toVerdict(claim)),
      remove: () => withClaim("annotate", (claim) => deciding.remove(claim, fromList)),
      undo: () => deciding.turn("undo"),
      redo: () => deciding.turn("redo"),
      nextArticle: () => leaving.toNextArticle(),
      help: () => byId("help").showModal(),
      correct: () => rights.demand("correct") && this.correction.open(),
      repeat: () => this.earlier.act("repeat"),
      dismiss: () => this.earlier.act("dismiss"),
      noClaims: () => rights.demand("annotate") && leaving.noteNoClaims(),
    };
  }

  buttons(claim, { mark, candidate }) {
    const { deciding, drafting, leaving, marking } = this;
    return {
      accept: () => deciding.accept(claim, true),
      reject: () => deciding.reject(claim, true),
      confirm: () => deciding.accept(claim, true),
      leave: () => deciding.reject(claim, true),
      take: () => marking.confirm(claim, { [mark]: Number(candidate) }),
      edit: () => drafting.openEdit(claim),
      verdict: () => leaving.toVerdict(claim),
      link: () => leaving.copyLink(claim),
      delete: () => deciding.remove(claim, true),
    };
  }

  toggleExact() {
    const { paper } = this;
    paper.exact = !paper.exact;
    byId("exact-mode").setAttribute("aria-pressed", String(paper.exact));
    this.messages.say(paper.exact ? gettext("Letter by letter.") : gettext("Word by word."));
    this.painter.cursor();
  }

  /* Leave the form, else the selection, else the claim, for the text. */
  escape(fromList) {
    if (this.drafting.form) this.drafting.closeForm();
    else if (this.paper.selection) this.paper.drop();
    else if (this.active.id !== null && !fromList) this.active.activate(null);
    this.paper.focus({ preventScroll: !fromList });
  }
}
