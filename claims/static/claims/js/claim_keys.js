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

  const named = () => location.hash.match(/^#(?:words|note)-(\d+)$/)?.[1];
  /* By link, by key, by tab or by pointer: the claim in the focus, else the address's. */
  const current = () => {
    const claim = claimOf(document.activeElement) ?? named();
    return notes.findIndex((note) => note.dataset.claim === claim);
  };

  // An address can name a claim's first words only; its other parts belong to it.
  addEventListener("hashchange", () => light(named()));
  light(named());

  document.addEventListener("keydown", (event) => {
    const step = STEPS[event.key.toLowerCase()];
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
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
