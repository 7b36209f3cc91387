/* Finding words by typing or pasting them: no selection and no mouse needed. */

import { element } from "./list.js";
import { placesOf } from "./words.js";

export class WordsForm {
  constructor(desk) {
    this.desk = desk;
    const template = document.getElementById("words-form");
    this.root = template.content.firstElementChild.cloneNode(true);
    desk.formPlace.replaceChildren(this.root);
    this.input = this.root.querySelector("#w-words");
    this.count = this.root.querySelector("#w-count");
    this.hits = this.root.querySelector("#w-hits");
    this.input.addEventListener("input", () => this.look());
    this.root.addEventListener("submit", (event) => event.preventDefault());
    this.root.querySelector("#w-cancel").addEventListener("click", () => this.close());
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        this.close();
      } else if (event.key === "Enter" && event.target === this.input && !event.shiftKey) {
        event.preventDefault();
        if (this.places?.length) this.take(0);
        else this.look();
      }
    });
    this.hits.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.take(Number(button.dataset.index));
    });
    this.input.focus();
  }

  look() {
    const { body } = this.desk.store.text;
    this.places = placesOf(body, this.input.value);
    const found = this.places.length;
    const shown = this.places.slice(0, 12);
    this.count.textContent = !this.input.value.trim()
      ? ""
      : found
        ? `These words stand in the text ${found === 1 ? "once" : `${found} times`}.`
        : "These words do not stand in the text.";
    this.hits.replaceChildren(
      ...shown.map(([start, end], index) => {
        const button = element("button", { type: "button" });
        button.dataset.index = index;
        button.append(
          `… ${body.slice(Math.max(0, start - 40), start)}`,
          element("mark", { textContent: body.slice(start, end) }),
          `${body.slice(end, end + 40)} …`,
        );
        const item = element("li", {});
        item.append(button);
        return item;
      }),
    );
    this.desk.painter.put(
      "draft",
      shown.map(([start, end]) => ({ start, end })),
    );
  }

  take(index) {
    const [start, end] = this.places[index];
    this.desk.closeWords();
    this.desk.paper.select(start, end, { quiet: true });
    this.desk.paper.reveal(start, end);
    this.desk.openNew([start, end]);
  }

  close() {
    this.desk.painter.put("draft", []);
    this.desk.closeWords();
    this.desk.textPlace.focus({ preventScroll: true });
  }
}
