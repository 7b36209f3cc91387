/* The live check of a transcript: keys from line to line, and more lines as one scrolls. */

const form = document.getElementById("transcript");
const list = form?.querySelector(".transcript-lines");

function lines() {
  return [...list.children];
}

function go(step) {
  const all = lines();
  const at = all.indexOf(document.activeElement?.closest(".transcript-lines > li"));
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function mark() {
  document.activeElement
    ?.closest(".transcript-lines > li")
    ?.querySelector("button[name=line]")
    ?.click();
}

const KEYS = { j: () => go(1), k: () => go(-1), c: mark };

function isTyping(target) {
  return target.closest("input:not([type=hidden]), textarea, select");
}

/* Ask for the next lines by the form itself, and put them below. */
async function load(button) {
  const sent = new FormData(form, button);
  button.disabled = true;
  const answer = await fetch(location.href, { method: "POST", body: sent });
  if (!answer.ok) {
    button.disabled = false;
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const more = page.querySelector(".transcript-lines");
  if (!more) {
    return;
  }
  list.append(...more.children);
  form.querySelector(".transcript-pages").replaceWith(page.querySelector(".transcript-pages"));
  form.querySelector(".transcript-pages [name=page]:not(#transcript-next)")?.remove();
  watch();
}

function watch() {
  const button = document.getElementById("transcript-next");
  if (!button) {
    return;
  }
  const observer = new IntersectionObserver(([entry]) => {
    if (entry.isIntersecting) {
      observer.disconnect();
      load(button);
    }
  });
  observer.observe(button);
}

if (list) {
  form.querySelector(".transcript-keys").hidden = false;
  document.addEventListener("keydown", (event) => {
    const act = KEYS[event.key];
    if (act && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
      event.preventDefault();
      act();
    }
  });
  // The line of which a claim was just made, or the first one.
  const named = location.hash.startsWith("#line-") && document.getElementById(location.hash.slice(1));
  (named || null)?.focus();
  watch();
}
