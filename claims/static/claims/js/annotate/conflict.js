/* Two versions of a claim side by side: a colleague's, and what is typed here. */

import { PLAIN, ROLES } from "./fields.js";
import { dated } from "./locale.js";

const NONE = "—";

/* Return a table of what differs between a stored claim and a form's draft. */
export function conflictTable(current, form) {
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  for (const words of ["", gettext("Theirs"), gettext("Yours")]) {
    const cell = document.createElement(words ? "th" : "td");
    if (words) cell.scope = "col";
    cell.textContent = words;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const [label, theirs, yours] of differing(current, form)) {
    const row = body.insertRow();
    const name = document.createElement("th");
    name.scope = "row";
    name.textContent = label;
    row.append(name);
    row.insertCell().textContent = theirs;
    row.insertCell().textContent = yours;
  }
  return table;
}

function differing(current, form) {
  const { draft, desk } = form;
  const label = (id) => form.find(id).labels[0].textContent;
  const words = (name, value) => {
    if (name === "stated_on" && value) return dated(value);
    const pair = (desk.choices[name] || []).find(([key]) => key === value);
    return pair ? pair[1] : value || NONE;
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
    [draft.marksTouched, ROLES.content, quote(current.marks), quote(draft.marks)],
    [touched.speaker, label("f-speaker"), person(current.speaker), person(fields.speaker)],
    [touched.via, label("f-via"), person(current.via), person(fields.via)],
    [touched.topics, label("f-topics"), topics(current.topics), topics(fields.topics)],
    ...PLAIN.map((name) => [
      touched[name],
      label(`f-${name}`),
      words(name, current[name]),
      words(name, fields[name]),
    ]),
  ];
  // What nobody has touched here stays as they left it, whichever is chosen.
  return rows
    .filter(([, , theirs, yours]) => theirs !== yours)
    .map(([isMine, name, theirs, yours]) => [name, theirs, isMine ? yours : gettext("as theirs")]);
}
