/* How far the article is, above the list, and who else is at it. Takes the store's counts
   and people's names. */

import { byId } from "./dom.js";

export function showCounts(counts) {
  const { claims, suggested, decided, proposed } = counts;
  byId("counts").textContent = countWords(counts).join(" · ");
  const bar = byId("progress");
  bar.hidden = !proposed;
  bar.max = Math.max(1, proposed);
  bar.value = decided;
  const none = byId("no-claims");
  if (none) none.hidden = claims + suggested > 0;
}

function countWords({ claims, suggested, decided, proposed, listed, eye, unnamed }) {
  const words = [
    interpolate(ngettext("%(count)s claim", "%(count)s claims", claims), { count: claims }, true),
    interpolate(gettext("%(count)s listed"), { count: listed }, true),
  ];
  if (unnamed) {
    words.push(interpolate(gettext("%(count)s without a speaker"), { count: unnamed }, true));
  }
  if (proposed) {
    const form = ngettext(
      "%(decided)s of %(count)s suggestion decided",
      "%(decided)s of %(count)s suggestions decided",
      proposed,
    );
    words.push(interpolate(form, { count: proposed, decided }, true));
  } else if (suggested) {
    words.push(interpolate(gettext("%(count)s suggested"), { count: suggested }, true));
  }
  if (eye) {
    const form = ngettext("%(count)s needs your eye", "%(count)s need your eye", eye);
    words.push(interpolate(form, { count: eye }, true));
  }
  return words;
}

export function showPeople(names) {
  const form = ngettext("%(names)s is here too", "%(names)s are here too", names.length);
  const words = names.length ? interpolate(form, { names: names.join(", ") }, true) : "";
  if (byId("people").textContent !== words) byId("people").textContent = words;
}
