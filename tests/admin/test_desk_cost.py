"""The desk's lists read what they show, and not the whole archive: plans, no clock."""

import json
from copy import copy
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from claims.admin import everywhere
from claims.admin.claims import ClaimAdmin
from claims.admin.deletion import _is_only_linked
from claims.admin.history import ChangeAdmin, TransitionAdmin
from claims.admin.verdicts import VerdictAdmin
from claims.benchmark.costs import settings_apart
from claims.desk.articles import open_articles
from claims.desk.comments import add_comment
from claims.desk.planning import put_in_order, set_urgency
from claims.desk.priority import BY_URGENCY
from claims.desk.queues import QUEUES, maybe_related, unassigned
from claims.desk.relations import suggest
from claims.models import Claim, Thread, Topic, Verdict
from claims.models.choices import VerdictStatus
from tests.admin.conftest import signed_in
from tests.factories import make_article, make_claim, make_speaker, make_user
from tests.factories import make_verdict as make

pytestmark = pytest.mark.django_db
OPEN = 6
COPIES = 50


@pytest.fixture(scope="module")
def under_way(module_db):
    """Verdicts under way, many of them; gives who may rate each of them blind."""
    make_open(make_user("Reviewers", username="writer"))
    return make_user("Reviewers")


@pytest.fixture
def reviewer(under_way):
    return signed_in(under_way)


def make_open(author):
    article, speaker = make_article(), make_speaker()
    for _number in range(OPEN):
        claim = make_claim(article=article, speaker=speaker)
        make(claim, author=author, status=VerdictStatus.IN_REVIEW)
    make_many(Claim, Claim.objects.filter(article=article))
    make_many(Verdict, Verdict.objects.filter(claim__article=article, claim__pk__gt=0))


def make_many(model, rows):
    """Copy rows: few are read whole by any plan, and more so when they were counted."""
    table = model._meta.db_table
    copies = []
    for row in rows:
        for number in range(COPIES):
            copies.append(copy(row))
            copies[-1].pk = -COPIES * row.pk - number
            if model is Verdict:
                copies[-1].claim_id = -COPIES * row.claim_id - number
            else:
                copies[-1].client_id = uuid4()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        model.objects.bulk_create(copies)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute(f"ANALYZE {table}")


def rows_read(action, table):
    """Return how many rows of a table the statements of an action look at."""
    with CaptureQueriesContext(connection) as statements:
        action()
    found = 0
    for statement in statements:
        settings, sql = settings_apart(statement["sql"])
        if not sql.startswith("SELECT"):
            continue
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL enable_seqscan = off; {settings}")
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
            (plan,) = cursor.fetchone()
            transaction.set_rollback(True)
        plan = json.loads(plan) if isinstance(plan, str) else plan
        found += _read(plan[0]["Plan"], table)
    return found


def _read(node, table):
    own = 0
    if node.get("Relation Name") == table:
        removed = node.get("Rows Removed by Filter", 0)
        removed += node.get("Rows Removed by Index Recheck", 0)
        own = round((node["Actual Rows"] + removed) * node["Actual Loops"])
    return own + sum(_read(each, table) for each in node.get("Plans", ()))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "admin"), [("transition", TransitionAdmin), ("change", ChangeAdmin)]
)
def test_a_log_asks_of_the_rows_it_shows_alone_what_is_rated_blind(
    reviewer, monkeypatch, name, admin
):
    monkeypatch.setattr(admin, "list_per_page", 2)
    monkeypatch.setattr(admin.paginator, "LIMIT", 3)

    def read(question=""):
        address = f"/admin/claims/{name}/{question}"
        return rows_read(lambda: reviewer.get(address), "claims_verdict")

    assert read() <= 2
    # What narrows by what a row says asks every row, and is answered too.
    said = "comment__contains=e" if name == "transition" else "after__summary=x"
    assert reviewer.get(f"/admin/claims/{name}/?{said}").status_code == 200


def test_the_list_of_verdicts_looks_up_those_on_its_page_alone(reviewer, monkeypatch):
    monkeypatch.setattr(VerdictAdmin, "list_per_page", 1)
    shown = rows_read(lambda: reviewer.get("/admin/claims/verdict/"), "claims_claim")
    # The claim of the row, and once more to know its round.
    assert shown <= 2
    # The control: by the wording of its claim each is looked at.
    by_words = Verdict.objects.order_by("claim__wording").select_related("claim")[:1]
    assert rows_read(lambda: list(by_words), "claims_claim") >= OPEN


def only_plan(rows):
    """Return how some rows are read where nothing is sorted and no table read whole."""
    with connection.cursor() as cursor:
        for kind in ("sort", "seqscan", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{kind} = off")
    return rows[:9].explain()


def test_what_nobody_has_and_each_rating_is_read_in_its_order_from_an_index(reviewer):
    somebody = make_user("Editors")
    urgent = only_plan(unassigned(somebody).order_by(*BY_URGENCY))
    assert "claim_most_urgent" in urgent
    assert "Sort" not in urgent
    rated = only_plan(Verdict.objects.filter(rating=1).order_by("-pk"))
    assert "verdict_by_rating" in rated
    assert "Sort" not in rated
    # The control: no index has the words in order.
    assert "Sort" in only_plan(unassigned(somebody).order_by("wording"))


def test_what_may_be_related_is_read_as_far_as_a_page_goes(reviewer):
    first, *others = Claim.objects.filter(pk__gt=0).order_by("pk")
    for claim in others:
        suggest("repeats", claim, first)
    order = QUEUES["relations"].order
    plan = only_plan(maybe_related(None).order_by(*order))
    assert "relation_waiting" in plan
    assert "Sort" not in plan
    # The control: no index has the words in order, so all that wait are looked at.
    assert "Sort" in only_plan(maybe_related(None).order_by("wording"))


def test_suggestions_in_articles_come_from_an_index_alone(reviewer):
    article = Claim.objects.filter(pk__gt=0)[0].article
    plan = only_plan(open_articles().exclude(pk=article.pk))
    assert "suggested_in_article" in plan


def test_comments_on_one_claim_read_no_verdict_of_another(reviewer):
    one = Claim.objects.earliest("pk")
    add_comment(one, "Look at the minutes.", by=make_user("Editors"))
    thread = Thread.objects.get()
    pages = [
        f"/admin/claims/claim/{one.pk}/change/",
        f"/admin/claims/article/{one.article_id}/change/",
        f"/admin/claims/thread/{thread.pk}/change/",
    ]

    def read():
        return [
            rows_read(lambda page=page: reviewer.get(page), "claims_verdict")
            for page in pages
        ]

    before = read()
    assert any(before)
    assert "Look at the minutes." not in reviewer.get(pages[0]).content.decode()
    assert reviewer.get(pages[2]).status_code == 403
    make_open(thread.comments.get().by)
    assert read() == before


def test_urgency_goes_on_from_page_to_page_as_in_one_list(monkeypatch):
    boss = make_user("Editors")
    article, speaker = make_article(), make_speaker()
    claims = [
        make_claim(article=article, speaker=speaker, stated_on=date(2020 + n, 1, 1))
        for n in range(6)
    ]
    put_in_order(claims[2], 1, by=boss)
    for number in (0, 4):
        set_urgency(claims[number], by=boss, harm=1, harm_reason="A panic.")
    expected = [claims[number] for number in (2, 4, 0, 5, 3, 1)]
    assert list(unassigned(boss).order_by(*BY_URGENCY)) == expected
    editor, address = signed_in(boss), "/admin/claims/claim/?queue=unassigned"
    monkeypatch.setattr(ClaimAdmin, "list_per_page", 2)
    monkeypatch.setattr(ClaimAdmin, "list_max_show_all", 1)
    pages = [editor.get(f"{address}&p={n}").context["cl"] for n in (1, 2, 3)]
    assert [row for page in pages for row in page.result_list] == expected
    # By words all would be sorted, and the address cannot ask for it: within one
    # article alone.
    whole = editor.get("/admin/claims/claim/?o=1").context["cl"]
    within = editor.get(f"/admin/claims/claim/?article={article.pk}&o=1").context["cl"]
    assert whole.queryset.query.order_by == ("-pk",)
    assert within.queryset.query.order_by == ("wording", "-pk")


def test_a_topics_page_of_deletion_reads_none_of_the_rows_that_link_its_claims(
    reviewer,
):
    topic = Topic.objects.create(name="Harbours", slug="harbours")
    for claim in Claim.objects.all():
        claim.topics.add(topic)
    boss = make_user("Editors")
    boss.is_superuser = True
    boss.save()
    address = f"/admin/claims/topic/{topic.pk}/delete/"
    editor, table = signed_in(boss), "claims_claim_topics"
    assert rows_read(lambda: editor.get(address), table) == 0
    assert "Harbours" in editor.get(address).content.decode()
    # The control: where others go along, they are looked for.
    assert not _is_only_linked(Claim)
    assert editor.post(address, {"post": "yes"}).status_code == 302
    assert not Topic.objects.exists()


@pytest.fixture
def many_claims(db, monkeypatch):
    """A large archive in two languages, a word of which stands in every claim."""
    monkeypatch.setattr(everywhere, "RECENT", 0)
    monkeypatch.setattr(everywhere, "NEWEST", 10)
    # The copies have numbers far from the last one's.
    monkeypatch.setattr(everywhere, "NEAR", 10_000)
    monkeypatch.setattr(everywhere, "APART", 1)
    monkeypatch.setattr(everywhere, "COMMON", 2)
    turkish = make_article("Enflasyon liman.", language="tr")
    make_claim("liman", article=turkish, status="listed")
    article = make_article("The harbour was shut. " * 9)
    for _number in range(OPEN):
        make_claim("The harbour", article=article)
    make_many(Claim, Claim.objects.filter(article=article))
    return signed_in(make_user("Editors"))


def found_at_the_desk(desk, words):
    return rows_read(lambda: desk.get("/admin/search/", {"q": words}), "claims_claim")


def test_a_rare_word_is_sought_by_the_index_alone(many_claims, monkeypatch):
    asked = "quellhaven"
    assert found_at_the_desk(many_claims, asked) <= everywhere.SAMPLE
    # The control: in their order all claims are read, in vain.
    monkeypatch.setattr(everywhere, "BY_INDEX", everywhere.IN_ORDER)
    assert found_at_the_desk(many_claims, asked) > COPIES * OPEN


def test_a_common_word_is_sought_in_the_newest_claims_alone(many_claims, monkeypatch):
    # The keys, and the claims they are of.
    most = everywhere.SAMPLE + 2 * everywhere.NEWEST
    assert found_at_the_desk(many_claims, "harbour") <= most
    # The control: an index gives all that have it.
    monkeypatch.setattr(everywhere, "COMMON", everywhere.SAMPLE + 1)
    assert found_at_the_desk(many_claims, "harbour") > COPIES * OPEN
