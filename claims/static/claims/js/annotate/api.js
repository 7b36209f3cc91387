/* Requests to the desk: repeated when the line breaks, honest when they cannot be made.
   Takes the address of the desk and the token against forged requests. */

export class LoggedOut extends Error {}
class Offline extends Error {}

const WAITS = [400, 1200, 3000];

/* Return null for a line that broke, which can be tried again; nothing else can. */
function unlessOffline(error) {
  if (error instanceof Offline) return null;
  throw error;
}

export class Api {
  constructor(here, token) {
    this.here = here;
    this.token = token;
    this.tag = "";
    this.wait = (time) => new Promise((done) => setTimeout(done, time));
  }

  async get(address) {
    return this.once("GET", address);
  }

  /* Send a write. It carries a version or an id of its own, so sending it again does
     no harm; the answer says whether it had to be. */
  async send(method, address, data) {
    let renewed = false;
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.once(method, address, data).catch(unlessOffline);
      if (answer?.isForeign && answer.status === 403 && !renewed) {
        // Signing in again has changed the token.
        renewed = true;
        await this.renew().catch(unlessOffline);
        continue;
      }
      if (answer && answer.status < 500) return { ...answer, repeated: attempt > 0 };
      if (attempt >= WAITS.length) throw new Offline();
      await this.wait(WAITS[attempt]);
    }
  }

  async renew() {
    const answer = await this.once("GET", "claims/");
    if (answer.data.csrf) this.token = answer.data.csrf;
  }

  /* Ask for all claims; null while nothing has changed. */
  async state(text) {
    const answer = await this.once("GET", `claims/?text=${text}`, undefined, {
      "If-None-Match": this.tag,
    });
    if (answer.status !== 200) return null;
    this.tag = answer.tag;
    this.token = answer.data.csrf;
    return answer.data;
  }

  async once(method, address, data, headers = {}, signal = undefined) {
    if (method !== "GET") headers["X-CSRFToken"] = this.token;
    if (data !== undefined) headers["Content-Type"] = "application/json";
    let response;
    try {
      response = await fetch(this.here + address, {
        method,
        headers,
        body: data === undefined ? undefined : JSON.stringify(data),
        redirect: "manual",
        credentials: "same-origin",
        cache: "no-store",
        signal,
      });
    } catch {
      throw new Offline();
    }
    if (response.type === "opaqueredirect") throw new LoggedOut();
    const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
    let shown = {};
    if (isJson) {
      try {
        shown = await response.json();
      } catch {
        throw new Offline();
      }
    }
    return {
      status: response.status,
      ok: response.ok,
      data: shown,
      tag: response.headers.get("ETag") || "",
      isForeign: !isJson,
    };
  }

  /* Say goodbye; the page may be gone before an answer comes. */
  leave() {
    fetch(`${this.here}presence/`, {
      method: "DELETE",
      headers: { "X-CSRFToken": this.token },
      keepalive: true,
      redirect: "manual",
    }).catch(() => {});
  }
}
