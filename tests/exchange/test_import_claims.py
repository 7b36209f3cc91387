"""Claims coming in from files: with the same spans, all or none, and never twice."""

import csv
import io
import json
from contextlib import contextmanager
from threading import Barrier, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.desk.annotation import Mark, mark_claim
from claims.desk.text_corrections import correct_text
from claims.desk.workflow import take_step
from claims.exceptions import NotPermitted
from claims.exchange import import_claims
from claims.exchange.formats import files_in
from claims.exchange.import_claims import ClaimsRefused, import_claims_file
from claims.models import Change, Claim, Span, Speaker, Topic
from claims.models.choices import Anchor, ClaimStatus, Origin, SpanRole
from tests.exchange.test_formats import bodies, places
from tests.factories import (
    BODY,
    make_article,
    make_claim,
    make_outlet,
    make_speaker,
    make_topic,
    make_user,
)

FORMATS = ["csv", "site.jsonl", "zip", "jsonl", "brat", "w3c"]


def export(form, folder, *, statuses=(ClaimStatus.LISTED,)):
    """Write the desk's claims through the command that a desk would use."""
    names = {"csv": "c.csv", "site.jsonl": "c.jsonl", "zip": "c.zip"}
    target = folder / names.get(form, "marks.jsonl")
    if form in names:
        call_command("export_claims", format=form.split(".")[-1], output=target)
        return target
    if form != "jsonl":
        target = folder / form
    call_command(
        "export_annotations", format=form, status=list(statuses), output=target
    )
    return target


def take_all(path, **options):
    """Take a file or folder in and return how many claims were new and known."""
    taken = [import_claims_file(file, **options) for file in files_in(path)]
    return sum(each.new for each in taken), sum(each.known for each in taken)


@contextmanager
def undone():
    """Take back at the end what is done inside: the articles stay as they were."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def spans():
    """Return all that must survive, claim by claim, by headline and speaker."""
    found = []
    for claim in Claim.objects.select_related("article", "speaker"):
        marks = [
            (span.role, span.ordinal, span.start, span.end, span.exact)
            for span in claim.spans.all()
        ]
        slug = claim.speaker.slug if claim.speaker else ""
        found.append((claim.article.headline, slug, marks))
    return sorted(found)


def details():
    return sorted(
        (
            claim.wording,
            claim.via and claim.via.name,
            claim.attribution,
            claim.stated_on,
            claim.stated_precision,
            claim.stated_basis,
            claim.checkability,
            [topic.name for topic in claim.topics.all()],
        )
        for claim in Claim.objects.all()
    )


def row_of(**fields):
    """Return one line of the site's JSON Lines for the standard article."""
    row = {
        "quote": "The harbour will open in May",
        "quote_spans": "0-28",
        "article_headline": "Harbour",
        "article_published_on": "2026-05-04",
        "speaker": "ida-falk",
    }
    return row | fields


def a_file(tmp_path, *rows, name="c.jsonl"):
    file = tmp_path / name
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return file


@pytest.fixture
def desk(db):
    article = make_article(headline="Harbour")
    make_speaker("Ida Falk", aliases=["Mayor Falk"])
    return article


# --- There and back -------------------------------------------------------------------


def mark_at_random(data, article, speakers, editor):
    """List some claims with marks in several parts, nested and across each other."""
    body, seen = article.current_text.body, set()
    for _claim in range(data.draw(st.integers(1, 3))):
        roles = ["content"] * data.draw(st.integers(1, 3))
        roles += data.draw(st.sampled_from([[], ["cue"], ["speaker", "cue"]]))
        marks = []
        for role in roles:
            start, end = data.draw(places(body))
            ordinal = sum(mark.role == role for mark in marks)
            marks.append(Mark(role, start, end, body[start:end], ordinal))
        speaker = data.draw(st.sampled_from(speakers))
        content = tuple((m.start, m.end) for m in marks if m.role == "content")
        if (content, speaker) not in seen:
            seen.add((content, speaker))
            claim, _new = mark_claim(article, marks, by=None, speaker=speaker)
            take_step("list", claim, by=editor)


@pytest.mark.slow
@pytest.mark.django_db
@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_every_format_gives_back_every_span(tmp_path_factory, data):
    with undone():
        speakers = [make_speaker("Ida Falk"), make_speaker("Ole Berg")]
        editor = make_user("Editors")
        # Two outlets may print the same words under the same headline.
        articles = [
            make_article(data.draw(bodies()), headline="A", outlet=make_outlet(name))
            for name in ("The Harbour Post", "The Ferry Times")
        ]
        folder, files = tmp_path_factory.mktemp("out"), {}
        with undone():
            for article in articles:
                mark_at_random(data, article, speakers, editor)
            before = spans()
            for form in FORMATS:
                files[form] = export(form, folder)
        assert not Claim.objects.exists()
        for file in files.values():
            with undone():
                assert take_all(file) == (len(before), 0)
                assert spans() == before
                assert take_all(file) == (0, len(before))


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_gives_back_every_detail(tmp_path, form):
    press, relay = make_outlet("The Harbour Post"), make_outlet("The Ferry Times")
    article = make_article(headline="Harbour", outlet=press)
    make_article(headline="Harbour", outlet=relay)
    speaker, topics = make_speaker("Ida Falk"), [make_topic("Ports"), make_topic("B")]
    with undone():
        make_claim(
            ["“The bridge cost 40 million crowns,”", "“Nobody was hurt.”"],
            article=article,
            cue="said on Monday",
            speaker_words="Ida Falk",
            speaker=speaker,
            via=relay,
            topics=topics,
            wording="=The bridge cost 40 million crowns",
            attribution="direct",
            stated_precision="on_or_before",
            stated_basis="weekday",
            checkability="vague",
        )
        before = spans(), details()
        file = export(form, tmp_path)
    assert take_all(file) == (1, 0)
    assert (spans(), details()) == before
    claim = Claim.objects.get()
    assert (claim.status, claim.origin) == (ClaimStatus.DRAFT, Origin.IMPORT)
    assert claim.article == article
    assert {span.anchor for span in claim.spans.all()} == {Anchor.EXACT}


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMATS)
def test_a_sign_that_no_text_keeps_moves_no_words(tmp_path, form):
    words = "One\n\ufefftwo"
    article, speaker = make_article(f"{words} three."), make_speaker()
    with undone():
        make_claim(words, article=article, speaker=speaker)
        file = export(form, tmp_path)
    assert take_all(file) == (1, 0)
    assert Claim.objects.get().quote == "One\ntwo"


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMATS)
def test_a_desk_that_knows_no_names_gets_them_where_wished(tmp_path, form):
    article = make_article()
    with undone():
        make_claim(
            article=article,
            speaker=make_speaker("Ida Falk", kind="group"),
            topics=[make_topic("Ports")],
            via=make_outlet("The Ferry Times"),
        )
        file = export(form, tmp_path)
    with pytest.raises(ClaimsRefused, match="There is no speaker “Ida Falk” here"):
        take_all(file)
    assert take_all(file, add_missing=True) == (1, 0)
    speaker = Speaker.objects.get()
    assert (speaker.name, speaker.slug, speaker.kind) == (
        "Ida Falk",
        "ida-falk",
        "group",
    )
    assert Topic.objects.get().slug == "ports"
    assert Claim.objects.get().via.slug == "the-ferry-times"


# --- Never twice ----------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMATS)
def test_a_second_run_takes_nothing_in(tmp_path, form):
    articles, speaker = [make_article(), make_article()], make_speaker()
    with undone():
        make_claim(article=articles[0], speaker=speaker)
        make_claim("the ferry", article=articles[1], speaker=speaker, cue="pointed out")
        file = export(form, tmp_path)
        assert take_all(file) == (0, 2)
    assert take_all(file) == (2, 0)
    changes = Change.objects.count()
    assert take_all(file) == (0, 2)
    assert Change.objects.count() == changes


def test_a_row_that_is_there_twice_is_one_claim(desk, tmp_path):
    file = a_file(
        tmp_path, row_of(), row_of(wording="In other words."), row_of(speaker="")
    )
    taken = import_claims_file(file)
    assert (taken.new, taken.known) == (2, 1)
    assert set(Claim.objects.values_list("speaker__slug", flat=True)) == {
        "ida-falk",
        None,
    }


def test_a_claim_whose_speaker_was_named_since_does_not_come_again(desk, tmp_path):
    file = a_file(tmp_path, row_of(speaker=""))
    import_claims_file(file)
    claim = Claim.objects.get()
    claim.speaker, claim.version = Speaker.objects.get(), 2
    claim.save()
    assert import_claims_file(file).known == 1


def test_a_rejected_claim_does_not_come_back(desk, tmp_path):
    make_claim(article=desk, speaker=Speaker.objects.get(), status=ClaimStatus.REJECTED)
    assert import_claims_file(a_file(tmp_path, row_of())).new == 0


def test_after_a_correction_of_the_text_the_same_file_adds_nothing(desk, tmp_path):
    file = a_file(tmp_path, row_of())
    import_claims_file(file)
    correct_text(desk, "New lead.\n\n" + BODY, by=make_user("Editors"), reason="Lead")
    assert import_claims_file(file).known == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_take_each_claim_in_once(tmp_path):
    make_article(headline="Harbour")
    make_speaker("Ida Falk")
    file = a_file(tmp_path, row_of(), row_of(quote="open", quote_spans="17-21"))
    barrier, results = Barrier(2), []

    def run():
        barrier.wait()
        try:
            taken = import_claims_file(file)
            results.append((taken.new, taken.known))
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [(0, 2), (2, 0)]
    assert Claim.objects.count() == 2


# --- All or nothing -------------------------------------------------------------------


THREE = [
    {"quote": "The harbour will open in May", "cue": "said on Monday"},
    {"quote": "“Nobody was hurt.”", "speaker": "ole-berg"},
    {"quote": "the fare stays the same", "topics": "ports fares", "via": "the-times"},
]


def state():
    return Claim.objects.count(), Span.objects.count(), Change.objects.count()


@pytest.mark.parametrize("batch", [1, 2, 500])
def test_one_bad_row_keeps_all_out(desk, tmp_path, monkeypatch, batch):
    monkeypatch.setattr(import_claims, "BATCH", batch)
    before = state()
    file = a_file(tmp_path, row_of(), row_of(quote="Not printed", quote_spans=""))
    with pytest.raises(ClaimsRefused):
        import_claims_file(file)
    assert state() == before


def test_an_end_at_any_statement_leaves_nothing(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(import_claims, "BATCH", 2)
    file = a_file(
        tmp_path,
        *(row_of(quote_spans="") | each for each in THREE),
    )
    before, statement = state(), 0
    while True:
        statement += 1
        count = 0

        def lights_out(execute, *arguments, last=statement):
            nonlocal count
            count += 1
            if count == last:
                raise OperationalError("the lights went out")
            return execute(*arguments)

        try:
            with connection.execute_wrapper(lights_out):
                taken = import_claims_file(file, add_missing=True)
        except OperationalError:
            assert state() == before
        else:
            break
    assert statement > 20
    assert taken.new == len(THREE)
    assert Claim.objects.count() == len(THREE)


def test_a_dry_run_stores_nothing_and_says_what_it_would(desk, tmp_path):
    before = state()
    out = io.StringIO()
    file = a_file(tmp_path, row_of(topics="ports"))
    call_command("import_claims", file, dry_run=True, add_missing=True, stdout=out)
    assert "1 claims would be taken in, 0 were here already" in out.getvalue()
    assert state() == before
    assert not Topic.objects.exists()


# --- Where the words stand ------------------------------------------------------------


def test_words_elsewhere_are_found_where_they_stand_once(desk, tmp_path):
    import_claims_file(
        a_file(tmp_path, row_of(quote_spans="5-33", cue="said on Monday"))
    )
    content, cue = Span.objects.order_by("role")
    assert (content.start, content.end, content.anchor) == (0, 28, Anchor.MOVED)
    assert (cue.exact, cue.anchor) == ("said on Monday", Anchor.EXACT)


def test_words_that_stand_twice_are_told_apart_by_what_surrounds_them(desk, tmp_path):
    start = BODY.index("said. “Nobody")
    with undone():
        mark_claim(
            desk,
            [
                Mark(SpanRole.CONTENT, 4, 11, "harbour"),
                Mark(SpanRole.CUE, start, start + 4, "said"),
            ],
            by=None,
        )
        file = export("jsonl", tmp_path, statuses=[ClaimStatus.DRAFT])
    correct_text(desk, "New lead.\n\n" + BODY, by=make_user("Editors"), reason="Lead")
    assert import_claims_file(file).new == 1
    assert Span.objects.get(role=SpanRole.CUE).start == start + 11


def test_a_claim_whose_words_wait_for_an_eye_is_named_and_left_out(desk, tmp_path):
    claim = make_claim("“Nobody was hurt.”", article=desk)
    body = BODY.replace("Nobody", "Hardly anybody")
    correct_text(desk, body, by=make_user("Editors"), reason="Misprint")
    err = io.StringIO()
    call_command(
        "export_annotations", format="jsonl", output=tmp_path / "m.jsonl", stderr=err
    )
    assert f"left out: claim {claim.pk}" in err.getvalue()
    assert (tmp_path / "m.jsonl").read_text() == ""


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"quote": "Not printed"}, "“Not printed” does not stand in the article"),
        (
            {"quote": "said", "quote_spans": "0-4"},
            "“said” stands 2 times in the article and not at 0",
        ),
        ({"quote": "said", "quote_spans": ""}, "stands 2 times in the article. Say"),
        ({"quote": "", "quote_spans": ""}, "No words are given"),
        ({"quote": " \n "}, "nothing but blanks"),
        ({"quote_spans": "0-x"}, "must look like char=0,6 char=16,21"),
        ({"quote_spans": "9-3"}, "covers nothing"),
        ({"quote_spans": "0-3 5-9"}, "“quote” has 1 part(s), “quote_spans” 2"),
        ({"cue_spans": "0-3"}, "“cue_spans” is given, but “cue” is empty"),
        ({"article_headline": "Bridge"}, "There is no article “Bridge” here"),
        ({"article_published_on": "2026-05-05"}, "There is no article “Harbour”"),
        ({"article": "seven"}, "is not the number of an article"),
        ({"article": 10**40}, "There is no article 1"),
        ({"speaker": "nobody"}, "There is no speaker “nobody” here. Add it"),
        ({"via": "the-moon"}, "There is no outlet “the-moon” here"),
        ({"topics": "moons"}, "There is no topic “moons” here"),
        ({"stated_on": "yesterday"}, "“yesterday” is not a date"),
        ({"checkability": "maybe"}, "it is one of: checkable, opinion"),
        ({"wordng": "x"}, "“wordng” is no column of a claim"),
        ({"quote": ["x"]}, "must be texts"),
        ({"quote": "a\0b"}, "does not stand in the article"),
        ({"quote": "\ud800"}, "does not stand in the article"),
    ],
)
def test_a_row_is_refused_with_its_line_and_what_to_do(
    desk, tmp_path, fields, sentence
):
    file = a_file(tmp_path, row_of(), row_of(**fields))
    with pytest.raises(ClaimsRefused) as refused:
        import_claims_file(file)
    [problem] = refused.value.problems
    assert str(problem).startswith(f"{file}, line 2: ")
    assert sentence in str(problem)
    assert not Claim.objects.exists()


def test_several_bad_rows_are_told_at_once(desk, tmp_path):
    rows = [row_of(quote=f"Not printed {number}") for number in range(30)]
    file = a_file(tmp_path, row_of(), *rows)
    err = io.StringIO()
    with pytest.raises(CommandError, match="1 of 1 files were refused"):
        call_command("import_claims", file, stderr=err)
    assert err.getvalue().count("does not stand") == import_claims.MOST_PROBLEMS


@pytest.mark.parametrize(
    ("data", "line", "sentence"),
    [
        (b"", 1, "the file is empty"),
        (b"quote,quote\n", 1, "the column “quote” is there twice"),
        (b"wording\n", 1, "the column “quote” is missing"),
        (b"quote,wordng\n", 1, "“wordng” is no column"),
        (b"quote,cue\n\nopen\n", 3, "is the file cut short?"),
        (b'quote\n"open\n', 2, "this is not CSV"),
        (b"quote\n\xf0\x28\n", 2, "this is not UTF-8"),
        (b"quote\n\n\nopen", 4, "The row names no article"),
    ],
)
def test_a_bad_csv_is_refused_with_its_line(desk, tmp_path, data, line, sentence):
    file = tmp_path / "c.csv"
    file.write_bytes(data)
    with pytest.raises(ClaimsRefused) as refused:
        import_claims_file(file)
    assert str(refused.value).startswith(f"{file}, line {line}: ")
    assert sentence in str(refused.value)


# --- Which article, whose words -------------------------------------------------------


def csv_of(tmp_path, **fields):
    file = tmp_path / "c.csv"
    with file.open("w", newline="", encoding="utf-8-sig") as out:
        writer = csv.DictWriter(out, fields)
        writer.writeheader()
        writer.writerow(fields)
    return file


def test_a_small_csv_of_ones_own_is_enough(desk, tmp_path):
    file = csv_of(tmp_path, quote="the fare stays the same", speaker_name="MAYOR FALK")
    assert import_claims_file(file, article=desk).new == 1
    claim = Claim.objects.get()
    assert claim.wording == "the fare stays the same"
    assert claim.speaker.slug == "ida-falk"


def test_a_number_names_an_article_only_without_a_headline(desk, tmp_path):
    by_number = csv_of(tmp_path, quote="open", quote_spans="17-21", article=desk.pk)
    assert import_claims_file(by_number).new == 1
    both = csv_of(
        tmp_path,
        quote="open",
        article=desk.pk,
        article_headline="Another desk's",
        article_published_on="2026-05-04",
    )
    with pytest.raises(ClaimsRefused, match="There is no article “Another desk's”"):
        import_claims_file(both)


def test_one_text_in_two_outlets_is_not_guessed(desk, tmp_path):
    twin = make_article(headline="Harbour", outlet=make_outlet("The Ferry Times"))
    file = a_file(tmp_path, row_of())
    with pytest.raises(ClaimsRefused, match="More than one article here may be meant"):
        import_claims_file(file)
    assert import_claims_file(file, article=twin).new == 1
    assert Claim.objects.get().article == twin
    named = a_file(tmp_path, row_of(outlet_name="The Harbour Post"))
    import_claims_file(named)
    assert Claim.objects.latest("pk").article == desk


def test_the_text_alone_names_its_article(desk, tmp_path):
    file = a_file(
        tmp_path, {"text": BODY, "label": [[0, 11, "content"], [17, 21, "content"]]}
    )
    assert import_claims_file(file).new == 2
    assert set(desk.claims.values_list("quote", flat=True)) == {"The harbour", "open"}


def test_a_merged_speaker_leads_to_the_one_that_stands(desk, tmp_path):
    falk = Speaker.objects.get()
    make_speaker("I. Falk", merged_into=falk)
    import_claims_file(a_file(tmp_path, row_of(speaker="i-falk")))
    assert Claim.objects.get().speaker == falk


# --- Who may --------------------------------------------------------------------------


def test_only_who_may_add_claims_takes_them_in(desk, tmp_path):
    file = a_file(tmp_path, row_of())
    with pytest.raises(NotPermitted):
        import_claims_file(file, by=make_user())
    editor = make_user("Annotators")
    assert import_claims_file(file, by=editor).new == 1
    claim = Claim.objects.get()
    assert claim.created_by == editor
    change = Change.objects.filter(table="claim", row=claim.pk).first()
    assert change.actor == editor


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"by": "nobody"}, "There is no login “nobody”"),
        ({"article": 0}, "There is no article 0"),
    ],
)
def test_the_command_refuses_what_is_not_there(desk, tmp_path, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("import_claims", a_file(tmp_path, row_of()), **options)


def test_an_empty_folder_and_a_missing_file_are_refused(db, tmp_path):
    with pytest.raises(CommandError, match="no file with claims in this folder"):
        call_command("import_claims", tmp_path)
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_claims", tmp_path / "no.csv", stderr=err)
    assert "No such file" in err.getvalue()


# --- Many -----------------------------------------------------------------------------


def test_the_number_of_queries_does_not_grow_with_the_rows(
    desk, tmp_path, django_assert_max_num_queries
):
    rows = [
        row_of(quote=BODY[start : start + 5], quote_spans=f"{start}-{start + 5}")
        for start in range(100)
        if BODY[start : start + 5].strip()
    ]
    with django_assert_max_num_queries(25):
        assert import_claims_file(a_file(tmp_path, *rows)).new == len(rows)


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "site.jsonl"])
def test_the_office_of_the_day_and_joint_speakers_come_in_from_an_export(
    tmp_path, form
):
    falk, council = make_speaker("Ida Falk", title="Mayor"), make_speaker("Council")
    article = make_article(headline="Harbour")
    with undone():
        make_claim("The harbour will open in May", article=article, speaker=falk)
        make_claim(
            "the fare stays the same",
            article=article,
            speaker=falk,
            printed_role="Harbour chief",
            other_speakers=[council],
        )
        file = export(form, tmp_path)
    assert take_all(file) == (2, 0)
    # The first office is the speaker's here anyway; the second one was printed.
    assert dict(Claim.objects.values_list("quote", "printed_role")) == {
        "The harbour will open in May": "",
        "the fare stays the same": "Harbour chief",
    }
    joint = Claim.objects.get(quote="the fare stays the same")
    assert list(joint.other_speakers.all()) == [council]


def test_a_joint_speaker_that_is_not_here_is_refused_or_added(desk, tmp_path):
    file = a_file(tmp_path, row_of(other_speakers="town-council"))
    with pytest.raises(ClaimsRefused, match="no speaker “town council” here"):
        import_claims_file(file)
    import_claims_file(file, add_missing=True)
    assert Claim.objects.get().other_speakers.get().slug == "town-council"
