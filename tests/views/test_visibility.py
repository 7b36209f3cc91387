"""Not a byte of what is not public leaves by any public address, headers included."""

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

import pytest
from django.utils import timezone

from claims import urls
from claims.desk.annotation import change_claim
from claims.desk.evidence_files import keep
from claims.desk.merging import merge_speakers
from claims.desk.pages import write_page
from claims.desk.workflow import take_step
from claims.exchange.prepared import prepare
from claims.models import (
    Claim,
    Evidence,
    EvidenceFile,
    Follower,
    Outlet,
    ReaderReport,
    ReporterContact,
    Speaker,
    SpeakerAlias,
    SpeakerPicture,
    WorkItem,
)
from claims.models.choices import (
    ClaimStatus,
    PublicationKind,
    TextRights,
    VerdictStatus,
)
from tests.factories import (
    make_article,
    make_claim,
    make_outlet,
    make_page,
    make_published,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
    withdraw,
)

pytestmark = pytest.mark.django_db

# In every word that must not be seen, and in no other word of this site.
CANARY = "zqkanary"
# What differs from one answer to the next anyway: the token of a form, the time now.
MOMENTARY = (
    r'csrfmiddlewaretoken" value="\w+|csrftoken=\w+|Expires: [^\n]+'
    r'|name="form_token" value="[\w-]+'
)
OPEN = "The harbour will open in May"
BODY = f"{OPEN}, Mayor Ida Falk said. The rest is {CANARY}-rest of the text."


@dataclass
class Site:
    """A site in which everything hidden carries the canary."""

    public: Claim
    hidden: list[Claim] = field(default_factory=list)
    merged: Speaker | None = None


@pytest.fixture(scope="module")
def site(module_db):
    """A site in which some is hidden."""
    speaker = make_speaker("Ida Falk", aliases=["Mayor Falk"])
    article = make_article(BODY, headline="Falk speaks", text_rights=TextRights.EXCERPT)
    public = make_published(
        make_claim(
            OPEN, article=article, speaker=speaker, topics=[make_topic("Harbours")]
        )
    ).claim
    site = Site(public)
    # A revision of a published verdict, in draft; what was said before stays in view.
    verdict = take_step(
        "revise",
        public.verdict,
        by=make_user("Reviewers"),
        kind=PublicationKind.UPDATED,
        comment=f"Note {CANARY}",
    )
    spoil(verdict)
    # A listed claim whose first verdict waits for a second pair of eyes.
    waiting = make_claim(OPEN, article=article, speaker=speaker)
    spoil(make_verdict(waiting, author=make_user("Reviewers")))
    take_step("submit", waiting.verdict, by=waiting.verdict.author)
    # Claims in every state that is not public, with all that hangs on them.
    for number, status in enumerate(
        s for s in ClaimStatus if s != ClaimStatus.LISTED and s != ClaimStatus.WITHDRAWN
    ):
        site.hidden.append(hidden_claim(number, status=status))
    # A hidden claim in a public article, by a public speaker, repeating a public one.
    inside = make_claim(
        f"{CANARY}-rest of the text",
        article=article,
        speaker=speaker,
        repeats=public,
        wording=f"Wording {CANARY}.",
        status=ClaimStatus.DRAFT,
    )
    spoil(make_verdict(inside, author=make_user("Reviewers")))
    site.hidden.append(inside)
    # A speaker merged into one that nobody can see, and one who speaks for it.
    site.merged = make_speaker(f"Merged {CANARY}")
    merge_speakers(site.merged, site.hidden[0].speaker, by=make_user("Editors"))
    report = ReaderReport.objects.create(
        kind="error",
        claim=public,
        message=f"Report {CANARY}",
        answer=f"Answer {CANARY}",
        sender="x",
        tracking_hash=hashlib.sha256(b"track").hexdigest(),
    )
    ReporterContact.objects.create(report=report, address=f"{CANARY}@reader.example")
    Follower.objects.create(
        address=f"{CANARY}@reader.example", token="x" * 43, asked_at=timezone.now()
    )
    # A page about the desk with another version in draft, and one in draft alone.
    page = make_page("funding")
    page.body, page.note = f"Money {CANARY}", f"Note {CANARY}"
    write_page(page, by=make_user("Editors"))
    make_page("people", title=CANARY, body=CANARY, published=False)
    # What the desk plans for a public claim is no reader's business.
    WorkItem.objects.create(
        claim=public,
        reach=1,
        reach_reason=f"Reach {CANARY}",
        harm=3,
        harm_reason=f"Harm {CANARY}",
    )
    return site


def hidden_claim(number, **fields):
    """Return a claim of which every word carries the canary."""
    name = f"{CANARY}{number}"
    outlet = Outlet.objects.create(
        name=f"Outlet {name}",
        slug=f"outlet-{name}",
        homepage=f"https://{name}.example/",
    )
    article = make_article(
        f"Words {name} stand here, said {name}.",
        headline=f"Headline {name}",
        outlet=outlet,
        byline=f"Byline {name}",
        url=f"https://{name}.example/print",
    )
    speaker = make_speaker(
        f"Speaker {name}", title=f"Title {name}", description=f"About {name}"
    )
    SpeakerAlias.objects.create(speaker=speaker, name=f"Alias {name}", is_metonym=True)
    return make_claim(
        f"Words {name} stand here",
        article=article,
        speaker=speaker,
        wording=f"Wording {name}.",
        topics=[make_topic(f"Topic {name}")],
        via=make_outlet(f"Relay {name}"),
        stated_on=date(1987, 6, 5),
        **fields,
    )


def spoil(verdict):
    """Put the canary into every field of a working copy."""
    for name in ("summary", "explanation", "how_verified", "not_asked_reason"):
        setattr(verdict, name, f"{name} {CANARY}")
    verdict.version += 1
    verdict.save()
    Evidence.objects.create(
        verdict=verdict,
        url=f"https://{CANARY}.example/source",
        title=f"Source {CANARY}",
        publisher=f"Publisher {CANARY}",
        excerpt=f"Excerpt {CANARY}",
        file=keep(f"%PDF-1.4 {CANARY} %%EOF".encode(), by=verdict.author),
        file_name=f"{CANARY}.pdf",
        file_is_public=True,
    )


def samples(claim):
    """Return for each address pattern the paths of a claim and of all around it."""
    c, a = f"{claim.pk}-{claim.slug}", claim.article
    article = f"{a.pk}-{a.slug}"
    outlet = a.outlet.slug
    topics = [topic.slug for topic in claim.topics.all()]
    return {
        "": [""],
        "claims/": ["claims/", *(f"claims/{q}" for q in queries(claim))],
        "claims.csv": ["claims.csv", *(f"claims.csv{q}" for q in queries(claim))],
        "claims.jsonl": ["claims.jsonl", *(f"claims.jsonl{q}" for q in queries(claim))],
        "claims.zip": ["claims.zip", *(f"claims.zip{q}" for q in queries(claim))],
        "claims.atom": ["claims.atom", *(f"claims.atom{q}" for q in queries(claim))],
        "claims.rss": ["claims.rss", *(f"claims.rss{q}" for q in queries(claim))],
        "speakers/": ["speakers/"],
        "articles/": ["articles/"],
        "topics/": ["topics/"],
        "outlets/": ["outlets/"],
        "topics/<uslug:slug>/": [f"topics/{slug}/" for slug in topics],
        "outlets/<uslug:slug>/": [f"outlets/{outlet}/"],
        "search/": ["search/", "search/?q=harbour", "search/?q=words"],
        "check/": ["check/", "check/?text=These+words+stand+here"],
        "suggest/": ["suggest/?q=fa", "suggest/?q=wo"],
        "claims/<int:pk>/": [f"claims/{claim.pk}/"],
        "claims/<int:pk>-<uslug:slug>/": [f"claims/{c}/", f"claims/{claim.pk}-x/"],
        "claims/<int:pk>.json": [f"claims/{claim.pk}.json"],
        "claims/<int:pk>-<uslug:slug>.json": [f"claims/{c}.json"],
        "claims/<int:claim_id>/versions/<int:number>.json": [
            f"claims/{claim.pk}/versions/{number}.json" for number in (1, 2)
        ],
        "articles/<int:pk>.json": [f"articles/{a.pk}.json"],
        "articles/<int:pk>-<uslug:slug>.json": [f"articles/{article}.json"],
        "speakers/id/<int:pk>/": [f"speakers/id/{claim.speaker_id}/"],
        "speakers/id/<int:pk>.json": [f"speakers/id/{claim.speaker_id}.json"],
        "speakers/<uslug:slug>.json": [f"speakers/{claim.speaker.slug}.json"],
        "topics/id/<int:pk>/": [f"topics/id/{t.pk}/" for t in claim.topics.all()],
        "topics/id/<int:pk>.json": [
            f"topics/id/{t.pk}.json" for t in claim.topics.all()
        ],
        "topics/<uslug:slug>.json": [f"topics/{slug}.json" for slug in topics],
        "outlets/id/<int:pk>/": [f"outlets/id/{a.outlet_id}/"],
        "outlets/id/<int:pk>.json": [f"outlets/id/{a.outlet_id}.json"],
        "outlets/<uslug:slug>.json": [f"outlets/{outlet}.json"],
        "ratings/id/<int:pk>/": ["ratings/id/1/"],
        "ratings/id/<int:pk>.json": ["ratings/id/1.json"],
        "ratings/<uslug:slug>.json": ["ratings/false.json"],
        "ratings.json": ["ratings.json"],
        "data/<slug:name>.csv": ["data/fields.csv"],
        "data/files/<str:name>": [f"data/files/{prepare()[0].files[0].name}"],
        "evidence/<digest:sha256>.<slug:kind>": [
            f"evidence/{file.sha256}.pdf"
            for file in EvidenceFile.objects.filter(evidence__verdict__claim=claim)
        ],
        "pictures/<digest:sha256>-<int:size>.jpg": [
            picture.large_url.removeprefix("/")
            for picture in SpeakerPicture.objects.filter(speaker=claim.speaker)
        ],
        "claims/<int:pk>/cite.bib": [f"claims/{claim.pk}/cite.bib"],
        "claims/<int:pk>/cite.json": [f"claims/{claim.pk}/cite.json"],
        "claims/<int:pk>/card/": [f"claims/{claim.pk}/card/"],
        "claims/<int:pk>/card.png": [f"claims/{claim.pk}/card.png"],
        "claims/<int:pk>/card-<slug:key>.png": [f"claims/{claim.pk}/card-x.png"],
        "claims/<int:claim_id>/versions/<int:number>/": [
            f"claims/{claim.pk}/versions/{number}/" for number in (1, 2)
        ],
        "articles/<int:pk>/": [f"articles/{a.pk}/"],
        "articles/<int:pk>-<uslug:slug>/": [f"articles/{article}/"],
        "speakers/<uslug:slug>/": [f"speakers/{claim.speaker.slug}/"],
        "speakers/<uslug:slug>/contradictions/": [
            f"speakers/{claim.speaker.slug}/contradictions/"
        ],
        "ratings/": ["ratings/"],
        "corrections/": ["corrections/", "corrections/?kind=updated"],
        "about/": ["about/"],
        "about/<slug:slug>/": ["about/funding/", "about/people/"],
        "about/<slug:slug>/versions/<slug:language>/<int:number>/": [
            "about/funding/versions/en/1/",
        ],
        "compliance/": ["compliance/"],
        "compliance/balance/": ["compliance/balance/"],
        "compliance/balance.csv": ["compliance/balance.csv"],
        "policy/": ["policy/"],
        "data/": ["data/"],
        "audit/": ["audit/"],
        "accessibility/": ["accessibility/"],
        "follow/": ["follow/"],
        "follow/sent/": ["follow/sent/"],
        "follow/confirm/<uslug:token>/": [f"follow/confirm/{'x' * 43}/"],
        "follow/leave/<uslug:token>/": [f"follow/leave/{'x' * 43}/"],
        "reply/sent/": ["reply/sent/"],
        "reply/<uslug:token>/": [f"reply/{'x' * 43}/"],
        "report/": ["report/", f"report/?claim={claim.pk}"],
        "report/sent/": ["report/sent/"],
        "report/<uslug:token>/": ["report/track/"],
        "corrections.atom": ["corrections.atom"],
        "corrections.rss": ["corrections.rss"],
        "corrections/heads.json": ["corrections/heads.json"],
        "corrections.csv": ["corrections.csv"],
        "corrections.json": ["corrections.json", "corrections.json?asked_by=desk"],
        "claimreview.json": ["claimreview.json"],
        "oembed": [f"oembed?url={quote('http://testserver/claims/' + c + '/')}"],
        "sitemap.xml": ["sitemap.xml"],
        "sitemap-<slug:name>-<int:number>.xml": [
            f"sitemap-{name}-1.xml"
            for name in [
                "pages",
                "claims",
                "versions",
                "articles",
                "speakers",
                "contradictions",
                "topics",
                "outlets",
            ]
        ],
        "robots.txt": ["robots.txt"],
        "healthz": ["healthz"],
        "readyz": ["readyz"],
        "desk.css": ["desk.css"],
        "favicon.ico": ["favicon.ico"],
        **program_samples(claim),
    }


def program_samples(claim):
    """Return the same of the addresses that programs ask."""
    topics = [topic.pk for topic in claim.topics.all()]
    ones = {
        "claims": [claim.pk],
        "speakers": [claim.speaker_id],
        "articles": [claim.article_id],
        "topics": topics,
        "outlets": [claim.article.outlet_id],
        "ratings": [1],
    }
    return {
        "changes.jsonl": ["changes.jsonl?since=0"],
        "api/": ["api/"],
        "api/openapi.json": ["api/openapi.json"],
        "llms.txt": ["llms.txt"],
        "mcp": ["mcp"],
        "api/match": ["api/match?text=These+words+stand+here"],
        "api/search": ["api/search?q=harbour", "api/search?q=words"],
        "api/corrections": ["api/corrections"],
        "api/<anything:rest>": ["api/nothing"],
        "api/claims/<int:number>/versions/<int:version>": [
            f"api/claims/{claim.pk}/versions/{number}" for number in (1, 2)
        ],
        **{f"api/{kind}": [f"api/{kind}"] for kind in ones},
        "api/claims": ["api/claims", *(f"api/claims{q}" for q in queries(claim))],
        **{
            f"api/{kind}/<int:number>": [f"api/{kind}/{key}" for key in keys]
            for kind, keys in ones.items()
        },
    }


def queries(claim):
    """Return query strings that would find a claim if it could be found."""
    return [
        f"?speaker={claim.speaker.slug}",
        f"?outlet={claim.article.outlet.slug}",
        *(f"?topic={topic.slug}" for topic in claim.topics.all()),
        "?q=words",
        f"?stated_before={date(1990, 1, 1)}",
        "?rating=none",
        "?rating=false",
        "?order=oldest",
    ]


def sent(response):
    """Return everything that went to the visitor: headers and body, unpacked."""
    body = (
        b"".join(response.streaming_content) if response.streaming else response.content
    )
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"".join(archive.read(name) for name in archive.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers}\n\n{body.decode(errors='replace')}"


def without_question(text, path):
    """Return what was sent without the visitor's own words echoed in it."""
    for words in re.split(r"[/?&=]", path):
        if CANARY in words:
            text = text.replace(words, "").replace(quote(words), "")
    return text


def patterns_that_show(client, claim):
    """Return the address patterns of which one path sends the canary."""
    return {
        pattern
        for pattern, paths in samples(claim).items()
        if any(
            CANARY in without_question(sent(client.get(f"/{path}")), path).casefold()
            for path in paths
        )
    }


def test_every_address_pattern_has_a_sample(site):
    patterns = {str(pattern.pattern) for pattern in urls.urlpatterns}
    assert patterns == set(samples(site.public))


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_nothing_hidden_leaves_by_any_address(client, site, every):
    # One claim hidden among public words; with the others the same lists are asked.
    asked = {
        path
        for claim in [site.public, *(site.hidden if every else site.hidden[-1:])]
        for paths in samples(claim).values()
        for path in paths
    }
    assert len(asked) >= (200 if every else 120)
    for path in asked:
        response = client.get(f"/{path}")
        assert response.status_code < 500, path
        assert CANARY not in without_question(sent(response), path).casefold(), path


def test_the_same_pages_do_show_the_canary_once_it_is_public(client, site):
    """Without this, a crawl of empty pages would pass as well."""
    draft = next(c for c in site.hidden if c.status == ClaimStatus.DRAFT)
    take_step("list", draft, by=make_user("Editors"))
    shown = patterns_that_show(client, draft)
    assert {
        "",
        "claims/",
        "claims.csv",
        "claims.jsonl",
        "claims.zip",
        "claims.atom",
        "claims.rss",
        "speakers/",
        "articles/",
        "topics/",
        "outlets/",
        "topics/<uslug:slug>/",
        "outlets/<uslug:slug>/",
        "search/",
        "check/",
        "claims/<int:pk>-<uslug:slug>/",
        "claims/<int:pk>-<uslug:slug>.json",
        "articles/<int:pk>-<uslug:slug>/",
        "speakers/<uslug:slug>/",
        "oembed",
        "sitemap.xml",
    } <= shown


@pytest.mark.slow
def test_a_withdrawn_claim_shows_on_its_own_pages_and_in_corrections_alone(client):
    claim = hidden_claim(8)
    make_published(claim, summary=f"Summary {CANARY}")
    claim.refresh_from_db()
    withdraw(claim, reason=f"Because {CANARY}")
    shown = patterns_that_show(client, claim)
    pages = {
        "claims/<int:pk>/",  # leads to the next one
        "claims/<int:pk>-<uslug:slug>/",
        "claims/<int:claim_id>/versions/<int:number>/",
        "report/",
        # Figures count what was withdrawn as they did.
        "audit/",
        "compliance/balance/",
        "compliance/balance.csv",
    }
    corrections = {
        f"corrections{each}" for each in ("/", ".csv", ".json", ".atom", ".rss")
    }
    corrections |= {"api/corrections", "changes.jsonl"}
    # Gone for programs: these say why, and nothing else.
    gone = {
        "claims/<int:pk>.json",
        "claims/<int:pk>-<uslug:slug>.json",
        "claims/<int:claim_id>/versions/<int:number>.json",
        "claims/<int:pk>/cite.bib",
        "claims/<int:pk>/cite.json",
        "claims/<int:pk>/card/",
        "claims/<int:pk>/card.png",
        "claims/<int:pk>/card-<slug:key>.png",
        "oembed",
        "api/claims/<int:number>",
        "api/claims/<int:number>/versions/<int:version>",
    }
    assert shown == pages | gone | corrections
    for pattern in gone:
        for path in samples(claim)[pattern]:
            response = client.get(f"/{path}")
            assert response.status_code == 410
            assert "summary" not in response.content.decode().casefold()


@pytest.mark.slow
def test_what_is_hidden_answers_like_what_was_never_there(client, site):
    merged = f"speakers/{site.merged.slug}/"
    assert client.get(f"/{merged}").status_code == 404
    for claim in site.hidden:
        if claim.article_id == site.public.article_id:
            continue
        for pattern, paths in samples(claim).items():
            for path in paths:
                # The scale and the dictionaries are the same for all claims, and
                # pages under a token, or about the desk, belong to none.
                everybodys = (
                    *("sitemap", "ratings", "data", "api/ratings", "rep", "about"),
                    "follow",
                )
                if "<" not in pattern or pattern.startswith(everybodys):
                    continue
                missing = re.sub(
                    r"\d+", "999999", path.replace(CANARY, "nothing"), count=1
                )
                hidden, other = client.get(f"/{path}"), client.get(f"/{missing}")
                assert hidden.status_code == other.status_code == 404, path
                assert _bare(hidden, path) == _bare(other, missing), path


def test_a_search_for_hidden_words_finds_as_much_as_a_search_for_none(client, site):
    nonsense = "zqnonsen"  # as long as the canary
    for path in ("search/", "claims/", "suggest/", "claims.csv", "claims.atom"):
        hidden = client.get(f"/{path}", {"q": CANARY})
        other = client.get(f"/{path}", {"q": nonsense})
        assert hidden.status_code == other.status_code
        # The address is in the ETag, and the question in the address.
        hidden, other = (
            re.sub(r"ETag: .*", "", sent(response)) for response in (hidden, other)
        )
        assert hidden.replace(CANARY, nonsense) == other, path


@pytest.mark.slow
def test_writing_a_draft_changes_nothing_that_visitors_are_sent(client, site):
    """Neither an ETag, nor a date, nor a length tells that the desk is at work."""

    def everything():
        return {
            path: re.sub(MOMENTARY, "", text)
            for paths in samples(site.public).values()
            for path in paths
            # An archive tells when it was made.
            if not path.startswith("claims.zip")
            for text in [sent(client.get(f"/{path}"))]
        }

    before = everything()
    author = make_user("Reviewers")
    draft = hidden_claim(77, status=ClaimStatus.DRAFT)
    make_verdict(draft, status=VerdictStatus.IN_REVIEW, author=author)
    verdict = site.public.verdict
    verdict.refresh_from_db()
    verdict.summary = f"Another {CANARY}"
    verdict.version += 1
    verdict.save()
    change_claim(
        draft, by=make_user("Editors"), version=draft.version, wording=f"New {CANARY}."
    )
    after = everything()
    for path, text in before.items():
        now = after[path]
        if "Last-Modified" not in text:
            # A date is told once its second is over.
            now = re.sub(r"Last-Modified: [^\n]+\n", "", now, count=1)
        assert now == text, path


def _bare(response, path):
    text = sent(response)
    return re.sub(r"\d+", "", text.replace(f"/{path}", "").replace(quote(path), ""))
