/* On a verdict's form reached from the annotation desk: a number chooses the rating,
   one key leads back. */

const kept = JSON.parse(sessionStorage.getItem("desk-return") || "null");

if (kept && kept.to === location.pathname) {
  const place = document.getElementById("content-main") || document.body;
  const line = document.createElement("p");
  line.className = "desk-back";
  const link = document.createElement("a");
  link.href = kept.back;
  link.id = "back-to-desk";
  link.textContent = "Back to the words in the article (Esc)";
  const note = document.createElement("span");
  note.setAttribute("role", "status");
  line.append(link, " ", note);
  place.prepend(line);

  const rating = document.querySelector("select#id_rating");
  const options = rating ? [...rating.options].filter((each) => each.value) : [];
  if (rating) {
    const keys = document.createElement("p");
    keys.className = "help";
    keys.id = "rating-keys";
    keys.textContent = options.map((each, at) => `${at + 1} ${each.text}`).join(" · ");
    rating.after(keys);
    rating.setAttribute("aria-describedby", "rating-keys");
    rating.focus();
  }
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, textarea, [contenteditable]");
    const option = /^[1-9]$/.test(event.key) && options[Number(event.key) - 1];
    if (isTyping || !option || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    rating.value = option.value;
    rating.dispatchEvent(new Event("change", { bubbles: true }));
    rating.dispatchEvent(new Event("input", { bubbles: true }));
    note.textContent = `Rating: ${option.text}.`;
  });

  let changed = false;
  let warned = false;
  document.addEventListener("input", () => {
    changed = true;
    warned = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector(".select2-container--open")) {
      return;
    }
    if (changed && !warned) {
      warned = true;
      note.textContent = "There are changes that are not saved. Esc again leaves them.";
      link.focus();
      return;
    }
    location.assign(kept.back);
  });
}
