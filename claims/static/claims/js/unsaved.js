/* On a form of the desk: no typed word is lost by a button or link beside the form. */

const form = document.querySelector("#content-main form[id$='_form']");

if (form) {
  let isTyped = false;
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => {
      isTyped = true;
    });
  }
  form.addEventListener("submit", () => {
    isTyped = false;
  });
  // Somebody was asked already, and said that the changes may go.
  window.addEventListener("desk:leave", () => {
    isTyped = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isTyped) event.preventDefault();
  });
}
