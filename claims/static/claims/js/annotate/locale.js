/* Small letters, dates and numbers as the language of the page writes them. Sentences
   are translated by Django's gettext, ngettext and interpolate, which the page loads
   from the address `admin:jsi18n`. Takes the language from <html lang>. */

const LANGUAGE = document.documentElement.lang || "en";

/* Return a label as it stands inside a sentence: without capitals, by the rules of its
   language. German nouns keep theirs. */
export function lowered(words) {
  return LANGUAGE === "de" ? words : words.toLocaleLowerCase(LANGUAGE);
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
