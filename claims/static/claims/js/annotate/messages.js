/* What the desk says and asks: the live line, troubles, a yes or a reason. Takes the
   addresses at which to sign in again; finds its own places in the page. */

import { byId, element, revisionLink } from "./dom.js";

export class Messages {
  /* `login` is the page to sign in on, `signedIn` where that leads. */
  constructor({ login, signedIn }) {
    Object.assign(this, { login, signedIn });
    this.live = byId("live");
    this.place = byId("alert");
    this.trouble = "";
  }

  say(words, isTrouble = false) {
    if (this.trouble === "locked") this.hideAlert();
    this.live.textContent = words;
    this.live.classList.toggle("an-trouble", isTrouble);
  }

  alert(...parts) {
    this.place.replaceChildren(...parts.flatMap((part) => [part, " "]));
    this.place.hidden = false;
  }

  alertLogin() {
    this.trouble = "login";
    const link = document.createElement("a");
    link.href = `${this.login}?next=${encodeURIComponent(this.signedIn)}`;
    link.target = "_blank";
    link.textContent = gettext("Sign in on a new page");
    this.alert(
      gettext("You are signed out; nothing typed is lost."),
      link,
      gettext("Then save here again."),
    );
  }

  alertOffline() {
    this.trouble = "offline";
    this.alert(gettext("No answer from the server. Nothing typed is lost; try again in a moment."));
  }

  /* Say why a published claim does not change, and offer what has to be begun first. */
  alertLocked(revision) {
    this.say("");
    this.trouble = "locked";
    this.alert(revision.why, revisionLink(revision));
  }

  /* The server has answered again: take back what was said of the line to it. */
  connected() {
    if (this.trouble && this.trouble !== "locked") this.hideAlert();
  }

  hideAlert() {
    this.trouble = "";
    this.place.hidden = true;
    this.place.replaceChildren();
  }

  /* Ask for a yes, with what is to be known before, and something to tick: {ticked}, or
     null for no. */
  async confirm(title, words, { notes, tick, yes }) {
    byId("ask-notes").replaceChildren(
      ...notes.map((textContent) => element("li", { textContent })),
    );
    byId("ask-tick").checked = false;
    byId("ask-tick").parentElement.hidden = !tick;
    byId("ask-tick").nextElementSibling.textContent = tick;
    const answer = await this.ask(title, words, "", yes);
    byId("ask-notes").replaceChildren();
    byId("ask-tick").parentElement.hidden = true;
    return answer === null ? null : { ticked: byId("ask-tick").checked };
  }

  /* Ask for a yes, with a reason where one is needed; null for no. */
  ask(title, words, label, yes) {
    const dialog = byId("ask");
    byId("ask-title").textContent = title;
    byId("ask-words").textContent = words;
    byId("ask-label").textContent = label;
    byId("ask-field").hidden = !label;
    byId("ask-reason").value = "";
    byId("ask-yes").textContent = yes;
    dialog.returnValue = "no";
    const before = document.activeElement;
    dialog.showModal();
    (label ? byId("ask-reason") : byId("ask-yes")).focus();
    return new Promise((done) => {
      dialog.addEventListener(
        "close",
        () => {
          before?.focus?.();
          done(dialog.returnValue === "yes" ? byId("ask-reason").value : null);
        },
        { once: true },
      );
    });
  }
}
