"""What goes out comes back: import(export(x)) == x, verdicts and all, on hostile text.

Compared is the whole record of every claim, as `compared()` leaves it: all but numbers
and addresses of this site, the moments at which a claim was listed and changed here,
and who published a version (its kind at its publisher counts as its kind). Marks of
versions that are not in force are left out where the words differ from the claim's
now: the text they stood in is not here. Articles are here before, as import asks.
"""

import csv
import json
import re
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from claims.desk import relations, replies
from claims.desk.workflow import take_step
from claims.exceptions import NotPermitted
from claims.exchange import csv_versions
from claims.exchange.import_claims import ClaimsRefused, import_claims_file
from claims.exchange.record_fields import CLAIM_FIELDS
from claims.exchange.reviews import import_reviews
from claims.exchange.whole_records import described
from claims.models import (
    Claim,
    Evidence,
    Outcome,
    PublishedVerdict,
    SpeakerAlias,
    SpeakerRole,
)
from claims.models.choices import ClaimStatus, VerdictStatus
from claims.models.fields import slugify_name
from claims.reading.method import audit
from claims.text.visible import visible
from tests.exchange.reviews_made import write_reviews
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
    words_confirmed,
)

SITE = "https://desk.example"
# What is another's wherever a record is taken in, and why.
HERE = {
    "id": "numbers are given anew",
    "url": "an address of this site holds such a number",
    "slug": "made anew where another has it",
    "listed_at": "when readers of this site saw it",
    "changed_at": "of this site",
    "change_number": "of this site",
    "review": "here it was published elsewhere",
    "digest": "the chain of this desk",
    "approver": "nobody here can answer for who approved it there",
    "override_reason": "why nobody did",
    "published_elsewhere": "told below, as the kind",
    "publisher": "as above",
}
# Fields of which no value is tried here, and why. All others have one, and it comes
# back: see `test_every_field_is_tried`.
NOT_TRIED = {
    "spoken_second": "stands in the article's text, which is here before",
    "kept_copy": "a record holds no files",
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
    quotes = {record["id"]: record["quote"] for record in records(path)}
    found = [_compared(record, quotes) for record in records(path)]
    return sorted(found, key=lambda record: json.dumps(record, sort_keys=True))


def _compared(record, quotes):
    left = {name: _inner(value) for name, value in record.items() if name not in HERE}
    # Other claims by their words.
    left["repeats"] = record["repeats"] and quotes[record["repeats"]["id"]]
    for row, one in zip(record["relations"], left["relations"], strict=True):
        one["claim"] = quotes[row["claim"]["id"]]
    if left["first_verdict"]:
        left["first_verdict"] |= {"claim": left["repeats"], "kind": None}
    for row, version in zip(record["versions"], left["versions"], strict=True):
        elsewhere = row["published_elsewhere"]
        version["kind"] = elsewhere["kind"] if elsewhere else row["kind"]
        for name in ("speaker", "via"):
            version.pop(name)
        if row["quote"] != record["quote"]:
            version["marks"], version["text"] = [], None
    left["verdict"] = left["versions"][-1] if record["verdict"] else None
    return left


def never_told(path):
    """Return the names of the fields of a record that have no value in a file."""
    told = {name for record in records(path) for name in _told(record)}
    never = {name for name, _field in described(CLAIM_FIELDS)} - told
    # Not the parts of what is never told.
    heads = {name for name in never if not parents(name) & never}
    return {name.rpartition(".")[2] for name in heads} - HERE.keys()


def parents(path):
    """Return the paths of all that a field stands in."""
    ends = [match.start() for match in re.finditer(r"(\[\])?\.", path)]
    return {path[:end] for end in ends}


def _told(record, inside=""):
    """Yield the path of each value in a record, as `described` writes it."""
    for name, value in record.items():
        if value not in (None, [], {}):
            yield inside + name
        many = isinstance(value, list)
        for one in value if many else [value]:
            if isinstance(one, dict):
                yield from _told(one, f"{inside}{name}{'[].' if many else '.'}")


def _inner(value):
    if isinstance(value, dict):
        return {name: _inner(one) for name, one in value.items() if name not in HERE}
    return [_inner(one) for one in value] if isinstance(value, list) else value


@st.composite
def hostile_words(draw):
    """Return the words of one claim, its speaker, its verdict and a correction."""
    return {
        # The desk gives each bearer of a name its own address; a factory does not.
        "names": draw(
            st.lists(
                NAMES, min_size=4, max_size=4, unique_by=(str.casefold, slugify_name)
            )
        ),
        "wordings": draw(st.lists(WORDS, min_size=2, max_size=2)),
        "verdict": draw(st.lists(WORDS, min_size=7, max_size=7)),
        "reply": draw(st.lists(WORDS, min_size=5, max_size=5)),
        "topic": draw(NAMES),
    }


def make_harbour():
    """Store the article of which all claims are, with all that is told of one."""
    outlet = make_outlet("Harbour Post")
    outlet.homepage = "https://post.example/"
    outlet.save()
    return make_article(
        headline="Harbour",
        outlet=outlet,
        byline="Ada Quill",
        url="https://post.example/harbour",
        archived_url="https://archive.example/harbour",
        accessed_on=date(2026, 5, 2),
    )


def make_named(name, alias, title, about, speaks_for):
    """Store a speaker with all that is told of one."""
    speaker = make_speaker(
        name,
        description=about,
        wikidata_id=f"Q{len(name)}",
        speaks_for=speaks_for,
        kind="organisation",
    )
    SpeakerAlias.objects.create(speaker=speaker, name=alias, is_metonym=True)
    SpeakerRole.objects.create(
        speaker=speaker,
        title=title,
        organisation=alias,
        since=date(2020, 1, 2),
        until=date(2030, 1, 2),
    )
    return speaker


def make_desk(article, words):
    """Store three claims, one with a verdict in two versions, all of these words."""
    name, alias, other, title = words["names"]
    about, relays = words["verdict"][0], make_outlet(f"{title} Gazette")
    relays.homepage = "https://gazette.example/"
    relays.save()
    council = make_speaker("The council of the harbour")
    speaker = make_named(name, alias, title, about, council)
    with_them = make_named(other, f"{alias} {other}", title, about, council)
    topic = make_topic(words["topic"])
    first, second = words["wordings"]
    again = make_claim(
        "the fare stays the same", article=article, speaker=council, wording=first
    )
    against = make_claim("the ferry runs until June", article=article, wording=first)
    claim = make_claim(
        ["“The bridge cost 40 million crowns,”", "“Nobody was hurt.”"],
        article=article,
        speaker=speaker,
        other_speakers=[with_them],
        wording=second,
        cue="said on Monday",
        speaker_words="Falk",
        via=relays,
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
        rating="false",
    )
    Evidence.objects.create(
        verdict=verdict,
        url="https://records.example/a?b=c&d=%20",
        archived_url="http://archive.example/1",
        title=title,
        excerpt=excerpt,
        publisher=publisher,
        published_on=date(2026, 5, 2),
        accessed_on=date(2026, 5, 2),
        stance="supports",
        order=1,
    )
    ask_and_note(verdict, words["names"], words["reply"])
    verdict = take_step("submit", verdict, by=verdict.author, **checked(verdict))
    at = datetime(2026, 5, 4, 10, 0, 0, 5, tzinfo=UTC)
    verdict = take_step(
        "publish", verdict, by=make_user("Editors"), at=at, **checked(verdict)
    )
    reviewer = make_user("Reviewers")
    verdict = take_step(
        "revise", verdict, by=reviewer, kind="updated", comment=note, asked_by="reader"
    )
    verdict.explanation += " And more."
    verdict.version += 1
    verdict.save()
    verdict = take_step("submit", verdict, by=verdict.author, **checked(verdict))
    editor = make_user("Editors")
    take_step("publish", verdict, by=editor, **checked(verdict))
    relations.confirm_repeat(again, claim, by=editor)
    row = relations.suggest("contradicts", against, claim, by=editor)
    relations.confirm(row, by=editor)
    return claim


def ask_and_note(verdict, names, words):
    """Note of a draft whom the desk asked, what was answered, and what came of it."""
    question, answer, role, why, note = words
    asked = {"by": verdict.author, "asked_on": date(2026, 5, 2), "role": role[:300]}
    ask = {"question": question, "until": date(2026, 5, 3)} | asked
    replies.ask(verdict, kind="reply", person=names[0], channel="phone", **ask)
    request = replies.ask(
        verdict, kind="expert", person=names[2], channel="email", **ask
    )
    replies.enter_answer(
        request, by=verdict.author, answer=answer, answered_on=date(2026, 5, 3)
    )
    verdict.not_asked_reason = why
    verdict.version += 1
    verdict.save()
    for kind, url in (
        ("speaker", ""),
        ("outlet", "https://post.example/put-right?a=b"),
    ):
        Outcome.objects.create(
            verdict=verdict,
            kind=kind,
            happened_on=date(2026, 5, 4),
            url=url,
            note=note,
        )


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
        article, editor = make_harbour(), make_user("Editors")
        with undone():
            make_desk(article, words)
            file = export(folder, form, "before")
        assert not Claim.objects.exists()
        assert never_told(file) == NOT_TRIED.keys()
        result = import_claims_file(file, by=editor, add_missing=True, verdicts=True)
        assert (result.new, result.versions, result.left) == (3, 2, [])
        for draft in Claim.objects.filter(status=ClaimStatus.DRAFT):
            take_step("list", draft, by=editor, **words_confirmed(draft))
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
        ('"versions":[', '"versions":[{"published_at":"May"},', "without the address"),
        ('"finding":"confirmed"', '"finding":[]', "“finding” must be a text"),
        ('"replies":[]', '"replies":[{"kind":"reply"}]', "“channel” is missing"),
        (
            '"outcomes":[]',
            '"outcomes":[{"kind":"outlet","happened_on":"2026-05-04","url":"ftp:a"}]',
            "is no web address",
        ),
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


# What of a row is another's at the desk that takes it in, and why.
HERE_IN_ROWS = {
    "id": "numbers are given anew",
    "url": "holds such a number",
    "repeats": "as above; compared by the words of that claim",
    "version": "the one version of a row is the first here",
    "version_url": "holds its number",
    "version_kind": "here it is archive",
    "digest": "the chain of this desk",
    "approver": "nobody here can answer for who approved it there",
    "review": "here it was published elsewhere",
    "published_elsewhere_by": "as above",
    "review_url": "where it was published before",
    "listed_at": "when readers of this site saw it",
    "changed_at": "of this site",
}


def rows(path):
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file, strict=True))


def compared_rows(path):
    found = rows(path)
    quotes = {row["url"]: row["quote"] for row in found}
    return [
        {name: row[name] for name in row.keys() - HERE_IN_ROWS}
        | {"repeats": quotes.get(row["repeats"])}
        for row in sorted(found, key=lambda row: (row["quote"], row["wording"]))
    ]


@pytest.mark.slow
@pytest.mark.django_db
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(words=hostile_words())
def test_a_table_brings_back_of_each_verdict_all_that_its_row_says(
    tmp_path_factory, words
):
    folder = tmp_path_factory.mktemp("out")
    with undone():
        article, editor = make_harbour(), make_user("Editors")
        with undone():
            make_desk(article, words)
            file = export(folder, "csv", "before")
        result = import_claims_file(file, by=editor, add_missing=True, verdicts=True)
        assert (result.new, result.versions, result.left) == (3, 1, [])
        assert not csv_versions.READ & result.not_read.keys()
        for draft in Claim.objects.filter(status=ClaimStatus.DRAFT):
            take_step("list", draft, by=editor, **words_confirmed(draft))
        again = export(folder, "csv", "after")
        assert compared_rows(again) == compared_rows(file)
        for source in (file, again):
            result = import_claims_file(
                source, by=editor, add_missing=True, verdicts=True
            )
            assert (result.new, result.changed, result.versions) == (0, 0, 0)
        call_command("check_integrity", verbosity=0)


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("rating_value", "9", "“9” is no value of a rating"),
        ("bucket", "7", "“7” is no bucket"),
        ("version_url", "/claims/1/versions/1/", "with FACTCHECK_URL"),
        ("published_at", "May", "is no moment like"),
        ("finding", "guessed", "“guessed” is no finding"),
        # What a table says of a verdict is never left out in silence.
        ("version_url", "", "“version_url” names it"),
    ],
)
def test_a_senseless_verdict_of_a_table_refuses_its_row(
    db, tmp_path, column, cell, sentence
):
    with undone():
        article = make_article()
        make_verdict(make_claim(article=article), status=VerdictStatus.PUBLISHED)
        file = export(tmp_path, "csv")
    (row,) = rows(file)
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, row)
        writer.writeheader()
        writer.writerow(row | {column: cell})
    article = make_article()
    with pytest.raises(ClaimsRefused, match=sentence):
        import_claims_file(file, article=article, add_missing=True, verdicts=True)
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"evidence_urls": 7}, "“evidence” must be a list"),
        ({"evidence_urls": ["https://records.example/"]}, "must be a list of objects"),
        ({"rating": 3}, "“slug” must be a text"),
        ({"rating_label": ["False"]}, "“label” must be a text"),
    ],
)
def test_a_verdict_of_other_types_in_json_is_refused_or_left_alone(
    db, tmp_path, said, sentence
):
    article, file = make_article(), tmp_path / "claims.jsonl"
    address = {"version_url": f"{SITE}/claims/1/versions/1/", "bucket": "1-false"}
    row = {"quote": "the fare stays the same"} | address | said
    file.write_text(json.dumps(row))
    with pytest.raises(ClaimsRefused, match=sentence):
        import_claims_file(file, article=article, verdicts=True)
    result = import_claims_file(file, article=article)
    assert (result.new, result.not_read.keys() >= said.keys()) == (1, True)


@pytest.mark.parametrize("column", ["review", "rating"])
@pytest.mark.parametrize("says", ["not_reviewed", "repeats"])
def test_a_row_that_tells_of_no_verdict_has_none(column, says):
    row = {"bucket": says, "finding": says, column: says}
    assert "versions" not in csv_versions.record_of_row(row)
    # The control: a rating is one of a verdict.
    assert "versions" in csv_versions.record_of_row({"rating": "1-false"})


def test_a_table_adds_nothing_to_the_version_that_a_record_has_brought(db, tmp_path):
    with undone():
        claim = make_claim(article=make_article(headline="Harbour"))
        make_verdict(claim, status=VerdictStatus.PUBLISHED)
        table, whole = export(tmp_path, "csv"), export(tmp_path)
    article = make_article(headline="Harbour")
    options = {"article": article, "add_missing": True, "verdicts": True}
    assert import_claims_file(whole, **options).versions == 1
    assert import_claims_file(table, **options).versions == 0
    # The control: what is another version comes in beside it.
    text = table.read_text().replace("/versions/1/", "/versions/2/")
    table.write_text(text.replace("The record says", "The minutes say"))
    assert import_claims_file(table, **options).versions == 1


@pytest.fixture
def archive(db, tmp_path):
    """Export a desk that has moved in with its archive; leave nothing of it.

    On that desk itself none of its files brings a check a second time.
    """
    editor, checks = make_user("Editors"), tmp_path / "checks.jsonl"
    write_reviews(checks, 30, every_broken=0)
    later = json.loads(checks.read_text().splitlines()[0]) | {
        "dateModified": "2025-01-02T10:00:00Z",
        "citation": ["https://records.example/a?b=c"],
        "reviewRating": {"alternateName": "True", "ratingExplanation": "It did."},
    }
    with checks.open("a") as file:
        file.write(json.dumps(later))
    with undone():
        stored = import_reviews([checks], by=editor).stored
        assert (stored.claims, stored.later) == (30, 1)
        files = {form: export(tmp_path, form) for form in ("csv", "jsonl", "zip")}
        for file in files.values():
            result = import_claims_file(file, by=editor, verdicts=True)
            assert (result.new, result.known, result.versions) == (0, 30, 0)
    return editor, files


def told_of_checks(path):
    """Return who published each version and where, in the order of the claims."""
    found = sorted(records(path), key=lambda record: record["wording"])
    return [
        [version["published_elsewhere"] for version in record["versions"]]
        for record in found
    ]


@pytest.mark.parametrize("form", ["jsonl", "zip"])
def test_an_archive_without_printed_words_comes_back_whole(archive, tmp_path, form):
    editor, files = archive
    options = {"by": editor, "add_missing": True, "verdicts": True}
    result = import_claims_file(files[form], **options)
    assert (result.new, result.versions, result.left) == (30, 31, [])
    again = export(tmp_path, form, "again")
    assert compared(again) == compared(files[form])
    assert told_of_checks(again) == told_of_checks(files[form])
    result = import_claims_file(again, **options)
    assert (result.new, result.known, result.versions) == (0, 30, 0)
    call_command("check_integrity", verbosity=0)


def test_an_archive_comes_back_from_a_table_with_its_newest_states(archive, tmp_path):
    editor, files = archive
    options = {"by": editor, "add_missing": True, "verdicts": True}
    result = import_claims_file(files["csv"], **options)
    assert (result.new, result.versions, result.left) == (30, 30, [])
    again = export(tmp_path, "csv", "again")
    assert _without_page(compared_rows(again)) == _without_page(
        compared_rows(files["csv"])
    )
    precise = [row["published_precision"] for row in rows(again)]
    assert set(precise) == {"", "day", "year"}
    call_command("check_integrity", verbosity=0)


def _without_page(found):
    return [row | {"article_page": "its number is given anew"} for row in found]


def test_what_the_desk_found_itself_without_printed_words_stays_there_and_is_named(
    db, tmp_path
):
    editor, checks = make_user("Editors"), tmp_path / "checks.jsonl"
    write_reviews(checks, 1, every_broken=0)
    with undone():
        import_reviews([checks], by=editor)
        make_verdict(Claim.objects.get(), status=VerdictStatus.PUBLISHED)
        file = export(tmp_path)
    result = import_claims_file(file, by=editor, add_missing=True, verdicts=True)
    assert (result.new, result.versions, len(result.left)) == (1, 1, 1)
    assert "what that desk itself has found stays there" in result.left[0]
    assert Claim.objects.get().current.publisher == "Lantern Checks"


def test_without_the_wish_a_check_without_printed_words_is_named(archive):
    _editor, files = archive
    with pytest.raises(ClaimsRefused, match="--verdicts takes it in"):
        import_claims_file(files["jsonl"], add_missing=True)
    assert not Claim.objects.exists()


def test_a_check_without_a_rating_or_a_speaker_here_refuses_its_row(archive):
    editor, files = archive
    text = files["jsonl"].read_text()
    assert '"label":"Mostly false"' in text
    with pytest.raises(ClaimsRefused, match="There is no speaker"):
        import_claims_file(files["jsonl"], by=editor, verdicts=True)
    files["jsonl"].write_text(text.replace('"label":"Mostly false"', '"label":null'))
    with pytest.raises(ClaimsRefused, match="what is claimed and its rating"):
        import_claims_file(files["jsonl"], by=editor, add_missing=True, verdicts=True)
    assert not Claim.objects.exists()


def test_what_repeats_is_tied_by_the_numbers_of_the_former_columns_too(
    db, tmp_path, client
):
    article, file = make_article(), tmp_path / "claims.csv"
    editor = make_user("Editors")
    with undone():
        first = make_claim("the fare stays the same", article=article)
        again = make_claim("“Nobody was hurt.”", article=article)
        relations.confirm_repeat(again, first, by=editor)
        file.write_bytes(client.get("/claims.csv?columns=1").getvalue())
    (row,) = [row for row in rows(file) if row["repeats"]]
    assert row["repeats"] == str(first.pk)
    import_claims_file(
        file, by=editor, article=article, add_missing=True, verdicts=True
    )
    assert Claim.objects.get(repeats__isnull=False).quote == again.quote
