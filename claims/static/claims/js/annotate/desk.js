/* The annotation desk: joins the text, the list, the form and the server. */

import { Api } from "./api.js";
import { Changes } from "./changes.js";
import { CorrectionForm } from "./correction.js";
import { Deciding } from "./deciding.js";
import { Drafting } from "./drafting.js";
import { History } from "./history.js";
import { Keys } from "./keys.js";
import { ClaimList } from "./list.js";
import { Marking } from "./marking.js";
import { Meeting } from "./meeting.js";
import { Naming } from "./naming.js";
import { Painter } from "./painter.js";
import { Paper } from "./paper.js";
import { Room } from "./room.js";
import { Selecting } from "./selecting.js";
import { Store, isOpen } from "./store.js";

const byId = (id) => document.getElementById(id);

const IN_TURN = new Set(
  "cue speakerWords part attach accept reject remove list undo redo".split(" "),
);

class Desk extends Meeting(Naming(Drafting(Marking(Deciding(Selecting(Room)))))) {
  constructor(data) {
    super();
    this.data = data;
    this.may = data.may;
    this.choices = data.choices;
    this.textPlace = byId("text");
    this.listPlace = byId("list");
    this.filterPlace = byId("filters");
    this.formPlace = byId("form-place");
    this.live = byId("live");
    this.alertPlace = byId("alert");
    this.active = null;
    this.form = null;
    this.edge = null;
    this.people = data.people;
    this.draftKey = `desk-draft-${data.article}`;
    this.store = new Store(data.text, data.claims, data.me);
    this.api = new Api(data.here, document.querySelector("[name=csrfmiddlewaretoken]").value);
    this.paper = new Paper(this.textPlace, data.text.body);
    this.painter = new Painter(this.paper);
    this.history = new History();
    this.changes = new Changes(this);
    this.list = new ClaimList(this);
    this.keys = new Keys(this);
    this.correction = new CorrectionForm(this);
    this.store.addEventListener("change", () => this.refresh());
    this.paper.addEventListener("select", () => this.selected());
    this.paper.addEventListener("click", () => this.clicked());
    this.textPlace.addEventListener("focus", () => this.paintCursor());
    this.textPlace.addEventListener("blur", () => this.painter.put("cursor", []));
    this.wire();
    this.refresh();
    this.showPeople();
    if (!this.painter.canPaint) {
      this.alert(
        gettext("This browser cannot draw marks over a text; the list shows every claim."),
      );
    }
    this.restoreDraft();
    this.arrive();
    this.watch();
    document.documentElement.dataset.desk = "ready";
  }

  wire() {
    const press = (id, act) => {
      const button = byId(id);
      if (!button) return;
      button.hidden = false;
      button.addEventListener("click", () => this.run(act));
    };
    press("correct-open", "correct");
    press("next-article", "nextArticle");
    press("help-open", "help");
    press("no-claims", "noClaims");
    const bar = byId("text-bar");
    bar.hidden = !this.may.add && !this.may.change;
    // A press on a button leaves the selection where it is.
    bar.addEventListener("pointerdown", (event) => event.preventDefault());
    for (const [id, act] of [
      ["new-claim", "open"],
      ["by-words", "byWords"],
      ["as-cue", "cue"],
      ["as-speaker", "speakerWords"],
      ["as-part", "part"],
      ["as-place", "attach"],
      ["exact-mode", "exact"],
    ]) {
      byId(id).addEventListener("click", () => this.run(act));
    }
    this.showBar();
  }

  run(act, event) {
    const fromList = Boolean(event && this.listPlace.contains(event.target));
    if (IN_TURN.has(act)) return this.inTurn(() => this.perform(act, fromList));
    return this.perform(act, fromList);
  }

  /* One write after the other, so that fast fingers decide on what they then see. */
  inTurn(work) {
    this.turns = (this.turns || Promise.resolve()).then(work, work);
    return this.turns;
  }

  perform(act, fromList) {
    const claim = this.store.get(this.active);
    const needs = (what) => {
      if (!claim) this.say(gettext("Choose a claim first: n goes to the next one."));
      return claim && this.allowed(what) ? claim : null;
    };
    const acts = {
      exact: () => {
        this.paper.exact = !this.paper.exact;
        byId("exact-mode").setAttribute("aria-pressed", String(this.paper.exact));
        this.say(this.paper.exact ? gettext("Letter by letter.") : gettext("Word by word."));
        this.paintCursor();
      },
      sentence: () => this.paper.sentence(),
      open: () => this.openNew(),
      byWords: () => this.allowed("add") && this.openWords(),
      cue: () => this.setMark("cue"),
      speakerWords: () => this.setMark("speaker"),
      part: () => this.addPart(),
      attach: () => this.attach(),
      escape: () => this.escape(fromList),
      next: () => this.walk(1, () => true, fromList),
      previous: () => this.walk(-1, () => true, fromList),
      nextOpen: () => this.walk(1, isOpen, fromList, gettext("Everything is decided.")),
      accept: () => needs("annotate") && this.accept(claim, fromList),
      reject: () => needs("annotate") && this.reject(claim, fromList),
      edit: () => needs("change") && this.openEdit(claim),
      moveBegin: () => needs("change") && this.startEdge(claim, "start"),
      moveTail: () => needs("change") && this.startEdge(claim, "end"),
      list: () => needs("list") && this.takeStep(claim, "list"),
      verdict: () => needs("verdict") && this.toVerdict(claim),
      remove: () => needs("annotate") && this.remove(claim, fromList),
      undo: () => this.turn("undo"),
      redo: () => this.turn("redo"),
      nextArticle: () => this.toNextArticle(),
      help: () => byId("help").showModal(),
      correct: () => this.allowed("correct") && this.correction.open(),
      noClaims: () => this.allowed("annotate") && this.noteNoClaims(),
    };
    return acts[act]();
  }

  /* A button of the list was pressed. */
  act(name, id, details) {
    this.activate(id);
    const claim = this.store.get(id);
    if (name.startsWith("step-")) return this.takeStep(claim, name.slice(5));
    const acts = {
      accept: () => this.accept(claim, true),
      reject: () => this.reject(claim, true),
      confirm: () => this.accept(claim, true),
      leave: () => this.reject(claim, true),
      take: () => this.confirm(claim, { [details.mark]: Number(details.candidate) }),
      edit: () => this.openEdit(claim),
      verdict: () => this.toVerdict(claim),
      delete: () => this.remove(claim, true),
    };
    return acts[name]();
  }

  write(method, address, data) {
    return this.changes.write(method, address, data);
  }
}

new Desk(JSON.parse(byId("desk-data").textContent));
