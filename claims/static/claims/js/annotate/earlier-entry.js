/* How an earlier claim is shown beside one: who said it and when, how it was rated, and
   what differs, marked in both texts and told in words. Takes nothing. */

import { element } from "./dom.js";
import { dated } from "./locale.js";
import { differingWords } from "./words-question.js";
import { cited } from "./words.js";

const DIFFERS = {
  number: () => gettext("another number"),
  name: () => gettext("another name"),
  negation: () => gettext("a negation"),
};

/* Return the entry of an earlier claim; the keys work on the first. */
export function earlierEntry(each, { mayDecide, isFirst }) {
  const entry = element("li", { className: "an-before" });
  entry.dataset.entry = each.id;
  const words = element("q", { className: "an-words" });
  words.append(...differingWords(each.words));
  entry.append(head(each), words);
  if (each.changes.length) {
    const own = element("p", { className: "an-before-own" });
    own.append(`${gettext("Now:")} `, ...differingWords(each.own));
    const changes = element("p", { className: "an-facts" });
    changes.textContent = each.changes.map(changeWords).join(" · ");
    entry.append(own, changes);
  }
  const acts = element("p", { className: "an-acts" });
  if (mayDecide) {
    const repeat = each.is_very_close
      ? gettext("It repeats this")
      : gettext("It repeats this all the same");
    acts.append(
      button("repeat", repeat, each, isFirst && "F8"),
      button("dismiss", gettext("Not the same"), each, isFirst && "F9"),
    );
  }
  acts.append(element("a", { href: each.url, target: "_blank", textContent: gettext("Open") }));
  entry.append(acts);
  return entry;
}

/* Return what is said once an earlier claim is chosen. */
export function chosenNote(each, mayDecide) {
  const words = interpolate(gettext("It repeats “%(words)s”."), { words: wordsOf(each) }, true);
  if (!mayDecide) return [words];
  return [`${words} `, button("offer", gettext("It does not"), each, "F8")];
}

/* Return what is said of those that a draft was told from. */
export function dismissedNote(dismissed) {
  if (!dismissed.length) return [];
  const count = dismissed.length;
  const form = ngettext(
    "%(count)s earlier claim is not the same.",
    "%(count)s earlier claims are not the same.",
    count,
  );
  const again = button("offer", gettext("Offer again"), { id: dismissed[count - 1] });
  return [`${interpolate(form, { count }, true)} `, again];
}

/* Return an earlier claim's words, short. */
export function wordsOf({ words }) {
  return cited(words.map(([text]) => text).join(""), 100);
}

function head({ is_very_close: isClose, speaker, stated_on: day, rating }) {
  const line = element("p", { className: "an-state" });
  const close = isClose ? gettext("very close") : gettext("alike");
  line.append(element("b", { textContent: close }));
  const facts = [speaker, day && dated(day)].filter(Boolean).join(", ");
  const state = [rating.sign, rating.label].filter(Boolean).join(" ");
  line.append(` · ${facts} · `, element("span", { className: "an-rated", textContent: state }));
  return line;
}

/* Return what differs in words: none is told by its colour alone. */
function changeWords([kind, before, now]) {
  const what = DIFFERS[kind]();
  if (before && now) return `${what}: ${before} → ${now}`;
  const words = before
    ? gettext("%(what)s: only before, “%(words)s”")
    : gettext("%(what)s: only now, “%(words)s”");
  return interpolate(words, { what, words: before || now }, true);
}

function button(decision, words, each, key = "") {
  const node = element("button", { type: "button", textContent: words });
  node.dataset.decision = decision;
  node.dataset.earlier = each.id;
  if (key) node.append(" ", element("kbd", { textContent: key }));
  return node;
}
