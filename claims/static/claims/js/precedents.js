/* On a verdict's form: says at once that claims very close to this one are rated
   otherwise, with room to say why, once such a rating is chosen. Finds the warning that
   the page carries, and the field; takes nothing. */

const warning = document.getElementById("unlike");
const row = document.querySelector(".field-differs_reason");
const field = row?.querySelector("textarea");

function show() {
  const chosen = document.querySelector("[name=rating]:checked")?.value ?? "";
  let count = 0;
  for (const item of warning.querySelectorAll("[data-rating]")) {
    item.hidden = !chosen || item.dataset.rating === chosen;
    if (!item.hidden) count += 1;
  }
  warning.hidden = !count;
  row.hidden = !count && !field.value.trim();
}

// Of a verdict that is locked there is nothing to choose.
if (warning && field) {
  row.before(warning);
  document.addEventListener("change", ({ target }) => {
    if (target.name === "rating") show();
  });
  show();
}
