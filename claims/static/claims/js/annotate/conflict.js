/* Two versions of a claim side by side: a colleague's, and what is typed here. Takes the
   stored claim, the form's draft, the labels of its fields and the choices of their values. */

import { PLAIN, labelOf, roleLabel } from "./fields.js";
import { dated } from "./locale.js";

const NONE = "—";

/* Return a table of what differs between a stored claim and a draft; `label` names a field. */
export function conflictTable(current, draft, { label, choices }) {
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  for (const words of ["", gettext("Theirs"), gettext("Yours")]) {
    const cell = document.createElement(words ? "th" : "td");
    if (words) cell.scope = "col";
    cell.textContent = words;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const [title, theirs, yours] of differing(current, draft, label, choices)) {
    const row = body.insertRow();
    const name = document.createElement("th");
    name.scope = "row";
    name.textContent = title;
    row.append(name);
    row.insertCell().textContent = theirs;
    row.insertCell().textContent = yours;
  }
  return table;
}

function differing(current, draft, label, choices) {
  const words = (name, value) => {
    if (name === "stated_on" && value) return dated(value);
    return labelOf(choices[name], value) || NONE;
  };
  const quote = (marks) =>
    marks
      .filter((mark) => mark.role === "content")
      .map((mark) => mark.exact)
      .join(" [...] ");
  const topics = (list) => list.map((each) => each.name).join(", ") || NONE;
  const { touched, fields } = draft;
  const person = (value) => value?.name || NONE;
  const rows = [
    ["", gettext("State"), words("status", current.status), words("status", draft.status)],
    [draft.marksTouched, roleLabel("content"), quote(current.marks), quote(draft.marks)],
    [touched.speaker, label("speaker"), person(current.speaker), person(fields.speaker)],
    [touched.via, label("via"), person(current.via), person(fields.via)],
    [touched.topics, label("topics"), topics(current.topics), topics(fields.topics)],
    ...PLAIN.map((name) => [
      touched[name],
      label(name),
      words(name, current[name]),
      words(name, fields[name]),
    ]),
  ];
  // What nobody has touched here stays as they left it, whichever is chosen.
  return rows
    .filter(([, , theirs, yours]) => theirs !== yours)
    .map(([isMine, name, theirs, yours]) => [name, theirs, isMine ? yours : gettext("as theirs")]);
}
