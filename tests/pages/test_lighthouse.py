"""What Lighthouse's scores mean for a run of the checks."""

from tests.pages.lighthouse import judge


def report(**scores):
    return {
        "categories": {
            name.replace("_", "-"): {
                "score": score,
                "auditRefs": [
                    {"id": "first", "weight": 3},
                    {"id": "second", "weight": 1},
                    {"id": "advice", "weight": 0},
                ],
            }
            for name, score in scores.items()
        },
        "audits": {
            "first": {"title": "Has a title", "score": 1},
            "second": {"title": "Links have words", "score": 0},
            "advice": {"title": "Is nice", "score": 0},
        },
    }


def test_a_slow_page_fails_nobody(capsys):
    slow = report(performance=0.2, accessibility=1, best_practices=0.95, seo=1)
    assert judge("home", slow) == []
    assert capsys.readouterr().out.split() == ["home", "20", "100", "95", "100"]


def test_any_other_low_score_fails_and_says_why():
    poor = report(performance=1, accessibility=0.94, best_practices=1, seo=None)
    assert judge("home", poor) == [
        "home: Accessibility 94, less than 95: Links have words",
        "home: SEO 0, less than 95: Links have words",
    ]
