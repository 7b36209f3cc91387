/* Coming to this article and going on to what lies elsewhere: verdicts, other articles.
   Takes the address of this desk, changes to ask the server, paper and messages. */

export class Leaving {
  constructor({ here, changes, paper, messages }) {
    Object.assign(this, { here, changes, paper, messages });
  }

  async toVerdict(claim) {
    if (!["draft", "listed"].includes(claim.status)) {
      this.messages.say(gettext("A verdict needs an accepted claim."));
      return;
    }
    const answer = await this.changes.write("POST", `claims/${claim.id}/verdict/`, {});
    if (!answer) return;
    if (!answer.ok) {
      this.messages.say(answer.data.error, true);
      return;
    }
    const back = `${this.here}#claim-${claim.id}`;
    sessionStorage.setItem("desk-return", JSON.stringify({ back, claim: String(claim.id) }));
    location.assign(answer.data.url);
  }

  /* Copy the address at which a colleague finds a claim. */
  async copyLink({ id }) {
    const link = new URL(`${this.here}#claim-${id}`, location.href).href;
    try {
      // There is no clipboard on a page that came without encryption.
      await navigator.clipboard.writeText(link);
      this.messages.say(gettext("Link copied."));
    } catch {
      this.messages.say(interpolate(gettext("The link: %(link)s"), { link }, true));
    }
  }

  async toNextArticle() {
    const answer = await this.changes.write("GET", "next/");
    if (!answer) return;
    if (answer.data.url) location.assign(answer.data.url);
    else this.messages.say(gettext("No other article waits for a decision."));
  }

  async noteNoClaims() {
    const answer = await this.changes.write("POST", "no-claims/", {});
    if (!answer) return;
    if (!answer.ok) {
      this.messages.say(answer.data.error, true);
      return;
    }
    this.paper.focus({ preventScroll: false });
    this.messages.say(gettext("Noted: nothing to mark here. g goes to the next article."));
  }
}

/* Return the number of the claim that the address names, once; null where it names none. */
export function claimInAddress() {
  const [, id] = location.hash.match(/^#claim-(\d+)$/) || [];
  // Else the browser would take the focus to the list, which is that address.
  if (id) history.replaceState(null, "", location.pathname);
  return id ? Number(id) : null;
}
