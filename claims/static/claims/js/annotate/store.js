/* The article's claims as the server last told them, in the units of the page. Takes the
   text, the claims and the number of whoever looks at them. Tells of "change". */

import { Offsets } from "./offsets.js";

/* Whether somebody has to decide on a claim, or look at its words. */
export function isOpen(claim) {
  return claim.status === "suggested" || claim.needsEye;
}

/* Whether a suggestion may be taken as it stands: nothing in it has to be looked at. */
export function isReady({ status, doubts, needsEye }) {
  return status === "suggested" && !doubts.length && !needsEye;
}

/* Whether a claim was accepted while nobody knew who said it. */
export function isUnnamed(claim) {
  return !claim.speaker && !["suggested", "rejected"].includes(claim.status);
}

/* Whether a claim is a draft that can be listed once somebody is named. */
export function isListable(claim) {
  return claim.status === "draft" && !claim.revision;
}

export class Store extends EventTarget {
  constructor(text, claims, me) {
    super();
    this.me = me;
    this.claims = new Map();
    this.setText(text);
    this.replace(claims, true);
  }

  setText(text) {
    this.text = text;
    this.offsets = new Offsets(text.body);
  }

  /* Take over all claims; say which ones are new or changed. */
  replace(claims, quiet = false) {
    const changed = claims.filter((each) => this.take(each));
    const kept = new Set(claims.map((each) => each.id));
    for (const id of this.claims.keys()) if (!kept.has(id)) this.claims.delete(id);
    if (!quiet && changed.length) this.tell(changed.map((each) => each.id));
    return changed;
  }

  /* Take over some claims just written. */
  merge(claims) {
    const changed = claims.filter((each) => this.take(each));
    if (changed.length) this.tell(changed.map((each) => each.id));
  }

  take(raw) {
    const known = this.claims.get(raw.id);
    const print = `${this.text.id} ${JSON.stringify(raw)}`;
    if (known && (known.print === print || known.version > raw.version)) return false;
    const claim = { ...raw, print };
    claim.marks = raw.marks.map((mark) => this.placed(mark));
    const content = claim.marks.filter((mark) => mark.role === "content");
    claim.needsEye = claim.status !== "rejected" && claim.marks.some((mark) => mark.inDoubt);
    const first = content.find((mark) => mark.here);
    const candidate = content.flatMap((mark) => mark.candidates)[0];
    claim.place = first ? first.start : candidate ? candidate.start : -1;
    claim.until = first
      ? Math.max(...content.filter((m) => m.here).map((m) => m.end))
      : claim.place;
    this.claims.set(claim.id, claim);
    return true;
  }

  placed(mark) {
    const here = mark.text === this.text.id;
    const units = (place) => ({
      ...place,
      start: this.offsets.units(place.start),
      end: this.offsets.units(place.end),
    });
    const candidates = mark.candidates.map(units);
    const inDoubt = ["review", "lost"].includes(mark.anchor) && !mark.settled;
    return { ...(here ? units(mark) : mark), here, candidates, inDoubt };
  }

  /* Return marks as the server counts them. */
  sent(marks) {
    return marks.map((mark) => ({
      role: mark.role,
      start: this.offsets.points(mark.start),
      end: this.offsets.points(mark.end),
      exact: this.text.body.slice(mark.start, mark.end),
    }));
  }

  get(id) {
    return this.claims.get(id);
  }

  /* Return claims in the order of the text; the ones that need an eye come first. */
  inOrder(filter = () => true) {
    return [...this.claims.values()]
      .filter(filter)
      .sort(
        (a, b) =>
          Number(b.needsEye) - Number(a.needsEye) ||
          a.place - b.place ||
          b.until - a.until ||
          a.id - b.id,
      );
  }

  get standing() {
    return [...this.claims.values()].filter((claim) => claim.status !== "rejected");
  }

  /* Return the claims whose words hold a place, the shortest first. */
  under(place) {
    const length = (claim) =>
      claim.marks
        .filter((mark) => mark.here && mark.role === "content")
        .reduce((sum, mark) => sum + mark.end - mark.start, 0);
    return this.standing
      .filter((claim) =>
        claim.marks.some(
          (mark) =>
            (mark.here && mark.start <= place && place <= mark.end) ||
            (mark.inDoubt && mark.candidates.some((c) => c.start <= place && place <= c.end)),
        ),
      )
      .sort((a, b) => length(a) - length(b) || a.id - b.id);
  }

  /* Return the claim that holds all words of another, if one does. */
  around(claim) {
    if (claim.place < 0) return null;
    const holders = this.standing.filter(
      (other) =>
        other.id !== claim.id &&
        other.place >= 0 &&
        other.place <= claim.place &&
        other.until >= claim.until &&
        (other.place < claim.place || other.until > claim.until || other.id < claim.id),
    );
    return holders.sort((a, b) => a.until - a.place - (b.until - b.place))[0] || null;
  }

  counts() {
    const all = this.standing;
    const having = (test) => all.filter(test).length;
    const proposed = [...this.claims.values()].filter((claim) => claim.origin === "rules");
    const suggested = having((claim) => claim.status === "suggested");
    return {
      claims: all.length - suggested,
      suggested,
      decided: proposed.length - suggested,
      proposed: proposed.length,
      listed: having((claim) => claim.status === "listed"),
      eye: having((claim) => claim.needsEye),
      unnamed: having(isUnnamed),
    };
  }

  tell(ids) {
    this.dispatchEvent(new CustomEvent("change", { detail: { ids } }));
  }
}
