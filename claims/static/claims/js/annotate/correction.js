/* Correcting the article's text: first what it does to the claims, then the deed. */

import { ROLES } from "./fields.js";
import { element } from "./list.js";
import { wordChanges } from "./words.js";

export class CorrectionForm {
  constructor(desk) {
    this.desk = desk;
    this.dialog = document.getElementById("correct");
    if (!this.dialog) return;
    for (const part of ["body", "reason", "error", "plan", "preview", "save", "anew", "cancel"]) {
      this[part] = document.getElementById(`correct-${part}`);
    }
    this.key = `desk-correction-${desk.data.article}`;
    this.preview.addEventListener("click", () => this.look());
    this.save.addEventListener("click", () => this.store());
    this.anew.addEventListener("click", () => this.startAnew());
    this.cancel.addEventListener("click", () => this.dialog.close());
    this.body.addEventListener("input", () => this.changed());
    this.reason.addEventListener("input", () => this.keep());
    this.dialog.addEventListener("close", () => desk.textPlace.focus());
  }

  open() {
    const kept = JSON.parse(sessionStorage.getItem(this.key) || "null");
    const { text } = this.desk.store;
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
    sessionStorage.removeItem(this.key);
    this.open();
  }

  changed() {
    this.hidePlan();
    this.keep();
  }

  keep() {
    const { body, reason, number } = this;
    sessionStorage.setItem(
      this.key,
      JSON.stringify({ body: body.value, reason: reason.value, number }),
    );
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

  async store() {
    if (!this.reason.value.trim()) {
      this.say(gettext("Say why the text is corrected."));
      this.reason.focus();
      return;
    }
    const answer = await this.ask({ reason: this.reason.value });
    if (!answer) return;
    sessionStorage.removeItem(this.key);
    this.dialog.close();
    await this.desk.takeText(answer.text);
    const { review, lost } = answer.counts;
    const open = review + lost;
    this.desk.say(
      open
        ? interpolate(
            ngettext(
              "The text is corrected. %(count)s claim needs your eye.",
              "The text is corrected. %(count)s claims need your eye.",
              open,
            ),
            { count: open },
            true,
          )
        : gettext("The text is corrected; every claim is on its words."),
    );
  }

  async ask(more) {
    this.say("");
    const answer = await this.desk.write("POST", "text/", {
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
      await this.desk.takeText();
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
    const { exact, moved, review, lost } = plan.counts;
    const total = exact + moved + review + lost;
    const parts = [];
    if (total === 0) parts.push(gettext("No claims stand in this text."));
    else if (!review && !lost) {
      parts.push(
        interpolate(
          gettext("All claims stay: %(stay)s of %(total)s."),
          { stay: exact + moved, total },
          true,
        ),
      );
    } else {
      const counts = [
        interpolate(
          ngettext("%(count)s claim stays", "%(count)s claims stay", exact),
          { count: exact },
          true,
        ),
        interpolate(gettext("%(count)s moved with the text"), { count: moved }, true),
        interpolate(
          ngettext("%(count)s needs your eye", "%(count)s need your eye", review),
          { count: review },
          true,
        ),
        interpolate(gettext("%(count)s no longer found"), { count: lost }, true),
      ];
      parts.push(`${counts.join(", ")}.`);
    }
    if (plan.paragraphs_moved) {
      parts.push(
        interpolate(
          ngettext(
            "%(count)s paragraph has changed places: look at the claims in it.",
            "%(count)s paragraphs have changed places: look at the claims in them.",
            plan.paragraphs_moved,
          ),
          { count: plan.paragraphs_moved },
          true,
        ),
      );
    }
    const title = element("p", { className: "an-plan-counts", textContent: parts.join(" ") });
    title.id = "plan-counts";
    const list = element("ul", { className: "an-plan" });
    for (const fate of plan.doubtful) list.append(this.fate(fate));
    this.plan.replaceChildren(title, list);
    this.plan.hidden = false;
  }

  fate(fate) {
    const item = element("li", {});
    const speaker = fate.speaker || gettext("No speaker");
    const words =
      fate.outcome === "lost"
        ? interpolate(gettext("%(speaker)s: not found any more."), { speaker }, true)
        : interpolate(gettext("%(speaker)s: needs your eye."), { speaker }, true);
    item.append(element("strong", { textContent: `${words} ` }));
    for (const span of fate.spans.filter((each) => ["review", "lost"].includes(each.outcome))) {
      const line = element("p", {});
      if (span.role !== "content") line.append(`${ROLES[span.role]}: `);
      const now = span.candidates[0];
      for (const run of now === undefined
        ? [{ text: span.exact, is: "gone" }]
        : wordChanges(span.exact, now)) {
        const tag = { same: "span", gone: "del", come: "ins" }[run.is];
        line.append(element(tag, { textContent: run.text }));
      }
      item.append(line);
    }
    return item;
  }
}
