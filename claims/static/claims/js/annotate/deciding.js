/* Decisions on claims: accepted, rejected, listed, and taken back. */

import { isOpen } from "./store.js";
import { shortened } from "./words.js";

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
      if (claim.needsEye) {
        await this.confirm(claim);
        return;
      }
      if (claim.status !== "suggested") {
        this.say("This claim is accepted already.");
        return;
      }
      await this.decideAndGo(claim, "accept", "accepted", fromList);
    }

    async reject(claim, fromList) {
      if (claim.needsEye) {
        const result = await this.changes.attempt("POST", `claims/${claim.id}/leave/`, {
          version: claim.version,
        });
        if (!result.claim) this.changes.refused(result);
        else this.say("Noted: no longer in the text. The claim keeps its quote.");
        return;
      }
      if (!["suggested", "draft"].includes(claim.status)) {
        this.say("Only suggestions and drafts can be rejected; a listed claim is withdrawn.");
        return;
      }
      await this.decideAndGo(claim, "reject", "rejected", fromList);
    }

    async remove(claim, fromList) {
      if (["suggested", "draft"].includes(claim.status)) {
        await this.decideAndGo(claim, "reject", "deleted", fromList);
      } else {
        this.say("Readers may have seen this claim: withdraw it instead.");
      }
    }

    async decideAndGo(claim, step, words, fromList) {
      const order = this.list.shown;
      const at = order.indexOf(claim);
      const later = [...order.slice(at + 1), ...order.slice(0, at)].filter(isOpen);
      const quote = shortened(claim.quote);
      const done = await this.changes.decide(claim.id, step, { words: `“${quote}” ${words}` });
      if (!done) return;
      const next = later.find((each) => isOpen(this.store.get(each.id) || each));
      if (next) this.activate(next.id, { reveal: true, focus: fromList });
      else if (fromList) (this.list.items.get(claim.id) ? this.list.focus(claim.id) : this.textPlace.focus());
      this.say(`“${quote}” ${words}; u takes it back.${next ? "" : " Everything is decided."}`);
    }

    async decideShown(step) {
      const claims = this.list.shown.filter((claim) => claim.status === "suggested");
      const words = `${claims.length} suggestions ${step}ed`;
      const result = await this.changes.decideMany(claims, step, words);
      if (!result) return;
      const failed = result.failed.length
        ? ` ${result.failed.length} not: ${result.failed[0].error}`
        : "";
      this.say(`${result.done} suggestions ${step}ed; one u takes it all back.${failed}`);
      this.textPlace.focus({ preventScroll: true });
    }

    async takeStep(claim, name) {
      const step = this.stepsFrom(claim).find((each) => each.name === name);
      if (!step) {
        this.say("That is not possible from here.");
        return;
      }
      let comment = "";
      if (step.is_weighty || step.asks) {
        const answer = await this.ask(step.label, claim.wording, step.asks, step.label);
        if (answer === null) return;
        comment = answer;
      }
      const done = await this.changes.decide(claim.id, name, { comment, words: step.label });
      if (done) this.say(`${step.label}: done.`);
    }

    async turn(way) {
      const turned = await this.history[way]();
      if (!turned) {
        this.say(way === "undo" ? "There is nothing to undo." : "There is nothing to redo.");
        return;
      }
      const { entry, result } = turned;
      if (result === true) {
        if (entry.ids.length === 1 && this.store.get(entry.ids[0])?.status !== "rejected") {
          this.activate(entry.ids[0], { reveal: true });
        }
        this.say(`${way === "undo" ? "Undone" : "Done again"}: ${entry.words}.`);
      } else if (result !== "later") {
        this.say(`Cannot ${way}: ${result}.`, true);
      }
    }
  };
