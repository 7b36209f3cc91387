// Suggests names while somebody types into a field with `data-suggest`. The browser's
// own list of choices does the rest; without this module the form works all the same.

const PAUSE = 150;

function enhance(field) {
  const list = document.createElement("datalist");
  list.id = `suggestions-${field.id || field.name}`;
  field.after(list);
  field.setAttribute("list", list.id);

  let timer = 0;
  let asked = "";
  let request = null;

  async function suggest() {
    const words = field.value.trim();
    if (words === asked) return;
    asked = words;
    request?.abort();
    if (words.length < 2) {
      list.replaceChildren();
      return;
    }
    request = new AbortController();
    const url = new URL(field.dataset.suggest, document.baseURI);
    url.searchParams.set("q", words);
    try {
      const response = await fetch(url, { signal: request.signal });
      if (!response.ok) return;
      const { suggestions } = await response.json();
      const kind = field.dataset.suggestKind;
      list.replaceChildren(
        ...suggestions
          .filter((one) => !kind || one.kind === kind)
          .map((one) => new Option(one.note, one.name)),
      );
    } catch (error) {
      if (error.name !== "AbortError") list.replaceChildren();
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, PAUSE);
  });
}

for (const field of document.querySelectorAll("input[data-suggest]")) enhance(field);
