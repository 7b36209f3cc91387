"""The English rules, as the registry of languages finds them."""

from claims.attribution.rules import Rules

from .find import find_attributions
from .propose import propose

RULES = Rules(find_attributions, propose)
