/* Words found in a text however they were typed, pasted or printed. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { placesOf } from "../../claims/static/claims/js/annotate/finding.js";
import { wordsIn } from "../../claims/static/claims/js/annotate/words.js";

function found(body, typed) {
  return placesOf(body, typed, wordsIn(body)).map(([start, end]) => body.slice(start, end));
}

const PRINTED = "Ida’s ferry – the new one – sails at 9… The quay is shut.";
const TYPED = "Ida's ferry -- the new one -- sails at 9... The quay is shut.";
const SOFT = "The fer\u00adry mas\u00adter said: the fer\u00adry sails.";

test("other apostrophes, dashes and dots are the same signs", () => {
  for (const sign of ["'", "’", "‘", "´", "`", "′", "ʼ"]) {
    assert.deepEqual(found(PRINTED, `ida${sign}s ferry`), ["Ida’s ferry"], sign);
    assert.deepEqual(found(TYPED, `Ida${sign}s ferry`), ["Ida's ferry"], sign);
  }
  for (const dash of ["--", "—", " -- ", " – ", "---", "-"]) {
    assert.deepEqual(found(PRINTED, `ferry${dash}the new`), ["ferry – the new"], dash);
    assert.deepEqual(found(TYPED, `ferry${dash}the new`), ["ferry -- the new"], dash);
  }
  for (const dots of ["...", "…", " ...", ". . ."]) {
    assert.deepEqual(found(PRINTED, `at 9${dots} the quay`), ["at 9… The quay"], dots);
    assert.deepEqual(found(TYPED, `at 9${dots} the quay`), ["at 9... The quay"], dots);
  }
});

test("soft hyphens part no words, in the text or in what is typed", () => {
  assert.deepEqual(found(SOFT, "ferry master"), ["fer\u00adry mas\u00adter"]);
  assert.deepEqual(found(SOFT, "the ferry"), ["The fer\u00adry", "the fer\u00adry"]);
  assert.deepEqual(found(PRINTED, "fer\u00adry – the"), ["ferry – the"]);
  assert.deepEqual(
    wordsIn(SOFT).map(([start, end]) => SOFT.slice(start, end)),
    ["The", "fer\u00adry", "mas\u00adter", "said", "the", "fer\u00adry", "sails"],
  );
});

test("other words are not found", () => {
  assert.deepEqual(found(PRINTED, "ida's old ferry"), []);
  assert.deepEqual(found(PRINTED, "ferry the old one"), []);
});
