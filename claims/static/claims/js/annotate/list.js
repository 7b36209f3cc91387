/* The list of claims beside the text: filters, entries, the one stop for Tab. Takes its
   places in the page, store for the claims, `items` to fill an entry, rights, and what
   hears of it: `onActivate` of a claim chosen, `onAct` of a button of an entry, `onBulk`
   of "accept", "reject" or "list" for all shown. */

import { element } from "./dom.js";
import { isListable, isReady, isUnnamed } from "./store.js";

const FILTERS = [
  ["all", gettext("All"), (claim) => claim.status !== "rejected"],
  ["suggested", gettext("Suggested (%(count)s)"), isSuggested],
  ["ready", gettext("Ready (%(count)s)"), isReady],
  ["open", gettext("Open (%(count)s)"), (claim) => isSuggested(claim) && !isReady(claim)],
  ["eye", gettext("Needs an eye"), (claim) => claim.needsEye],
  ["unnamed", gettext("No speaker"), isUnnamed],
  ["mine", gettext("Mine"), (claim, me) => claim.by === me && claim.status !== "rejected"],
  ["rejected", gettext("Rejected"), (claim) => claim.status === "rejected"],
];

// Offered only while there is something to show.
const SELDOM = new Set(["ready", "open", "eye", "unnamed"]);
const rowOf = (filter) => FILTERS.find(([name]) => name === filter);
const labelOf = (filter) => rowOf(filter)[1];
const testOf = (filter) => rowOf(filter)[2];

function isSuggested({ status }) {
  return status === "suggested";
}

export class ClaimList {
  constructor({ root, filters, store, items, rights, onActivate, onAct, onBulk }) {
    Object.assign(this, { root, filters, store, items, rights, onActivate, onAct, onBulk });
    this.filter = "all";
    this.rule = "";
    this.byScore = false;
    this.active = null;
    this.entries = new Map();
    this.makeFilters();
    this.root.addEventListener("click", (event) => {
      const item = event.target.closest("li");
      if (!item) return;
      const id = Number(item.dataset.id);
      const act = event.target.closest("[data-act]");
      if (act) this.onAct(act.dataset.act, id, act.dataset);
      else if (event.target.closest(".an-item")) this.onActivate(id, { reveal: true });
    });
    this.root.addEventListener("focusin", (event) => {
      const item = event.target.closest("li");
      if (item && event.target.matches(".an-item")) this.onActivate(Number(item.dataset.id), {});
    });
  }

  has(filter) {
    return [...this.store.claims.values()].some(testOf(filter));
  }

  /* Return the claims of a filter, by the rule that is chosen, as they stand in the text. */
  of(filter) {
    const test = testOf(filter);
    return this.store.inOrder(
      (claim) => test(claim, this.store.me) && (!this.rule || claim.rule === this.rule),
    );
  }

  get shown() {
    const shown = this.of(this.filter);
    return this.byScore ? shown.sort((one, other) => other.score - one.score) : shown;
  }

  makeFilters() {
    const group = element("div", {
      className: "an-tabs",
      role: "group",
      ariaLabel: gettext("Show"),
    });
    for (const [name] of FILTERS) {
      const button = element("button", { type: "button" });
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
    const order = element("label", { className: "an-rule", textContent: `${gettext("Order")} ` });
    this.orders = element("select", { id: "order" });
    this.orders.append(
      new Option(gettext("as in the text"), ""),
      new Option(gettext("likeliest first"), "score"),
    );
    const inText = this.root.ariaLabel;
    this.orders.addEventListener("change", () => {
      this.byScore = this.orders.value === "score";
      this.root.ariaLabel = this.byScore ? gettext("Claims, likeliest first") : inText;
      this.render();
    });
    order.append(this.orders);
    this.bulk = element("div", {
      className: "an-bulk",
      role: "group",
      ariaLabel: gettext("All shown"),
    });
    for (const step of ["accept", "reject", "list"]) {
      const button = element("button", { type: "button", id: `bulk-${step}` });
      button.addEventListener("click", () => this.onBulk(step));
      this.bulk.append(button);
    }
    this.filters.append(group, label, order, this.bulk);
    Object.assign(this, { ruleLabel: label, orderLabel: order });
  }

  showFilters(shown) {
    for (const button of this.filters.querySelectorAll("[data-filter]")) {
      const { filter } = button.dataset;
      button.setAttribute("aria-pressed", String(filter === this.filter));
      const count = this.of(filter).length;
      button.textContent = interpolate(labelOf(filter), { count }, true);
      if (SELDOM.has(filter)) button.hidden = filter !== this.filter && !this.has(filter);
    }
    const suggested = this.store.inOrder(isSuggested);
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
    this.orderLabel.hidden = names.length === 0 && !this.byScore;
    const count = shown.filter(isSuggested).length;
    const ready = shown.filter(isReady).length;
    const drafts = shown.filter(isListable).length;
    const [accept, reject, list] = this.bulk.children;
    accept.hidden = ready < 2 || !this.rights.has("annotate");
    reject.hidden = count < 2 || !this.rights.has("annotate");
    list.hidden = drafts < 2 || !this.rights.has("list");
    this.bulk.hidden = reject.hidden && list.hidden;
    accept.textContent = interpolate(gettext("Accept %(count)s ready"), { count: ready }, true);
    reject.textContent = interpolate(gettext("Reject %(count)s shown"), { count }, true);
    const words = interpolate(gettext("List %(count)s shown"), { count: drafts }, true);
    list.textContent = words;
    accept.append(" ", element("kbd", { textContent: "A" }));
    list.append(" ", element("kbd", { textContent: "L" }));
  }

  /* Bring the list in line with the claims; what has not changed is not touched. */
  render() {
    const { shown } = this;
    const focus = this.focused();
    this.entries = new Map(shown.map((claim) => [claim.id, this.entry(claim)]));
    const nodes = shown.map((claim) => this.entries.get(claim.id).node);
    this.place(nodes);
    this.showFilters(shown);
    this.rove(shown);
    if (focus) this.focusAgain(focus);
    if (!nodes.length) {
      const words =
        this.filter === "all"
          ? gettext("No claims yet. Select words in the text and press Enter.")
          : gettext("Nothing here.");
      this.root.replaceChildren(element("li", { className: "an-empty", textContent: words }));
    }
  }

  /* Return a claim's {print, node}, made anew only where something in it has changed. */
  entry(claim) {
    const isActive = claim.id === this.active;
    const around = this.store.around(claim);
    const print = `${claim.print} ${isActive} ${around?.id || ""}`;
    const known = this.entries.get(claim.id);
    if (known?.print === print) return known;
    const node = known?.node || element("li", {});
    this.items.fill(node, claim, isActive, around);
    return { print, node };
  }

  /* Return the claim and the button that have the focus, if they are in the list. */
  focused() {
    const button = document.activeElement;
    const item = button?.closest?.("li");
    if (!item || !this.root.contains(item)) return null;
    return { id: Number(item.dataset.id), act: button.dataset.act };
  }

  focusAgain({ id, act }) {
    const node = this.entries.get(id)?.node;
    if (!node || this.root.contains(document.activeElement)) return;
    const button = node.querySelector(act ? `[data-act="${act}"]` : ".an-item");
    (button || node.firstChild).focus();
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
  rove(shown) {
    const stop = shown.some((claim) => claim.id === this.active) ? this.active : shown[0]?.id;
    for (const [id, { node }] of this.entries) {
      for (const button of node.querySelectorAll("button")) {
        button.tabIndex = id === stop ? 0 : -1;
      }
    }
  }

  /* Mark another claim as the active one; only two entries are made anew. */
  activate(id) {
    const before = this.active;
    this.active = id;
    for (const each of [before, id]) {
      const claim = this.store.get(each);
      const known = this.entries.get(each);
      if (!claim || !known) continue;
      const hadFocus = known.node.contains(document.activeElement);
      const entry = this.entry(claim);
      if (entry === known) continue;
      this.entries.set(each, entry);
      if (hadFocus) entry.node.querySelector(".an-item").focus();
    }
    this.rove(this.shown);
    const node = this.entries.get(id)?.node;
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

  /* Return a place within a claim's entry, null where the list does not show it. */
  placeIn(id, selector) {
    return this.entries.get(id)?.node.querySelector(selector) ?? null;
  }

  /* Put the focus on a claim's entry; false where the list does not show it. */
  focus(id) {
    const item = this.entries.get(id);
    item?.node.querySelector(".an-item")?.focus();
    return Boolean(item);
  }
}
