/* On a verdict's form reached from the annotation desk: one key leads back to it. */

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
