"""ClaimReviews made up in every shape that publishers write, some of them broken."""

import json
import random

SPEAKERS = 400
BROKEN = [
    ("url", None),
    ("claimReviewed", ""),
    ("reviewRating", None),
    ("url", "no address"),
    ("claimReviewed", "Too long. " * 60),
]


def review(number: int, dice: random.Random) -> dict:
    """Return one ClaimReview, its shape thrown by the dice."""
    name = f"Speaker {number % SPEAKERS} of Orvik"
    speaker = dice.choice(
        [
            name,
            {"@type": "Person", "name": name, "jobTitle": "Harbour master"},
            [{"@type": "Organization", "name": name}],
            {"@type": ["Person"], "name": f"<b>{name}</b>"},
            "Multiple sources",
        ]
    )
    item = dice.choice(["Claim", ["CreativeWork"], None])
    node = {
        "@context": dice.choice(["https://schema.org", "http://schema.org"]),
        "@type": dice.choice(["ClaimReview", ["Review", "ClaimReview"]]),
        "url": f"https://www.check.example/{number}/?utm_source=feed",
        "claimReviewed": f"Ferry {number} &amp; crew crossed Orvik bay {number} times",
        "datePublished": dice.choice(
            ["2024-03-02", "2024-03-02T10:00:00+02:00", "2024"]
        ),
        "author": dice.choice(
            [
                "Lantern Checks",
                {"@type": "Organization", "name": "Lantern Checks"},
                [
                    {"@type": "Organization", "name": "Lantern Checks"},
                    {"name": "R. Nor"},
                ],
            ]
        ),
        "reviewRating": dice.choice(
            [
                {"ratingValue": "1", "bestRating": 5, "worstRating": 1},
                {"ratingValue": 1, "bestRating": 1, "worstRating": 7},
                {
                    "ratingValue": -1,
                    "bestRating": -1,
                    "alternateName": "Half the story",
                },
                {"@type": "Rating", "alternateName": "Mostly false"},
                {"alternateName": "Misleading", "ratingValue": 5},
            ]
        ),
    }
    if item:
        node["itemReviewed"] = {
            "@type": item,
            "author": speaker,
            "datePublished": "2024-02",
            "appearance": {
                "@type": "NewsArticle",
                "url": f"https://paper.example/{number}",
            },
        }
    return node


def broken_review(number: int, dice: random.Random) -> dict:
    """Return a ClaimReview that cannot be taken in."""
    name, value = BROKEN[number % len(BROKEN)]
    return review(number, dice) | {name: value}


def write_reviews(path, count: int, *, every_broken: int = 20, seed: int = 1) -> int:
    """Write reviews one a line, each n-th broken; return how many are broken."""
    dice, broken = random.Random(seed), 0
    with path.open("w") as file:
        for number in range(count):
            is_broken = every_broken and number % every_broken == every_broken - 1
            broken += is_broken
            make = broken_review if is_broken else review
            file.write(json.dumps(make(number, dice), ensure_ascii=False) + "\n")
    return broken
