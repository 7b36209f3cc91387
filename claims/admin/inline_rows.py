"""Posted rows of an inline formset: read as typed, and made new where deleted."""


def typed_rows(data, prefix):
    """Return the posted rows of an inline formset, as dicts by field."""
    rows = []
    for number in range(_count(data, prefix, "TOTAL")):
        start = f"{prefix}-{number}-"
        rows.append(
            {k.removeprefix(start): data[k] for k in data if k.startswith(start)}
        )
    return rows


def renew_rows(data, prefix, known):
    """Make posted rows new ones (no id) where the stored row was deleted meanwhile."""
    rows = typed_rows(data, prefix)
    kept = [row for row in rows if row.get("id") in known]
    new = [row | {"id": ""} for row in rows if row.get("id") not in known]
    for key in [key for key in data if key.startswith(f"{prefix}-")]:
        if not key.endswith("_FORMS"):
            del data[key]
    for number, row in enumerate(kept + new):
        data.update({f"{prefix}-{number}-{name}": row[name] for name in row})
    data[f"{prefix}-INITIAL_FORMS"] = str(len(kept))


def _count(data, prefix, which):
    number = data.get(f"{prefix}-{which}_FORMS", "0")
    return min(int(number), 1000) if number.isascii() and number.isdigit() else 0
