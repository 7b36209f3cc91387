/* In every list of the desk: a ticks all rows, a letter takes the step beside it. */

const list = document.querySelector("#changelist-form");

if (list) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest(
      "input:not([type=checkbox]), textarea, select, [contenteditable], [role=combobox]",
    );
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "a") {
      event.preventDefault();
      document.querySelector("#action-toggle")?.click();
      return;
    }
    const button = list.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
    if (!button || !list.querySelector("input.action-select:checked")) return;
    event.preventDefault();
    button.click();
  });
}
