/* What Django's own boxes leave without a name for those who do not see them: days and
   times, search boxes for related rows, the filters of two lists, the heads of rows. And
   a button of theirs that stands where none may. */

const SEARCHED = "select.admin-autocomplete, select.select2-hidden-accessible";

function wordsOf(element) {
  return element?.textContent.trim().replace(/:$/, "") ?? "";
}

/* Return what a field is called on its page. */
function labelOf(field) {
  const row = field.closest("td, .fieldBox, .form-row");
  const column = row?.matches("td") && row.closest("table").tHead && columnOf(row);
  return wordsOf(field.labels?.[0] || column || row?.querySelector("legend, label"));
}

function columnOf(cell) {
  const heads = cell.closest("table").querySelectorAll("thead th");
  return heads[[...cell.parentElement.cells].indexOf(cell)];
}

function name(element, words) {
  if (element && words && !element.getAttribute("aria-label")) {
    element.setAttribute("aria-label", words);
  }
}

function nameSearched(select) {
  const box = select.parentElement.querySelector(".select2-container");
  const label = labelOf(select);
  for (const part of [".select2-selection", "[role=textbox]", ".select2-search__field"]) {
    name(box?.querySelector(part), label);
  }
}

function nameBoxes(root) {
  root.querySelectorAll(SEARCHED).forEach(nameSearched);
  for (const field of root.querySelectorAll(".datetime input")) {
    if (!field.labels.length) name(field, `${labelOf(field)} ${wordsOf(field.previousSibling)}`);
  }
  for (const field of root.querySelectorAll("td :is(input, select, textarea)")) {
    if (field.type !== "hidden" && !field.labels?.length) name(field, labelOf(field));
  }
  for (const sign of root.querySelectorAll(".search-label-icon")) {
    sign.setAttribute("role", "img");
  }
  for (const head of root.querySelectorAll("th.original:empty")) {
    head.setAttribute("role", "presentation");
  }
}

// It would stand among the items of a list, and no key reaches it; each item has its own.
for (const select of document.querySelectorAll("select.admin-autocomplete[multiple]")) {
  select.dataset.allowClear = "false";
}

// The boxes are made when the page is there, some by jQuery, and when a row is added.
addEventListener("load", () => nameBoxes(document));
globalThis.django?.jQuery?.(() => nameBoxes(document));
document.addEventListener("formset:added", ({ target }) => setTimeout(() => nameBoxes(target)));
