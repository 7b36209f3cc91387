/* The claim that is active: chosen by a click, walked to, or next after a decision. Takes
   store, list, paper and painter to find and show it, messages, rights, and the labels of
   a claim's states. Tells of "change" when another claim, or none, becomes the active one. */

import { doubtWords, labelOf } from "./fields.js";
import { lowered } from "./locale.js";
import { isOpen, isUnnamed } from "./store.js";
import { cited } from "./words.js";

export class ActiveClaim extends EventTarget {
  constructor({ store, list, paper, painter, messages, rights, states }) {
    super();
    Object.assign(this, { store, list, paper, painter, messages, rights, states });
    this.id = null;
  }

  get claim() {
    return this.store.get(this.id);
  }

  /* Return the active claim if something may be done with it; else say why not. */
  claimFor(right) {
    const { claim } = this;
    if (!claim) this.messages.say(gettext("Choose a claim first: n goes to the next one."));
    return claim && this.rights.demand(right) ? claim : null;
  }

  /* Make a claim the active one, or none: null. */
  activate(id, { reveal = false, focus = false } = {}) {
    const claim = this.store.get(id);
    const isOther = this.take(claim);
    if (!claim) return;
    const { place, until } = claim;
    if (reveal && place >= 0) this.paper.reveal(place, until || place + 1);
    if (focus) this.list.focus(claim.id);
    if (isOther) this.announce(claim);
  }

  /* Show a claim as the active one; say whether another was so before. */
  take(claim) {
    const id = claim ? claim.id : null;
    if (this.id === id) return false;
    this.id = id;
    this.dispatchEvent(new Event("change"));
    this.painter.active(claim);
    this.list.activate(id);
    return true;
  }

  announce(claim) {
    const order = this.store.inOrder((each) => each.status !== "rejected");
    const state = claim.needsEye
      ? gettext("needs an eye")
      : lowered(labelOf(this.states, claim.status));
    const doubts = doubtWords(claim);
    this.messages.say(
      interpolate(
        gettext("Claim %(number)s of %(total)s, %(state)s, %(speaker)s: “%(quote)s”"),
        {
          number: order.indexOf(claim) + 1,
          total: order.length,
          state: doubts ? `${state} (${doubts})` : state,
          speaker: speakerWords(claim),
          quote: cited(claim.quote, 140),
        },
        true,
      ),
    );
  }

  /* Take the innermost claim under the cursor; the next time, the one around it. */
  activateUnder(place) {
    const under = this.store.under(place);
    if (!under.length) {
      this.activate(null);
      return;
    }
    const at = under.findIndex((claim) => claim.id === this.id);
    this.activate(under[(at + 1) % under.length].id);
  }

  /* Go to the next or previous claim of those shown, round the end. */
  walk(direction, test, fromList, none = gettext("There are no claims here.")) {
    const target = this.ahead(direction, test);
    if (target) this.activate(target.id, { reveal: true, focus: fromList });
    else this.messages.say(none);
  }

  ahead(direction, test) {
    const { shown } = this.list;
    const fitting = shown.filter(test);
    const at = shown.findIndex((claim) => claim.id === this.id);
    if (at < 0) {
      const later = fitting.filter((claim) => claim.place >= this.paper.cursor);
      return direction > 0 ? later[0] || fitting[0] : fitting[fitting.length - 1];
    }
    for (let n = 1; n <= shown.length; n += 1) {
      const each = shown[(at + direction * n + shown.length * 2) % shown.length];
      if (test(each) && each.id !== this.id) return each;
    }
    return test(shown[at]) ? shown[at] : fitting[0];
  }

  /* Go to the next of some claims that waits, and say what was done with the last one. */
  goOn(id, later, words, fromList) {
    const next = later.map((each) => this.store.get(each.id)).find((each) => each && isOpen(each));
    if (next) this.activate(next.id, { reveal: true, focus: fromList });
    else if (fromList && !this.list.focus(id)) this.paper.focus({ preventScroll: false });
    const what = withSpeaker(words, this.store.get(id));
    const said = [interpolate(gettext("%(what)s; u takes it back."), { what }, true)];
    if (!next) said.push(this.nothingLeft());
    this.messages.say(said.join(" "));
  }

  /* Say that nothing waits: in the whole article, or in what the list shows of it. */
  nothingLeft() {
    return this.store.inOrder(isOpen).length
      ? gettext("Nothing more to decide in this list.")
      : gettext("Everything is decided.");
  }
}

function speakerWords(claim) {
  const name = claim.speaker?.name || claim.proposed_speaker;
  if (claim.speaker) return interpolate(gettext("speaker %(name)s"), { name }, true);
  return name
    ? interpolate(gettext("speaker perhaps %(name)s"), { name }, true)
    : gettext("no speaker");
}

function withSpeaker(what, claim) {
  if (!claim || claim.status === "rejected") return what;
  if (isUnnamed(claim)) return interpolate(gettext("%(what)s, without a speaker"), { what }, true);
  if (!claim.speaker) return what;
  const { name } = claim.speaker;
  return interpolate(gettext("%(what)s, said by %(name)s"), { what, name }, true);
}
