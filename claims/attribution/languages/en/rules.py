"""The English rules, as the registry of languages finds them."""

from claims.attribution.rules import Rules

from .find import find_attributions
from .pronouns import has_finite_verb, open_words
from .propose import propose

RULES = Rules(find_attributions, propose, open_words, has_finite_verb)
