/* Keys that go from claim to claim in an article, and light up all its words. */

const reading = document.querySelector("[data-claim-keys]");
const STEPS = { n: 1, j: 1, p: -1, k: -1 };

if (reading) {
  const notes = [...document.querySelectorAll(".note")];

  document.documentElement.classList.add("has-keys");

  const light = (claim) => {
    for (const part of document.querySelectorAll(".lit")) part.classList.remove("lit");
    if (!claim) return;
    for (const part of document.querySelectorAll(`[data-claim="${claim}"]`)) {
      part.classList.add("lit");
    }
  };

  const claimOf = (element) => element?.closest?.("[data-claim]")?.dataset.claim;

  reading.addEventListener("pointerover", (event) => light(claimOf(event.target)));
  reading.addEventListener("pointerleave", () => light(null));
  reading.addEventListener("focusin", (event) => light(claimOf(event.target)));

  const current = () => {
    const target = location.hash.match(/^#(?:words|note)-(\d+)$/)?.[1];
    return notes.findIndex((note) => note.dataset.claim === target);
  };

  document.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (!step || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = current();
    const next = notes[at < 0 ? (step > 0 ? 0 : notes.length - 1) : at + step];
    if (!next) return;
    event.preventDefault();
    const claim = next.dataset.claim;
    const words = document.getElementById(`words-${claim}`) ?? next;
    location.replace(`#${words.id}`);
    next.querySelector(".note-wording a").focus({ preventScroll: true });
    light(claim);
  });
}
