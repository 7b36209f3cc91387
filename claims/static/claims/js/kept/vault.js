/* What is kept in this browser for one user, encrypted with a key that the server tells
   nobody else: whoever signs in here next finds it and cannot read it. In IndexedDB, which
   outlives a killed browser; localStorage is written to disk seconds later. Takes the name
   and the key of the user. */

const DATABASE = "desk-kept";
const STORE = "words";
const DAYS = 30 * 24 * 3600 * 1000;

/* Return what a request of IndexedDB comes to. */
function result(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

async function opened() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return result(request);
}

/* Return the key of AES-GCM, null where the browser has none: on plain HTTP. */
async function cipherKey(key) {
  if (!crypto.subtle) return null;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
  return crypto.subtle.importKey("raw", digest, "AES-GCM", false, ["encrypt", "decrypt"]);
}

export class Vault {
  constructor(owner, key) {
    this.owner = owner;
    this.ready = Promise.all([opened(), cipherKey(key)]);
    this.waiting = new Map();
    this.writing = null;
  }

  async store(mode) {
    const [database] = await this.ready;
    const options = mode === "readwrite" ? { durability: "strict" } : {};
    return database.transaction(STORE, mode, options).objectStore(STORE);
  }

  /* Return name and value of everything kept under a name that begins so, oldest first;
     of what cannot be read, nothing. */
  async all(start = "") {
    const from = `${this.owner} ${start}`;
    const range = IDBKeyRange.bound(from, `${from}\uffff`);
    const store = await this.store("readonly");
    const [names, boxes] = await Promise.all([
      result(store.getAllKeys(range)),
      result(store.getAll(range)),
    ]);
    const found = await Promise.all(
      boxes.map(async (box, place) => ({
        name: names[place].slice(this.owner.length + 1),
        at: box.at,
        value: await this.unlocked(box),
      })),
    );
    return found.filter(({ value }) => value).sort((a, b) => a.at - b.at);
  }

  /* Keep a value, or with null forget it. Writes one after the other, of many under one
     name the last. */
  put(name, value) {
    this.waiting.set(name, value);
    this.writing ??= this.write().finally(() => {
      this.writing = null;
    });
    return this.writing;
  }

  async write() {
    while (this.waiting.size) {
      const [[name, value]] = this.waiting;
      this.waiting.delete(name);
      const box = value && (await this.locked(value));
      const store = await this.store("readwrite");
      const key = `${this.owner} ${name}`;
      await result(box ? store.put(box, key) : store.delete(key));
    }
  }

  /* Forget what nobody came back for, whoever it is of; without a cipher, others' too. */
  async tidy() {
    const [, key] = await this.ready;
    const store = await this.store("readwrite");
    const request = store.openCursor();
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) return;
      const isOthers = !key && !cursor.key.startsWith(`${this.owner} `);
      if (isOthers || Date.now() - cursor.value.at > DAYS) cursor.delete();
      cursor.continue();
    };
  }

  async locked(value) {
    const [, key] = await this.ready;
    const at = Date.now();
    const plain = new TextEncoder().encode(JSON.stringify(value));
    if (!key) return { at, plain };
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { at, iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
  }

  async unlocked({ iv, sealed, plain }) {
    const [, key] = await this.ready;
    try {
      const bytes = sealed
        ? await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed)
        : plain;
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      // Kept under another key: the site was given another secret since.
      return null;
    }
  }
}

/* Return the vault of whoever is signed in on this page, null where nobody is. */
export function vaultOfPage() {
  const told = document.getElementById("kept")?.dataset;
  return told ? new Vault(told.owner, told.key) : null;
}
