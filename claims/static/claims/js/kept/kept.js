/* On every page of the desk: what is typed into a form is kept in this browser until the
   server says that the form was carried out, and offered where it was not: after a lost
   session, a restart of the server, a crash of the browser. */

import { differing, labelOf, putBack, valuesOf, wordsOf } from "./fields.js";
import { vaultOfPage } from "./vault.js";

const TOKEN = "form_token";

/* Return the name under which a form's words are kept: where it is sent to. */
function nameOf(form, forms) {
  // An attribute: a field may be called "action".
  const targetOf = (one) => new URL(one.getAttribute("action") || "", location.href).pathname;
  const target = targetOf(form);
  const place = forms.filter((one) => targetOf(one) === target).indexOf(form);
  return place ? `${target}#${place} ` : `${target} `;
}

/* Return which forms, by their tokens, the server has carried out. */
async function doneAmong(tokens, address) {
  if (!tokens.length) return new Set();
  const url = new URL(address, location.href);
  for (const token of tokens) url.searchParams.append("token", token);
  try {
    const answer = await fetch(url, { redirect: "error", cache: "no-store" });
    return new Set((await answer.json()).done);
  } catch {
    // Offered once too often rather than lost.
    return new Set();
  }
}

class KeptForm {
  constructor(form, name, vault) {
    Object.assign(this, { form, vault, place: name });
    // One a visit: two windows with the same form do not write over each other.
    this.name = name + (crypto.randomUUID?.() ?? `${Date.now()} ${Math.random()}`);
    this.base = valuesOf(form);
    this.last = JSON.stringify(this.base);
    this.isKept = false;
    // Filled in by the server with what was sent before, and stored nowhere yet.
    this.from = form.querySelector("[data-kept-from]")?.dataset.keptFrom;
    this.isAll = Boolean(this.from);
  }

  get token() {
    return this.form.elements[TOKEN]?.value;
  }

  /* Keep what differs from the form as it was shown; nothing where nothing does. */
  look() {
    const values = valuesOf(this.form);
    const print = JSON.stringify(values);
    if (print === this.last) return;
    this.last = print;
    this.keep(values);
  }

  keep(values) {
    const typed = this.isAll ? values : differing(values, this.base);
    const isTyped = Object.keys(typed).length > 0;
    if (!isTyped && !this.isKept) return;
    this.isKept = isTyped;
    const { base, token } = this;
    const words = wordsOf(this.form);
    this.vault.put(this.name, isTyped ? { typed, base, words, token } : null);
  }

  watch() {
    const look = () => this.look();
    for (const kind of ["input", "change", "click", "keyup", "focusout"]) {
      this.form.addEventListener(kind, look);
    }
    // The admin's own boxes tell jQuery alone; its calendar tells nobody.
    globalThis.django?.jQuery?.(this.form).on("change", look);
    document.addEventListener("click", () => setTimeout(look));
    addEventListener("pagehide", look);
    addEventListener("pageshow", ({ persisted }) => {
      // Come back to: sent once more, it is another form.
      if (persisted && this.token) this.form.elements[TOKEN].value = crypto.randomUUID();
    });
    if (this.isAll) this.keep(valuesOf(this.form));
  }

  /* Offer what is kept of this form from another visit, the newest first. */
  async meet(kept, done, isShownAgain) {
    for (const one of kept) {
      if (done.has(one.value.token)) {
        this.vault.put(one.name, null);
        continue;
      }
      const now = { ...one.value.base, ...valuesOf(this.form) };
      const missing = differing(one.value.typed, now);
      if (Object.keys(missing).length) {
        await this.offer(one, missing);
      } else if (isShownAgain) {
        // It was refused: still not saved, and here already.
        this.base = one.value.base;
        this.keep(valuesOf(this.form));
        this.vault.put(one.name, null);
      } else {
        this.vault.put(one.name, null);
      }
    }
  }

  offer({ name, at, value }, missing) {
    const box = document.getElementById("kept").content.firstElementChild.cloneNode(true);
    const time = box.querySelector("time");
    time.dateTime = new Date(at).toISOString();
    const { lang } = document.documentElement;
    const order = lang === "en" ? "en-GB" : lang;
    time.textContent = new Date(at).toLocaleString(order, {
      dateStyle: "long",
      timeStyle: "short",
    });
    const now = valuesOf(this.form);
    const said = (field, values = []) =>
      values.map((one) => value.words[field]?.[one] ?? wordsOf(this.form)[field]?.[one] ?? one);
    for (const [field, values] of Object.entries(missing)) {
      if (field.endsWith("-TOTAL_FORMS")) continue;
      const row = box.querySelector("tbody").insertRow();
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = labelOf(this.form, field);
      row.append(head);
      for (const words of [said(field, now[field]), said(field, values)]) {
        const cell = row.insertCell();
        cell.dir = "auto";
        cell.textContent = words.join(", ");
      }
    }
    this.form.closest("#content-main > *, #content > *, main")?.before(box);
    if (!box.isConnected) this.form.before(box);
    return new Promise((decided) => {
      box.addEventListener("click", ({ target }) => {
        const choice = target.closest("button")?.dataset.kept;
        if (!choice) return;
        if (choice === "restore") {
          const homeless = putBack(this.form, missing, value.words);
          this.look();
          if (homeless.length) {
            // What the form has no place for stays in view, to be copied.
            box.querySelector(".kept-left").hidden = false;
            return;
          }
          this.form.querySelector("textarea, input:not([type=hidden])")?.focus();
        }
        this.vault.put(name, null);
        box.remove();
        decided();
      });
    });
  }
}

export async function keepForms(vault) {
  const forms = [...document.querySelectorAll("form")].filter(
    (form) => form.method === "post" && form.dataset.kept !== "no" && form.elements[TOKEN],
  );
  const isShownAgain = Boolean(document.querySelector(".errornote, .errorlist"));
  const all = await vault.all("/");
  const told = document.getElementById("kept").dataset;
  const done = await doneAmong(
    all.map(({ value }) => value.token).filter(Boolean),
    told.sent,
  );
  // Carried out on a page that is not this one.
  for (const { name, value } of all) if (done.has(value.token)) vault.put(name, null);
  for (const form of forms) {
    const name = nameOf(form, forms);
    const kept = new KeptForm(form, name, vault);
    kept.watch();
    if (kept.from) {
      // The words go on in this form.
      const before = all.filter((one) => one.name.startsWith(`${kept.from} `));
      for (const one of before) vault.put(one.name, null);
    }
    const own = all.filter((one) => one.name.startsWith(name)).reverse();
    kept.meet(own, done, isShownAgain);
  }
  vault.tidy();
  document.documentElement.dataset.kept = "ready";
}

const vault = vaultOfPage();
if (vault) keepForms(vault);
