"""The picture of a claim for social networks: what it says, and where it stands."""

from io import BytesIO

import pytest
from PIL import Image, ImageFont

from claims.desk.workflow import take_step
from claims.exchange.social_card import SocialCard, card_png, social_card
from claims.exchange.social_card.drawing import (
    INNER,
    direction_of,
    shortened,
    wrapped,
)
from claims.exchange.social_card.fonts import OWN, SANS, SERIF, font_for, has_sign
from claims.exchange.social_card.signs import sign_mask
from claims.models import PublicClaim, Rating
from tests.factories import (
    checked,
    make_article,
    make_claim,
    make_published,
    make_speaker,
    make_user,
    retract,
    revise,
    withdraw,
)

SERIF_40 = ImageFont.truetype(str(OWN[SERIF]), 40)


def card(**fields):
    plain = {
        "speaker": "Ida Falk",
        "words": "The harbour opens in May.",
        "sign": "✗",
        "label": "False",
        "tone": "false",
        "is_in_force": True,
        "days": "Said 1 May 2026",
        "desk": "Quay Desk",
    }
    return SocialCard(**plain | fields)


def pixels(**fields):
    """Return a card's pixels; of what stands in it nothing shows but the drawing."""
    image = Image.open(BytesIO(card_png(card(**fields))))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    return image.convert("RGB").tobytes()


def test_everything_on_a_card_changes_its_picture_and_its_key():
    changed = {
        "speaker": "Ida Fal",
        "words": "The harbour opens in June.",
        "sign": "✓",
        "label": "True",
        "tone": "true",
        "days": "Said 2 May 2026",
        "desk": "Quay",
    }
    pictures = {pixels(), *(pixels(**{name: new}) for name, new in changed.items())}
    assert len(pictures) == len(changed) + 1
    keys = {card().key, *(card(**{name: new}).key for name, new in changed.items())}
    assert len(keys) == len(changed) + 1


def test_what_no_font_can_write_is_left_out_and_never_a_box():
    # No font here has the ship: the verdict stands in the place of the words.
    unwritable = "The 🚢\U0010fffd opens."
    assert font_for(unwritable, SERIF, 40) is None
    assert pixels(words=unwritable) == pixels(words="False 🚢\U0010fffd")
    assert pixels(words=unwritable) != pixels(words="\u200b")
    assert pixels(speaker="🚢\U0010fffd") != pixels()
    # The control: every sign is written that the font has, and Turkish letters are.
    assert has_sign(str(OWN[SERIF]), "ğ")
    assert not has_sign(str(OWN[SERIF]), "✗")
    assert font_for("İğdır çöküş ŞÜÖÇ Ąę Žů Ελ Жд “–…”", SANS, 20) is not None


def test_every_sign_of_a_verdict_is_drawn_by_the_program():
    masks = {sign: sign_mask(sign, 40) for sign in "✓✗±?–○⊘◇~✓~".replace("✓~", "")}
    drawn = {mask.tobytes() for mask in masks.values()}
    assert len(drawn) == len(masks)
    assert all(mask.getbbox() for mask in masks.values())
    assert sign_mask("✓~", 40).width > sign_mask("✓", 40).width
    # A sign that no font has is a dot, and one of spaces alone too.
    assert sign_mask("\U0010fffd", 40).tobytes() == sign_mask(" ", 40).tobytes()


@pytest.mark.parametrize(
    "words",
    [
        "The harbour of Port Ambrel will open in May, and forty ships will call. " * 3,
        "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz ist lang.",
        "İstanbul'a yağan yağmur, ığdırlı çiftçilere göre geçen yılkinden çoktu.",
        "港は五月に開き、四十隻の船が入ると局長は述べた。" * 3,
    ],
)
def test_lines_hold_all_the_words_and_fit(words):
    lines = list(wrapped(words, SERIF_40, INNER))
    assert all(SERIF_40.getlength(line) <= INNER for line in lines)
    assert "".join("".join(lines).split()) == "".join(words.split())
    # No comma begins a line.
    assert not any(line[0] in "、。,." for line in lines)


def test_a_long_text_is_cut_by_words_with_an_ellipsis_only_at_its_end():
    words = "The harbour, of Port Ambrel, will open in May."
    cut = shortened(words, SERIF_40, 420)
    assert cut.endswith("…")
    assert cut.count("…") == 1
    assert words.startswith(cut[:-1])
    assert words[len(cut) - 1] in " ,"
    assert shortened(words, SERIF_40, 2000) == words
    assert shortened("Donaudampfschifffahrt", SERIF_40, 200).endswith("…")


def test_the_first_letter_decides_where_a_line_begins():
    assert direction_of("45% من السفن") == "rtl"
    assert direction_of("“The” هل") == "ltr"
    assert direction_of("הנמל S-400") == "rtl"


def address(client, claim):
    return client.get(f"/claims/{claim.pk}/card.png")


@pytest.mark.django_db
def test_a_page_names_the_picture_and_it_is_there_for_long(client):
    claim = make_published(
        make_claim(
            article=make_article(),
            speaker=make_speaker("Çağla Öz", title="Mayor"),
            wording="The harbour opens.",
        )
    ).claim
    drawn = social_card(PublicClaim.objects.for_listing().get(pk=claim.pk))
    assert (drawn.speaker, drawn.words) == ("Çağla Öz, Mayor", "The harbour opens.")
    assert drawn.label == claim.current.rating_label
    url = address(client, claim).url
    html = client.get(claim.get_absolute_url()).content.decode()
    assert f'property="og:image" content="http://testserver{url}"' in html
    assert f'name="twitter:image" content="http://testserver{url}"' in html
    assert 'name="twitter:card" content="summary_large_image"' in html
    response = client.get(url)
    assert response["Content-Type"] == "image/png"
    assert Image.open(BytesIO(response.content)).size == (1200, 630)
    assert {"public", "immutable"} < set(response["Cache-Control"].split(", "))
    known = {"If-None-Match": response["ETag"]}
    assert client.get(url, headers=known).status_code == 304


@pytest.mark.django_db
def test_a_picture_says_what_was_published_last_and_a_former_address_leads_there(
    client,
):
    claim = make_published(make_claim(wording="The harbour opens.")).claim
    first = address(client, claim).url
    # A revision is a draft until somebody else publishes it.
    verdict = revise(claim.verdict)
    verdict.rating = Rating.objects.get(slug="true")
    verdict.version += 1
    verdict.save()
    assert address(client, claim).url == first
    verdict = take_step("submit", verdict, by=verdict.author, **checked(verdict))
    take_step("publish", verdict, by=make_user("Editors"), **checked(verdict))
    assert address(client, claim).url != first
    assert client.get(first).status_code == 302
    claim.refresh_from_db()
    retract(claim.verdict)
    last = client.get(first, follow=True)
    shown = social_card(PublicClaim.objects.for_listing().get(pk=claim.pk))
    assert (last.status_code, shown.label) == (200, "Verdict retracted")
    withdraw(claim)
    for path in (first, f"/claims/{claim.pk}/card.png"):
        gone = client.get(path)
        assert (gone.status_code, "Not a statement." in gone.text) == (410, True)
    html = client.get(claim.get_absolute_url()).content.decode()
    assert "og:image" not in html


@pytest.mark.django_db
def test_a_claim_that_readers_do_not_see_has_no_picture(client):
    draft = make_claim(status="draft")
    assert address(client, draft).status_code == 404
    assert client.get(f"/claims/{draft.pk}/card-{card().key}.png").status_code == 404
