/* On every form of the desk: Ctrl Enter presses its first button, wherever one is in it. */

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  if (event.defaultPrevented) return;
  const own = event.target.closest?.("form");
  const form = own ?? document.querySelector("#content-main form[id$='_form']");
  const button = form?.querySelector("[type=submit].default") ?? own?.querySelector("[type=submit]");
  if (!button) return;
  event.preventDefault();
  button.click();
});
