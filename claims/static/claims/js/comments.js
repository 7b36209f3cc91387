/* Comments of the desk: names offered after an @, and the thread of an address opened.
   Without this module the forms work all the same. */

const MOST = 6;
const BEGUN = /(?:^|[^\w.@+-])@([\w.@+-]*)$/u;

/* Return the people whose login or a part of whose name begins with some letters. */
export function matching(people, letters) {
  const begun = letters.toLocaleLowerCase();
  return people
    .filter(({ login, name }) =>
      [login, ...name.split(/\s+/u)].some((word) => word.toLocaleLowerCase().startsWith(begun)),
    )
    .slice(0, MOST);
}

/* Return the letters typed after the last @ before the caret, or null without one. */
export function begunName(text, caret) {
  return BEGUN.exec(text.slice(0, caret))?.[1] ?? null;
}

class Names {
  constructor(field, people) {
    this.field = field;
    this.people = people;
    this.found = [];
    this.active = 0;
    this.list = document.createElement("ul");
    this.list.id = `${field.id}-names`;
    this.list.className = "desk-names";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", field.labels[0]?.textContent.trim() ?? "@");
    this.list.hidden = true;
    field.after(this.list);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    field.addEventListener("input", () => this.offer());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.take(Number(option.dataset.index));
    });
  }

  offer() {
    const letters = begunName(this.field.value, this.field.selectionStart);
    this.found = letters === null ? [] : matching(this.people, letters);
    this.active = 0;
    this.list.replaceChildren(
      ...this.found.map(({ login, name }, index) => {
        const option = document.createElement("li");
        option.id = `${this.list.id}-${index}`;
        option.dataset.index = index;
        option.setAttribute("role", "option");
        option.textContent = name === login ? `@${login}` : `@${login} ${name}`;
        return option;
      }),
    );
    this.list.hidden = this.found.length === 0;
    this.mark();
  }

  mark() {
    for (const [index, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", String(index === this.active));
    }
    const now = this.list.children[this.active];
    if (this.list.hidden || !now) this.field.removeAttribute("aria-activedescendant");
    else this.field.setAttribute("aria-activedescendant", now.id);
  }

  key(event) {
    if (this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.active = (this.active + step + this.found.length) % this.found.length;
      this.mark();
    } else if (event.key === "Enter" || event.key === "Tab") {
      this.take(this.active);
    } else if (event.key === "Escape") {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
  }

  take(index) {
    const caret = this.field.selectionStart;
    const letters = begunName(this.field.value, caret);
    const chosen = this.found[index];
    if (letters !== null && chosen) {
      this.field.setRangeText(`${chosen.login} `, caret - letters.length, caret, "end");
      this.field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.close();
  }

  close() {
    this.found = [];
    this.list.hidden = true;
    this.mark();
  }
}

function openNamed() {
  const thread = document.getElementById(location.hash.slice(1));
  if (thread?.matches("details")) thread.open = true;
}

if (typeof document !== "undefined") {
  const people = document.getElementById("comment-names");
  if (people) {
    const known = JSON.parse(people.textContent);
    for (const field of document.querySelectorAll("form[data-names] textarea")) {
      new Names(field, known);
    }
  }
  openNamed();
  window.addEventListener("hashchange", openNamed);
}
