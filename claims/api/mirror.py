"""The example client of the change feed, which the page /api/ shows: a mirror."""

import json
from urllib.request import urlopen


def catch_up(mirror, site):
    """Bring a mirror of a site up to date: a dict, empty at first, kept by you."""
    claims = mirror.setdefault("claims", {})
    withdrawn = mirror.setdefault("withdrawn", {})
    end = {"next": mirror.get("since", 0), "newest": None}
    while end["next"] != end["newest"]:
        with urlopen(f"{site}/changes.jsonl?since={end['next']}") as answer:
            *changes, end = (json.loads(line) for line in answer)
        for change in changes:
            key = str(change["claim"])
            if change["withdrawn"]:  # a tombstone: when and why
                claims.pop(key, None)
                withdrawn[key] = change["withdrawn"]
            elif change["claim"] and change["record"]:  # else a later line has it
                withdrawn.pop(key, None)
                claims[key] = change["record"]
        mirror["since"] = end["next"]
    return mirror
