/* The fields of a claim, as its form holds them. */

export const PLAIN = [
  "wording",
  "attribution",
  "checkability",
  "stated_on",
  "stated_precision",
  "stated_basis",
];

/* What the marks of a claim are called. */
export const ROLES = {
  content: gettext("Words"),
  cue: gettext("Cue"),
  speaker: gettext("Speaker as printed"),
};

/* Return the fields of a claim as a form holds them. */
export function fieldsOf(claim) {
  const fields = { topics: claim.topics };
  for (const name of PLAIN) fields[name] = claim[name];
  for (const name of ["speaker", "via"]) {
    fields[name] = claim[name] && { id: claim[name].id, name: claim[name].name };
  }
  return fields;
}
