/* What the desk says and asks: the live line, troubles, counts, a yes or a reason. */

const byId = (id) => document.getElementById(id);

export class Room {
  say(words, isTrouble = false) {
    this.live.textContent = words;
    this.live.classList.toggle("an-trouble", isTrouble);
  }

  alert(...parts) {
    this.alertPlace.replaceChildren(...parts.flatMap((part) => [part, " "]));
    this.alertPlace.hidden = false;
  }

  alertLogin() {
    this.trouble = "login";
    const link = document.createElement("a");
    link.href = `${this.data.login}?next=${encodeURIComponent(this.data.signed_in)}`;
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

  connected() {
    if (!this.trouble) return;
    this.trouble = "";
    this.alertPlace.hidden = true;
    this.alertPlace.replaceChildren();
  }

  label(name, value) {
    const pair = this.choices[name].find(([key]) => key === value);
    return pair ? pair[1] : value;
  }

  allowed(what) {
    if (this.may[what]) return true;
    this.say(gettext("You may only look at this article."));
    return false;
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

  refresh() {
    this.painter.claims(this.store.standing);
    this.painter.active(this.store.get(this.active));
    this.list.render();
    this.showCounts();
  }

  showCounts() {
    const { claims, suggested, decided, proposed, listed, eye, unnamed } = this.store.counts();
    const parts = [
      interpolate(ngettext("%(count)s claim", "%(count)s claims", claims), { count: claims }, true),
      interpolate(gettext("%(count)s listed"), { count: listed }, true),
    ];
    if (unnamed)
      parts.push(interpolate(gettext("%(count)s without a speaker"), { count: unnamed }, true));
    if (proposed) {
      parts.push(
        interpolate(
          ngettext(
            "%(decided)s of %(count)s suggestion decided",
            "%(decided)s of %(count)s suggestions decided",
            proposed,
          ),
          { count: proposed, decided },
          true,
        ),
      );
    } else if (suggested)
      parts.push(interpolate(gettext("%(count)s suggested"), { count: suggested }, true));
    if (eye) {
      parts.push(
        interpolate(
          ngettext("%(count)s needs your eye", "%(count)s need your eye", eye),
          { count: eye },
          true,
        ),
      );
    }
    byId("counts").textContent = parts.join(" · ");
    const bar = byId("progress");
    bar.hidden = !proposed;
    bar.max = Math.max(1, proposed);
    bar.value = decided;
    const none = byId("no-claims");
    if (none) none.hidden = this.store.standing.length > 0;
  }

  showPeople() {
    const words = this.people.length
      ? interpolate(
          ngettext("%(names)s is here too", "%(names)s are here too", this.people.length),
          {
            names: this.people.join(", "),
          },
          true,
        )
      : "";
    if (byId("people").textContent !== words) byId("people").textContent = words;
  }
}
