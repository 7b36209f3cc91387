/* Finding words by typing or pasting them: no selection and no mouse needed. Takes the
   place to stand in, paper and painter for the text, `onTake` for the stretch found, and
   `onTakeAll` for all of them at once. */

import { placesOf } from "./finding.js";
import { byId, element } from "./dom.js";

const MOST = 12;

const oneLine = (words) => words.replace(/\s+/g, " ");

export class WordsForm {
  constructor({ place, paper, painter, onTake, onTakeAll }) {
    Object.assign(this, { paper, painter, onTake, onTakeAll });
    this.places = [];
    const template = byId("words-form");
    this.root = template.content.firstElementChild.cloneNode(true);
    place.replaceChildren(this.root);
    this.input = this.root.querySelector("#w-words");
    this.count = this.root.querySelector("#w-count");
    this.hits = this.root.querySelector("#w-hits");
    this.input.addEventListener("input", () => this.look());
    this.root.addEventListener("submit", (event) => event.preventDefault());
    this.all = this.root.querySelector("#w-all");
    this.all.addEventListener("click", () => this.takeAll());
    this.root.querySelector("#w-cancel").addEventListener("click", () => this.close());
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.hits.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.take(Number(button.dataset.index));
    });
    this.input.focus();
  }

  key(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && event.target === this.input) {
      event.preventDefault();
      if (event.shiftKey) {
        this.takeAll();
        return;
      }
      // Where the words stand in several places, somebody has to say which is meant.
      if (this.places.length === 1) this.take(0);
      else this.hit(0)?.focus();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && this.hits.contains(event.target)) {
      event.preventDefault();
      const nth = Number(event.target.dataset.index) + (event.key === "ArrowDown" ? 1 : -1);
      (nth < 0 ? this.input : this.hit(nth))?.focus();
    }
  }

  hit(nth) {
    return this.hits.children[nth]?.firstChild;
  }

  look() {
    const { body, exact, words } = this.paper;
    this.places = placesOf(body, this.input.value, exact ? null : words);
    const shown = this.places.slice(0, MOST);
    this.count.textContent = this.told();
    this.hits.replaceChildren(...shown.map((place, index) => this.item(body, place, index)));
    this.painter.put(
      "draft",
      this.places.map(([start, end]) => ({ start, end })),
    );
    const count = this.places.length;
    this.all.hidden = count < 2;
    const all = interpolate(gettext("Mark all %(count)s"), { count }, true);
    this.all.firstChild.textContent = `${all} `;
  }

  told() {
    const found = this.places.length;
    if (!this.input.value.trim()) return "";
    if (!found) return gettext("These words do not stand in the text.");
    if (found === 1) return gettext("These words stand in the text once; Enter takes them.");
    const said = interpolate(
      ngettext(
        "These words stand in the text %(count)s time; choose the place.",
        "These words stand in the text %(count)s times; choose the place.",
        found,
      ),
      { count: found },
      true,
    );
    if (found <= MOST) return said;
    const shown = interpolate(gettext("The first %(shown)s are shown."), { shown: MOST }, true);
    return `${said} ${shown}`;
  }

  item(body, [start, end], index) {
    const button = element("button", { type: "button" });
    button.dataset.index = index;
    button.append(
      `… ${oneLine(body.slice(Math.max(0, start - 40), start).replace(/^[\udc00-\udfff]/, ""))}`,
      element("mark", { textContent: body.slice(start, end) }),
      `${oneLine(body.slice(end, end + 40).replace(/[\ud800-\udbff]$/, ""))} …`,
    );
    const item = element("li", {});
    item.append(button);
    return item;
  }

  take(index) {
    const [start, end] = this.places[index];
    this.root.remove();
    this.paper.select(start, end, { quiet: true });
    this.paper.reveal(start, end);
    this.onTake(start, end);
  }

  takeAll() {
    const { places } = this;
    if (places.length < 2) return;
    this.close();
    this.onTakeAll(places);
  }

  close() {
    this.painter.put("draft", []);
    this.root.remove();
    this.paper.focus();
  }
}
