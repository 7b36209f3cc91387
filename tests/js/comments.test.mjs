/* Names offered after an @ in a comment. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { begunName, matching } from "../../claims/static/claims/js/comments.js";

const PEOPLE = [
  { login: "rey", name: "Mia Rey" },
  { login: "m.berg", name: "Ole Berg" },
  { login: "ines", name: "İnes Şen" },
];

test("a name is begun by an @ that stands alone", () => {
  for (const [text, letters] of [
    ["@", ""],
    ["ask @re", "re"],
    ["(@m.b", "m.b"],
    ["a@paper.example", null],
    ["@rey look", null],
    ["no name", null],
  ]) {
    assert.equal(begunName(text, text.length), letters, text);
  }
});

test("only what stands before the caret counts", () => {
  assert.equal(begunName("@rey and @mi", 3), "re");
});

test("logins and all parts of a name are found by their first letters", () => {
  const logins = (letters) => matching(PEOPLE, letters).map(({ login }) => login);
  assert.deepEqual(logins(""), ["rey", "m.berg", "ines"]);
  assert.deepEqual(logins("M"), ["rey", "m.berg"]);
  assert.deepEqual(logins("ber"), ["m.berg"]);
  assert.deepEqual(logins("Ş"), ["ines"]);
  assert.deepEqual(logins("x"), []);
});
