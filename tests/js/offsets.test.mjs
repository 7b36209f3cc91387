/* Places in a text as the browser counts them and as the server does. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Offsets } from "../../claims/static/claims/js/annotate/offsets.js";

const TEXTS = [
  "",
  "Rood said so.",
  "😀",
  "a😀b😀😀c",
  "the first \u{10000} and the last \u{10ffff}, but \ud7ff and \ue000 are no pairs",
  "Ida 👩‍👩‍👧 said “ok” 🇹🇷 today",
];

for (const text of TEXTS) {
  test(`every place of ${JSON.stringify(text)} goes there and back`, () => {
    const offsets = new Offsets(text);
    let units = 0;
    [...text].forEach((character, points) => {
      assert.equal(offsets.points(units), points);
      assert.equal(offsets.units(points), units);
      units += character.length;
    });
    assert.equal(offsets.points(text.length), [...text].length);
    assert.equal(offsets.units([...text].length), text.length);
  });
}

test("a place between the halves of a pair counts as the one after it", () => {
  assert.equal(new Offsets("a😀b").points(2), 2);
});
