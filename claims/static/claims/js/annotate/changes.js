/* Everything that writes: each change one request, each with its way back. Takes api to
   send, store to fill and compare with, history to remember, messages to say what was
   refused, `takeText` to ask anew where the text was corrected meanwhile, and `askWords`
   to have a wording confirmed that says something else than its words. */

import { bare } from "./drafts.js";
import { LoggedOut } from "./api.js";
import { dated } from "./locale.js";

const INVERSE = { accept: "unaccept", unaccept: "accept", restore: "reject" };
const TARGET = {
  accept: "draft",
  reject: "rejected",
  restore: "draft",
  unaccept: "suggested",
  list: "listed",
  withdraw: "withdrawn",
};

export class Changes {
  constructor({ api, store, history, messages, takeText, askWords }) {
    Object.assign(this, { api, store, history, messages, takeText, askWords });
    history.carryOut = (entry, way) => this.turn(entry, way);
  }

  /* Note that a write here took a claim from one version to another. */
  note(id, before, after) {
    const { runs } = this.history;
    const run = runs.get(id);
    if (run && run.to === before) run.to = after;
    else runs.set(id, { from: after, to: after });
    this.history.keep();
  }

  /* Return the version to send where `version` was left: later ones that were all made
     here count as the same, somebody else's do not. */
  expected(id, version) {
    const run = this.history.runs.get(id);
    return run && run.from <= version && version <= run.to ? run.to : version;
  }

  /* Send a write; null where it could not be sent and the page says so. */
  async write(method, address, data) {
    try {
      const answer = await this.api.send(method, address, data);
      if (answer.isForeign) {
        this.messages.alert(
          gettext("The server refused that. Reload the page; what you typed is kept."),
        );
        return null;
      }
      this.messages.connected();
      return answer;
    } catch (error) {
      if (error instanceof LoggedOut) this.messages.alertLogin();
      else this.messages.alertOffline();
      return null;
    }
  }

  /* Do one write on a claim: {claim}, {why} it was refused, or {later}. */
  async attempt(method, address, data, landed = () => false) {
    const answer = await this.write(method, address, data);
    if (!answer) return { later: true };
    if (answer.ok) {
      const { claim } = answer.data;
      this.note(claim.id, data.version, claim.version);
      this.store.merge([claim]);
      return { claim, status: answer.status };
    }
    const { current, changed_by: by, text, error, fields, revision, words } = answer.data;
    if (words && (await this.askWords(words))) {
      return this.attempt(method, address, { ...data, words_checked: words.digest }, landed);
    }
    if (current) {
      this.store.merge([current]);
      // The answer was lost on the way, not the change.
      if (answer.repeated && current.version > data.version && landed(current)) {
        this.note(current.id, data.version, current.version);
        return { claim: current };
      }
      return { why: error, current, by };
    }
    if (text) await this.takeText();
    return { why: error, fields, text, revision, status: answer.status };
  }

  async step(id, name, comment = "", version = this.store.get(id).version) {
    return this.attempt(
      "POST",
      `claims/${id}/steps/`,
      { step: name, version, comment },
      (current) => current.status === TARGET[name],
    );
  }

  /* Take a step and remember the way back. */
  async decide(id, name, { comment = "", words = "" } = {}) {
    const before = this.store.get(id);
    const result = await this.step(id, name, comment);
    if (!result.claim) return this.refused(result);
    const inverse =
      name === "reject" && before.status === "draft"
        ? "restore"
        : name === "reject"
          ? "unaccept"
          : INVERSE[name];
    if (inverse) this.remember(id, name, inverse, result.claim.version, words);
    return result.claim;
  }

  /* Accept a claim and name its speaker, in one step there and back. */
  async acceptAs(claim, speaker, words) {
    const { id, version } = claim;
    const data = { version, fields: { speaker: speaker.id }, step: "accept" };
    const before = { fields: { speaker: null }, step: "unaccept" };
    const result = await this.patch(id, data, before, words);
    return result.claim ? result.claim : this.refused(result);
  }

  remember(id, name, inverse, version, words) {
    this.history.add({ words, ids: [id], kind: "step", id, version, back: inverse, forth: name });
  }

  /* Take an entry of the history back, or do it again; say what came of it. */
  async turn(entry, way) {
    const { kind, id } = entry;
    if (kind === "many") return this.outcome(await this.sendMany(entry, entry[way]));
    const version = this.expected(id, entry.version);
    const result =
      kind === "step"
        ? await this.step(id, entry[way], "", version)
        : await this.attempt("PATCH", `claims/${id}/`, { ...entry[way], version });
    if (result.claim) entry.version = result.claim.version;
    return this.outcome(result);
  }

  /* Take a step on many claims, whose versions the entry holds and takes over. */
  async sendMany(entry, step, more = {}) {
    const rows = entry.versions.map((each) => ({
      id: each.id,
      version: this.expected(each.id, each.version),
    }));
    const answer = await this.write("POST", "claims/bulk/", { step, claims: rows, ...more });
    if (!answer) return { later: true };
    if (!answer.ok) return { why: answer.data.error };
    for (const claim of answer.data.claims) {
      this.note(claim.id, rows.find((row) => row.id === claim.id).version, claim.version);
    }
    this.store.merge(answer.data.claims);
    entry.versions = answer.data.claims.map(({ id, version }) => ({ id, version }));
    const failed = answer.data.results.filter((each) => each.error);
    if (failed.length === rows.length) return { why: failed[0].error };
    return { claim: true, claims: answer.data.claims, failed };
  }

  /* Take a step with many claims; one way back for all, where there is one. */
  async decideMany(claims, name, words, more = {}) {
    const versions = claims.map(({ id, version }) => ({ id, version }));
    const entry = { words, kind: "many", versions, back: "unaccept", forth: name };
    const result = await this.sendMany(entry, name, more);
    if (!result.claim) {
      this.refused(result);
      return null;
    }
    if (entry.versions.length && name !== "list") this.rememberMany(entry);
    return { done: result.claims.length, claims: result.claims, failed: result.failed };
  }

  rememberMany(entry) {
    this.history.add({ ...entry, ids: entry.versions.map((each) => each.id) });
  }

  /* Make many claims, with one way back for all; return how many were made. */
  async createMany(all, words) {
    const versions = [];
    for (const data of all) {
      const result = await this.attempt("POST", "claims/", data);
      if (result.claim) versions.push({ id: result.claim.id, version: result.claim.version });
      else {
        this.refused(result);
        break;
      }
    }
    if (versions.length) {
      this.rememberMany({ words, kind: "many", versions, back: "reject", forth: "restore" });
    }
    return versions.length;
  }

  async create(data, words) {
    const result = await this.attempt("POST", "claims/", data);
    if (result.claim) {
      this.remember(result.claim.id, "restore", "reject", result.claim.version, words);
    }
    return result;
  }

  /* Change fields or marks of a claim; `before` is what brings it back. */
  async patch(id, data, before, words) {
    const landed = (current) => isLike(current, data, this.store);
    const result = await this.attempt("PATCH", `claims/${id}/`, data, landed);
    if (!result.claim) return result;
    const { version } = result.claim;
    this.history.add({ words, ids: [id], kind: "patch", id, version, back: before, forth: data });
    return result;
  }

  /* Replace the marks of some roles of a claim. */
  async remark(id, marks, roles, words) {
    const { store } = this;
    const claim = store.get(id);
    const text = store.text.id;
    const old = claim.marks.filter((mark) => mark.here && roles.includes(mark.role)).map(bare);
    const before = { marks: store.sent(old), roles, text };
    const data = { version: claim.version, marks: store.sent(marks), roles, text };
    const result = await this.patch(id, data, before, words);
    if (!result.claim) this.refused(result);
    else if (!old.some((mark) => mark.role === "content") && roles.includes("content")) {
      // There is no way back to words that no longer stand in the text.
      this.history.forgetLast();
    }
    return result.claim;
  }

  outcome(result) {
    if (result.claim) return true;
    if (result.later) return "later";
    if (!result.by && !result.current) return result.why;
    return result.by
      ? interpolate(gettext("changed since by %(name)s."), { name: result.by }, true)
      : gettext("changed since by somebody else.");
  }

  refused(result) {
    if (result.later) return null;
    if (result.revision) {
      this.messages.alertLocked(result.revision);
    } else if (result.current) {
      this.messages.say(
        interpolate(
          gettext("%(name)s changed this claim first; this is their version."),
          {
            name: result.by || gettext("Somebody else"),
          },
          true,
        ),
        true,
      );
    } else {
      this.messages.say(result.why || gettext("That was refused."), true);
    }
    return null;
  }
}

/* Return whether a stored claim has all that a change asked for. */
function isLike(current, data, store) {
  const fields = data.fields || {};
  const plain = (value) => (value && typeof value === "object" && "id" in value ? value.id : value);
  for (const [name, wanted] of Object.entries(fields)) {
    if (name === "topics") {
      const ids = current.topics.map((each) => each.id).sort();
      if (ids.join() !== [...wanted].sort().join()) return false;
    } else if (name === "stated_on") {
      if (![current[name], dated(current[name])].includes(wanted)) return false;
    } else if ((plain(current[name]) ?? "") !== (wanted ?? "")) {
      return false;
    }
  }
  if (!data.marks) return true;
  const shown = (marks) =>
    marks
      .filter((mark) => data.roles.includes(mark.role))
      .map((mark) => `${mark.role} ${mark.start} ${mark.end}`)
      .sort()
      .join();
  return (
    current.marks.every((mark) => mark.text === store.text.id) &&
    shown(current.marks) === shown(data.marks)
  );
}
