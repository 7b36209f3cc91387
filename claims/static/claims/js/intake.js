/* On the page that takes an article in: reads what the bookmarklet put behind the #. */

const SENT = "#page=";
const form = document.getElementById("intake");

if (form && location.hash.startsWith(SENT)) {
  const told = location.hash.slice(SENT.length);
  // An article does not belong into the list of places that were visited.
  history.replaceState(null, "", location.pathname);
  try {
    const { address, page, words } = JSON.parse(decodeURIComponent(told));
    const filled = { address, raw_page: page, raw_words: words };
    for (const [name, value] of Object.entries(filled)) {
      form.elements[name].value = typeof value === "string" ? value : "";
    }
    form.requestSubmit();
  } catch {
    document.getElementById("intake-broken").hidden = false;
  }
}
