/* On a verdict's form reached from the annotation desk: a number chooses the rating,
   one key leads back. Takes what the desk left in sessionStorage: `desk-return`. */

const kept = JSON.parse(sessionStorage.getItem("desk-return") || "null");

const claim = document.querySelector("[data-verdict-of]")?.dataset.verdictOf;

if (kept && claim && kept.claim === claim) {
  const place = document.getElementById("content-main") || document.body;
  const line = document.createElement("p");
  line.className = "desk-back";
  const link = document.createElement("a");
  link.href = kept.back;
  link.id = "back-to-desk";
  link.textContent = gettext("Back to the words in the article (Esc)");
  const note = document.createElement("span");
  note.setAttribute("role", "status");
  line.append(link, " ", note);
  place.prepend(line);

  const ratings = [...document.querySelectorAll("input[type=radio][name=rating]")].filter(
    (each) => each.value,
  );
  const nameOf = (each) => each.closest("label")?.querySelector("strong")?.textContent.trim();
  if (ratings.length) {
    const focus = () => (ratings.find((each) => each.checked) || ratings[0]).focus();
    focus();
    // The admin's own script goes to the first field of a new row.
    if (document.readyState !== "complete") addEventListener("load", () => setTimeout(focus));
    note.textContent = interpolate(
      gettext("Numbers choose the rating: 1 %(first)s to %(number)s %(last)s."),
      {
        first: nameOf(ratings[0]),
        number: ratings.length,
        last: nameOf(ratings[ratings.length - 1]),
      },
      true,
    );
  }
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.(
      "textarea, select, input:not([type=radio], [type=checkbox])",
    );
    const rating = /^[1-9]$/.test(event.key) && ratings[Number(event.key) - 1];
    if (isTyping || !rating || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    rating.click();
    rating.focus();
    note.textContent = interpolate(gettext("Rating: %(name)s."), { name: nameOf(rating) }, true);
  });

  let changed = false;
  let warned = false;
  document.addEventListener("input", () => {
    changed = true;
    warned = false;
  });
  document.addEventListener("keydown", (event) => {
    if (
      event.key !== "Escape" ||
      event.defaultPrevented ||
      document.querySelector(".select2-container--open")
    ) {
      return;
    }
    if (changed && !warned) {
      warned = true;
      note.textContent = gettext("There are changes that are not saved. Esc again leaves them.");
      link.focus();
      return;
    }
    window.dispatchEvent(new Event("desk:leave"));
    location.assign(kept.back);
  });
}
