/* Finding typed or pasted words in a text: whatever their punctuation, capitals, accents
   and spaces, and always as the text itself has them. Takes texts; knows nothing of the
   page. */

import { UNSPACED, snap } from "./words.js";

// Apostrophes that Unicode counts among the letters are none here.
const KEPT = /(?![ʹʻʼʽ])[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
const FIGURE = /\p{N}/u;
// Accents of Latin, Greek and Cyrillic; vowel points of Hebrew and Arabic. The signs of
// other scripts are letters in all but name.
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0670]/g;
const BARE = { ı: "i", ł: "l", ø: "o", đ: "d", ð: "d", ß: "ss", æ: "ae", œ: "oe", þ: "th" };
const ALIKE = [/\s/, /["'`‘’‚‛“”„‟«»‹›ʼ′″]/, /[-‐‑‒–—―−]/, /[.…]/];

let last = { body: null };

/* Return every [start, end] at which words stand in a text: first those in the very same
   letters. `stretches` are the text's words, where whole ones are to be found. */
export function placesOf(body, typed, stretches = null) {
  typed = typed.normalize("NFC").trim();
  if (!typed) return [];
  const { letters } = folded(typed);
  if (!letters) return exactPlaces(body, typed);
  if (last.body !== body) last = { body, ...folded(body) };
  const whole = [];
  const begun = [];
  for (
    let at = last.letters.indexOf(letters);
    at >= 0;
    at = last.letters.indexOf(letters, at + 1)
  ) {
    const until = at + letters.length;
    if (!isBeginning(body, at)) continue;
    (isEnd(body, until) ? whole : begun).push(widened(body, at, until, typed, stretches));
  }
  const found = whole.length ? whole : begun;
  if (!found.length) return partPlaces(body, typed, stretches);
  const isOther = ([start, end]) => body.slice(start, end) !== typed;
  return found.sort((a, b) => isOther(a) - isOther(b) || a[0] - b[0]);
}

/* Return every [start, end] at which words stand letter by letter. */
export function exactPlaces(body, words) {
  const found = [];
  for (let at = body.indexOf(words); at >= 0; at = body.indexOf(words, at + 1)) {
    found.push([at, at + words.length]);
  }
  return found;
}

/* Return the places of words that were copied from the middle of one. */
function partPlaces(body, typed, stretches) {
  const isHalf = ([start]) =>
    FIGURE.test(typed[0]) && /\p{N}[.,:]?$/u.test(body.slice(Math.max(0, start - 2), start));
  const found = exactPlaces(body, typed).filter((place) => !isHalf(place));
  return stretches ? found.map(([start, end]) => snap(stretches, start, end)) : found;
}

/* Return a name as it is compared with others. */
export function likened(name) {
  return folded(name).letters;
}

/* Return a text's letters and figures, small and bare, and where each of them stands. */
function folded(text) {
  const letters = [];
  const places = [];
  for (let at = 0; at < text.length;) {
    const letter = String.fromCodePoint(text.codePointAt(at));
    for (const unit of bareOf(letter, text, at)) {
      letters.push(unit);
      places.push(at);
    }
    at += letter.length;
  }
  return { letters: letters.join(""), places };
}

function bareOf(letter, text, at) {
  if (letter >= "a" && letter <= "z") return letter;
  if (/[.,:]/.test(letter)) return isDecimal(text, at) ? "." : "";
  if (!KEPT.test(letter)) return "";
  const bare = letter.normalize("NFD").replace(ACCENTS, "").toLowerCase().replace(ACCENTS, "");
  return (BARE[bare] ?? bare).split("");
}

/* Whether a sign parts a number as in 2.5; as in 12,000 it only helps the eye. */
function isDecimal(text, at) {
  if (!FIGURE.test(text[at - 1] || "")) return false;
  const [figures] = text.slice(at + 1, at + 5).match(/^\p{N}+/u) || [""];
  return figures.length > 0 && figures.length !== 3;
}

/* Whether a word begins at the nth letter; half of a number is none. */
function isBeginning(body, nth) {
  const { letters, places } = last;
  if (nth === 0) return true;
  const [before, here] = [places[nth - 1], places[nth]];
  if (before === here) return false;
  if (UNSPACED.test(body[here])) return true;
  const between = body.slice(before + 1, here);
  if (FIGURE.test(body[here]) && /[\p{N}.]/u.test(letters[nth - 1])) return /\s/.test(between);
  return !KEPT.test(characterBefore(body, here));
}

function isEnd(body, until) {
  const { letters, places } = last;
  if (until === letters.length) return true;
  if (places[until] === places[until - 1]) return false;
  if (letters[until] === ".") return false;
  const end = endOf(body, places[until - 1]);
  return UNSPACED.test(body[end] || "") || places[until] > end;
}

/* Return a place with the whole words it lies in, and with the signs at its ends that
   were typed too. */
function widened(body, at, until, typed, stretches) {
  let start = last.places[at];
  let end = endOf(body, last.places[until - 1]);
  if (stretches) [start, end] = snap(stretches, start, end);
  start -= alikeFor(signsOf([...typed]).reverse(), (n) => body[start - 1 - n]);
  end += alikeFor(signsOf([...typed].reverse()).reverse(), (n) => body[end + n]);
  return [start, end];
}

/* Return the signs before the first letter. */
function signsOf(characters) {
  const first = characters.findIndex((each) => KEPT.test(each));
  return characters.slice(0, first);
}

/* Return for how many places the text has signs like those typed, a space not last. */
function alikeFor(signs, at) {
  let most = 0;
  for (let n = 0; n < signs.length && isAlike(signs[n], at(n) || ""); n += 1) {
    if (!/\s/.test(signs[n])) most = n + 1;
  }
  return most;
}

function isAlike(one, other) {
  return one === other || ALIKE.some((kind) => kind.test(one) && kind.test(other));
}

/* Return where a character ends, with the accents and joiners that belong to it. */
function endOf(body, at) {
  let end = at + String.fromCodePoint(body.codePointAt(at)).length;
  while (end < body.length && /[\p{M}\u200d\ufe0f]/u.test(body[end])) end += 1;
  return end;
}

function characterBefore(body, at) {
  const pair = at > 1 && body.codePointAt(at - 2);
  return pair > 0xffff ? String.fromCodePoint(pair) : body[at - 1];
}
