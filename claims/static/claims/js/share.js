/* Sharing a page and copying its address, with what the browser has; hidden without. */

const status = (button, words) => {
  const told = button.parentElement.querySelector("[role=status]");
  told.textContent = words;
};

const ACTIONS = {
  share: {
    works: () => typeof navigator.share === "function",
    async run({ dataset }) {
      try {
        await navigator.share({ title: dataset.title, url: dataset.url });
      } catch (refusal) {
        // Whoever closes the dialogue has changed their mind.
        if (refusal.name !== "AbortError") throw refusal;
      }
    },
  },
  copy: {
    works: () => Boolean(navigator.clipboard),
    async run(button) {
      await navigator.clipboard.writeText(button.dataset.url);
      status(button, button.dataset.done);
    },
  },
};

for (const button of document.querySelectorAll("button[data-share]")) {
  const action = ACTIONS[button.dataset.share];
  button.hidden = !action.works();
  button.addEventListener("click", () => action.run(button));
}
