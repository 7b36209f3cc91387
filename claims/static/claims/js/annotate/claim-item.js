/* A claim as an entry of the list: its words, facts, doubts and buttons. Takes store for
   its number among the others, rights and steps for the buttons, choices for labels. */

import { changedWords, element, revisionLink } from "./dom.js";
import { doubtWords, labelOf, roleLabel } from "./fields.js";
import { dated, lowered, measured } from "./locale.js";
import { cited } from "./words.js";
import { differingWords } from "./words-question.js";

// Steps that have buttons of their own.
const DECISIONS = ["accept", "reject", "unaccept"];

export class ClaimItem {
  constructor({ store, rights, steps, choices }) {
    Object.assign(this, { store, rights, steps, choices });
  }

  /* Fill a list item with a claim; `around` is the claim that holds all its words. */
  fill(node, claim, isActive, around) {
    node.id = `claim-${claim.id}`;
    node.dataset.id = claim.id;
    node.className = `an-claim an-is-${claim.status}`;
    node.classList.toggle("an-is-active", isActive);
    node.classList.toggle("an-is-doubt", claim.needsEye);
    const main = element("button", { type: "button", className: "an-item" });
    if (isActive) main.setAttribute("aria-current", "true");
    const head = element("span", { className: "an-state" });
    head.append(this.stateWords(claim));
    const doubts = doubtWords(claim);
    if (doubts) {
      const className = claim.doubts.length ? "an-leaves-open" : "";
      head.append(" · ", element("span", { className, textContent: doubts }));
    }
    if (claim.needsEye) head.append(element("b", { textContent: ` · ${gettext("needs an eye")}` }));
    if (around) {
      const number = this.numberOf(around);
      const inside = interpolate(gettext("inside claim %(number)s"), { number }, true);
      head.append(element("i", { textContent: ` · ${inside}` }));
    }
    const words = element("q", { className: "an-words", textContent: claim.quote });
    const who = element("span", { className: "an-who" });
    who.textContent = speakerWords(claim);
    if (!claim.speaker) who.classList.add("an-open");
    main.append(head, words, who);
    const parts = [main];
    if (isActive) parts.push(this.details(claim));
    if (claim.status === "suggested" && !isActive && this.rights.has("annotate")) {
      parts.push(this.quick(claim));
    }
    node.replaceChildren(...parts);
  }

  numberOf(claim) {
    return this.store.inOrder((each) => each.status !== "rejected").indexOf(claim) + 1;
  }

  stateWords(claim) {
    const words = labelOf(this.choices.status, claim.status);
    return [words, verdictWords(claim)].filter(Boolean).join(" · ");
  }

  quick(claim) {
    const group = element("span", { className: "an-quick" });
    group.append(
      this.button("accept", gettext("Accept"), claim, gettext("Accept")),
      this.button("reject", gettext("Reject"), claim, gettext("Reject")),
    );
    return group;
  }

  button(act, words, claim, label = "", key = "") {
    const button = element("button", { type: "button", textContent: words });
    button.dataset.act = act;
    if (label) button.setAttribute("aria-label", `${label}: ${cited(claim.quote)}`);
    if (key) button.append(" ", element("kbd", { textContent: key }));
    return button;
  }

  details(claim) {
    const box = element("div", { className: "an-details" });
    if (claim.wording !== claim.quote) {
      box.append(element("p", { className: "an-wording", textContent: claim.wording }));
    }
    for (const { sentence } of claim.doubts) {
      box.append(element("p", { className: "an-note", textContent: sentence }));
    }
    const facts = this.facts(claim).join(" · ");
    box.append(element("p", { className: "an-facts", textContent: facts }));
    if (claim.rule) {
      box.append(element("p", { className: "an-origin", textContent: originWords(claim) }));
    }
    if (claim.weighed) {
      box.append(element("p", { className: "an-origin", textContent: claim.weighed }));
    }
    if (claim.revision) box.append(lockedNote(claim.revision));
    if (claim.asked) {
      box.append(element("p", { className: "an-note", textContent: askedWords(claim.asked) }));
    }
    if (claim.needsEye) box.append(this.doubts(claim));
    box.append(element("div", { className: "an-earlier-place" }), this.actions(claim));
    return box;
  }

  facts(claim) {
    const { attribution, checkability, stated_precision: precisions } = this.choices;
    const facts = [
      labelOf(attribution, claim.attribution),
      labelOf(checkability, claim.checkability),
      claim.stated_on &&
        `${labelOf(precisions, claim.stated_precision)}: ${dated(claim.stated_on)}`,
      claim.via && interpolate(gettext("relayed by %(name)s"), { name: claim.via.name }, true),
      ...claim.topics.map((topic) => topic.name),
    ];
    for (const { role, exact: words } of claim.marks) {
      if (role === "cue") facts.push(interpolate(gettext("cue “%(words)s”"), { words }, true));
      else if (role === "speaker") {
        facts.push(interpolate(gettext("printed as “%(words)s”"), { words }, true));
      }
    }
    return facts.filter(Boolean);
  }

  /* Show old and new words side by side for each mark that a person has to look at. */
  doubts(claim) {
    const box = element("div", { className: "an-doubts" });
    for (const mark of claim.marks.filter((each) => each.inDoubt)) {
      if (!mark.candidates.length) box.append(notFound(mark));
      mark.candidates.forEach((_, index) => box.append(this.candidate(claim, mark, index)));
    }
    if (claim.words) box.append(departure(claim.words));
    return box;
  }

  candidate(claim, mark, index) {
    const { exact } = mark.candidates[index];
    const row = element("div", { className: "an-candidate" });
    const changes = element("p", {});
    changes.append(index ? `${gettext("or:")} ` : `${roleLabel(mark.role)}: `);
    changes.append(...changedWords(mark.exact, exact));
    if (mark.exact === exact) {
      const words = gettext("same words, surroundings changed");
      changes.append(element("small", { textContent: ` ${words}` }));
    }
    row.append(changes);
    if (this.rights.has("change") && mark.candidates.length > 1) {
      const take = this.button("take", gettext("Take this"), claim, gettext("Take this place"));
      take.dataset.role = mark.role;
      take.dataset.mark = claim.marks.indexOf(mark);
      take.dataset.candidate = index;
      row.append(take);
    }
    return row;
  }

  actions(claim) {
    const group = element("div", { className: "an-acts" });
    for (const [act, words, key] of [...this.decisions(claim), ...this.works(claim)]) {
      group.append(this.button(act, words, claim, "", key));
    }
    return group;
  }

  /* Return what there is to decide on a claim: [act, words, key] of each button. */
  decisions(claim) {
    const acts = [];
    const mayDecide = this.rights.has("annotate");
    if (claim.needsEye && claim.revision && mayDecide) {
      acts.push(["leave", gettext("No longer in the text"), "r"]);
    } else if (claim.needsEye && this.rights.has("change")) {
      const inDoubt = claim.marks.filter((mark) => mark.inDoubt);
      if (inDoubt.every((mark) => mark.candidates.length)) {
        acts.push(["confirm", gettext("Confirm"), "a"]);
      }
      if (mayDecide) acts.push(["leave", gettext("No longer in the text"), "r"]);
    } else if (claim.status === "suggested" && mayDecide) {
      acts.push(["accept", gettext("Accept"), "a"], ["reject", gettext("Reject"), "r"]);
    }
    return acts;
  }

  /* Return what else can be done with a claim: [act, words, key] of each button. */
  works(claim) {
    const acts = [];
    const isAccepted = !["suggested", "rejected"].includes(claim.status);
    if (this.rights.has("change") && claim.status !== "rejected" && !claim.revision) {
      acts.push(["edit", gettext("Edit"), "e"]);
    }
    if (isAccepted && (this.rights.has("verdict") || claim.verdict)) {
      acts.push(["verdict", gettext("Verdict"), "d"]);
    }
    for (const { name, label } of this.steps.from(claim)) {
      if (DECISIONS.includes(name)) continue;
      acts.push([`step-${name}`, label, name === "list" ? "l" : ""]);
    }
    if (claim.status === "draft" && this.rights.has("annotate")) {
      acts.push(["delete", gettext("Delete"), gettext("Del")]);
    }
    acts.push(["link", gettext("Copy link"), "y"]);
    return acts;
  }
}

/* Return the wording with what in it departs from the new words. */
function departure({ wording }) {
  const note = element("p", { className: "an-note" });
  const words = gettext("The wording says something else than the new words:");
  note.append(`${words} `, ...differingWords(wording));
  return note;
}

function lockedNote(revision) {
  const note = element("p", { className: "an-note", textContent: `${revision.why} ` });
  note.append(revisionLink(revision));
  return note;
}

function askedWords({ name, reason }) {
  const words = gettext("%(name)s asks to withdraw this claim: “%(reason)s”");
  return interpolate(words, { name, reason }, true);
}

function originWords({ rule, score }) {
  const words = [interpolate(gettext("Proposed by rule “%(rule)s”"), { rule }, true)];
  if (score !== null) {
    words.push(interpolate(gettext("score %(score)s"), { score: measured(score) }, true));
  }
  return words.join(" · ");
}

function notFound(mark) {
  const words = gettext("%(role)s: not found in the corrected text: “%(words)s”");
  const values = { role: roleLabel(mark.role), words: mark.exact };
  return element("p", { textContent: interpolate(words, values, true) });
}

function speakerWords({ speaker, proposed_speaker: proposed, marks }) {
  if (speaker) return speaker.name;
  if (proposed) return `${proposed}?`;
  const printed = marks.find((mark) => mark.role === "speaker");
  if (!printed) return gettext("no speaker yet");
  const words = gettext("no speaker yet; in the text: “%(words)s”");
  return interpolate(words, { words: printed.exact }, true);
}

/* Return the rating that readers see, or how far the verdict is. */
function verdictWords({ rating, verdict }) {
  if (rating) return `${rating.sign} ${rating.label}`;
  if (!verdict) return "";
  return interpolate(gettext("verdict: %(state)s"), { state: lowered(verdict.label) }, true);
}
