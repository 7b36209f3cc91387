/* On the page that shows recovery codes: a button that prints it. */

const button = document.getElementById("print-codes");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
