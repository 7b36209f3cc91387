/* A claim that is being written, as data: begun from selected words or a stored claim, and
   found again when the text under it is corrected. Takes a text as {id, body} and claims
   as the store has them; knows nothing of the page. */

import { fieldsOf } from "./fields.js";
import { exactPlaces } from "./finding.js";

/* Return the draft of a new claim on a stretch of an article published on some day. */
export function newDraft(text, start, end, publishedOn) {
  const exact = text.body.slice(start, end);
  return {
    mode: "new",
    client_id: crypto.randomUUID ? crypto.randomUUID() : randomId(),
    text: text.id,
    status: "draft",
    marks: [{ role: "content", start, end, exact }],
    marksTouched: false,
    typedSpeaker: "",
    repeats: null,
    dismissed: [],
    touched: {},
    fields: {
      speaker: null,
      via: null,
      topics: [],
      wording: exact.replace(/\s+/g, " ").slice(0, 500),
      attribution: isQuoted(text.body, start, end) ? "direct" : "indirect",
      checkability: "checkable",
      stated_on: publishedOn,
      stated_precision: "on_or_before",
      stated_basis: "article_date",
    },
  };
}

/* Return the draft of a stored claim to be changed; `isAsked` where the form asks who said
   the words of a suggestion. */
export function editDraft(text, claim, isAsked = false) {
  const fields = fieldsOf(claim);
  return {
    mode: "edit",
    isAsked,
    id: claim.id,
    version: claim.version,
    text: text.id,
    status: claim.status,
    marks: claim.marks.filter((mark) => mark.here).map(bare),
    base: {
      fields,
      marks: claim.marks.filter((mark) => mark.here).map(bare),
      repeats: claim.repeats,
    },
    repeats: claim.repeats,
    dismissed: [],
    marksTouched: false,
    typedSpeaker: claim.speaker ? "" : claim.proposed_speaker,
    touched: {},
    fields: structuredClone(fields),
  };
}

/* Whether somebody has typed or marked anything in a draft. */
export function isTouched(draft) {
  return Object.keys(draft.touched).length > 0 || draft.marksTouched;
}

/* Return of a mark what a draft keeps, and what is sent. */
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

/* Whether a stretch has quotation marks at its ends, or around them. */
function isQuoted(body, start, end) {
  if (/^[“"«„].*[”"»“]$/s.test(body.slice(start, end))) return true;
  return /[“"«„]/.test(body[start - 1] || "") && /[”"»“,.]/.test(body[end] || "");
}

function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
