/* The annotation desk: joins the text, the list, the form and the server. */

import { Api, LoggedOut } from "./api.js";
import { Changes } from "./changes.js";
import { CorrectionForm } from "./correction.js";
import { bare, editDraft, newDraft, refind } from "./drafts.js";
import { ClaimForm } from "./form.js";
import { History } from "./history.js";
import { Keys } from "./keys.js";
import { ClaimList } from "./list.js";
import { Painter } from "./painter.js";
import { Paper } from "./paper.js";
import { Store } from "./store.js";
import { WordsForm } from "./words-form.js";

const EVERY = 5000;
const RECENT = "desk-recent-speakers";
const BODY = /minist|govern|council|party|union|agency|bank|universit|company|committee|office|court|police|army|ltd|inc\b|plc|gmbh/i;
const byId = (id) => document.getElementById(id);

class Desk {
  constructor(data) {
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
      this.alert("This browser cannot draw marks over a text; the list shows every claim.");
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

  /* --- What is said ----------------------------------------------------------------- */

  say(words, isTrouble = false) {
    this.live.textContent = words;
    this.live.classList.toggle("an-trouble", isTrouble);
  }

  alert(words, link = null) {
    this.alertPlace.replaceChildren(words);
    if (link) this.alertPlace.append(" ", link);
    this.alertPlace.hidden = false;
  }

  alertLogin() {
    this.trouble = "login";
    const link = document.createElement("a");
    link.href = `${this.data.login}?next=${encodeURIComponent(this.data.signed_in)}`;
    link.target = "_blank";
    link.textContent = "Sign in on a new page";
    this.alert("You are signed out; nothing typed is lost.", link);
    this.alertPlace.append(", then save again here.");
  }

  alertOffline() {
    this.trouble = "offline";
    this.alert("No answer from the server. Nothing typed is lost; try again in a moment.");
  }

  connected() {
    if (!this.trouble) return;
    this.trouble = "";
    this.alertPlace.hidden = true;
    this.alertPlace.replaceChildren();
  }

  label(name, value) {
    const pair = this.choices[name].find(([key]) => key === value);
    return pair ? pair[1] : value;
  }

  refresh() {
    this.painter.claims(this.store.standing);
    this.painter.active(this.store.get(this.active));
    this.list.render();
    this.showCounts();
  }

  showCounts() {
    const { claims, suggested, decided, proposed, listed, eye } = this.store.counts();
    const parts = [`${claims} ${claims === 1 ? "claim" : "claims"}`];
    if (proposed) parts.push(`${decided} of ${proposed} proposed decided`);
    if (suggested) parts.push(`${suggested} ${suggested === 1 ? "suggestion" : "suggestions"} open`);
    parts.push(`${listed} listed`);
    if (eye) parts.push(`${eye} ${eye === 1 ? "needs" : "need"} your eye`);
    byId("counts").textContent = parts.join(" · ");
    const bar = byId("progress");
    bar.hidden = !proposed;
    bar.max = Math.max(1, proposed);
    bar.value = decided;
    const none = byId("no-claims");
    if (none) none.hidden = this.store.standing.length > 0;
  }

  showPeople() {
    const words = this.people.length
      ? `${this.people.join(", ")} ${this.people.length === 1 ? "is" : "are"} here too`
      : "";
    if (byId("people").textContent !== words) byId("people").textContent = words;
  }

  /* --- Selecting ----------------------------------------------------------------------- */

  selected() {
    const { selection } = this.paper;
    this.showBar();
    this.paintCursor();
    if (!selection) return;
    const words = this.paper.textOf(...selection);
    this.say(`Selected: “${words.length > 160 ? `${words.slice(0, 150)} …` : words}”`);
  }

  showBar() {
    const has = Boolean(this.paper.selection);
    const claim = this.form ? true : this.active !== null;
    byId("new-claim").disabled = !has || !this.may.add;
    for (const id of ["as-cue", "as-speaker", "as-part", "as-place"]) {
      byId(id).disabled = !has || !claim || !this.may.change;
    }
    byId("by-words").disabled = !this.may.add;
  }

  paintCursor() {
    const isHere = document.activeElement === this.textPlace && !this.paper.selection;
    const place = isHere ? this.paper.atCursor() : null;
    this.painter.put("cursor", place ? [{ start: place[0], end: place[1] }] : []);
  }

  revealSelection() {
    if (this.paper.selection) {
      const at = this.paper.cursor;
      this.paper.reveal(Math.max(0, at - 1), Math.max(1, at));
    }
  }

  /* A click on marked words takes the innermost claim, the next click the one around. */
  clicked() {
    this.showBar();
    this.paintCursor();
    const under = this.store.under(this.paper.cursor);
    if (!under.length) {
      this.activate(null);
      return;
    }
    const at = under.findIndex((claim) => claim.id === this.active);
    this.activate(under[(at + 1) % under.length].id);
  }

  activate(id, { reveal = false, focus = false } = {}) {
    const claim = id === null ? null : this.store.get(id);
    const before = this.active;
    this.active = claim ? claim.id : null;
    if (before !== this.active) {
      this.dropEdge();
      this.painter.active(claim);
      this.list.activate(before, this.active);
      this.showBar();
    }
    if (!claim) return;
    if (reveal && claim.place >= 0) this.paper.reveal(claim.place, claim.until || claim.place + 1);
    if (focus) this.list.focus(claim.id);
    if (before !== this.active) this.announce(claim);
  }

  announce(claim) {
    const order = this.store.inOrder((each) => each.status !== "rejected");
    const number = order.indexOf(claim) + 1;
    const state = claim.needsEye ? "needs an eye" : this.label("status", claim.status).toLowerCase();
    const who = claim.speaker ? `speaker ${claim.speaker.name}` : "no speaker";
    this.say(`Claim ${number} of ${order.length}, ${state}, ${who}: “${claim.quote.slice(0, 140)}”`);
  }

  /* --- Keys and buttons ------------------------------------------------------------------ */

  run(act, event) {
    const fromList = event && this.listPlace.contains(event.target);
    const claim = this.store.get(this.active);
    const needs = (what) => {
      if (!claim) this.say("Choose a claim first: n goes to the next one.");
      return claim && this.allowed(what) ? claim : null;
    };
    const acts = {
      exact: () => {
        this.paper.exact = !this.paper.exact;
        byId("exact-mode").setAttribute("aria-pressed", String(this.paper.exact));
        this.say(this.paper.exact ? "Letter by letter." : "Word by word.");
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
      nextOpen: () => this.walk(1, isOpen, fromList, "Everything is decided."),
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

  allowed(what) {
    if (this.may[what]) return true;
    this.say("You may only look at this article.");
    return false;
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

  escape(fromList) {
    if (this.form) this.closeForm();
    else if (this.paper.selection) this.paper.drop();
    else if (this.active !== null && !fromList) this.activate(null);
    this.textPlace.focus({ preventScroll: !fromList });
  }

  /* Go to the next or previous claim of those shown, round the end. */
  walk(direction, test, fromList, none = "There are no claims here.") {
    const shown = this.list.shown;
    const fitting = shown.filter(test);
    if (!fitting.length) {
      this.say(none);
      return null;
    }
    const at = shown.findIndex((claim) => claim.id === this.active);
    let target;
    if (at < 0) {
      const ahead = fitting.filter((claim) => claim.place >= this.paper.cursor);
      target = direction > 0 ? ahead[0] || fitting[0] : fitting[fitting.length - 1];
    } else {
      for (let n = 1; n <= shown.length && !target; n += 1) {
        const each = shown[(at + direction * n + shown.length * 2) % shown.length];
        if (test(each) && each.id !== this.active) target = each;
      }
      target ||= test(shown[at]) ? shown[at] : fitting[0];
    }
    this.activate(target.id, { reveal: true, focus: fromList });
    return target;
  }

  stepsFrom(claim) {
    return this.data.steps.filter(
      (step) =>
        step.may &&
        step.sources.includes(claim.status) &&
        !(step.name === "unaccept" && claim.origin !== "rules"),
    );
  }

  /* --- Decisions --------------------------------------------------------------------------- */

  async accept(claim, fromList) {
    if (claim.needsEye) {
      await this.confirm(claim);
      return;
    }
    if (claim.status !== "suggested") {
      this.say("This claim is accepted already.");
      return;
    }
    await this.decideAndGo(claim, "accept", "accepted", fromList);
  }

  async reject(claim, fromList) {
    if (claim.needsEye) {
      const result = await this.changes.attempt("POST", `claims/${claim.id}/leave/`, {
        version: claim.version,
      });
      if (!result.claim) this.changes.refused(result);
      else this.say("Noted: no longer in the text. The claim keeps its quote.");
      return;
    }
    if (!["suggested", "draft"].includes(claim.status)) {
      this.say("Only suggestions and drafts can be rejected; a listed claim is withdrawn.");
      return;
    }
    await this.decideAndGo(claim, "reject", "rejected", fromList);
  }

  async remove(claim, fromList) {
    if (["suggested", "draft"].includes(claim.status)) {
      await this.decideAndGo(claim, "reject", "deleted", fromList);
    } else {
      this.say("Readers may have seen this claim: withdraw it instead.");
    }
  }

  async decideAndGo(claim, step, words, fromList) {
    const order = this.list.shown;
    const at = order.indexOf(claim);
    const later = [...order.slice(at + 1), ...order.slice(0, at)].filter(isOpen);
    const quote = claim.quote.slice(0, 60);
    const done = await this.changes.decide(claim.id, step, { words: `“${quote}” ${words}` });
    if (!done) return;
    const next = later.find((each) => isOpen(this.store.get(each.id) || each));
    if (next) this.activate(next.id, { reveal: true, focus: fromList });
    else if (fromList) (this.list.items.get(claim.id) ? this.list.focus(claim.id) : this.textPlace.focus());
    this.say(`“${quote}” ${words}; u takes it back.${next ? "" : " Everything is decided."}`);
  }

  async decideShown(step) {
    const claims = this.list.shown.filter((claim) => claim.status === "suggested");
    const words = `${claims.length} suggestions ${step}ed`;
    const result = await this.changes.decideMany(claims, step, words);
    if (!result) return;
    const failed = result.failed.length
      ? ` ${result.failed.length} not: ${result.failed[0].error}`
      : "";
    this.say(`${result.done} suggestions ${step}ed; one u takes it all back.${failed}`);
    this.textPlace.focus({ preventScroll: true });
  }

  async takeStep(claim, name) {
    const step = this.stepsFrom(claim).find((each) => each.name === name);
    if (!step) {
      this.say("That is not possible from here.");
      return;
    }
    let comment = "";
    if (step.is_weighty || step.asks) {
      const answer = await this.ask(step.label, claim.wording, step.asks, step.label);
      if (answer === null) return;
      comment = answer;
    }
    const done = await this.changes.decide(claim.id, name, { comment, words: step.label });
    if (done) this.say(`${step.label}: done.`);
  }

  /* Ask for a yes, with a reason where one is needed; null for no. */
  ask(title, words, label, yes) {
    const dialog = byId("ask");
    byId("ask-title").textContent = title;
    byId("ask-words").textContent = words;
    byId("ask-label").textContent = label;
    byId("ask-field").hidden = !label;
    byId("ask-reason").value = "";
    byId("ask-yes").textContent = yes;
    dialog.returnValue = "no";
    const before = document.activeElement;
    dialog.showModal();
    (label ? byId("ask-reason") : byId("ask-yes")).focus();
    return new Promise((done) => {
      dialog.addEventListener(
        "close",
        () => {
          before?.focus?.();
          done(dialog.returnValue === "yes" ? byId("ask-reason").value : null);
        },
        { once: true },
      );
    });
  }

  async turn(way) {
    const turned = await this.history[way]();
    if (!turned) {
      this.say(way === "undo" ? "There is nothing to undo." : "There is nothing to redo.");
      return;
    }
    const { entry, result } = turned;
    if (result === true) {
      this.say(`${way === "undo" ? "Undone" : "Done again"}: ${entry.words}.`);
      if (entry.ids.length === 1 && this.store.get(entry.ids[0])?.status !== "rejected") {
        this.activate(entry.ids[0], { reveal: true });
      }
    } else if (result !== "later") {
      this.say(`Cannot ${way}: ${result}.`, true);
    }
  }

  /* --- Words of a claim ---------------------------------------------------------------------- */

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

  /* --- The form ------------------------------------------------------------------------------- */

  openNew(place = this.paper.selection) {
    if (!this.allowed("add")) return;
    if (!place) {
      this.say("Select words first: arrows choose words, Shift extends.");
      return;
    }
    if (this.form) {
      this.form.focus();
      return;
    }
    const draft = newDraft(this, ...place);
    this.showForm(draft);
    this.askForGuess(draft);
  }

  openEdit(claim) {
    if (claim.status === "rejected") {
      this.say("A rejected claim is restored before it is changed.");
      return;
    }
    this.showForm(editDraft(this, claim));
  }

  showForm(draft) {
    this.closeWords();
    this.form = new ClaimForm(this, draft);
    this.keepDraft();
    this.showBar();
    this.form.focus();
    this.form.root.scrollIntoView({ block: "nearest" });
  }

  async askForGuess(draft) {
    const [mark] = draft.marks;
    const [sent] = this.store.sent([mark]);
    try {
      const answer = await this.api.get(`guess/?start=${sent.start}&end=${sent.end}`);
      const { guess } = answer.data;
      if (!answer.ok || !guess.marks || this.form?.draft !== draft) return;
      guess.marks = guess.marks.map((each) => ({
        ...each,
        start: this.store.offsets.units(each.start),
        end: this.store.offsets.units(each.end),
      }));
      this.form.guess(guess);
    } catch {
      // Guesses are a help; the form is whole without them.
    }
  }

  paintDraft(draft) {
    const marks = draft && !draft.lost ? draft.marks.filter((mark) => mark.role === "content") : [];
    this.painter.put("draft", marks);
  }

  keepDraft() {
    if (this.form) sessionStorage.setItem(this.draftKey, JSON.stringify(this.form.draft));
  }

  restoreDraft() {
    const kept = sessionStorage.getItem(this.draftKey);
    if (!kept || !(this.may.add || this.may.change)) return;
    const draft = JSON.parse(kept);
    const isFound = refind(draft, this.store.text);
    this.showForm(draft);
    this.say("What you had typed is here again.");
    if (!isFound) this.form.error(LOST);
  }

  closeForm({ keep = true } = {}) {
    if (!this.form) return;
    const { draft } = this.form;
    const isTouched = Object.keys(draft.touched).length > 0 || draft.marksTouched;
    this.form = null;
    this.formPlace.replaceChildren();
    sessionStorage.removeItem(this.draftKey);
    this.paintDraft(null);
    this.showBar();
    this.textPlace.focus({ preventScroll: true });
    if (keep && isTouched) this.offerDraft(draft);
  }

  /* What was typed into a form that was closed can be had back. */
  offerDraft(draft) {
    const button = document.createElement("button");
    button.type = "button";
    button.id = "reopen";
    button.textContent = "Open the form again with what was typed";
    button.addEventListener("click", () => {
      refind(draft, this.store.text);
      this.showForm(draft);
    });
    this.formPlace.replaceChildren(button);
    this.say("Form closed; what was typed can be had back.");
  }

  async saveForm(form) {
    const { draft } = form;
    if (draft.lost) {
      form.error(LOST);
      return;
    }
    const result = draft.mode === "new" ? await this.storeNew(form) : await this.storeEdit(form);
    if (this.form !== form) return;
    if (result.claim) {
      this.stored(result.claim, draft);
    } else if (result.later) {
      form.error("Not saved yet; nothing is lost. Press Ctrl+Enter to try again.");
    } else if (result.text) {
      form.error(
        draft.lost ? LOST : "The text was corrected meanwhile. Your words were found again: save once more.",
      );
    } else if (result.current) {
      this.settleConflict(form, result);
    } else if (result.fields) {
      form.errors(result.fields);
    } else {
      form.error(result.why);
    }
  }

  storeNew(form) {
    const { draft } = form;
    const data = {
      client_id: draft.client_id,
      text: draft.text,
      marks: this.store.sent(draft.marks),
      fields: form.sent(),
    };
    return this.changes.create(data, `“${draft.marks[0].exact.slice(0, 60)}” marked`);
  }

  storeEdit(form) {
    const { draft } = form;
    const sent = form.sent();
    const was = sentOf(draft.base.fields);
    const changed = Object.keys(sent).filter(
      (name) => JSON.stringify(sent[name]) !== JSON.stringify(was[name]),
    );
    const pick = (values) => Object.fromEntries(changed.map((name) => [name, values[name]]));
    const data = { version: draft.version, fields: pick(sent) };
    const before = { fields: pick(was) };
    if (draft.marksTouched) {
      const roles = ["content", "cue", "speaker"];
      Object.assign(data, { marks: this.store.sent(draft.marks), roles, text: draft.text });
      Object.assign(before, { marks: this.store.sent(draft.base.marks), roles, text: draft.text });
    }
    if (draft.status === "suggested") {
      data.step = "accept";
      before.step = "unaccept";
    }
    return this.changes.patch(draft.id, data, before, `“${draft.marks[0]?.exact.slice(0, 60)}” changed`);
  }

  stored(raw, draft) {
    this.rememberSpeaker(raw.speaker);
    this.closeForm({ keep: false });
    const claim = this.store.get(raw.id);
    this.activate(claim.id);
    if (draft.mode === "new") this.paper.after(claim.until);
    else this.paper.drop();
    this.textPlace.focus({ preventScroll: true });
    this.paintCursor();
    const who = claim.speaker ? `, said by ${claim.speaker.name}` : "; no speaker yet";
    this.say(`Saved: “${claim.quote.slice(0, 100)}”${who}.`);
  }

  settleConflict(form, { current, by }) {
    const { draft } = form;
    const claim = this.store.get(current.id);
    form.conflict(
      claim,
      by,
      () => {
        const base = editDraft(this, claim);
        // Only what was typed here is sent; the rest stays as they left it.
        for (const name of Object.keys(draft.fields)) {
          const isMine = draft.touched[name] || (name === "topics" && draft.topicsTouched);
          if (!isMine) draft.fields[name] = base.fields[name];
        }
        if (!draft.marksTouched) draft.marks = base.marks;
        Object.assign(draft, { version: claim.version, status: claim.status, base: base.base });
        form.fill();
        form.settle();
        form.save();
      },
      () => {
        this.closeForm({ keep: false });
        this.activate(claim.id);
        this.say("Their version stays.");
      },
    );
    this.say(`${by || "Somebody"} changed this claim first. Use yours, or keep theirs?`, true);
  }

  openWords() {
    if (this.form) this.closeForm();
    this.words = new WordsForm(this);
  }

  closeWords() {
    this.words = null;
    if (!this.form) this.formPlace.replaceChildren();
  }

  /* --- Names ----------------------------------------------------------------------------------- */

  async findNames(kind, typed) {
    const answer = await this.api.get(`names/?kind=${kind}&q=${encodeURIComponent(typed)}`);
    return answer.ok ? answer.data.found : [];
  }

  async findSpeakers(typed) {
    let found = [];
    try {
      found = await this.findNames("speaker", typed);
    } catch (error) {
      if (error instanceof LoggedOut) this.alertLogin();
      else this.alertOffline();
      return [];
    }
    if (!this.may.speakers) return found;
    const another = found.some((each) => each.name.toLowerCase() === typed.toLowerCase());
    const make = (kind, words) => ({
      name: typed,
      label: `Create ${another ? "another " : ""}${words} “${typed}”`,
      create: () => this.createSpeaker(typed, kind, another),
    });
    const made = [make("person", "person"), make("organisation", "organisation")];
    return [...found, ...(BODY.test(typed) ? made.reverse() : made)];
  }

  async createSpeaker(name, kind, another) {
    const answer = await this.changes.write("POST", "speakers/", { name, kind, another });
    if (!answer) return null;
    if (!answer.ok) {
      this.form?.error(answer.data.error, "speaker");
      return null;
    }
    this.say(`Speaker “${answer.data.speaker.name}” ${answer.status === 201 ? "created" : "was known already"}.`);
    return answer.data.speaker;
  }

  recentSpeakers() {
    try {
      return JSON.parse(localStorage.getItem(RECENT) || "[]");
    } catch {
      return [];
    }
  }

  rememberSpeaker(speaker) {
    if (!speaker) return;
    const others = this.recentSpeakers().filter((each) => each.id !== speaker.id);
    const { id, name, note } = speaker;
    localStorage.setItem(RECENT, JSON.stringify([{ id, name, note }, ...others].slice(0, 3)));
  }

  /* --- Elsewhere and others ----------------------------------------------------------------------- */

  async toVerdict(claim) {
    if (!["draft", "listed"].includes(claim.status)) {
      this.say("A verdict needs an accepted claim.");
      return;
    }
    const answer = await this.changes.write("POST", `claims/${claim.id}/verdict/`, {});
    if (!answer) return;
    if (!answer.ok) {
      this.say(answer.data.error, true);
      return;
    }
    sessionStorage.setItem("desk-return", `${this.data.here}#claim-${claim.id}`);
    location.assign(answer.data.url);
  }

  async toNextArticle() {
    const answer = await this.changes.write("GET", "next/");
    if (!answer) return;
    if (answer.data.url) location.assign(answer.data.url);
    else this.say("No other article waits for a decision.");
  }

  async noteNoClaims() {
    const answer = await this.changes.write("POST", "no-claims/", {});
    if (answer?.ok) this.say("Noted: nothing to mark here. g goes to the next article.");
    else if (answer) this.say(answer.data.error, true);
  }

  write(method, address, data) {
    return this.changes.write(method, address, data);
  }

  /* Ask what others have done; their claims appear, nothing of one's own moves. */
  async poll() {
    let state;
    try {
      state = await this.api.state(this.store.text.id);
    } catch (error) {
      if (error instanceof LoggedOut) this.alertLogin();
      else this.alertOffline();
      return;
    }
    this.connected();
    if (!state) return;
    this.people = state.people;
    this.showPeople();
    if (state.text.body !== undefined && state.text.id !== this.store.text.id) {
      this.adoptText(state.text, state.claims);
      return;
    }
    this.store.replace(state.claims);
  }

  async takeText() {
    this.api.tag = "";
    await this.poll();
  }

  adoptText(text, claims) {
    const cursor = this.paper.cursor;
    this.dropEdge();
    this.store.setText(text);
    this.store.replace(claims, true);
    this.paper.setBody(text.body);
    this.paper.cursor = Math.min(cursor, text.body.length);
    byId("text-number").textContent = `text ${text.number}`;
    this.refresh();
    this.showBar();
    if (!this.form) return;
    const isFound = refind(this.form.draft, text);
    this.form.showMarks();
    this.keepDraft();
    this.form.error(isFound ? null : LOST);
    this.say(
      isFound
        ? "The text was corrected; the words in your form were found in it."
        : "The text was corrected; the words in your form are no longer in it.",
      !isFound,
    );
  }

  watch() {
    const tick = async () => {
      if (document.visibilityState === "visible") await this.poll();
      setTimeout(tick, EVERY);
    };
    setTimeout(tick, EVERY);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.poll();
    });
    window.addEventListener("online", () => this.poll());
    window.addEventListener("pagehide", () => this.api.leave());
  }

  /* Come back to the claim that the address names. */
  arrive() {
    const [, id] = location.hash.match(/^#claim-(\d+)$/) || [];
    if (id && this.store.get(Number(id))) {
      this.activate(Number(id), { reveal: true });
      this.textPlace.focus({ preventScroll: true });
    } else if (!this.form) {
      this.textPlace.focus({ preventScroll: true });
    }
  }
}

const LOST = "Your words are no longer in the text. Select them again, then press m.";

function isOpen(claim) {
  return claim.status === "suggested" || claim.needsEye;
}

function sentOf(fields) {
  const values = { ...fields };
  values.stated_on = fields.stated_on || null;
  values.speaker = fields.speaker ? fields.speaker.id : null;
  values.via = fields.via ? fields.via.id : null;
  values.topics = fields.topics.map((each) => each.id);
  return values;
}

new Desk(JSON.parse(byId("desk-data").textContent));
