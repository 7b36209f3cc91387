/* Decisions on claims: accepted, rejected, listed, and taken back. Takes store and list for
   the claims, active to go on to the next, changes and history to write and take back,
   steps, names, drafting and marking for what has to be answered first, rights, messages,
   and the paper to come back to. */

import { isListable, isOpen, isReady, isUnnamed } from "./store.js";
import { cited } from "./words.js";

const DONE = {
  accept: () => gettext("“%(quote)s” accepted"),
  reject: () => gettext("“%(quote)s” rejected"),
  remove: () => gettext("“%(quote)s” deleted"),
};
const TURNED = {
  undo: {
    nothing: () => gettext("There is nothing to undo."),
    done: () => gettext("Undone: %(what)s."),
    refused: () => gettext("Cannot undo: %(why)s"),
  },
  redo: {
    nothing: () => gettext("There is nothing to redo."),
    done: () => gettext("Done again: %(what)s."),
    refused: () => gettext("Cannot redo: %(why)s"),
  },
};

export class Deciding {
  constructor({
    store,
    list,
    active,
    changes,
    history,
    steps,
    names,
    drafting,
    marking,
    rights,
    messages,
    paper,
  }) {
    Object.assign(this, { store, list, active, changes, history, steps, names });
    Object.assign(this, { drafting, marking, rights, messages, paper });
  }

  async accept(claim, fromList) {
    if (this.drafting.isBusy()) return;
    if (claim.needsEye) await this.marking.confirm(claim);
    else if (claim.status !== "suggested") {
      this.messages.say(gettext("This claim is accepted already."));
    } else if (!claim.speaker && claim.proposed_speaker && this.rights.has("change")) {
      await this.acceptByName(claim, fromList);
    } else await this.decideAndGo(claim, "accept", fromList);
  }

  /* The program read a name. If just one speaker is called so, accepting means that
     one too; if nobody is, the form asks who it is before the claim is accepted. */
  async acceptByName(claim, fromList) {
    const speaker = await this.names.speakerCalled(claim.proposed_speaker);
    if (this.store.get(claim.id)?.status !== "suggested") return;
    if (speaker) await this.decideAndGo(claim, "accept", fromList, speaker);
    else this.drafting.openEdit(claim, { isAsked: true });
  }

  async reject(claim, fromList) {
    if (claim.needsEye) {
      const address = `claims/${claim.id}/leave/`;
      const result = await this.changes.attempt("POST", address, { version: claim.version });
      if (!result.claim) this.changes.refused(result);
      else {
        this.messages.say(gettext("Noted: no longer in the text. The claim keeps its quote."));
      }
      return;
    }
    if (!["suggested", "draft"].includes(claim.status)) {
      this.messages.say(
        gettext("Only suggestions and drafts can be rejected; a listed claim is withdrawn."),
      );
      return;
    }
    await this.decideAndGo(claim, "reject", fromList);
  }

  async remove(claim, fromList) {
    if (["suggested", "draft"].includes(claim.status)) {
      await this.decideAndGo(claim, "remove", fromList);
    } else {
      this.messages.say(gettext("Readers may have seen this claim: withdraw it instead."));
    }
  }

  async decideAndGo(claim, act, fromList, speaker = null) {
    const order = this.list.shown;
    const at = order.indexOf(claim);
    const later = [...order.slice(at + 1), ...order.slice(0, at)].filter(isOpen);
    const words = interpolate(DONE[act](), { quote: cited(claim.quote) }, true);
    const step = act === "remove" ? "reject" : act;
    const done = speaker
      ? await this.changes.acceptAs(claim, speaker, words)
      : await this.changes.decide(claim.id, step, { words });
    if (done) this.active.goOn(claim.id, later, words, fromList);
  }

  /* Reject all suggestions that the list shows, or accept those of them that are ready. */
  async decideShown(step) {
    if (this.drafting.isBusy()) return;
    const shown = this.list.shown.filter((claim) => claim.status === "suggested");
    const claims = step === "accept" ? shown.filter(isReady) : shown;
    if (!claims.length) {
      this.messages.say(
        shown.length
          ? gettext("None of the suggestions shown is ready: decide on them one by one.")
          : this.active.nothingLeft(),
      );
      return;
    }
    const result = await this.changes.decideMany(claims, step, decidedWords(step, claims.length));
    if (!result) return;
    const what = decidedWords(step, result.done);
    const said = [interpolate(gettext("%(what)s; one u takes it all back."), { what }, true)];
    const unnamed = result.claims.filter(isUnnamed).length;
    if (unnamed) {
      const form = ngettext(
        "%(count)s still needs a speaker: “No speaker” shows it.",
        "%(count)s still need a speaker: “No speaker” shows them.",
        unnamed,
      );
      said.push(interpolate(form, { count: unnamed }, true));
    }
    const left = shown.length - claims.length;
    if (left) {
      const form = ngettext(
        "%(count)s leaves something open: “Open” shows it.",
        "%(count)s leave something open: “Open” shows them.",
        left,
      );
      said.push(interpolate(form, { count: left }, true));
    }
    said.push(...refusals(result.failed));
    this.messages.say(said.join(" "));
    this.paper.focus();
  }

  /* List all drafts that the list shows, after one question that tells what is wrong. */
  async listShown() {
    if (this.drafting.isBusy()) return;
    const drafts = this.list.shown.filter(isListable);
    const named = drafts.filter((claim) => claim.speaker);
    const open = named.filter(isUnclear);
    const sound = named.filter((claim) => !isUnclear(claim));
    if (!named.length) {
      this.messages.say(gettext("No draft here can be listed: each needs a speaker."));
      return;
    }
    const count = sound.length;
    const form = ngettext("List %(count)s claim?", "List %(count)s claims?", count);
    const answer = await this.messages.confirm(
      interpolate(form, { count }, true),
      gettext("Readers will see them. Only a withdrawal takes them off again."),
      {
        notes: [...open.map(unclearWords), ...unnamedNotes(drafts.length - named.length)],
        tick: open.length ? tickWords(open.length) : "",
        yes: gettext("List"),
      },
    );
    const chosen = answer?.ticked ? named : sound;
    if (answer === null || !chosen.length) return;
    const more = { confirmed: Boolean(answer.ticked) };
    const result = await this.changes.decideMany(chosen, "list", "", more);
    if (!result) return;
    this.messages.say([listedWords(result.done), ...refusals(result.failed)].join(" "));
    this.paper.focus();
  }

  async takeStep(claim, name) {
    const step = this.steps.from(claim).find((each) => each.name === name);
    if (!step) {
      this.messages.say(gettext("That is not possible from here."));
      return;
    }
    const { label, asks } = step;
    let comment = "";
    if (step.is_weighty || asks) {
      const answer = await this.messages.ask(label, claim.wording, asks, label);
      if (answer === null) return;
      comment = answer;
    }
    const done = await this.changes.decide(claim.id, name, { comment, words: label });
    if (done) this.messages.say(interpolate(gettext("%(what)s: done."), { what: label }, true));
  }

  /* Take back what was done last ("undo"), or do it again ("redo"). */
  async turn(way) {
    const told = TURNED[way];
    const turned = await this.history[way]();
    if (!turned) {
      this.messages.say(told.nothing());
      return;
    }
    const { entry, result } = turned;
    if (result === true) {
      const [id] = entry.ids;
      if (entry.ids.length === 1 && this.store.get(id)?.status !== "rejected") {
        this.active.activate(id, { reveal: true });
      }
      this.messages.say(interpolate(told.done(), { what: entry.words }, true));
    } else if (result !== "later") {
      this.messages.say(interpolate(told.refused(), { why: result }, true), true);
    }
  }
}

/* Whether a claim may not stand as it is. */
function isUnclear({ unclear }) {
  return Boolean(unclear);
}

function unclearWords({ wording, unclear }) {
  return `“${cited(wording, 80)}”: ${unclear}`;
}

function unnamedNotes(count) {
  if (!count) return [];
  const form = ngettext(
    "%(count)s draft has no speaker yet and stays a draft.",
    "%(count)s drafts have no speaker yet and stay drafts.",
    count,
  );
  return [interpolate(form, { count }, true)];
}

function tickWords(count) {
  const form = ngettext(
    "List the %(count)s in doubt too",
    "List the %(count)s in doubt too",
    count,
  );
  return interpolate(form, { count }, true);
}

function listedWords(count) {
  const form = ngettext("%(count)s claim listed.", "%(count)s claims listed.", count);
  return interpolate(form, { count }, true);
}

/* Return why some were refused, each reason once. */
function refusals(failed) {
  const reasons = [...new Set(failed.map((each) => each.error))];
  return reasons.map((why) => {
    const count = failed.filter((each) => each.error === why).length;
    return interpolate(gettext("%(count)s not: %(why)s"), { count, why }, true);
  });
}

function decidedWords(step, count) {
  const form =
    step === "accept"
      ? ngettext("%(count)s suggestion accepted", "%(count)s suggestions accepted", count)
      : ngettext("%(count)s suggestion rejected", "%(count)s suggestions rejected", count);
  return interpolate(form, { count }, true);
}
