/* A claim that is being written: begun, and found again in a corrected text. */

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  bare,
  editDraft,
  isTouched,
  newDraft,
  refind,
} from "../../claims/static/claims/js/annotate/drafts.js";
import { PLAIN, sentOf } from "../../claims/static/claims/js/annotate/fields.js";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const BODY = "Rood said “talks go on” today. The mayor said no.";
const TEXT = { id: 7, body: BODY };

function draftOf(words, body = BODY) {
  const start = body.indexOf(words);
  return newDraft({ id: 7, body }, start, start + words.length, "2026-05-04");
}

function mark(words, role = "content", more = {}) {
  const start = BODY.indexOf(words);
  return { role, start, end: start + words.length, exact: words, here: true, ...more };
}

const STORED = {
  id: 12,
  version: 4,
  status: "suggested",
  marks: [mark("talks go on"), mark("said", "cue"), mark("gone", "speaker", { here: false })],
  wording: "Talks go on.",
  attribution: "direct",
  checkability: "checkable",
  stated_on: null,
  stated_precision: "unknown",
  stated_basis: "editor",
  speaker: { id: 3, name: "John Rood", note: "a note" },
  via: null,
  topics: [{ id: 8, name: "Defence" }],
  proposed_speaker: "Rood",
};

// --- Begun ---------------------------------------------------------------------------

test("a new draft has the words, and the article's day", () => {
  const draft = draftOf("The mayor said no.");
  assert.equal(draft.mode, "new");
  assert.equal(draft.text, 7);
  assert.equal(draft.status, "draft");
  assert.deepEqual(draft.marks, [
    { role: "content", start: 31, end: 49, exact: "The mayor said no." },
  ]);
  assert.equal(draft.fields.wording, "The mayor said no.");
  assert.equal(draft.fields.stated_on, "2026-05-04");
  assert.equal(draft.fields.stated_precision, "on_or_before");
  assert.equal(draft.fields.stated_basis, "article_date");
  assert.equal(draft.fields.checkability, "checkable");
  assert.equal(isTouched(draft), false);
});

test("each new draft has an id of its own, so that sending it twice stores it once", () => {
  const [one, other] = [draftOf("no"), draftOf("no")];
  assert.match(one.client_id, UUID);
  assert.notEqual(one.client_id, other.client_id);
});

test("a browser that makes no ids still gives each draft one", (t) => {
  const { randomUUID } = crypto;
  crypto.randomUUID = undefined;
  t.after(() => {
    crypto.randomUUID = randomUUID;
  });
  assert.match(draftOf("no").client_id, UUID);
  assert.notEqual(draftOf("no").client_id, draftOf("no").client_id);
});

test("words are a quotation with marks at their ends, or around them", () => {
  const kind = (words, body) => draftOf(words, body).fields.attribution;
  assert.equal(kind("“talks go on”"), "direct");
  assert.equal(kind("talks go on"), "direct");
  assert.equal(kind("The mayor said no."), "indirect");
  assert.equal(kind("go on"), "indirect");
  assert.equal(kind("No", '"No," he said.'), "direct");
  assert.equal(kind("„Nein\nnie“", "„Nein\nnie“"), "direct");
});

test("a wording is one line, and not too long to be stored", () => {
  assert.equal(draftOf("one\n\n two", "one\n\n two").fields.wording, "one two");
  const long = "word ".repeat(200);
  assert.equal(draftOf(long, long).fields.wording.length, 500);
});

test("the draft of a stored claim holds its fields, and its marks in this text", () => {
  const draft = editDraft(TEXT, STORED);
  assert.equal(draft.mode, "edit");
  assert.deepEqual([draft.id, draft.version, draft.status], [12, 4, "suggested"]);
  assert.deepEqual(draft.marks, [bare(mark("talks go on")), bare(mark("said", "cue"))]);
  assert.deepEqual(draft.base.marks, draft.marks);
  assert.deepEqual(draft.fields.speaker, { id: 3, name: "John Rood" });
  assert.equal(draft.fields.via, null);
  for (const name of PLAIN) assert.equal(draft.fields[name], STORED[name]);
  assert.equal(draft.isAsked, false);
  assert.equal(editDraft(TEXT, STORED, true).isAsked, true);
});

test("what is typed into a draft leaves alone what it was begun with", () => {
  const draft = editDraft(TEXT, STORED);
  draft.fields.topics.push({ id: 9, name: "Trade" });
  draft.fields.wording = "Other words.";
  assert.equal(draft.base.fields.wording, "Talks go on.");
  assert.equal(draft.base.fields.topics.length, 1);
  assert.equal(STORED.topics.length, 1);
});

test("a name that the program read is typed in where no speaker is known", () => {
  assert.equal(editDraft(TEXT, STORED).typedSpeaker, "");
  assert.equal(editDraft(TEXT, { ...STORED, speaker: null }).typedSpeaker, "Rood");
});

test("a draft is touched by a field or by a mark", () => {
  const draft = draftOf("no");
  assert.equal(isTouched({ ...draft, touched: { wording: true } }), true);
  assert.equal(isTouched({ ...draft, marksTouched: true }), true);
});

test("names are sent as numbers, and what is empty as the server takes it", () => {
  const { fields } = editDraft(TEXT, { ...STORED, wording: null });
  assert.deepEqual(sentOf(fields), {
    wording: "",
    attribution: "direct",
    checkability: "checkable",
    stated_on: null,
    stated_precision: "unknown",
    stated_basis: "editor",
    speaker: 3,
    via: null,
    topics: [8],
  });
  const other = { ...fields, stated_on: "", speaker: null, via: { id: 5, name: "Wire" } };
  const { stated_on: day, speaker, via } = sentOf(other);
  assert.deepEqual([day, speaker, via], [null, null, 5]);
});

// --- Found again ---------------------------------------------------------------------

const CORRECTED = { id: 8, body: `Headline. ${BODY}` };

test("words that moved are found where they are now", () => {
  const draft = editDraft(TEXT, {
    ...STORED,
    marks: [mark("talks go on"), mark("Rood", "speaker")],
  });
  assert.equal(refind(draft, CORRECTED), true);
  assert.equal(draft.text, 8);
  assert.deepEqual(
    draft.marks.map(({ role, start, end }) => [role, CORRECTED.body.slice(start, end)]),
    [
      ["content", "talks go on"],
      ["speaker", "Rood"],
    ],
  );
  assert.deepEqual(draft.base.marks, draft.marks);
  assert.equal(draft.lost, false);
  assert.equal(draft.marksTouched, false);
});

test("a cue that stands in two places is taken off, and that is sent", () => {
  const draft = editDraft(TEXT, STORED);
  // “said” stands twice in the text.
  assert.equal(refind(draft, CORRECTED), true);
  assert.deepEqual(
    draft.marks.map((each) => each.role),
    ["content"],
  );
  assert.equal(draft.marksTouched, true);
});

test("a claim whose words are gone, or stand twice, is lost and keeps them", () => {
  for (const body of ["Nothing of it.", `${BODY} ${BODY}`]) {
    const draft = editDraft(TEXT, STORED);
    assert.equal(refind(draft, { id: 8, body }), false);
    assert.equal(draft.lost, true);
    assert.deepEqual(draft.marks, [bare(mark("talks go on"))]);
    // Asked again of the same text, it is still lost.
    assert.equal(refind(draft, { id: 8, body }), false);
  }
});

test("a draft of the text as it is stays as it is", () => {
  const draft = draftOf("no");
  const before = structuredClone(draft);
  assert.equal(refind(draft, TEXT), true);
  assert.deepEqual(draft, before);
});

test("a new draft has nothing that it was begun with", () => {
  const draft = draftOf("talks go on");
  assert.equal(refind(draft, CORRECTED), true);
  assert.equal("base" in draft, false);
});
