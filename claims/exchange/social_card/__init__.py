"""The picture that social networks show beside a link to a claim (`og:image`)."""

from claims.exchange.social_card.card import SocialCard, social_card
from claims.exchange.social_card.drawing import HEIGHT, WIDTH, card_png

__all__ = ["HEIGHT", "WIDTH", "SocialCard", "card_png", "social_card"]
