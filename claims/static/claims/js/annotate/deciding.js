/* Decisions on claims: accepted, rejected, listed, and taken back. */

import { isOpen, isUnnamed } from "./store.js";
import { cited } from "./words.js";

const DONE = {
  accept: (quote) => interpolate(gettext("“%(quote)s” accepted"), { quote }, true),
  reject: (quote) => interpolate(gettext("“%(quote)s” rejected"), { quote }, true),
  remove: (quote) => interpolate(gettext("“%(quote)s” deleted"), { quote }, true),
};

export const Deciding = (Base) =>
  class extends Base {
    stepsFrom(claim) {
      return this.data.steps.filter(
        (step) =>
          step.may &&
          step.sources.includes(claim.status) &&
          !(step.name === "unaccept" && claim.origin !== "rules"),
      );
    }

    async accept(claim, fromList) {
      if (this.isBusy()) return;
      if (claim.needsEye) await this.confirm(claim);
      else if (claim.status !== "suggested") {
        this.say(gettext("This claim is accepted already."));
      } else if (!claim.speaker && claim.proposed_speaker && this.may.change) {
        await this.acceptByName(claim, fromList);
      } else await this.decideAndGo(claim, "accept", fromList);
    }

    /* A form that is open is finished first: what follows might put another in its place. */
    isBusy() {
      if (!this.form) return false;
      this.form.focus();
      this.say(gettext("Save or close the form first."));
      return true;
    }

    /* The program read a name. If just one speaker is called so, accepting means that
       one too; if nobody is, the form asks who it is before the claim is accepted. */
    async acceptByName(claim, fromList) {
      const speaker = await this.speakerCalled(claim.proposed_speaker);
      if (this.store.get(claim.id)?.status !== "suggested") return;
      if (speaker) await this.decideAndGo(claim, "accept", fromList, speaker);
      else this.openEdit(claim, { isAsked: true });
    }

    async reject(claim, fromList) {
      if (claim.needsEye) {
        const result = await this.changes.attempt("POST", `claims/${claim.id}/leave/`, {
          version: claim.version,
        });
        if (!result.claim) this.changes.refused(result);
        else this.say(gettext("Noted: no longer in the text. The claim keeps its quote."));
        return;
      }
      if (!["suggested", "draft"].includes(claim.status)) {
        this.say(
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
        this.say(gettext("Readers may have seen this claim: withdraw it instead."));
      }
    }

    async decideAndGo(claim, act, fromList, speaker = null) {
      const order = this.list.shown;
      const at = order.indexOf(claim);
      const later = [...order.slice(at + 1), ...order.slice(0, at)].filter(isOpen);
      const words = DONE[act](cited(claim.quote));
      const step = act === "remove" ? "reject" : act;
      const done = speaker
        ? await this.changes.acceptAs(claim, speaker, words)
        : await this.changes.decide(claim.id, step, { words });
      if (!done) return;
      this.goOn(claim.id, later, words, fromList);
    }

    /* Go to the next claim that waits, and say what was done with the last one. */
    goOn(id, later, words, fromList) {
      const next = later
        .map((each) => this.store.get(each.id))
        .find((each) => each && isOpen(each));
      if (next) this.activate(next.id, { reveal: true, focus: fromList });
      else if (fromList) this.list.items.get(id) ? this.list.focus(id) : this.textPlace.focus();
      const claim = this.store.get(id);
      const said = [
        interpolate(
          gettext("%(what)s; u takes it back."),
          { what: this.withSpeaker(words, claim) },
          true,
        ),
      ];
      if (!next) said.push(gettext("Everything is decided."));
      this.say(said.join(" "));
    }

    withSpeaker(what, claim) {
      if (!claim || claim.status === "rejected") return what;
      if (isUnnamed(claim))
        return interpolate(gettext("%(what)s, without a speaker"), { what }, true);
      if (!claim.speaker) return what;
      return interpolate(
        gettext("%(what)s, said by %(name)s"),
        { what, name: claim.speaker.name },
        true,
      );
    }

    async decideShown(step) {
      if (this.isBusy()) return;
      const claims = this.list.shown.filter((claim) => claim.status === "suggested");
      const told = (count) =>
        step === "accept"
          ? interpolate(
              ngettext("%(count)s suggestion accepted", "%(count)s suggestions accepted", count),
              { count },
              true,
            )
          : interpolate(
              ngettext("%(count)s suggestion rejected", "%(count)s suggestions rejected", count),
              { count },
              true,
            );
      const result = await this.changes.decideMany(claims, step, told(claims.length));
      if (!result) return;
      const said = [
        interpolate(
          gettext("%(what)s; one u takes it all back."),
          { what: told(result.done) },
          true,
        ),
      ];
      const unnamed = result.claims.filter(isUnnamed).length;
      if (unnamed) {
        said.push(
          interpolate(
            ngettext(
              "%(count)s still needs a speaker: “No speaker” shows it.",
              "%(count)s still need a speaker: “No speaker” shows them.",
              unnamed,
            ),
            { count: unnamed },
            true,
          ),
        );
      }
      if (result.failed.length) {
        const why = result.failed[0].error;
        said.push(
          interpolate(
            gettext("%(count)s not: %(why)s"),
            { count: result.failed.length, why },
            true,
          ),
        );
      }
      this.say(said.join(" "));
      this.textPlace.focus({ preventScroll: true });
    }

    async takeStep(claim, name) {
      const step = this.stepsFrom(claim).find((each) => each.name === name);
      if (!step) {
        this.say(gettext("That is not possible from here."));
        return;
      }
      let comment = "";
      if (step.is_weighty || step.asks) {
        const answer = await this.ask(step.label, claim.wording, step.asks, step.label);
        if (answer === null) return;
        comment = answer;
      }
      const done = await this.changes.decide(claim.id, name, { comment, words: step.label });
      if (done) this.say(interpolate(gettext("%(what)s: done."), { what: step.label }, true));
    }

    async turn(way) {
      const isBack = way === "undo";
      const turned = await this.history[way]();
      if (!turned) {
        this.say(
          isBack ? gettext("There is nothing to undo.") : gettext("There is nothing to redo."),
        );
        return;
      }
      const { entry, result } = turned;
      if (result === true) {
        if (entry.ids.length === 1 && this.store.get(entry.ids[0])?.status !== "rejected") {
          this.activate(entry.ids[0], { reveal: true });
        }
        const what = entry.words;
        this.say(
          isBack
            ? interpolate(gettext("Undone: %(what)s."), { what }, true)
            : interpolate(gettext("Done again: %(what)s."), { what }, true),
        );
      } else if (result !== "later") {
        const why = result;
        this.say(
          isBack
            ? interpolate(gettext("Cannot undo: %(why)s"), { why }, true)
            : interpolate(gettext("Cannot redo: %(why)s"), { why }, true),
          true,
        );
      }
    }
  };
