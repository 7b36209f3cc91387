/* What the annotation desk keeps of an article in this browser, for whoever is signed in:
   the draft in the form, a correction, what can be taken back. Read once, as the page
   begins; written at each change. Takes the vault of the page and the article. */

const TAB = "desk-tab";

/* Return the name of this tab, which it keeps when the page is loaded again. */
function tabName() {
  const name = sessionStorage.getItem(TAB) || String(Math.random()).slice(2);
  sessionStorage.setItem(TAB, name);
  return name;
}

export class Keeping {
  static async opened(vault, article) {
    const start = `annotate ${article} `;
    const kept = await vault.all(start);
    const known = kept.map(({ name, value }) => [name.slice(start.length), value]);
    return new Keeping(vault, start, new Map(known));
  }

  constructor(vault, start, known) {
    Object.assign(this, { vault, start, known, tab: tabName() });
  }

  /* Return what is kept under a name, null where nothing is. */
  get(name) {
    return this.known.get(name) ?? null;
  }

  put(name, value) {
    this.known.set(name, value);
    this.vault.put(this.start + name, value);
  }

  drop(name) {
    this.known.delete(name);
    this.vault.put(this.start + name, null);
  }
}
