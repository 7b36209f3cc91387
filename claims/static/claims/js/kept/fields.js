/* The fields of a form as data, {name: [values]}: read, compared, put back. Knows the rows
   that Django's admin adds, and its search boxes for related rows. */

const UNTYPED = ["password", "file", "submit", "button", "reset", "image"];
// How many rows an inline has; all other hidden fields are the server's.
const ROWS = /-TOTAL_FORMS$/;

function isTyped(element) {
  if (!element.name || element.name.includes("__prefix__")) return false;
  if (element.type === "hidden") return ROWS.test(element.name);
  return "value" in element && !UNTYPED.includes(element.type) && element.tagName !== "BUTTON";
}

function typedElements(form) {
  return [...form.elements].filter(isTyped);
}

function chosen(element) {
  if (element.tagName === "SELECT") return [...element.selectedOptions].map((one) => one.value);
  if (["checkbox", "radio"].includes(element.type)) return element.checked ? [element.value] : [];
  return [element.value];
}

/* Return all values of a form. */
export function valuesOf(form) {
  const values = {};
  for (const element of typedElements(form)) {
    (values[element.name] ??= []).push(...chosen(element));
  }
  return values;
}

/* Return the words of what is chosen in the lists of a form: {name: {value: words}}. */
export function wordsOf(form) {
  const words = {};
  for (const element of typedElements(form)) {
    if (element.tagName !== "SELECT") continue;
    const options = [...element.selectedOptions].map((one) => [one.value, one.textContent]);
    words[element.name] = Object.fromEntries(options);
  }
  return words;
}

/* Return the values that differ from those of another time. */
export function differing(values, before) {
  const isSame = (name) => JSON.stringify(values[name]) === JSON.stringify(before[name] ?? []);
  return Object.fromEntries(Object.entries(values).filter(([name]) => !isSame(name)));
}

/* Return what a field is called on its page. */
export function labelOf(form, name) {
  const [element] = typedElements(form).filter((one) => one.name === name);
  if (!element) return name;
  const group = element.closest("fieldset, .form-row, div[id]");
  const label =
    (element.type !== "radio" && element.labels?.[0]) ||
    group?.querySelector("legend, label:not(:has(input))");
  const row = element.closest(".inline-related, tr.form-row")?.querySelector(".inline_label");
  const words = (label?.textContent || name).trim().replace(/:$/, "");
  return row ? `${row.textContent.trim()}: ${words}` : words;
}

/* Add rows until an inline has as many as there were. */
function addRows(form, typed) {
  for (const [name, [wanted]] of Object.entries(typed)) {
    if (!ROWS.test(name)) continue;
    const count = form.elements[name];
    const group = count?.closest(".inline-group, .js-inline-admin-formset");
    for (let left = 100; left && count && Number(count.value) < Number(wanted); left -= 1) {
      const before = count.value;
      group?.querySelector(".add-row a, a.addlink, .add-row button")?.click();
      if (count.value === before) break;
    }
  }
}

function choose(element, values, words) {
  if (element.tagName === "SELECT") {
    const known = new Set([...element.options].map((one) => one.value));
    for (const value of values) {
      // Search boxes hold only what was chosen.
      if (!known.has(value)) element.add(new Option(words?.[value] ?? value, value));
    }
    for (const option of element.options) option.selected = values.includes(option.value);
  } else if (["checkbox", "radio"].includes(element.type)) {
    element.checked = values.includes(element.value);
  } else {
    [element.value = ""] = values;
  }
}

/* Put values into a form; return the names of those for which there is no place. */
export function putBack(form, typed, words) {
  addRows(form, typed);
  const left = new Set(Object.keys(typed).filter((name) => !ROWS.test(name)));
  for (const element of typedElements(form)) {
    if (ROWS.test(element.name) || !(element.name in typed)) continue;
    const values = typed[element.name];
    choose(element, values, words[element.name]);
    left.delete(element.name);
    for (const kind of ["input", "change"]) {
      element.dispatchEvent(new Event(kind, { bubbles: true }));
    }
  }
  return [...left];
}
