/* “Edit this” on a public page, which is the same for everybody. The desk notes in this
   browser which forms its user may open; a public page shows the link by that note. */

const NOTE = "desk-forms";

function noted(change) {
  try {
    change?.(localStorage);
    return localStorage.getItem(NOTE) ?? "";
  } catch {
    // A browser that keeps nothing shows no link.
    return "";
  }
}

const desk = document.querySelector(`meta[name="${NOTE}"]`);
const place = document.querySelector("template.edit-this");

if (desk) {
  noted((kept) => (desk.content ? kept.setItem(NOTE, desk.content) : kept.removeItem(NOTE)));
}
if (place) {
  const [forms, ...models] = noted().split(" ");
  const { model, key } = place.dataset;
  if (models.includes(model)) {
    const link = document.createElement("a");
    link.className = "button";
    link.href = `${forms}${model}/${key}/change/`;
    link.textContent = place.content.textContent;
    const line = document.createElement("p");
    line.className = "edit-this no-print";
    line.append(link);
    place.replaceWith(line);
  }
}
