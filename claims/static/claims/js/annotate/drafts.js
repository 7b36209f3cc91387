/* A claim that is being written: kept in this tab until it is stored, and found again
   when the text under it is corrected. */

import { fieldsOf } from "./fields.js";
import { exactPlaces } from "./finding.js";

export function newDraft(desk, start, end) {
  const exact = desk.paper.textOf(start, end);
  return {
    mode: "new",
    client_id: crypto.randomUUID ? crypto.randomUUID() : randomId(),
    text: desk.store.text.id,
    status: "draft",
    marks: [{ role: "content", start, end, exact }],
    marksTouched: false,
    typedSpeaker: "",
    touched: {},
    fields: {
      speaker: null,
      via: null,
      topics: [],
      wording: exact.replace(/\s+/g, " ").slice(0, 500),
      attribution:
        /^[“"«„].*[”"»“]$/s.test(exact) || isQuoted(desk, start, end) ? "direct" : "indirect",
      checkability: "checkable",
      stated_on: desk.data.published_on,
      stated_precision: "on_or_before",
      stated_basis: "article_date",
    },
  };
}

/* `isAsked`: the form is opened to ask who said the words of a suggestion. */
export function editDraft(desk, claim, isAsked = false) {
  const fields = fieldsOf(claim);
  return {
    mode: "edit",
    isAsked,
    id: claim.id,
    version: claim.version,
    text: desk.store.text.id,
    status: claim.status,
    marks: claim.marks.filter((mark) => mark.here).map(bare),
    base: { fields, marks: claim.marks.filter((mark) => mark.here).map(bare) },
    marksTouched: false,
    typedSpeaker: claim.speaker ? "" : claim.proposed_speaker,
    touched: {},
    fields: structuredClone(fields),
  };
}

export const LOST = gettext(
  "Your words are no longer in the text. Select them again, then press m.",
);

export function bare({ role, start, end, exact }) {
  return { role, start, end, exact };
}

/* Find a draft's words in a corrected text; say whether all of the claim's are there. */
export function refind(draft, text) {
  if (draft.text === text.id) return !draft.lost;
  draft.text = text.id;
  const found = [];
  let all = true;
  for (const mark of draft.marks) {
    const places = exactPlaces(text.body, mark.exact);
    if (places.length === 1) {
      const [start, end] = places[0];
      found.push({ ...mark, start, end });
    } else if (mark.role === "content") {
      all = false;
    } else {
      draft.marksTouched = true;
    }
  }
  draft.marks = all ? found : draft.marks.filter((mark) => mark.role === "content");
  draft.lost = !all;
  if (draft.base) draft.base.marks = draft.marks;
  return all;
}

function isQuoted(desk, start, end) {
  const { body } = desk.store.text;
  return /[“"«„]/.test(body[start - 1] || "") && /[”"»“,.]/.test(body[end] || "");
}

function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
