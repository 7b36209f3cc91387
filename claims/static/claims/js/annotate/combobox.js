/* A field in which a name is found by its letters: the ARIA combobox pattern. Takes the
   field, functions that find names, and `onPick` for what is chosen. */

import { element } from "./dom.js";

let number = 0;

export class Combobox {
  /* `find(typed)` resolves to items {id, name, note?, matched?}, and such that make one:
     {name, label, note, create(), turn()?}, the note a choice that `turn` changes;
     `recent()` returns the ones to offer before anything is typed. */
  constructor(input, { find, recent = () => [], onPick }) {
    this.input = input;
    this.find = find;
    this.recent = recent;
    this.onPick = onPick;
    this.value = null;
    this.items = [];
    this.active = -1;
    this.asked = 0;
    this.pending = null;
    this.picking = false;
    number += 1;
    this.list = document.createElement("ul");
    this.list.id = `names-${number}`;
    this.list.className = "an-options";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels[0]?.textContent.trim() || gettext("Names"));
    this.list.hidden = true;
    input.after(this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    input.autocomplete = "off";
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("focus", () => {
      if (!this.value) this.offerRecent();
    });
    input.addEventListener("blur", () => this.left());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      if (event.target.closest("kbd")) this.turn(Number(option.dataset.index));
      else this.pick(Number(option.dataset.index));
    });
  }

  set(value) {
    this.value = value;
    this.input.value = value ? value.name : "";
    this.picking = false;
    this.asked += 1;
    this.close();
  }

  /* Resolve once whatever was typed has been looked up and picked. */
  async settled() {
    while (this.pending) await this.pending;
  }

  typed() {
    this.value = null;
    this.onPick(null);
    this.lookUp();
  }

  /* Offer what the letters in the field may mean. */
  lookUp() {
    this.picking = false;
    this.asked += 1;
    const mine = this.asked;
    const typed = this.input.value.trim();
    clearTimeout(this.timer);
    this.release?.();
    if (!typed) {
      this.offerRecent();
      return;
    }
    this.track(
      new Promise((done) => {
        this.release = done;
        this.timer = setTimeout(async () => {
          const found = await this.find(typed).catch(() => []);
          if (mine === this.asked) {
            this.offer(found);
            if (this.picking) this.pick(0);
          }
          done();
        }, 90);
      }),
    );
  }

  /* Remember what is under way, until it is done or something newer is. */
  track(work) {
    this.pending = work;
    const forget = () => {
      if (this.pending === work) this.pending = null;
    };
    work.then(forget, forget);
  }

  offerRecent() {
    const recent = this.recent();
    if (recent.length) this.offer(recent, -1);
    else this.close();
  }

  offer(items, active = 0) {
    this.items = items;
    this.list.replaceChildren(...items.map((item, index) => this.option(item, index)));
    const open = items.length > 0 && document.activeElement === this.input;
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    this.move(Math.min(active, items.length - 1));
  }

  option(item, index) {
    const option = element("li", { id: `${this.list.id}-${index}`, role: "option" });
    option.dataset.index = index;
    option.append(element("span", { textContent: item.create ? item.label : item.name }));
    const note = [item.matched, item.note].filter(Boolean).join(" · ");
    if (note) option.append(" ", element("small", { textContent: note }));
    if (item.create) option.classList.add("an-create");
    if (item.turn) option.append(" ", element("kbd", { textContent: gettext("→ kind") }));
    return option;
  }

  /* Change the choice that an item's note shows. */
  turn(index) {
    this.items[index].turn();
    this.offer(this.items, index);
  }

  move(index) {
    this.active = index;
    [...this.list.children].forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === index));
    });
    const option = this.list.children[index];
    if (option && !this.list.hidden) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const act = {
      ArrowDown: () => this.arrow(1),
      ArrowUp: () => this.arrow(-1),
      ArrowRight: this.canTurn(event) && (() => this.turn(this.active)),
      Enter: () => this.enter(),
      Escape: !this.list.hidden && (() => this.escape(event)),
    }[event.key];
    if (!act) return;
    if (event.key !== "Escape") event.preventDefault();
    act();
  }

  /* Names that were only offered do not stand in the way of leaving. */
  escape(event) {
    if (this.active >= 0) {
      event.preventDefault();
      event.stopPropagation();
    }
    this.close();
  }

  /* Right has nothing else to do where the letters end. */
  canTurn({ shiftKey }) {
    const { selectionStart, selectionEnd, value } = this.input;
    const isAtEnd = selectionStart === selectionEnd && selectionEnd === value.length;
    return !shiftKey && isAtEnd && !this.list.hidden && Boolean(this.items[this.active]?.turn);
  }

  arrow(step) {
    const count = this.items.length;
    if (!this.list.hidden) {
      if (count) this.move((this.active + step + count) % count);
    } else if (this.input.value.trim() && !this.value) this.typed();
    else this.offerRecent();
  }

  /* Take the name that is offered first; the one still looked up, once it is there. */
  enter() {
    if (this.pending) this.picking = true;
    else if (!this.list.hidden && this.active >= 0) this.pick(this.active);
  }

  pick(index) {
    const item = this.items[index];
    if (!item) return;
    this.picking = false;
    this.close();
    if (!item.create) {
      this.set(item);
      this.onPick(item);
      return;
    }
    this.track(
      item.create().then((made) => {
        if (!made) return;
        this.set(made);
        this.onPick(made);
      }),
    );
  }

  /* A name typed in full counts as picked. */
  left() {
    this.close();
    const typed = this.input.value.trim().toLocaleLowerCase();
    if (!typed || this.value || this.pending) return;
    const same = this.items.findIndex(
      (item) => !item.create && item.name.toLocaleLowerCase() === typed,
    );
    if (same >= 0) this.pick(same);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
