/* Words, letters and sentences of a paragraph, as an editor means them; texts shortened and
   compared. Takes texts; knows nothing of the page. */

// Soft hyphens part no words.
const LETTER = "\\p{L}\\p{M}\\p{N}\\u00ad\\u200c\\u200d";
// "S-400", "$2.5-billion", "Erdoğan'ın", "99%" and "AT&T" are one word each; a full
// stop or comma joins figures and single letters only.
const WORD = new RegExp(
  `[$€£¥₺₽₹]?[${LETTER}]+(?:(?:[-‑'’&/·]|(?<=\\p{N})[.,:](?=\\p{N})|(?<=(?<![\\p{L}\\p{N}])\\p{L})\\.(?=\\p{L}(?![\\p{L}\\p{N}])))[${LETTER}]+)*[%‰°]?` +
    "|\\p{Regional_Indicator}{2}" +
    "|\\p{Extended_Pictographic}(?:[\\u{1F3FB}-\\u{1F3FF}]|\\uFE0F)*(?:\\u200d\\p{Extended_Pictographic}(?:[\\u{1F3FB}-\\u{1F3FF}]|\\uFE0F)*)*",
  "gu",
);
export const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const ABBREVIATION =
  /(?:^|[\s(“"])(?:\p{Lu}|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Adm|Gov|Sen|Rep|St|No|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.\s*$/u;

const segmenter = (granularity) =>
  typeof Intl.Segmenter === "function" ? new Intl.Segmenter(undefined, { granularity }) : null;
const byWord = segmenter("word");
const byLetter = segmenter("grapheme");
const bySentence = segmenter("sentence");

/* Return the [start, end] of each word of a text. */
export function wordsIn(text) {
  const words = [];
  for (const match of text.matchAll(WORD)) {
    const [word] = match;
    const parts = byWord && UNSPACED.test(word) ? unspacedWords(word) : [[0, word.length]];
    for (const [from, to] of parts) words.push([match.index + from, match.index + to]);
  }
  return words;
}

/* Return the [start, end] of each word of a script that has no spaces between them. */
function unspacedWords(text) {
  return Array.from(byWord.segment(text))
    .filter((part) => part.isWordLike)
    .map(({ index, segment }) => [index, index + segment.length]);
}

/* Return the [start, end] of each letter with its marks, emoji with all its parts. */
export function lettersIn(text) {
  if (byLetter) {
    return Array.from(byLetter.segment(text), (s) => [s.index, s.index + s.segment.length]);
  }
  const letters = [];
  for (const letter of text) {
    const start = letters.length ? letters[letters.length - 1][1] : 0;
    letters.push([start, start + letter.length]);
  }
  return letters;
}

/* Return the [start, end] of each sentence, without the blanks around it. */
export function sentencesIn(text) {
  const pieces = bySentence
    ? Array.from(bySentence.segment(text), (s) => s.segment)
    : text.match(/[^.!?]+[.!?”’"')\]]*\s*|[.!?]+\s*/g) || [];
  const sentences = [];
  let at = 0;
  let open = null;
  for (const piece of pieces) {
    const start = open === null ? at : open;
    at += piece.length;
    const words = text.slice(start, at);
    if (ABBREVIATION.test(words) && at < text.length) {
      open = start;
      continue;
    }
    open = null;
    const trimmed = trim(text, start, at);
    if (trimmed) sentences.push(trimmed);
  }
  return sentences;
}

/* Return a stretch without the blanks at its ends, or null where only blanks are. */
export function trim(text, start, end) {
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  return start < end ? [start, end] : null;
}

/* Return the index of the last [start, end] that begins at or before a place, or -1. */
export function indexAt(stretches, place) {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretches[middle][0] <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/* Return the stretch nearest to a place. */
export function nearest(stretches, place) {
  const index = Math.max(0, indexAt(stretches, place));
  const here = stretches[index];
  const next = stretches[index + 1];
  return next && place > here[1] && next[0] - place < place - here[1] ? next : here;
}

/* Return the stretch of all sentences that another one touches; where that was selected
   and is exactly theirs, of the next sentence too. Null where no sentence follows. */
export function wholeSentences(sentences, start, end, isSelected) {
  const first = sentences.findIndex((each) => each[1] > start);
  if (first < 0) return null;
  let last = sentences.findIndex((each) => each[1] >= end);
  if (last < 0) last = sentences.length - 1;
  const isWhole = sentences[first][0] === start && sentences[last][1] === end;
  if (isSelected && isWhole && sentences[last + 1]) last += 1;
  return [sentences[first][0], sentences[last][1]];
}

/* Return a stretch widened to the words, or letters, that its ends lie in. */
export function snap(stretches, start, end) {
  const first = stretches[indexAt(stretches, start)];
  if (first && start < first[1]) start = first[0];
  const last = stretches[indexAt(stretches, end - 1)];
  if (last && end <= last[1] && end > last[0]) end = last[1];
  return [start, end];
}

/* Return a text of at most so many characters, and a sign where words were left out. */
export function shortened(text, most = 60) {
  if (text.length <= most) return text;
  const words = text.slice(0, most + 1).replace(/[\s,;:–—-]+\S*$/, "");
  return `${words.slice(0, most)} …`;
}

/* Return a quote as it stands between quotation marks: shortened, without its own. */
export function cited(quote, most = 60) {
  return shortened(quote.replace(/^[“”„«"]+|[“”»"]+$/g, ""), most);
}

/* Return two texts as runs of {text, is}: "same", "gone" or "come", word by word. */
export function wordChanges(before, after) {
  const cut = (text) => text.match(/[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu) || [];
  const old = cut(before);
  const now = cut(after);
  if (old.length * now.length > 400000) {
    return [
      { text: before, is: "gone" },
      { text: after, is: "come" },
    ];
  }
  const common = commonLengths(old, now);
  const runs = [];
  const add = (text, is) => {
    const last = runs[runs.length - 1];
    if (last && last.is === is) last.text += text;
    else runs.push({ text, is });
  };
  let i = 0;
  let j = 0;
  while (i < old.length && j < now.length) {
    if (old[i] === now[j]) {
      add(old[i], "same");
      i += 1;
      j += 1;
    } else if (common(i + 1, j) >= common(i, j + 1)) {
      add(old[i], "gone");
      i += 1;
    } else {
      add(now[j], "come");
      j += 1;
    }
  }
  for (const piece of old.slice(i)) add(piece, "gone");
  for (const piece of now.slice(j)) add(piece, "come");
  return runs;
}

/* Return a function that tells how many pieces two lists have in common from the ith and
   the jth on, in the same order. */
function commonLengths(old, now) {
  const width = now.length + 1;
  const best = new Uint32Array((old.length + 1) * width);
  const common = (i, j) => best[i * width + j];
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      best[i * width + j] =
        old[i] === now[j] ? common(i + 1, j + 1) + 1 : Math.max(common(i + 1, j), common(i, j + 1));
    }
  }
  return common;
}
