/* Wording and printed words that differ in meaning: shown in place, confirmed by a tick.
   Takes the question as the server asks it: two texts in pieces, and their digest. */

import { byId, element } from "./dom.js";

const TITLES = {
  number: () => gettext("another number"),
  name: () => gettext("another name"),
  negation: () => gettext("a negation"),
};

/* Return a text's pieces as elements, those that differ as marks. */
export function differingWords(pieces) {
  return pieces.map(([text, kind]) =>
    kind
      ? element("mark", { className: "an-differs", textContent: text, title: TITLES[kind]() })
      : document.createTextNode(text),
  );
}

/* Ask whether a wording is right though its words differ; resolve to yes or no. Nothing
   is confirmed by one careless key: the tick comes first. */
export function askWords(question) {
  const dialog = byId("words-ask");
  byId("words-ask-wording").replaceChildren(...differingWords(question.wording));
  byId("words-ask-quote").replaceChildren(...differingWords(question.quote));
  const tick = byId("words-ask-tick");
  const yes = byId("words-ask-yes");
  tick.checked = false;
  yes.disabled = true;
  tick.onchange = () => {
    yes.disabled = !tick.checked;
  };
  byId("words-ask-no").onclick = () => dialog.close("no");
  dialog.returnValue = "no";
  const before = document.activeElement;
  dialog.showModal();
  tick.focus();
  return new Promise((done) => {
    dialog.addEventListener(
      "close",
      () => {
        before?.focus?.();
        done(dialog.returnValue === "yes" && tick.checked);
      },
      { once: true },
    );
  });
}
