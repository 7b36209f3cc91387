"""Text in, attributed claims out: who said what, with which words."""

from .find import find_attributions
from .spans import Attribution, Span

__all__ = ["Attribution", "Span", "find_attributions"]
