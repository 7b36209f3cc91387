/* The desk's sentences in the language of the page. The scripts say them in English;
   the server sends what stands for each, and which plural form goes with a number. */

const LANGUAGE = document.documentElement.lang || "en";
const place = document.getElementById("desk-sayings");
const SAYINGS = place ? JSON.parse(place.textContent) : {};

/* Return a sentence with its %(name)s filled in. */
export function gettext(sentence, values = {}) {
  return filled(SAYINGS[sentence] ?? sentence, values);
}

/* Return a sentence in the form that goes with `count`, which is filled in as well. */
export function ngettext(one, many, count, values = {}) {
  const known = SAYINGS[one] ?? (count === 1 ? one : many);
  // The rules of all languages look at a number's last two figures at most, but for
  // the smallest numbers: 200 of them tell which form every number takes.
  const nth = count < 200 ? count : 100 + (count % 100);
  const form = typeof known === "string" ? known : known.forms[known.of[nth]];
  return filled(form, { count, ...values });
}

/* Return words without capitals, by the rules of their language. */
export function lowered(words) {
  return words.toLocaleLowerCase(LANGUAGE);
}

/* Return the day of a date like 2026-05-04 as people write it. */
export function dated(day) {
  const date = new Date(`${day}T12:00:00`);
  if (Number.isNaN(date.getTime())) return day;
  const order = LANGUAGE === "en" ? "en-GB" : LANGUAGE;
  return date.toLocaleDateString(order, { day: "numeric", month: "long", year: "numeric" });
}

/* Return a share as a number with two places. */
export function measured(number) {
  return number.toLocaleString(LANGUAGE, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function filled(sentence, values) {
  return sentence.replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
}
