/* The list of claims beside the text: filters, decisions, words that need an eye. */

import { ROLES } from "./fields.js";
import { dated, lowered, measured } from "./locale.js";
import { isUnnamed } from "./store.js";
import { cited, wordChanges } from "./words.js";

const FILTERS = [
  ["all", gettext("All"), (claim) => claim.status !== "rejected"],
  ["suggested", gettext("Suggested"), (claim) => claim.status === "suggested"],
  ["eye", gettext("Needs an eye"), (claim) => claim.needsEye],
  ["unnamed", gettext("No speaker"), isUnnamed],
  ["mine", gettext("Mine"), (claim, me) => claim.by === me && claim.status !== "rejected"],
  ["rejected", gettext("Rejected"), (claim) => claim.status === "rejected"],
];

// Offered only while there is something to show.
const SELDOM = new Set(["eye", "unnamed"]);
const testOf = (filter) => FILTERS.find(([name]) => name === filter)[2];
export class ClaimList {
  constructor(desk) {
    this.desk = desk;
    this.root = desk.listPlace;
    this.filters = desk.filterPlace;
    this.filter = "all";
    this.rule = "";
    this.items = new Map();
    this.makeFilters();
    this.root.addEventListener("click", (event) => {
      const item = event.target.closest("li");
      if (!item) return;
      const id = Number(item.dataset.id);
      const act = event.target.closest("[data-act]");
      if (act) desk.inTurn(() => desk.act(act.dataset.act, id, act.dataset));
      else if (event.target.closest(".an-item")) desk.activate(id, { reveal: true });
    });
    this.root.addEventListener("focusin", (event) => {
      const item = event.target.closest("li");
      if (item && event.target.matches(".an-item")) desk.activate(Number(item.dataset.id), {});
    });
  }

  has(filter) {
    return [...this.desk.store.claims.values()].some(testOf(filter));
  }

  get shown() {
    const test = testOf(this.filter);
    return this.desk.store.inOrder(
      (claim) => test(claim, this.desk.store.me) && (!this.rule || claim.rule === this.rule),
    );
  }

  makeFilters() {
    const group = element("div", {
      className: "an-tabs",
      role: "group",
      ariaLabel: gettext("Show"),
    });
    for (const [name, label] of FILTERS) {
      const button = element("button", { type: "button", textContent: label });
      button.dataset.filter = name;
      button.addEventListener("click", () => {
        this.filter = name;
        this.render();
      });
      group.append(button);
    }
    const label = element("label", { className: "an-rule", textContent: `${gettext("Rule")} ` });
    this.rules = element("select", { id: "rule" });
    this.rules.addEventListener("change", () => {
      this.rule = this.rules.value;
      this.render();
    });
    label.append(this.rules);
    this.bulk = element("div", {
      className: "an-bulk",
      role: "group",
      ariaLabel: gettext("All shown"),
    });
    for (const step of ["accept", "reject"]) {
      const button = element("button", { type: "button", id: `bulk-${step}` });
      button.addEventListener("click", () => this.desk.inTurn(() => this.desk.decideShown(step)));
      this.bulk.append(button);
    }
    this.filters.append(group, label, this.bulk);
    this.ruleLabel = label;
  }

  showFilters(shown) {
    for (const button of this.filters.querySelectorAll("[data-filter]")) {
      const { filter } = button.dataset;
      button.setAttribute("aria-pressed", String(filter === this.filter));
      if (SELDOM.has(filter)) button.hidden = filter !== this.filter && !this.has(filter);
    }
    const suggested = this.desk.store.inOrder((claim) => claim.status === "suggested");
    const names = [...new Set(suggested.map((claim) => claim.rule).filter(Boolean))].sort();
    if (this.rule && !names.includes(this.rule)) names.push(this.rule);
    const known = [...this.rules.options].map((option) => option.value).join("|");
    if (known !== ["", ...names].join("|")) {
      this.rules.replaceChildren(
        new Option(gettext("any"), ""),
        ...names.map((name) => new Option(name, name)),
      );
      this.rules.value = this.rule;
    }
    this.ruleLabel.hidden = names.length === 0;
    const count = shown.filter((claim) => claim.status === "suggested").length;
    this.bulk.hidden = count < 2 || !this.desk.may.annotate;
    const [accept, reject] = this.bulk.children;
    accept.textContent = interpolate(gettext("Accept %(count)s shown"), { count }, true);
    reject.textContent = interpolate(gettext("Reject %(count)s shown"), { count }, true);
  }

  /* Bring the list in line with the claims; what has not changed is not touched. */
  render() {
    const shown = this.shown;
    const { active } = this.desk;
    const focused = document.activeElement?.closest?.("li");
    const focusId = focused && this.root.contains(focused) ? Number(focused.dataset.id) : null;
    const focusAct = focusId && document.activeElement.dataset.act;
    const now = new Map();
    const nodes = shown.map((claim) => {
      const around = this.desk.store.around(claim);
      const print = `${claim.print} ${claim.id === active} ${around?.id || ""}`;
      let item = this.items.get(claim.id);
      if (!item || item.print !== print) {
        item = { print, node: this.item(claim, claim.id === active, around, item?.node) };
      }
      now.set(claim.id, item);
      return item.node;
    });
    this.items = now;
    this.place(nodes);
    this.showFilters(shown);
    this.rove(shown, active);
    if (focusId && now.has(focusId) && !this.root.contains(document.activeElement)) {
      const node = now.get(focusId).node;
      (
        node.querySelector(focusAct ? `[data-act="${focusAct}"]` : ".an-item") || node.firstChild
      ).focus();
    }
    if (!nodes.length) {
      const words =
        this.filter === "all"
          ? gettext("No claims yet. Select words in the text and press Enter.")
          : gettext("Nothing here.");
      this.root.replaceChildren(element("li", { className: "an-empty", textContent: words }));
    }
  }

  place(nodes) {
    let at = this.root.firstChild;
    for (const node of nodes) {
      if (node === at) at = at.nextSibling;
      else this.root.insertBefore(node, at);
    }
    while (at) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
  }

  /* One stop for Tab: the active claim, or the first. */
  rove(shown, active) {
    const stop = shown.some((claim) => claim.id === active) ? active : shown[0]?.id;
    for (const [id, { node }] of this.items) {
      for (const button of node.querySelectorAll("button")) {
        button.tabIndex = id === stop ? 0 : -1;
      }
    }
  }

  /* Mark another claim as the active one; only two items are made anew. */
  activate(before, now) {
    const shown = this.shown;
    for (const id of [before, now]) {
      const claim = this.desk.store.get(id);
      const item = this.items.get(id);
      if (!claim || !item) continue;
      const around = this.desk.store.around(claim);
      const hadFocus = item.node.contains(document.activeElement);
      const print = `${claim.print} ${id === now} ${around?.id || ""}`;
      if (item.print === print) continue;
      item.print = print;
      this.item(claim, id === now, around, item.node);
      if (hadFocus) item.node.querySelector(".an-item").focus();
    }
    this.rove(shown, now);
    const node = this.items.get(now)?.node;
    if (node) this.reveal(node);
  }

  /* Bring an item into view within the list; the page itself stays where it is. */
  reveal(node) {
    const place = this.root.parentElement;
    if (place.scrollHeight <= place.clientHeight) return;
    const box = node.getBoundingClientRect();
    const frame = place.getBoundingClientRect();
    if (box.top < frame.top) place.scrollTop += box.top - frame.top - 8;
    else if (box.bottom > frame.bottom) {
      place.scrollTop += Math.min(box.bottom - frame.bottom + 8, box.top - frame.top - 8);
    }
  }

  item(claim, isActive, around, node = element("li", {})) {
    node.id = `claim-${claim.id}`;
    node.dataset.id = claim.id;
    node.className = `an-claim an-is-${claim.status}`;
    node.classList.toggle("an-is-active", isActive);
    node.classList.toggle("an-is-doubt", claim.needsEye);
    const main = element("button", { type: "button", className: "an-item" });
    if (isActive) main.setAttribute("aria-current", "true");
    const head = element("span", { className: "an-state" });
    head.append(this.stateWords(claim));
    if (claim.needsEye) head.append(element("b", { textContent: ` · ${gettext("needs an eye")}` }));
    if (around) {
      const number = this.numberOf(around);
      const inside = interpolate(gettext("inside claim %(number)s"), { number }, true);
      head.append(element("i", { textContent: ` · ${inside}` }));
    }
    const words = element("q", { className: "an-words", textContent: claim.quote });
    const who = element("span", { className: "an-who" });
    who.textContent = this.speakerWords(claim);
    if (!claim.speaker) who.classList.add("an-open");
    main.append(head, words, who);
    const parts = [main];
    if (isActive) parts.push(this.details(claim));
    if (claim.status === "suggested" && !isActive && this.desk.may.annotate) {
      parts.push(this.quick(claim));
    }
    node.replaceChildren(...parts);
    return node;
  }

  numberOf(claim) {
    return this.desk.store.inOrder((each) => each.status !== "rejected").indexOf(claim) + 1;
  }

  speakerWords(claim) {
    if (claim.speaker) return claim.speaker.name;
    if (claim.proposed_speaker) return `${claim.proposed_speaker}?`;
    const printed = claim.marks.find((mark) => mark.role === "speaker");
    return printed
      ? interpolate(
          gettext("no speaker yet; in the text: “%(words)s”"),
          { words: printed.exact },
          true,
        )
      : gettext("no speaker yet");
  }

  stateWords(claim) {
    const words = this.desk.label("status", claim.status);
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
    const facts = [
      this.desk.label("attribution", claim.attribution),
      this.desk.label("checkability", claim.checkability),
      claim.stated_on &&
        `${this.desk.label("stated_precision", claim.stated_precision)}: ${dated(claim.stated_on)}`,
      claim.via && interpolate(gettext("relayed by %(name)s"), { name: claim.via.name }, true),
      ...claim.topics.map((topic) => topic.name),
      ...claim.marks
        .filter((mark) => mark.role !== "content")
        .map(({ role, exact: words }) =>
          role === "cue"
            ? interpolate(gettext("cue “%(words)s”"), { words }, true)
            : interpolate(gettext("printed as “%(words)s”"), { words }, true),
        ),
    ].filter(Boolean);
    box.append(element("p", { className: "an-facts", textContent: facts.join(" · ") }));
    if (claim.rule) {
      const words = [
        interpolate(gettext("Proposed by rule “%(rule)s”"), { rule: claim.rule }, true),
      ];
      if (claim.score !== null) {
        words.push(interpolate(gettext("score %(score)s"), { score: measured(claim.score) }, true));
      }
      box.append(element("p", { className: "an-origin", textContent: words.join(" · ") }));
    }
    if (claim.needsEye) box.append(this.doubts(claim));
    box.append(this.actions(claim));
    return box;
  }

  /* Show old and new words side by side for each mark that a person has to look at. */
  doubts(claim) {
    const box = element("div", { className: "an-doubts" });
    for (const mark of claim.marks.filter((each) => each.inDoubt)) {
      const role = ROLES[mark.role];
      if (!mark.candidates.length) {
        box.append(
          element("p", {
            textContent: interpolate(
              gettext("%(role)s: not found in the corrected text: “%(words)s”"),
              {
                role,
                words: mark.exact,
              },
              true,
            ),
          }),
        );
        continue;
      }
      mark.candidates.forEach((candidate, index) => {
        const row = element("div", { className: "an-candidate" });
        const changes = element("p", {});
        changes.append(index ? `${gettext("or:")} ` : `${role}: `);
        for (const run of wordChanges(mark.exact, candidate.exact)) {
          const tag = { same: "span", gone: "del", come: "ins" }[run.is];
          changes.append(element(tag, { textContent: run.text }));
        }
        if (mark.exact === candidate.exact) {
          changes.append(
            element("small", { textContent: ` ${gettext("same words, surroundings changed")}` }),
          );
        }
        row.append(changes);
        if (this.desk.may.change && (index || mark.candidates.length > 1)) {
          const take = this.button("take", gettext("Take this"), claim, gettext("Take this place"));
          take.dataset.role = mark.role;
          take.dataset.mark = claim.marks.indexOf(mark);
          take.dataset.candidate = index;
          row.append(take);
        }
        box.append(row);
      });
    }
    return box;
  }

  actions(claim) {
    const { may } = this.desk;
    const group = element("div", { className: "an-acts" });
    const add = (...parts) => group.append(this.button(...parts));
    if (claim.needsEye && may.change) {
      const found = claim.marks.filter((each) => each.inDoubt).every((m) => m.candidates.length);
      if (found) add("confirm", gettext("Confirm"), claim, "", "a");
      if (may.annotate) add("leave", gettext("No longer in the text"), claim, "", "r");
    } else if (claim.status === "suggested" && may.annotate) {
      add("accept", gettext("Accept"), claim, "", "a");
      add("reject", gettext("Reject"), claim, "", "r");
    }
    if (may.change && claim.status !== "rejected") add("edit", gettext("Edit"), claim, "", "e");
    if (claim.status !== "suggested" && claim.status !== "rejected") {
      if (may.verdict || claim.verdict) add("verdict", gettext("Verdict"), claim, "", "d");
    }
    for (const step of this.desk.stepsFrom(claim)) {
      if (["accept", "reject", "unaccept"].includes(step.name)) continue;
      add(`step-${step.name}`, step.label, claim, "", step.name === "list" ? "l" : "");
    }
    if (claim.status === "draft" && may.annotate)
      add("delete", gettext("Delete"), claim, "", gettext("Del"));
    return group;
  }

  focus(id) {
    this.items.get(id)?.node.querySelector(".an-item")?.focus();
  }
}

/* Return the rating that readers see, or how far the verdict is. */
function verdictWords({ rating, verdict }) {
  if (rating) return `${rating.sign} ${rating.label}`;
  if (!verdict) return "";
  return interpolate(gettext("verdict: %(state)s"), { state: lowered(verdict.label) }, true);
}

export function element(tag, properties) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "role") node.setAttribute("role", value);
    else node[name] = value;
  }
  return node;
}
