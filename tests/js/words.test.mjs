/* Words, letters and sentences; texts shortened and compared. */

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  cited,
  indexAt,
  lettersIn,
  nearest,
  sentencesIn,
  shortened,
  snap,
  trim,
  wholeSentences,
  wordChanges,
  wordsIn,
} from "../../claims/static/claims/js/annotate/words.js";

const WORDS = "../../claims/static/claims/js/annotate/words.js";

const cut = (text, stretches) => stretches.map(([start, end]) => text.slice(start, end));

// --- Words ---------------------------------------------------------------------------

for (const [text, words] of [
  // What belongs to a word: hyphens, apostrophes, ampersands, signs of money and share.
  ["The S-400 costs $2.5-billion.", ["The", "S-400", "costs", "$2.5-billion"]],
  ["Erdoğan'ın AT&T payı 99% arttı", ["Erdoğan'ın", "AT&T", "payı", "99%", "arttı"]],
  // A full stop or comma joins figures and single letters only.
  ["The U.S. paid 12,000, in cash.", ["The", "U.S", "paid", "12,000", "in", "cash"]],
  ["He left.She stayed", ["He", "left", "She", "stayed"]],
  // Accents that stand as characters of their own; joiners inside a word.
  ["cafe\u0301 mi\u200cra", ["cafe\u0301", "mi\u200cra"]],
  // A flag is one word, and so is an emoji with all its parts.
  ["🇹🇷🇬🇷 said 👩‍👩‍👧 👍🏽", ["🇹🇷", "🇬🇷", "said", "👩‍👩‍👧", "👍🏽"]],
  ["…, “–”", []],
]) {
  test(`the words of ${text}`, () => assert.deepEqual(cut(text, wordsIn(text)), words));
}

test("a script without spaces is parted into words too", () => {
  const text = "部长说：今天没有。";
  const words = cut(text, wordsIn(text));
  assert.equal(words.join(""), "部长说今天没有");
  assert.ok(words.length > 2 && words.every((word) => text.includes(word)));
});

test("a letter has its accents, an emoji all its parts", () => {
  const text = "e\u0301a👩‍👧!";
  assert.deepEqual(cut(text, lettersIn(text)), ["e\u0301", "a", "👩‍👧", "!"]);
});

test("a browser that knows no segments parts what it can", async (t) => {
  const { Segmenter } = Intl;
  Intl.Segmenter = undefined;
  t.after(() => {
    Intl.Segmenter = Segmenter;
  });
  const plain = await import(`${WORDS}?plain`);
  assert.deepEqual(cut("a😀b", plain.lettersIn("a😀b")), ["a", "😀", "b"]);
  assert.deepEqual(plain.lettersIn(""), []);
  const text = "Yes. “No!” He left";
  assert.deepEqual(cut(text, plain.sentencesIn(text)), ["Yes.", "“No!”", "He left"]);
  assert.deepEqual(plain.sentencesIn(""), []);
  assert.deepEqual(cut("Rood 部长说", plain.wordsIn("Rood 部长说")), ["Rood", "部长说"]);
});

// --- Sentences -----------------------------------------------------------------------

for (const [text, sentences] of [
  ["One. Two?  Three!", ["One.", "Two?", "Three!"]],
  // An abbreviation, or an initial, ends no sentence but the last one.
  ["Mr. Rood met John R. Bolton. He left.", ["Mr. Rood met John R. Bolton.", "He left."]],
  ["It was said by Gen.", ["It was said by Gen."]],
  ["  “Yes.” She nodded. ", ["“Yes.”", "She nodded."]],
  ["   ", []],
]) {
  test(`the sentences of ${JSON.stringify(text)}`, () => {
    assert.deepEqual(cut(text, sentencesIn(text)), sentences);
  });
}

// --- Stretches -----------------------------------------------------------------------

test("blanks at the ends of a stretch are left out", () => {
  assert.deepEqual(trim("  so it is ", 0, 11), [2, 10]);
  assert.deepEqual(trim(" so ", 0, 4), [1, 3]);
  assert.deepEqual(trim("so it is", 3, 5), [3, 5]);
  assert.deepEqual(trim("so  it", 2, 3), null);
  assert.deepEqual(trim("so", 1, 1), null);
});

test("the stretch at a place is the last that begins there or before", () => {
  const stretches = [
    [2, 4],
    [6, 8],
    [9, 12],
  ];
  const found = [0, 1, 2, 3, 5, 6, 8, 9, 40].map((place) => indexAt(stretches, place));
  assert.deepEqual(found, [-1, -1, 0, 0, 0, 1, 1, 2, 2]);
  assert.equal(indexAt([], 3), -1);
});

test("a stretch grows to the words that its ends lie in, and no further", () => {
  const words = wordsIn("Rood said so");
  assert.deepEqual(snap(words, 2, 7), [0, 9]);
  assert.deepEqual(snap(words, 5, 9), [5, 9]);
  assert.deepEqual(snap(words, 5, 6), [5, 9]);
  assert.deepEqual(snap(words, 11, 12), [10, 12]);
  // Between the words there is nothing to grow to.
  assert.deepEqual(snap(words, 4, 5), [4, 5]);
  assert.deepEqual(snap([], 1, 2), [1, 2]);
});

// --- Words to show -------------------------------------------------------------------

test("a long text is shortened at a space", () => {
  assert.equal(shortened("The minister said no.", 21), "The minister said no.");
  assert.equal(shortened("The minister said no.", 20), "The minister said …");
  assert.equal(shortened("The minister, said no.", 15), "The minister …");
  assert.equal(shortened("Unbreakable", 4), "Unbr …");
  assert.equal(shortened("w ".repeat(60)).length, 61);
});

test("a quote is cited without its own quotation marks", () => {
  assert.equal(cited("“No,” he said, “never.”"), "No,” he said, “never.");
  assert.equal(cited("„Nein“"), "Nein");
  assert.equal(cited("«Non»"), "Non");
  assert.equal(cited('"One two three"', 8), "One two …");
});

// --- Changes -------------------------------------------------------------------------

const shown = (before, after) =>
  wordChanges(before, after)
    .map(({ text, is }) => ({ same: text, gone: `[-${text}-]`, come: `[+${text}+]` })[is])
    .join("");

for (const [before, after, changes] of [
  ["He said no.", "He said no.", "He said no."],
  ["He said no.", "He said yes.", "He said [-no-][+yes+]."],
  ["He said no.", "He never said no.", "He [+never +]said no."],
  ["He never said no.", "He said no.", "He [-never -]said no."],
  ["a b c d", "b c x d", "[-a -]b c [+x +]d"],
  ["said no", "Rood said no", "[+Rood +]said no"],
  ["a b c d e", "c d e a b", "[-a b -]c d e[+ a b+]"],
  ["", "new", "[+new+]"],
  ["old", "", "[-old-]"],
  ["one two", "one", "one[- two-]"],
]) {
  test(`from ${JSON.stringify(before)} to ${JSON.stringify(after)}`, () => {
    assert.equal(shown(before, after), changes);
  });
}

test("texts too long to be compared word by word are shown whole", () => {
  const long = "word ".repeat(400);
  assert.deepEqual(wordChanges(long, `${long}more`), [
    { text: long, is: "gone" },
    { text: `${long}more`, is: "come" },
  ]);
});

// --- Stretches -----------------------------------------------------------------------

for (const [place, found] of [
  [0, [2, 5]],
  [3, [2, 5]],
  [6, [2, 5]],
  [8, [9, 12]],
  [20, [9, 12]],
]) {
  test(`the word nearest to ${place}`, () => {
    assert.deepEqual(nearest([[2, 5], [9, 12]], place), found);
  });
}

const THREE = [[0, 10], [11, 20], [21, 30]];

for (const [start, end, isSelected, whole] of [
  [3, 4, false, [0, 10]],
  [3, 15, true, [0, 20]],
  [0, 10, true, [0, 20]],
  [0, 10, false, [0, 10]],
  [11, 30, true, [11, 30]],
  [25, 40, true, [21, 30]],
  [31, 32, true, null],
]) {
  test(`the sentences of ${start} to ${end}, ${isSelected ? "selected" : "pointed at"}`, () => {
    assert.deepEqual(wholeSentences(THREE, start, end, isSelected), whole);
  });
}
