/* Words and claims that are chosen: by click, by cursor, by walking from one to the next. */

import { lowered } from "./locale.js";
import { cited, shortened } from "./words.js";

const byId = (id) => document.getElementById(id);

export const Selecting = (Base) =>
  class extends Base {
    selected() {
      const { selection } = this.paper;
      this.showBar();
      this.paintCursor();
      if (!selection) return;
      const words = this.paper.textOf(...selection);
      this.say(
        interpolate(gettext("Selected: “%(words)s”"), { words: shortened(words, 160) }, true),
      );
    }

    showBar() {
      const has = Boolean(this.paper.selection);
      const claim = this.form ? true : this.active !== null;
      byId("new-claim").disabled = !has || !this.may.add;
      for (const id of ["as-cue", "as-speaker", "as-part", "as-place"]) {
        byId(id).disabled = !has || !claim || !this.may.change;
      }
      byId("by-words").disabled = !this.may.add;
    }

    paintCursor() {
      const isHere = document.activeElement === this.textPlace && !this.paper.selection;
      const place = isHere ? this.paper.atCursor() : null;
      this.painter.put("cursor", place ? [{ start: place[0], end: place[1] }] : []);
    }

    revealSelection() {
      if (this.paper.selection) {
        const at = this.paper.cursor;
        this.paper.reveal(Math.max(0, at - 1), Math.max(1, at));
      }
    }

    /* A click on marked words takes the innermost claim, the next click the one around. */
    clicked() {
      this.showBar();
      this.paintCursor();
      const under = this.store.under(this.paper.cursor);
      if (!under.length) {
        this.activate(null);
        return;
      }
      const at = under.findIndex((claim) => claim.id === this.active);
      this.activate(under[(at + 1) % under.length].id);
    }

    activate(id, { reveal = false, focus = false } = {}) {
      const claim = id === null ? null : this.store.get(id);
      const before = this.active;
      this.active = claim ? claim.id : null;
      if (before !== this.active) {
        this.dropEdge();
        this.painter.active(claim);
        this.list.activate(before, this.active);
        this.showBar();
      }
      if (!claim) return;
      if (reveal && claim.place >= 0)
        this.paper.reveal(claim.place, claim.until || claim.place + 1);
      if (focus) this.list.focus(claim.id);
      if (before !== this.active) this.announce(claim);
    }

    announce(claim) {
      const order = this.store.inOrder((each) => each.status !== "rejected");
      const number = order.indexOf(claim) + 1;
      const state = claim.needsEye
        ? gettext("needs an eye")
        : lowered(this.label("status", claim.status));
      this.say(
        interpolate(
          gettext("Claim %(number)s of %(total)s, %(state)s, %(speaker)s: “%(quote)s”"),
          {
            number,
            total: order.length,
            state,
            speaker: this.speakerOf(claim),
            quote: cited(claim.quote, 140),
          },
          true,
        ),
      );
    }

    speakerOf(claim) {
      const name = claim.speaker?.name || claim.proposed_speaker;
      if (claim.speaker) return interpolate(gettext("speaker %(name)s"), { name }, true);
      return name
        ? interpolate(gettext("speaker perhaps %(name)s"), { name }, true)
        : gettext("no speaker");
    }

    /* Go to the next or previous claim of those shown, round the end. */
    walk(direction, test, fromList, none = gettext("There are no claims here.")) {
      const shown = this.list.shown;
      const fitting = shown.filter(test);
      if (!fitting.length) {
        this.say(none);
        return null;
      }
      const at = shown.findIndex((claim) => claim.id === this.active);
      let target;
      if (at < 0) {
        const ahead = fitting.filter((claim) => claim.place >= this.paper.cursor);
        target = direction > 0 ? ahead[0] || fitting[0] : fitting[fitting.length - 1];
      } else {
        for (let n = 1; n <= shown.length && !target; n += 1) {
          const each = shown[(at + direction * n + shown.length * 2) % shown.length];
          if (test(each) && each.id !== this.active) target = each;
        }
        target ||= test(shown[at]) ? shown[at] : fitting[0];
      }
      this.activate(target.id, { reveal: true, focus: fromList });
      return target;
    }

    escape(fromList) {
      if (this.form) this.closeForm();
      else if (this.paper.selection) this.paper.drop();
      else if (this.active !== null && !fromList) this.activate(null);
      this.textPlace.focus({ preventScroll: !fromList });
    }
  };
