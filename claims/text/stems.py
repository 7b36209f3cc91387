"""Whether two words are forms of one, by their letters."""


def akin(one: str, other: str) -> bool:
    """Return whether two folded words have one stem, as far as their letters tell.

    >>> akin("opens", "opening"), akin("open", "opera"), akin("gel", "gelecek")
    (True, False, True)
    """
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 3:
        return False
    stem = short if len(short) <= 4 else short[: max(4, len(short) - 2)]
    return long.startswith(stem)
