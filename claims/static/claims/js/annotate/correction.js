/* Correcting the article's text: first what it does to the claims, then the deed. Takes
   what keeps the typed words, store for its text, changes to ask the server,
   `takeText` to show what was stored, messages, and the paper to come back to. */

import { changedWords, element } from "./dom.js";
import { roleLabel } from "./fields.js";

export class CorrectionForm {
  constructor({ keeping, store, changes, takeText, messages, paper }) {
    Object.assign(this, { keeping, store, changes, takeText, messages });
    this.dialog = document.getElementById("correct");
    if (!this.dialog) return;
    for (const part of ["body", "reason", "error", "plan", "preview", "save", "anew", "cancel"]) {
      this[part] = document.getElementById(`correct-${part}`);
    }
    this.preview.addEventListener("click", () => this.look());
    this.save.addEventListener("click", () => this.submit());
    this.anew.addEventListener("click", () => this.startAnew());
    this.cancel.addEventListener("click", () => this.dialog.close());
    this.body.addEventListener("input", () => this.changed());
    this.reason.addEventListener("input", () => this.keep());
    this.dialog.addEventListener("close", () => paper.focus({ preventScroll: false }));
  }

  open() {
    const kept = this.keeping.get("correction");
    const { text } = this.store;
    this.number = text.number;
    this.body.value = text.body;
    this.reason.value = "";
    this.say("");
    this.anew.hidden = true;
    if (kept && kept.body !== text.body) {
      this.body.value = kept.body;
      this.reason.value = kept.reason;
      this.number = kept.number;
      this.say(gettext("Your correction from before is here again."));
      this.anew.hidden = false;
    }
    this.hidePlan();
    if (!this.dialog.open) this.dialog.showModal();
    this.body.focus();
    this.body.setSelectionRange(0, 0);
    this.body.scrollTop = 0;
  }

  /* Leave what was typed before, for the text as it is now. */
  startAnew() {
    this.keeping.drop("correction");
    this.open();
  }

  changed() {
    this.hidePlan();
    this.keep();
  }

  keep() {
    const { body, reason, number } = this;
    this.keeping.put("correction", { body: body.value, reason: reason.value, number });
  }

  hidePlan() {
    this.plan.hidden = true;
    this.save.hidden = true;
    this.preview.hidden = false;
  }

  say(words) {
    this.error.textContent = words;
    this.error.hidden = !words;
  }

  async look() {
    const answer = await this.ask({ dry_run: true });
    if (!answer) return;
    this.show(answer);
    this.preview.hidden = true;
    this.save.hidden = false;
    this.save.focus();
  }

  async submit() {
    if (!this.reason.value.trim()) {
      this.say(gettext("Say why the text is corrected."));
      this.reason.focus();
      return;
    }
    const answer = await this.ask({ reason: this.reason.value });
    if (!answer) return;
    this.keeping.drop("correction");
    this.dialog.close();
    await this.takeText();
    const count = answer.counts.review + answer.counts.lost;
    const form = ngettext(
      "The text is corrected. %(count)s claim needs your eye.",
      "The text is corrected. %(count)s claims need your eye.",
      count,
    );
    this.messages.say(
      count
        ? interpolate(form, { count }, true)
        : gettext("The text is corrected; every claim is on its words."),
    );
  }

  async ask(more) {
    this.say("");
    const answer = await this.changes.write("POST", "text/", {
      number: this.number,
      body: this.body.value,
      ...more,
    });
    if (!answer) {
      this.say(gettext("Not sent. What you typed is kept; try again."));
      return null;
    }
    if (answer.ok) return answer.data;
    if (answer.status === 409 && answer.data.text) {
      await this.takeText();
      this.say(
        gettext(
          "Somebody else has corrected this text meanwhile. Your words are kept below; saving them would replace that correction.",
        ),
      );
      this.number = answer.data.text.number;
      this.keep();
      this.anew.hidden = false;
      return null;
    }
    this.say(answer.data.error || gettext("That was refused."));
    return null;
  }

  show(plan) {
    const words = planWords(plan);
    const title = element("p", { className: "an-plan-counts", textContent: words });
    title.id = "plan-counts";
    const list = element("ul", { className: "an-plan" });
    for (const fate of plan.doubtful) list.append(fateItem(fate));
    this.plan.replaceChildren(title, list);
    this.plan.hidden = false;
  }
}

/* Return what a correction does to the claims, and to the order of the text. */
function planWords({ counts, paragraphs_moved: moved }) {
  if (!moved) return countWords(counts);
  const form = ngettext(
    "%(count)s paragraph has changed places: look at the claims in it.",
    "%(count)s paragraphs have changed places: look at the claims in them.",
    moved,
  );
  return `${countWords(counts)} ${interpolate(form, { count: moved }, true)}`;
}

function countWords({ exact, moved, review, lost }) {
  const total = exact + moved + review + lost;
  if (total === 0) return gettext("No claims stand in this text.");
  if (!review && !lost) {
    const words = gettext("All claims stay: %(stay)s of %(total)s.");
    return interpolate(words, { stay: exact + moved, total }, true);
  }
  const parts = [
    [ngettext("%(count)s claim stays", "%(count)s claims stay", exact), exact],
    [gettext("%(count)s moved with the text"), moved],
    [ngettext("%(count)s needs your eye", "%(count)s need your eye", review), review],
    [gettext("%(count)s no longer found"), lost],
  ];
  return `${parts.map(([words, count]) => interpolate(words, { count }, true)).join(", ")}.`;
}

/* Return an item that shows what becomes of a claim's words. */
function fateItem(fate) {
  const item = element("li", {});
  const speaker = fate.speaker || gettext("No speaker");
  const words =
    fate.outcome === "lost"
      ? gettext("%(speaker)s: not found any more.")
      : gettext("%(speaker)s: needs your eye.");
  const told = interpolate(words, { speaker }, true);
  item.append(element("strong", { textContent: `${told} ` }));
  if (fate.revision) {
    item.append(
      gettext("Its verdict is revised; until that is approved, readers see what was published."),
    );
  }
  for (const span of fate.spans.filter((each) => ["review", "lost"].includes(each.outcome))) {
    const line = element("p", {});
    if (span.role !== "content") line.append(`${roleLabel(span.role)}: `);
    const now = span.candidates[0];
    if (now === undefined) line.append(element("del", { textContent: span.exact }));
    else line.append(...changedWords(span.exact, now));
    item.append(line);
  }
  return item;
}
