"""What goes out comes back: import(export(x)) == x, verdicts and all, on hostile text.

Compared is the whole record of every claim, as `compared()` leaves it: all but numbers
and addresses of this site, the moments at which a claim was listed and changed here,
and who published a version (its kind at its publisher counts as its kind). Marks of
versions that are not in force are left out where the words differ from the claim's
now: the text they stood in is not here. Articles are here before, as import asks.
"""

import json
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from claims.desk.workflow import take_step
from claims.exceptions import NotPermitted
from claims.exchange.import_claims import ClaimsRefused, import_claims_file
from claims.models import (
    Claim,
    Evidence,
    PublishedVerdict,
    SpeakerAlias,
    SpeakerRole,
)
from claims.models.choices import ClaimStatus, VerdictStatus
from claims.reading.method import audit
from claims.text.visible import visible
from tests.exchange.test_import_claims import undone
from tests.factories import (
    checked,
    make_article,
    make_claim,
    make_outlet,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
    revise,
)

SITE = "https://desk.example"
HERE = {
    "id",
    "url",
    "slug",
    "listed_at",
    "changed_at",
    "change_number",
    "review",
    "digest",
    "approver",
    "override_reason",
    # Whom another desk asked stays there.
    "not_asked_reason",
    "published_elsewhere",
}
WORDS = st.text(
    st.one_of(
        st.sampled_from(list("=+-@'\"\\;,\t\n\r<>&|%{}[]…“”’ıİéß漢ا\u200d\u0301😀")),
        st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]),
    ),
    min_size=1,
    max_size=60,
).map(lambda words: visible(words).replace("\r", " ").strip() + "a")
NAMES = WORDS.map(lambda words: " ".join(words.split())[:60])


@pytest.fixture(autouse=True)
def address(settings):
    settings.FACTCHECK = {**settings.FACTCHECK, "URL": SITE}


def export(folder, form="jsonl", name="out"):
    target = folder / f"{name}.{form}"
    call_command("export_claims", format=form, output=target)
    return target


def records(path):
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            data = archive.read("claims.jsonl").decode()
    else:
        data = path.read_text()
    return [json.loads(line) for line in data.split("\n") if line]


def compared(path):
    found = [_compared(record) for record in records(path)]
    return sorted(found, key=lambda record: json.dumps(record, sort_keys=True))


def _compared(record):
    left = {name: _inner(value) for name, value in record.items() if name not in HERE}
    left["speaker"].pop("names", None)
    for one in left["other_speakers"]:
        one["speaker"].pop("names", None)
    for row, version in zip(record["versions"], left["versions"], strict=True):
        elsewhere = row["published_elsewhere"]
        version["kind"] = elsewhere["kind"] if elsewhere else row["kind"]
        for name in ("speaker", "via"):
            version.pop(name)
        if row["quote"] != record["quote"]:
            version["marks"], version["text"] = [], None
    left["verdict"] = left["versions"][-1] if record["verdict"] else None
    return left


def _inner(value):
    if isinstance(value, dict):
        return {name: _inner(one) for name, one in value.items() if name not in HERE}
    return [_inner(one) for one in value] if isinstance(value, list) else value


@st.composite
def hostile_words(draw):
    """Return the words of one claim, its speaker, its verdict and a correction."""
    return {
        "names": draw(st.lists(NAMES, min_size=4, max_size=4, unique_by=str.casefold)),
        "wordings": draw(st.lists(WORDS, min_size=2, max_size=2)),
        "verdict": draw(st.lists(WORDS, min_size=7, max_size=7)),
        "topic": draw(NAMES),
    }


def make_desk(article, words):
    """Store two claims, one with a verdict in two versions, all of these words."""
    name, alias, other, title = words["names"]
    speaker = make_speaker(name, description=words["verdict"][0], wikidata_id="Q7")
    SpeakerAlias.objects.create(speaker=speaker, name=alias, is_metonym=True)
    SpeakerRole.objects.create(
        speaker=speaker, title=title, organisation=alias, since=date(2020, 1, 2)
    )
    topic = make_topic(words["topic"])
    first, second = words["wordings"]
    make_claim("the fare stays the same", article=article, wording=first)
    claim = make_claim(
        ["“The bridge cost 40 million crowns,”", "“Nobody was hurt.”"],
        article=article,
        speaker=speaker,
        other_speakers=[make_speaker(other)],
        wording=second,
        cue="said on Monday",
        topics=[topic],
        attribution="direct",
        stated_on=date(2026, 5, 1),
        stated_precision="month",
        stated_basis="editor",
        checkability="vague",
    )
    summary, explanation, how, note, title, excerpt, publisher = words["verdict"]
    verdict = make_verdict(
        claim,
        summary=summary,
        explanation=explanation,
        how_verified=how,
        as_of=date(2026, 5, 3),
        rating="unproven",
    )
    Evidence.objects.create(
        verdict=verdict,
        url="https://records.example/a?b=c&d=%20",
        archived_url="http://archive.example/1",
        title=title,
        excerpt=excerpt,
        publisher=publisher,
        published_on=date(2026, 5, 2),
        stance="supports",
        order=1,
    )
    verdict = take_step("submit", verdict, by=verdict.author, **checked(verdict))
    at = datetime(2026, 5, 4, 10, 0, 0, 5, tzinfo=UTC)
    verdict = take_step(
        "publish", verdict, by=make_user("Editors"), at=at, **checked(verdict)
    )
    verdict = revise(verdict, note=note)
    verdict.explanation += " And more."
    verdict.version += 1
    verdict.save()
    verdict = take_step("submit", verdict, by=verdict.author, **checked(verdict))
    take_step("publish", verdict, by=make_user("Editors"), **checked(verdict))
    return claim


@pytest.mark.django_db
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # a database is slow to shrink with
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(words=hostile_words(), form=st.sampled_from(["jsonl", "zip"]))
def test_whole_records_come_back_with_verdicts_and_a_second_time_the_same(
    tmp_path_factory, words, form
):
    folder = tmp_path_factory.mktemp("out")
    with undone():
        article = make_article(headline="Harbour", outlet=make_outlet("Harbour Post"))
        editor = make_user("Editors")
        with undone():
            make_desk(article, words)
            file = export(folder, form, "before")
        assert not Claim.objects.exists()
        result = import_claims_file(file, by=editor, add_missing=True, verdicts=True)
        assert (result.new, result.versions, result.left) == (2, 2, [])
        take_step("list", Claim.objects.get(status=ClaimStatus.DRAFT), by=editor)
        again = export(folder, form, "after")
        assert compared(again) == compared(file)
        kinds = PublishedVerdict.objects.values_list("kind", "source_kind")
        assert list(kinds.order_by("number")) == [
            ("archive", "first"),
            ("archive", "updated"),
        ]
        for source in (file, again):
            result = import_claims_file(
                source, by=editor, add_missing=True, verdicts=True
            )
            assert (result.new, result.changed, result.versions) == (0, 0, 0)
        third = export(folder, form, "third")
        assert records(third) == records(again)
        call_command("check_integrity", verbosity=0)


@pytest.fixture
def desk(db, tmp_path):
    """Export a verdict in force and a retracted one; leave nothing but the article."""
    article = make_article(headline="Harbour", outlet=make_outlet("Harbour Post"))
    make_user("Editors")
    with undone():
        for quote, status in (
            ("the fare stays the same", VerdictStatus.PUBLISHED),
            ("“Nobody was hurt.”", VerdictStatus.RETRACTED),
        ):
            make_verdict(make_claim(quote, article=article), status=status)
        return export(tmp_path)


def test_without_the_wish_verdicts_stay_out_and_are_named(desk):
    result = import_claims_file(desk, add_missing=True)
    assert (result.new, result.versions) == (2, 0)
    assert "versions" in result.not_read
    assert not PublishedVerdict.objects.exists()


def test_only_who_may_publish_takes_verdicts_in(desk):
    reviewer = make_user("Reviewers")
    with pytest.raises(NotPermitted):
        import_claims_file(desk, by=reviewer, add_missing=True, verdicts=True)
    assert not Claim.objects.exists()


def test_a_retracted_verdict_stays_where_it_was_published(desk, client):
    before = audit(date(2026, 6, 1))
    result = import_claims_file(
        desk,
        by=make_user(superuser=True),
        add_missing=True,
        verdicts=True,
        published_by="The Harbour Desk",
    )
    assert (result.new, result.versions, len(result.left)) == (2, 1, 1)
    assert "no verdict is in force where it was published" in result.left[0]
    listed = Claim.objects.get(status=ClaimStatus.LISTED)
    assert listed.quote == "the fare stays the same"
    page = client.get(listed.get_absolute_url()).content.decode()
    assert "Published elsewhere by The Harbour Desk" in page
    assert "the fare stays the same" in page
    assert audit(date(2026, 6, 1)) == before
    call_command("check_integrity", verbosity=0)


@pytest.mark.parametrize(
    ("was", "is_", "sentence"),
    [
        (
            '"url":"https://desk.example/claims/',
            '"url":"/claims/',
            "with FACTCHECK_URL",
        ),
        ('"value":1,', '"value":9,', "“9” is no value of a rating"),
        ('"bucket":"1-false"', '"bucket":"7"', "“7” is no bucket"),
        ('"stance":"contradicts"', '"stance":"against"', "is no stance"),
        ('"url":"https://council', '"url":"javascript:council', "is no web address"),
        ('"evidence":[', '"evidence":[1,', "must be a list of objects"),
        ('"versions":[', '"versions":[{"published_at":"May"},', "is no address"),
        ('"finding":"confirmed"', '"finding":[]', "“finding” must be a text"),
    ],
)
def test_a_senseless_version_refuses_its_row(desk, was, is_, sentence):
    text = desk.read_text()
    assert was in text
    desk.write_text(text.replace(was, is_))
    with pytest.raises(ClaimsRefused, match=sentence):
        import_claims_file(desk, add_missing=True, verdicts=True)
    assert not Claim.objects.exists()


def test_what_the_desk_itself_published_takes_nothing_from_its_own_export(db, tmp_path):
    make_verdict(status=VerdictStatus.PUBLISHED)
    file = export(tmp_path)
    result = import_claims_file(file, verdicts=True)
    assert (result.known, result.versions) == (1, 0)
