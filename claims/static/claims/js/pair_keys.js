/* Keys on the list of possible contradictions: "a" confirms the pair that has the focus,
   or the first, "r" refuses it. Takes the forms of the page, and their two buttons. */

const DECISIONS = { a: "yes", r: "no" };

document.addEventListener("keydown", (event) => {
  const decision = DECISIONS[event.key.toLowerCase()];
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  // Who turned single letters off at the annotation desk has them off here, too.
  if (localStorage.getItem("desk-single-letters") === "off") return;
  if (!decision || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const pair = event.target.closest?.(".desk-pair") ?? document.querySelector(".desk-pair");
  const button = pair?.querySelector(`[name="decision"][value="${decision}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
