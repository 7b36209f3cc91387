"""The report on suggestions at the desk, and what the annotation says of weak rules."""

import pytest
from django.utils.translation import override

from claims.desk.suggestion_statistics import ENOUGH
from claims.desk.suggestions import suggest_claims
from tests.admin.test_articles import ADD, article_typed
from tests.desk.test_suggestion_statistics import FERRY, rejected
from tests.factories import make_article, make_user

ADDRESS = "/admin/claims/article/suggestions/"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def rule(module_db):
    """A rule that is always wrong."""
    rule = suggest_claims(make_article(FERRY)).new[0].rule
    rejected(ENOUGH, rule=rule)
    return rule


@pytest.fixture
def weak_rule(rule, settings, db):
    """Return a function that sets what becomes of a rule which is always wrong."""

    def set_to(kind):
        settings.FACTCHECK = settings.FACTCHECK | {
            "SUGGESTION_PRECISION": 60,
            "SUGGESTION_WEAK": kind,
        }
        return rule

    return set_to


def test_the_report_is_for_those_who_see_articles(client, annotator):
    assert client.get(ADDRESS).status_code == 302
    client.force_login(make_user(is_staff=True))
    assert client.get(ADDRESS).status_code == 403
    page = annotator.get(ADDRESS)
    assert b"There are no suggestions yet." in page.content
    assert ADDRESS in annotator.get("/admin/claims/article/").content.decode()


def test_the_report_names_rules_languages_and_what_follows(annotator, weak_rule):
    page = annotator.get(ADDRESS).content.decode()
    assert "counts less" not in page
    assert "<td>English</td>" in page
    weak_rule("lower")
    page = annotator.get(ADDRESS).content.decode()
    assert '<span class="desk-quiet">counts less</span>' in page
    weak_rule("omit")
    page = annotator.get(ADDRESS).content.decode()
    assert '<span class="desk-quiet">left out</span>' in page
    with override("tr"):
        page = annotator.get(ADDRESS, headers={"Accept-Language": "tr"})
    assert "<td>İngilizce</td>" in page.content.decode()


def test_a_weak_suggestion_carries_its_note_until_it_is_decided(annotator, weak_rule):
    weak_rule("lower")
    article = make_article(FERRY)
    suggest_claims(article)
    address = f"/admin/claims/article/{article.pk}/annotate/claims/"
    [claim] = annotator.get(address).json()["claims"]
    assert claim["weighed"].startswith("This rule was right in 0 % of 20 decisions")
    step = {"step": "accept", "version": claim["version"]}
    annotator.post(
        f"{address}{claim['id']}/steps/", step, content_type="application/json"
    )
    [claim] = annotator.get(address).json()["claims"]
    assert (claim["status"], claim["weighed"]) == ("draft", "")


def test_the_desk_says_which_rules_are_left_out(annotator, weak_rule):
    rule = weak_rule("omit")
    typed = article_typed(body=FERRY, take_anyway="on")
    page = annotator.post(ADD, typed, follow=True)
    said = page.content.decode().replace("&quot;", '"')
    assert said.count(f"what these rules find in English: “{rule}” (0%)") == 2
    weak_rule("lower")
    page = annotator.post(ADD, typed | {"headline": "B"}, follow=True)
    assert "what these rules find" not in page.content.decode()
