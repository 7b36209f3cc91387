"""The example client of the change feed, which the page /api/ shows: a mirror."""

import json
from urllib.request import urlopen


def catch_up(mirror, site):
    """Bring a mirror up to date: a dict, empty at first."""
    claims = mirror.setdefault("claims", {})
    withdrawn = mirror.setdefault("withdrawn", {})
    end = {"next": mirror.get("since", 0), "newest": None}
    while end["next"] != end["newest"]:
        address = f"{site}/changes.jsonl?since={end['next']}"
        with urlopen(address) as answer:
            *changes, end = map(json.loads, answer)
        for change in changes:
            key = str(change["claim"])
            if change["withdrawn"]:  # when and why
                claims.pop(key, None)
                withdrawn[key] = change["withdrawn"]
            elif change["claim"] and change["record"]:
                withdrawn.pop(key, None)
                claims[key] = change["record"]
        mirror["since"] = end["next"]
    return mirror
