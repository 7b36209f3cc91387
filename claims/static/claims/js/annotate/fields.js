/* The fields of a claim, as its form holds them, and what they are called. Takes nothing. */

import { isReady } from "./store.js";

export const PLAIN = [
  "wording",
  "attribution",
  "checkability",
  "stated_on",
  "stated_precision",
  "stated_basis",
];

/* Return what the marks of a claim are called. */
export function roleLabel(role) {
  return {
    content: gettext("Words"),
    cue: gettext("Cue"),
    speaker: gettext("Speaker as printed"),
  }[role];
}

/* Return the label of a value among a field's [value, label] choices, if it has one. */
export function labelOf(choices, value) {
  const pair = (choices || []).find(([key]) => key === value);
  return pair ? pair[1] : value;
}

/* Return in words whether a suggestion is ready, or what it leaves open; else "". */
export function doubtWords(claim) {
  if (isReady(claim)) return gettext("ready");
  const doubts = claim.doubts.map((each) => each.label).join(", ");
  return doubts && interpolate(gettext("open: %(doubts)s"), { doubts }, true);
}

/* Return the fields of a claim as a form holds them. */
export function fieldsOf(claim) {
  const fields = { topics: claim.topics };
  for (const name of PLAIN) fields[name] = claim[name];
  for (const name of ["speaker", "via"]) {
    fields[name] = claim[name] && named(claim[name]);
  }
  return fields;
}

/* Return what a form keeps of a speaker or an outlet: of a speaker what it is, too. */
export function named({ id, name, kind, note }) {
  return kind ? { id, name, kind, note } : { id, name };
}

/* Return the fields of a form as the server takes them. */
export function sentOf(fields) {
  const values = {};
  for (const name of PLAIN) values[name] = fields[name] ?? "";
  values.stated_on = fields.stated_on || null;
  values.speaker = fields.speaker ? fields.speaker.id : null;
  values.via = fields.via ? fields.via.id : null;
  values.topics = fields.topics.map((each) => each.id);
  return values;
}
