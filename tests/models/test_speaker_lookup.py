"""Speakers looked up by name: exactly, by its beginning, by letters in it."""

import pytest

from claims.models import Speaker
from tests.factories import make_claim, make_speaker

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "named", "starting", "containing"),
    [
        # Case, accents and blanks around the words make no difference.
        (" ida FALK ", True, True, True),
        ("The Máyor", True, True, True),
        # A beginning of any word of the name; of an alias only of the whole.
        ("fal", False, True, True),
        ("mayor", False, False, True),
        ("the may", False, True, True),
        ("alk", False, False, True),
        ("falke", False, False, False),
        # Nobody is called nothing.
        (" ", False, False, False),
    ],
)
def test_a_speaker_is_found_by_name_or_alias(words, named, starting, containing):
    # By its beginning a reader asks, for one who is known to readers.
    make_claim(speaker=make_speaker("Ída Falk", aliases=["The Mayor"]))
    speakers = Speaker.objects.all()
    assert speakers.named(words).exists() == named
    assert speakers.starting(words).exists() == starting
    assert speakers.containing(words).exists() == containing


def test_a_name_that_two_bear_names_no_one():
    falk = make_speaker("Ida Falk")
    assert Speaker.objects.one_named("ida falk") == falk
    make_speaker("I. Falk", aliases=["Ida Falk"])
    assert Speaker.objects.one_named("ida falk") is None
    assert Speaker.objects.one_named("") is None


def test_the_slug_of_a_merged_speaker_leads_to_the_one_it_became():
    falk = make_speaker("Ida Falk")
    old = make_speaker("I. Falk", merged_into=falk)
    assert Speaker.objects.by_slug([falk.slug, old.slug, "nobody"]) == {
        falk.slug: falk,
        old.slug: falk,
    }
