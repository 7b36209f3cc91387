/* Below each text in CommonMark: how readers would see it, made anew as it is typed. */

const PAUSE = 400;
const template = document.querySelector("#commonmark");

async function rendered(text, signal) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const response = await fetch(template.dataset.url, {
    method: "POST",
    headers: { "X-CSRFToken": token },
    body: new URLSearchParams({ text }),
    signal,
  });
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
    throw new Error(response.statusText);
  }
  return response.json();
}

function sentencesAsItems(sentences) {
  return sentences.map((sentence) => {
    const item = document.createElement("li");
    item.textContent = sentence;
    return item;
  });
}

function previewBelow(textarea) {
  const details = template.content.firstElementChild.cloneNode(true);
  const page = details.querySelector(".written");
  const problems = details.querySelector(".desk-commonmark-problems");
  let timer = 0;
  let asked = new AbortController();
  let shown = null;

  const show = async () => {
    const text = textarea.value;
    if (!details.open || text === shown) return;
    asked.abort();
    asked = new AbortController();
    try {
      const answer = await rendered(text, asked.signal);
      // The server has made it of CommonMark without HTML, as it will for readers.
      page.innerHTML = answer.html;
      problems.replaceChildren(...sentencesAsItems(answer.problems));
      shown = text;
    } catch (error) {
      if (error.name === "AbortError") return;
      problems.replaceChildren(...sentencesAsItems([template.dataset.failed]));
    }
  };

  textarea.after(details);
  details.addEventListener("toggle", show);
  textarea.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
}

if (template) {
  document.querySelectorAll("textarea[data-commonmark]").forEach(previewBelow);
}
