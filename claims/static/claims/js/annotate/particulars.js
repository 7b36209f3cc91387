/* What is stored of the speaker chosen: kind, roles and other names, added to in place.
   Takes the <details> to stand in, api to ask, changes to write, messages, and the kinds
   of speakers. */

import { element } from "./dom.js";
import { labelOf } from "./fields.js";
import { dated, lowered } from "./locale.js";

export class Particulars {
  constructor({ place, api, changes, messages, kinds }) {
    Object.assign(this, { place, api, changes, messages, kinds });
    this.speaker = null;
    this.summary = place.querySelector("summary");
    this.kind = this.find("p-kind");
    this.kind.replaceChildren(...kinds.map(([value, label]) => new Option(label, value)));
    place.addEventListener("toggle", () => place.open && this.load());
    place.addEventListener("keydown", (event) => this.key(event));
    this.kind.addEventListener("change", () => this.changeKind());
    this.find("p-add-role").addEventListener("click", () => this.addRole());
    this.find("p-add-name").addEventListener("click", () => this.addName());
  }

  find(id) {
    return this.place.querySelector(`#${id}`);
  }

  show(speaker) {
    this.speaker = speaker;
    this.place.open = false;
    this.place.hidden = !speaker?.id;
    if (speaker) this.told(speaker);
  }

  told({ kind, note }) {
    const label = kind ? lowered(labelOf(this.kinds, kind)) : "";
    const known = [label, note && lowered(note) !== label ? note : ""].filter(Boolean);
    known.push(gettext("role, other names"));
    this.summary.textContent = known.join(" · ");
  }

  key(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.place.open = false;
      this.summary.focus();
    } else if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      event.stopPropagation();
      if (event.target.closest("#p-role")) this.addRole();
      else this.addName();
    }
  }

  async load() {
    const { speaker } = this;
    const answer = await this.api.get(`speakers/${speaker.id}/`).catch(() => null);
    if (answer?.ok && speaker === this.speaker) this.fill(answer.data);
  }

  fill({ speaker, roles, names, may }) {
    this.told(speaker);
    this.kind.value = speaker.kind;
    this.kind.disabled = !may.kind;
    this.find("p-role").hidden = !may.role;
    this.find("p-name").hidden = !may.name;
    this.find("p-roles").replaceChildren(...roles.map((role) => item(roleWords(role))));
    this.find("p-names").replaceChildren(...names.map((name) => item(nameWords(name))));
  }

  changeKind() {
    const kind = this.kind.value;
    const words = interpolate(
      gettext("Kind: %(kind)s."),
      { kind: lowered(labelOf(this.kinds, kind)) },
      true,
    );
    return this.write("PATCH", "", { kind }, words);
  }

  async addRole() {
    const values = this.values({
      title: "p-title",
      organisation: "p-organisation",
      since: "p-since",
      until: "p-until",
    });
    const words = gettext("Role added: %(words)s.");
    const said = [values.title, values.organisation].filter(Boolean).join(", ");
    const told = interpolate(words, { words: said }, true);
    if (await this.write("POST", "roles/", values, told)) this.clear("#p-role input", "p-title");
  }

  async addName() {
    const values = { ...this.values({ name: "p-other" }) };
    values.is_metonym = this.find("p-metonym").checked;
    const told = interpolate(gettext("Name added: %(words)s."), { words: values.name }, true);
    if (await this.write("POST", "names/", values, told)) this.clear("#p-name input", "p-other");
  }

  values(fields) {
    const values = {};
    for (const [name, id] of Object.entries(fields)) values[name] = this.find(id).value.trim();
    return values;
  }

  clear(fields, focus) {
    for (const field of this.place.querySelectorAll(fields)) {
      field.value = "";
      field.checked = false;
    }
    this.find(focus).focus();
  }

  /* Write something of the speaker, and say it, or why not. */
  async write(method, address, data, words) {
    const { speaker } = this;
    const answer = await this.changes.write(method, `speakers/${speaker.id}/${address}`, data);
    if (!answer) return false;
    if (speaker === this.speaker && answer.ok) this.fill(answer.data);
    this.messages.say(answer.ok ? words : answer.data.error, !answer.ok);
    return answer.ok;
  }
}

const item = (words) => element("li", { textContent: words });

function roleWords({ role, since, until }) {
  if (!since && !until) return role;
  const [from, to] = [since, until].map((day) => (day ? dated(day) : "…"));
  return `${role}, ${from} – ${to}`;
}

function nameWords({ name, is_metonym: isMetonym }) {
  return isMetonym ? `${name} (${gettext("stands for its government")})` : name;
}
