"""The JSON of a withdrawn claim: why and when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from claims.models import PublicClaim


def withdrawal_json(claim: PublicClaim, *, at: Callable[[str], str]) -> dict[str, Any]:
    """Return what stays for programs of a withdrawn claim.

    `at` turns a path of this site into an absolute address.
    """
    return {
        "id": claim.pk,
        "url": at(claim.get_permanent_url()),
        "state": claim.state,
        "withdrawn_at": claim.withdrawn_at,
        "reason": claim.words.withdrawal_reason,
    }
