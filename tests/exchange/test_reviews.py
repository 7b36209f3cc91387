"""Published checks read from files: shapes, ratings, days, what is broken."""

import csv
import gzip
import json
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from hypothesis import example, given
from hypothesis import strategies as st

from claims.exchange.dates import moment_of, read_day
from claims.exchange.published.address import review_key
from claims.exchange.published.files import read_document
from claims.exchange.published.mapping import Mapping, propose, read_mapping
from claims.exchange.published.ratings import rate
from claims.exchange.records import InvalidValue, Unreadable
from claims.exchange.reviews import (
    ReviewsRefused,
    import_reviews,
    propose_mapping,
    read_reviews,
)
from claims.models import Claim, PublishedVerdict
from claims.reading.method import audit
from tests.exchange.reviews_made import write_reviews
from tests.factories import make_published, make_user

PLAIN = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://check.example/canal",
    "claimReviewed": "The canal of Orvik froze nine times.",
    "datePublished": "2024-03-02",
    "author": {"@type": "Organization", "name": "Lantern Checks"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Tove Aldmark", "jobTitle": "Warden"},
        "datePublished": "2024-02-28",
        "appearance": {
            "@type": "NewsArticle",
            "url": "https://paper.example/ice",
            "headline": "Ice",
        },
    },
    "reviewRating": {"ratingValue": "1", "bestRating": "5", "alternateName": "False"},
}


@pytest.fixture
def editor():
    return make_user("Editors")


def write(folder, data, name="reviews.json"):
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data))
    return path


def read_one(folder, data, mapping=None, name="reviews.json"):
    """Return the only review of a file and its warnings."""
    report, reviews = read_reviews([write(folder, data, name)], mapping or Mapping())
    assert report.problems == []
    (review,) = reviews
    return review, "\n".join(report.warnings)


def changed(**changes):
    return PLAIN | changes


# --- Shapes -------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data",
    [
        PLAIN,
        [PLAIN],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, PLAIN]},
        {"@type": "DataFeed", "dataFeedElement": [{"item": [PLAIN]}]},
        json.dumps({"@type": "WebPage"}) + "\n\n" + json.dumps(PLAIN) + "\n",
        "<html><script type='application/ld+json'>\n"
        + json.dumps(PLAIN)
        + "</script><p>“No”</p></html>",
        changed(**{"@type": ["Review", "ClaimReview"]}),
        {f"schema:{k}" if k[0] != "@" else k: v for k, v in PLAIN.items()}
        | {"@type": "schema:ClaimReview"},
        {
            "@graph": [
                PLAIN | {"author": {"@id": "#desk"}},
                {"@id": "#desk", "@type": "Organization", "name": "Lantern Checks"},
            ]
        },
    ],
)
def test_a_claim_review_of_any_shape_is_the_same_review(tmp_path, data):
    plain, _none = read_one(tmp_path, PLAIN)
    review, _warnings = read_one(tmp_path, data)
    assert review == plain
    (speaker,) = review.speakers
    assert (speaker.name, speaker.title) == ("Tove Aldmark", "Warden")
    assert (review.publisher, review.label, review.bucket) == (
        "Lantern Checks",
        "False",
        "false",
    )
    assert review.appearance.url == "https://paper.example/ice"
    assert (review.at, review.precision) == (datetime(2024, 3, 2, tzinfo=UTC), "day")
    assert (review.stated_on, review.stated_precision) == (date(2024, 2, 28), "day")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Tove Aldmark", ["Tove Aldmark"]),
        (["Tove Aldmark", {"name": "Ansa Brygg"}], ["Tove Aldmark", "Ansa Brygg"]),
        ({"@type": "Organization", "name": "Harbour office"}, ["Harbour office"]),
        ({"@type": "Organization", "name": "multiple sources"}, []),
        ("Facebook posts", []),
        (None, []),
    ],
)
def test_speakers_come_as_text_object_or_list_and_some_are_nobody(
    tmp_path, author, names
):
    item = {"@type": "CreativeWork", "author": author}
    review, _warnings = read_one(tmp_path, changed(itemReviewed=item))
    assert [speaker.name for speaker in review.speakers] == names
    nobody = author["name"] if isinstance(author, dict) else author
    assert review.speaker_words == ("" if names else nobody or "")


@pytest.mark.django_db
@pytest.mark.parametrize("item", [None, [], "text", 7, {"author": {"author": []}}])
def test_a_review_without_an_item_is_still_a_review(tmp_path, item):
    review, _warnings = read_one(tmp_path, changed(itemReviewed=item))
    assert review.stated_on is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data", ["[]", "{}", '{"@graph": []}', "<p>No.</p>", "a,b\n1,2\n", "", '[{"a": 1}]']
)
def test_a_file_without_any_review_is_refused(tmp_path, editor, data):
    path = write(tmp_path, data)
    with pytest.raises(ReviewsRefused, match="no review in it"):
        import_reviews([path], by=editor, keep_going=True)


# --- Ratings ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "value", "best", "worst", "bucket"),
    [
        ("Mostly True", "", "", "", "mostly_true"),
        ("MISLEADING!", "", "", "", "mostly_false"),
        ("Satire", "1", "5", "1", "unrated"),
        ("No evidence", "", "", "", "unrated"),
        ("Full Flop", "", "", "", "unrated"),
        ("", "1", "", "", "false"),
        ("", "5", "", "", "true"),
        ("", "1", "1", "5", "true"),
        ("", "7", "10", "1", "mostly_true"),
        ("", "0", "1", "0", "false"),
        ("", "0,5", "1", "0", "mixed"),
        ("", "3/5", "", "", "mixed"),
        ("", "6", "5", "1", "unrated"),
        ("", "-1", "5", "-1", "unrated"),
        ("Half the story", "-1", "-1", "-1", "unrated"),
        ("Half the story", "4", "5", "1", "mostly_true"),
        ("", "four", "", "", "unrated"),
    ],
)
def test_a_label_that_is_known_else_the_share_of_the_scale(
    label, value, best, worst, bucket
):
    assert rate(label, value, best, worst).bucket == bucket


def test_where_label_and_number_disagree_the_label_is_taken_and_it_is_said():
    rated = rate("False", "5", "5", "1")
    assert (rated.bucket, rated.label) == ("false", "False")
    assert "the name was taken" in rated.warning
    assert rate("False", "1", "5", "1").warning == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mapped", "bucket", "rating"),
    [("mixed", "mixed", ""), ("not-checkable", "unrated", "not-checkable")],
)
def test_a_mapping_decides_otherwise(tmp_path, mapped, bucket, rating):
    mapping = read_mapping(json.dumps({"labels": {"FALSE": mapped}}))
    review, _warnings = read_one(tmp_path, PLAIN, mapping)
    assert (review.bucket, review.rating, review.label) == (bucket, rating, "False")


@pytest.mark.django_db
def test_a_label_mapped_to_nothing_that_there_is_breaks_the_row(tmp_path):
    mapping = Mapping(labels={"false": "wrongish"})
    report, _none = read_reviews([write(tmp_path, PLAIN)], mapping)
    assert "neither a bucket" in report.problems[0]


# --- Days ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "day", "precision"),
    [
        ("2024-03-02", date(2024, 3, 2), "day"),
        ("2024-03-02T23:30:00-09:00", date(2024, 3, 2), "day"),
        ("2024-03-05 07:00", date(2024, 3, 5), "day"),
        ("2024-03", date(2024, 3, 1), "month"),
        ("2024", date(2024, 1, 1), "year"),
        ("July 13, 2010", date(2010, 7, 13), "day"),
        ("13. Juli 2010", date(2010, 7, 13), "day"),
        ("13 de julio de 2010", date(2010, 7, 13), "day"),
        ("July 2010", date(2010, 7, 1), "month"),
        ("25/12/2010", date(2010, 12, 25), "day"),
        ("04.04.2010", date(2010, 4, 4), "day"),
        ("03/04/2010", None, "unknown"),
        ("30 February 2010", None, "unknown"),
        ("2024-13-01", None, "unknown"),
        ("yesterday", None, "unknown"),
    ],
)
def test_a_day_is_the_day_as_written_or_none(words, day, precision):
    read = read_day(words)
    assert (read.on, read.precision) == (day, precision)
    assert bool(read.warning) == (day is None)


@pytest.mark.parametrize("zone", ["+14:00", "-11:00", "Z", "+05:30"])
def test_a_moment_stays_within_its_own_day(zone):
    for clock in ("00:10:00", "12:00:00", "23:50:00"):
        moment, _precision = moment_of(read_day(f"2024-03-02T{clock}{zone}"))
        assert moment.date() == date(2024, 3, 2)


@pytest.mark.django_db
def test_one_unambiguous_row_settles_a_tables_column(tmp_path):
    head = "url;wording;label;said\n"
    rows = [
        f"https://check.example/{day};It froze {n} times;false;{day}\n"
        for n, day in enumerate(["03/04/2010", "25/04/2010", "05/06/2010"])
    ]
    columns = {name: name for name in ("url", "wording", "label", "said")}
    path = write(tmp_path, head + "".join(rows), "checks.csv")
    report, reviews = read_reviews([path], Mapping(columns=columns))
    assert [str(review.stated_on) for review in reviews] == [
        "2010-04-03",
        "2010-04-25",
        "2010-06-05",
    ]
    path = write(tmp_path, head + rows[0], "one.csv")
    report, (review,) = read_reviews([path], Mapping(columns=columns))
    assert review.stated_on is None
    assert "may mean two days" in "\n".join(report.warnings)


# --- Addresses, words, sources ------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://check.example/a",
        "http://check.example/a/",
        "https://www.check.example/a?utm_source=x&utm_medium=y",
        "https://CHECK.example/a#top",
        "https://check.example:443/a",
    ],
)
def test_one_address_is_one_check(url):
    assert review_key(url) == "check.example/a"


def test_what_tells_pages_apart_stays_in_an_address():
    keys = {
        review_key(f"https://check.example{rest}")
        for rest in ("/a", "/A", "/a?id=1", "/a?id=2", ":8000/a")
    }
    assert len(keys) == 5


@pytest.mark.django_db
def test_entities_tags_and_blanks_are_put_right(tmp_path):
    words = (
        "<p>Ferries&nbsp;&amp;amp; crews\u200b\n  cost &lt;b&gt;nothing&lt;/b&gt;</p>"
    )
    review, _warnings = read_one(tmp_path, changed(claimReviewed=words))
    assert review.wording == "Ferries & crews cost nothing"


@pytest.mark.django_db
def test_sources_are_evidence_and_where_the_claim_appeared_is_none(tmp_path):
    sources = [
        {"name": "Ledger", "url": "https://records.example/1"},
        "https://paper.example/ice",
        "the library",
    ]
    review, warnings = read_one(tmp_path, changed(citation=sources))
    assert [row["url"] for row in review.evidence] == ["https://records.example/1"]
    assert "the library" in warnings


@pytest.mark.django_db
def test_what_a_file_says_that_is_not_read_is_named(tmp_path):
    path = write(tmp_path, changed(reviewBody="Long.", wordCount=3))
    report, _reviews = read_reviews([path], Mapping())
    assert dict(report.not_read) == {"reviewBody": 1, "wordCount": 1}


# --- Tables -------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_table_comes_in_through_the_mapping_that_was_proposed(tmp_path, editor):
    path = tmp_path / "checks.tsv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file, delimiter="\t")
        rows.writerow(
            ["id", "statement", "ruling", "speaker", "party", "context", "date"]
        )
        rows.writerow(
            [
                "7",
                "The bay is dry.",
                "barely-true",
                "Tove Aldmark",
                "Tide party",
                "a rally",
                "July 13, 2010",
            ]
        )
        rows.writerow(["8", "The bay is deep.", "true", "Viral image", "", "", ""])
    proposed = propose_mapping([path])
    assert proposed["labels"] == {"barely-true": "mostly_false", "true": "true"}
    assert proposed["nobody"] == ["Viral image"]
    assert proposed["columns"]["statement"] == "wording"
    assert proposed["columns"]["id"] == ""
    proposed |= {"url": "https://check.example/{id}", "publisher": "Lantern Checks"}
    mapping = read_mapping(json.dumps(proposed))
    report = import_reviews([path], by=editor, mapping=mapping)
    assert (report.stored.checks, dict(report.not_read)) == (2, {"id": 2})
    claim = Claim.objects.get(wording="The bay is dry.")
    assert claim.current.rating_label == "barely-true"
    assert claim.current.speaker_role == "Tide party"
    assert claim.current.review_url == "https://check.example/7"
    assert claim.current.headline == "a rally"
    assert claim.current.published_precision == "unknown"


@pytest.mark.django_db
def test_an_office_or_a_party_that_is_none_is_kept_as_none(tmp_path):
    columns = {"link": "url", "statement": "wording", "verdict": "label"}
    columns |= {"who": "speaker", "job": "role", "party": "party"}
    path = write(
        tmp_path,
        ",".join(columns) + "\n"
        "https://check.example/1,It froze.,false,Tove Aldmark,Warden,none\n"
        "https://check.example/2,It thawed.,false,Ansa Brygg,unknown,Tide party\n",
        "checks.csv",
    )
    _report, reviews = read_reviews([path], Mapping(columns=columns))
    roles = [speaker.role for review in reviews for speaker in review.speakers]
    assert roles == ["Warden", "Tide party"]


@pytest.mark.parametrize(
    "text",
    ["[]", "{", '{"colums": {}}', '{"columns": {"a": "b"}}', '{"scale": [1]}',
     '{"labels": ["a"]}', '{"day_order": "ymd"}', '{"nobody": "x"}', '{"url": 7}'],
)  # fmt: skip
def test_a_mapping_that_makes_no_sense_is_refused(text):
    with pytest.raises(InvalidValue):
        read_mapping(text)


def test_a_proposal_takes_each_field_once():
    columns = propose(["claim", "statement", "claimReviewed"], Counter(), Counter())[
        "columns"
    ]
    assert list(columns.values()).count("wording") == 1


# --- Broken rows --------------------------------------------------------------------


@pytest.mark.django_db
def test_all_or_nothing_unless_the_good_rows_are_asked_for(tmp_path, editor):
    path = tmp_path / "checks.jsonl"
    broken = write_reviews(path, 60)
    with pytest.raises(ReviewsRefused) as refusal:
        import_reviews([path], by=editor)
    assert len(refusal.value.report.problems) == broken == 3
    assert not Claim.objects.exists()
    report = import_reviews([path], by=editor, keep_going=True)
    assert report.stored.checks == 60 - broken
    ((rejects, text),) = report.rejects().items()
    assert rejects.name == "checks.rejects.jsonl"
    rows = [json.loads(line) for line in text.splitlines()]
    assert [row["reject_position"] for row in rows] == ["line 20", "line 40", "line 60"]
    assert all(row["reject_reason"] for row in rows)
    assert {row["reject_column"] for row in rows} <= {"claimReviewed", "url"}
    assert all(row["reject_column"] for row in rows)


@pytest.mark.django_db
def test_a_rejects_file_can_be_mended_and_taken_in(tmp_path, editor, capsys):
    rows = [PLAIN, changed(url="https://check.example/2", claimReviewed="")]
    path = write(tmp_path, rows)
    with pytest.raises(CommandError, match="nothing was taken in"):
        call_command("import_reviews", path, by=editor.username)
    call_command("import_reviews", path, by=editor.username, keep_going=True)
    rejects = tmp_path / "reviews.rejects.json"
    mended = json.loads(rejects.read_text())
    mended[0]["claimReviewed"] = "The bay is dry."
    rejects.write_text(json.dumps(mended))
    call_command("import_reviews", rejects, by=editor.username)
    assert Claim.objects.count() == 2
    assert "line" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_broken_row_of_a_table_is_told_by_the_tables_own_column(tmp_path, editor):
    head = "link;statement;verdict;who\n"
    rows = [
        "https://check.example/1;The bay is dry.;false;Tove Aldmark\n",
        "no address;The bay is dry.;false;Tove Aldmark\n",
        "https://check.example/3;;false;Tove Aldmark\n",
        "https://check.example/4;The bay is dry.;;Tove Aldmark\n",
        f"https://check.example/5;The bay is dry.;false;{'Tove ' * 50}\n",
    ]
    columns = {"link": "url", "statement": "wording", "verdict": "label"}
    mapping = Mapping(columns={**columns, "who": "speaker"})
    path = write(tmp_path, head + "".join(rows), "checks.csv")
    report = import_reviews([path], by=editor, mapping=mapping, keep_going=True)
    ((rejects, text),) = report.rejects().items()
    told = list(csv.DictReader(text.splitlines(), delimiter=";"))
    assert [(row["reject_position"], row["reject_column"]) for row in told] == [
        ("line 3", "link"),
        ("line 4", "statement"),
        ("line 5", "verdict"),
        ("line 6", "who"),
    ]
    # Refused again, a row has these columns once; mended, they are not missed.
    rejects.write_text(text)
    with pytest.raises(ReviewsRefused) as refusal:
        import_reviews([rejects], by=editor, mapping=mapping)
    report = refusal.value.report
    (again,) = report.rejects().values()
    assert again.splitlines()[0] == text.splitlines()[0]
    assert report.not_read == {}


# --- In bulk ------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.django_db
def test_hundreds_come_in_once_and_move_no_figure_of_the_desk(tmp_path, editor):
    make_published()
    before = audit(date(2026, 11, 28))
    path = tmp_path / "checks.jsonl"
    broken = write_reviews(path, 300)
    report = import_reviews([path], by=editor, keep_going=True)
    assert report.stored.checks == 300 - broken
    assert len(report.problems) == broken
    again = import_reviews([path], by=editor, keep_going=True)
    assert (again.stored.checks, again.stored.later) == (0, 0)
    assert again.stored.known == 300 - broken
    assert audit(date(2026, 11, 28)) == before
    call_command("check_integrity", verbosity=0)


@pytest.mark.long
@pytest.mark.django_db
def test_ten_thousand_come_in_and_a_second_run_adds_nothing(tmp_path, editor):
    path = tmp_path / "checks.jsonl"
    broken = write_reviews(path, 10_000)
    report = import_reviews([path], by=editor, keep_going=True)
    assert (report.stored.checks, len(report.problems)) == (10_000 - broken, broken)
    again = import_reviews([path], by=editor, keep_going=True)
    assert again.stored.known == 10_000 - broken
    call_command("check_integrity", verbosity=0)


@pytest.mark.django_db
def test_our_own_feed_comes_back(tmp_path, client, editor):
    own = make_published()
    feed = b"".join(client.get("/claimreview.json"))
    path = tmp_path / "feed.json"
    path.write_bytes(feed)
    report = import_reviews([path], by=editor)
    assert report.not_read == {}
    back = PublishedVerdict.objects.get(kind="archive")
    for name in (
        "claim_reviewed", "speaker_name", "speaker_kind", "speaker_role", "summary",
        "rating_label", "rating_slug", "rating_bucket", "stated_on",
        "stated_precision", "headline", "outlet_name", "article_published_on",
    ):  # fmt: skip
        assert getattr(back, name) == getattr(own, name), name
    assert back.published_at == own.published_at.replace(microsecond=0)
    sources = [(row["url"], row["title"], row["publisher"]) for row in back.evidence]
    assert sources == [(r["url"], r["title"], r["publisher"]) for r in own.evidence]
    assert back.claim.article == own.claim.article or back.article_url


@pytest.mark.django_db
def test_what_this_desk_has_published_is_no_check_of_elsewhere(
    tmp_path, editor, settings
):
    settings.FACTCHECK = {**settings.FACTCHECK, "URL": "https://desk.example"}
    own = f"http://www.desk.example/claims/{make_published().claim_id}-a/?utm_source=x"
    # Of a desk begun anew at the same address nothing is here.
    other = "https://desk.example/claims/99999999/"
    path = write(tmp_path, [changed(url=own), changed(url=other)])
    with pytest.raises(ReviewsRefused, match="published this check itself"):
        import_reviews([path], by=editor)
    report = import_reviews([path], by=editor, keep_going=True)
    assert (report.stored.checks, len(report.problems)) == (1, 1)


HOSTILE = st.text(
    st.characters(exclude_categories=[])
    | st.sampled_from("<>&;\u202e\x00\ud800{}[]\"'"),
    max_size=30,
)
VALUES = st.recursive(
    HOSTILE | st.none() | st.booleans() | st.integers(-(10**6), 10**6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "url", "@type", "author", "@id", "@value"])
            | HOSTILE,
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
FILES = st.text(
    st.sampled_from('<>[]{}",:;\t\n\\/!-?&# @ax1') | st.characters(codec="utf-8"),
    max_size=60,
).map(str.encode) | st.binary(max_size=40)


@given(FILES | FILES.map(lambda data: b"<script type=application/ld+json>" + data))
def test_whatever_a_file_holds_it_is_refused_with_a_reason(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "hostile"
    path.write_bytes(data)
    try:
        document = read_document(path, Mapping(columns={"a": "url"}))
    except Unreadable as problem:
        assert problem.sentence
    else:
        document.rejects(document.broken).encode()
        assert document.rows or all(each.reason for each in document.broken)


@pytest.mark.django_db
def test_hostile_words_are_stored_as_they_can_be_seen(tmp_path, editor):
    rows = [
        changed(url=f"https://check.example/{n}", claimReviewed=f"Claim {n}: {words}")
        for n, words in enumerate(
            ["\0nul", "\u202eover", "🛰️👩🏽‍🚀", "e\u0301", "'; DROP TABLE x; --", "=1+1",
             "</script><script>", "قال الوزير", "\u2028line", "%s %d {}", "x" * 480]
        )
    ]  # fmt: skip
    report = import_reviews([write(tmp_path, rows)], by=editor)
    assert report.stored.checks == len(rows)
    call_command("check_integrity", verbosity=0)


NAMES = st.sampled_from([*PLAIN, "citation", "publisher", "headline", "inLanguage"])


@pytest.mark.django_db
@given(st.dictionaries(NAMES, VALUES, max_size=5))
@example({"author": {"@id": []}})
def test_whatever_a_review_holds_it_is_read_or_refused_with_a_reason(
    tmp_path_factory, changes
):
    node = PLAIN | changes | {"@type": "ClaimReview"}
    path = write(tmp_path_factory.getbasetemp(), json.dumps(node), "hostile.json")
    report, reviews = read_reviews([path], Mapping())
    assert len(reviews) + len(report.problems) == 1
    for review in reviews:
        assert 0 < len(review.wording) <= 500
        assert 0 < len(review.label) <= 200
        review.label.encode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "encoding", "pack"),
    [
        ("checks.json.gz", "utf-8", gzip.compress),
        ("checks.json", "utf-16", bytes),
        ("checks.json", "windows-1254", bytes),
    ],
)
def test_a_file_may_be_packed_or_of_another_encoding(tmp_path, name, encoding, pack):
    node = PLAIN | {"claimReviewed": "İnce köprü kapalı."}
    file = tmp_path / name
    file.write_bytes(pack(json.dumps(node, ensure_ascii=False).encode(encoding)))
    named = encoding if encoding.startswith("windows") else ""
    _report, [review] = read_reviews([file], Mapping(), named)
    assert review.wording == "İnce köprü kapalı."
