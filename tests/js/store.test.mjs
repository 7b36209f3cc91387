/* The claims of an article as the page holds them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Store, isOpen, isUnnamed } from "../../claims/static/claims/js/annotate/store.js";

// An emoji is one character for the server and two for the browser.
const TEXT = { id: 7, body: "😀 Rood said talks go on. Ida Falk said no." };

function mark(words, more = {}) {
  const start = [...TEXT.body.slice(0, TEXT.body.indexOf(words))].length;
  const end = start + [...words].length;
  const place = { role: "content", text: TEXT.id, start, end, exact: words };
  return { ...place, anchor: "exact", settled: false, candidates: [], ...more };
}

function claim(id, marks, more = {}) {
  const speaker = { id: 3, name: "Ida Falk" };
  const rest = { version: 1, status: "draft", origin: "editor", speaker };
  return { id, marks, ...rest, ...more };
}

function makeStore(...claims) {
  return new Store(TEXT, claims, 5);
}

/* Return what the store tells while something is done to it: the ids of each time. */
function told(store, work) {
  const times = [];
  const hear = (event) => times.push(event.detail.ids);
  store.addEventListener("change", hear);
  work();
  store.removeEventListener("change", hear);
  return times;
}

const ids = (claims) => claims.map((each) => each.id);

// --- Places --------------------------------------------------------------------------

test("places are turned into the browser's units, and back for the server", () => {
  const store = makeStore(claim(1, [mark("talks go on")]));
  const [stored] = store.get(1).marks;
  assert.equal(TEXT.body.slice(stored.start, stored.end), "talks go on");
  const { role, start, end, exact } = mark("talks go on");
  assert.deepEqual(store.sent([stored]), [{ role, start, end, exact }]);
});

test("a mark of an earlier text stands nowhere, but its candidates do", () => {
  const candidate = { start: 2, end: 6, exact: "Rood" };
  const lost = mark("Rood", { text: 6, start: 90, end: 94, anchor: "review" });
  const store = makeStore(claim(1, [{ ...lost, candidates: [candidate] }]));
  const stored = store.get(1);
  assert.equal(stored.marks[0].here, false);
  assert.equal(stored.marks[0].start, 90);
  assert.deepEqual(stored.marks[0].candidates, [{ start: 3, end: 7, exact: "Rood" }]);
  assert.equal(stored.place, 3);
});

test("a claim begins with its first part here and ends with its last", () => {
  const parts = [mark("Rood said"), mark("said no")];
  const cue = mark("said no.", { role: "cue" });
  const { place, until } = makeStore(claim(1, [...parts, cue])).get(1);
  assert.equal(TEXT.body.slice(place, until), "Rood said talks go on. Ida Falk said no");
  const nowhere = makeStore(claim(2, [mark("Rood", { text: 6 })])).get(2);
  assert.deepEqual([nowhere.place, nowhere.until], [-1, -1]);
});

// --- What the server tells -----------------------------------------------------------

test("claims that are new or changed are told of, others are not", () => {
  const store = makeStore(claim(1, [mark("Rood")]), claim(2, [mark("Ida")]));
  const changed = claim(2, [mark("Ida Falk")], { version: 2 });
  const work = () => store.replace([claim(1, [mark("Rood")]), changed, claim(3, [])]);
  assert.deepEqual(told(store, work), [[2, 3]]);
  assert.deepEqual(told(store, work), []);
  assert.equal(store.get(2).marks[0].exact, "Ida Falk");
});

test("a claim that the server no longer has is gone, one just written adds to the rest", () => {
  const store = makeStore(claim(1, []), claim(2, []));
  store.replace([claim(2, [])]);
  assert.equal(store.get(1), undefined);
  assert.deepEqual(
    told(store, () => store.merge([claim(4, [])])),
    [[4]],
  );
  assert.deepEqual([...store.claims.keys()], [2, 4]);
});

test("an answer that comes late does not bring an older version back", () => {
  const store = makeStore(claim(1, [], { version: 3, status: "listed" }));
  const late = claim(1, [], { version: 2, status: "draft" });
  assert.deepEqual(
    told(store, () => store.merge([late])),
    [],
  );
  assert.equal(store.get(1).status, "listed");
  // Of the same version, the server's later word counts.
  store.merge([claim(1, [], { version: 3, status: "withdrawn" })]);
  assert.equal(store.get(1).status, "withdrawn");
});

test("what is taken over quietly is not told of", () => {
  const store = makeStore();
  assert.deepEqual(
    told(store, () => store.replace([claim(1, [])], true)),
    [],
  );
  assert.equal(store.get(1).id, 1);
});

test("the same claims stand elsewhere in another text", () => {
  const store = makeStore(claim(1, [mark("Rood")]));
  store.setText({ id: 8, body: "Rood said no." });
  const moved = claim(1, [mark("Rood", { text: 8, start: 0, end: 4 })]);
  assert.deepEqual(ids(store.replace([moved], true)), [1]);
  assert.deepEqual([store.get(1).place, store.get(1).until], [0, 4]);
});

// --- What there is to decide ---------------------------------------------------------

test("a claim needs an eye while one of its marks is in doubt", () => {
  const needsEye = (more, status = "draft") =>
    makeStore(claim(1, [mark("Rood"), mark("said", more)], { status })).get(1).needsEye;
  assert.equal(needsEye({ anchor: "exact" }), false);
  assert.equal(needsEye({ anchor: "review" }), true);
  assert.equal(needsEye({ anchor: "lost" }), true);
  assert.equal(needsEye({ anchor: "lost", settled: true }), false);
  assert.equal(needsEye({ anchor: "lost" }, "rejected"), false);
});

test("suggestions and words in doubt are open, accepted claims without a speaker unnamed", () => {
  assert.equal(isOpen({ status: "suggested" }), true);
  assert.equal(isOpen({ status: "draft", needsEye: false }), false);
  assert.equal(isOpen({ status: "draft", needsEye: true }), true);
  const unnamed = (status, speaker = null) => isUnnamed({ status, speaker });
  assert.equal(unnamed("draft"), true);
  assert.equal(unnamed("listed", { id: 1 }), false);
  assert.equal(unnamed("suggested"), false);
  assert.equal(unnamed("rejected"), false);
});

test("claims are counted by what is left to do", () => {
  const rules = { origin: "rules" };
  const store = makeStore(
    claim(1, [mark("Rood")], { status: "suggested", ...rules }),
    claim(2, [mark("said")], { status: "rejected", ...rules }),
    claim(3, [mark("talks")], { status: "listed", ...rules }),
    claim(4, [mark("Ida", { anchor: "review" })], { speaker: null }),
  );
  assert.deepEqual(store.counts(), {
    claims: 2,
    suggested: 1,
    decided: 2,
    proposed: 3,
    listed: 1,
    eye: 1,
    unnamed: 1,
  });
  assert.deepEqual(ids(store.standing), [1, 3, 4]);
});

// --- Order ---------------------------------------------------------------------------

test("claims stand in the order of the text, the ones that need an eye first", () => {
  const store = makeStore(
    claim(1, [mark("Ida")]),
    claim(5, [mark("Rood")]),
    claim(3, [mark("Rood said")]),
    claim(4, [mark("no", { anchor: "lost" })]),
    claim(2, [mark("Rood")]),
  );
  assert.deepEqual(ids(store.inOrder()), [4, 3, 2, 5, 1]);
  assert.deepEqual(ids(store.inOrder((each) => each.id < 3)), [2, 1]);
});

test("a place is under the claims that hold it, the shortest first", () => {
  const candidate = { start: 2, end: 6, exact: "Rood" };
  const doubt = mark("Rood", { text: 6, anchor: "review", candidates: [candidate] });
  const store = makeStore(
    claim(6, [mark("Rood said")]),
    // Its cue counts for nothing, its two parts together.
    claim(1, [mark("Rood said"), mark("go on"), mark("Ida", { role: "cue" })]),
    claim(2, [mark("Rood said")]),
    claim(3, [mark("Rood")], { status: "rejected" }),
    claim(4, [doubt]),
    claim(5, [mark("Ida Falk said no")]),
  );
  const start = TEXT.body.indexOf("Rood");
  const under = (place) => ids(store.under(place));
  assert.deepEqual(under(start - 1), []);
  assert.deepEqual(under(start), [4, 2, 6, 1]);
  assert.deepEqual(under(start + "Rood".length), [4, 2, 6, 1]);
  assert.deepEqual(under(start + "Rood said".length), [2, 6, 1]);
  assert.deepEqual(under(start + "Rood said".length + 1), []);
  assert.deepEqual(under(TEXT.body.indexOf("Ida")), [1, 5]);
});

test("around a claim is the smallest that holds all its words", () => {
  const store = makeStore(
    claim(7, [mark("😀 Rood said talks go on.")]),
    claim(1, [mark("Rood said talks go on")]),
    claim(2, [mark("said talks")]),
    claim(3, [mark("talks")]),
    claim(4, [mark("talks")]),
    claim(5, [mark("said talks go")], { status: "rejected" }),
    claim(6, [mark("Rood", { text: 6 })]),
    claim(8, [mark("talks go")]),
    claim(9, [mark("😀 Rood")]),
  );
  const around = (id) => store.around(store.get(id))?.id;
  assert.equal(around(2), 1);
  assert.equal(around(1), 7);
  assert.equal(around(7), undefined);
  // At the very beginning of the text too.
  assert.equal(around(9), 7);
  // What only begins with it holds it as well; what overlaps it does not.
  assert.equal(around(3), 8);
  assert.equal(around(8), 1);
  // Of two on the same words, the first one holds the other.
  assert.equal(around(4), 3);
  // What stands nowhere is held by nothing.
  assert.equal(around(6), undefined);
});
