"""What the scripts of the desk say, in the language of the page.

A script says each sentence in English; the page carries what stands for it. A test
holds the two together.
"""

from __future__ import annotations

from functools import cache

from django.utils.translation import get_language, gettext, ngettext, override
from django.utils.translation import gettext_noop as _

# Below this, each number may have a plural form of its own; from here on its last two
# figures decide, in every language.
NUMBERS = range(200)

# On a verdict's form, which one key reaches from the desk.
WAY_BACK = (
    _("Back to the words in the article (Esc)"),
    _("Numbers choose the rating: 1 %(first)s to %(number)s %(last)s."),
    _("Rating: %(name)s."),
    _("There are changes that are not saved. Esc again leaves them."),
)

SENTENCES = (
    # The live line, counts, alerts.
    _("This browser cannot draw marks over a text; the list shows every claim."),
    _("Choose a claim first: n goes to the next one."),
    _("Letter by letter."),
    _("Word by word."),
    _("Everything is decided."),
    _("Sign in on a new page"),
    _("You are signed out; nothing typed is lost."),
    _("Then save here again."),
    _("No answer from the server. Nothing typed is lost; try again in a moment."),
    _("You may only look at this article."),
    _("%(count)s listed"),
    _("%(count)s without a speaker"),
    _("%(count)s suggested"),
    _("Selected: “%(words)s”"),
    _("needs an eye"),
    _("Claim %(number)s of %(total)s, %(state)s, %(speaker)s: “%(quote)s”"),
    _("speaker %(name)s"),
    _("speaker perhaps %(name)s"),
    _("no speaker"),
    _("There are no claims here."),
    # Words of a claim.
    _("“%(words)s” is the cue of the claim in the form."),
    _("“%(words)s” is now the cue."),
    _("cue marked"),
    _("“%(words)s” is the speaker as printed, for the claim in the form."),
    _("“%(words)s” is now the speaker as printed."),
    _("speaker as printed marked"),
    _("Select words first."),
    _("The parts of a claim cannot share words."),
    _("part added"),
    _("The claim in the form has these words."),
    _("claim re-attached"),
    _("The claim stands at “%(words)s”."),
    _(
        "These words are not found. Select where they are and press m, or r if "
        "they are gone."
    ),
    _("new words confirmed"),
    _("Confirmed."),
    _("The claim's words do not stand in this text."),
    _("Left and Right move the beginning; Enter keeps it."),
    _("Left and Right move the end; Enter keeps it."),
    _("edge moved"),
    _("The claim is now “%(quote)s”."),
    # Decisions, undone and done again.
    _("“%(quote)s” accepted"),
    _("“%(quote)s” rejected"),
    _("“%(quote)s” deleted"),
    _("This claim is accepted already."),
    _("Save or close the form first."),
    _("Noted: no longer in the text. The claim keeps its quote."),
    _("Only suggestions and drafts can be rejected; a listed claim is withdrawn."),
    _("Readers may have seen this claim: withdraw it instead."),
    _("%(what)s; u takes it back."),
    _("%(what)s, without a speaker"),
    _("%(what)s, said by %(name)s"),
    _("%(what)s; one u takes it all back."),
    _("%(count)s not: %(why)s"),
    _("That is not possible from here."),
    _("%(what)s: done."),
    _("There is nothing to undo."),
    _("There is nothing to redo."),
    _("Undone: %(what)s."),
    _("Done again: %(what)s."),
    _("Cannot undo: %(why)s"),
    _("Cannot redo: %(why)s"),
    _("The server refused that. Reload the page; what you typed is kept."),
    _("changed since by %(name)s."),
    _("changed since by somebody else."),
    _("%(name)s changed this claim first; this is their version."),
    _("Somebody else"),
    _("That was refused."),
    # The claim form.
    _("Select words first: arrows choose words, Shift extends."),
    _("A rejected claim is restored before it is changed."),
    _("No speaker here is called “%(name)s” yet: who said it?"),
    _("What you had typed is here again."),
    _("Open the form again with what was typed"),
    _("Form closed; what was typed can be had back."),
    _("Not saved yet; nothing is lost. Press Ctrl+Enter to try again."),
    _("The text was corrected meanwhile. Your words were found again: save once more."),
    _("“%(quote)s” marked"),
    _("“%(quote)s” changed"),
    _("Saved: “%(quote)s”, said by %(name)s."),
    _("Saved: “%(quote)s”; no speaker yet."),
    _("Their version stays."),
    _("%(name)s changed this claim first. Use yours, or keep theirs?"),
    _("Your words are no longer in the text. Select them again, then press m."),
    _("Remove the cue “%(words)s”"),
    _("Remove the speaker as printed “%(words)s”"),
    _("Save and accept"),
    _("guess"),
    _("No speaker here is called that yet: choose or create one, or empty the box."),
    _("Remove the topic %(name)s"),
    _("In the text: %(name)s"),
    _("Choose a speaker from the list, create one, or empty the box."),
    _("%(name)s changed this claim first."),
    _("Use mine"),
    _("Keep theirs"),
    _("Who said it?"),
    _("New claim"),
    _("Edit claim"),
    _("Theirs"),
    _("Yours"),
    _("State"),
    _("as theirs"),
    _("Words"),
    _("Cue"),
    _("Speaker as printed"),
    _("Create person “%(name)s”"),
    _("Create organisation “%(name)s”"),
    _("Create another person “%(name)s”"),
    _("Create another organisation “%(name)s”"),
    _("Speaker “%(name)s” created."),
    _("Speaker “%(name)s” was known already."),
    _("Names"),
    # Finding words.
    _("These words do not stand in the text."),
    _("These words stand in the text once; Enter takes them."),
    _("The first %(shown)s are shown."),
    # The list of claims.
    _("All"),
    _("Suggested"),
    _("Needs an eye"),
    _("No speaker"),
    _("Mine"),
    _("Rejected"),
    _("Show"),
    _("Rule"),
    _("All shown"),
    _("any"),
    _("Accept %(count)s shown"),
    _("Reject %(count)s shown"),
    _("No claims yet. Select words in the text and press Enter."),
    _("Nothing here."),
    _("inside claim %(number)s"),
    _("no speaker yet; in the text: “%(words)s”"),
    _("no speaker yet"),
    _("verdict: %(state)s"),
    _("Accept"),
    _("Reject"),
    _("relayed by %(name)s"),
    _("cue “%(words)s”"),
    _("printed as “%(words)s”"),
    _("Proposed by rule “%(rule)s”"),
    _("score %(score)s"),
    _("%(role)s: not found in the corrected text: “%(words)s”"),
    _("or:"),
    _("same words, surroundings changed"),
    _("Take this"),
    _("Take this place"),
    _("Confirm"),
    _("No longer in the text"),
    _("Edit"),
    _("Verdict"),
    _("Delete"),
    _("Del"),
    # Corrected texts, other articles.
    _("Your correction from before is here again."),
    _("Say why the text is corrected."),
    _("The text is corrected; every claim is on its words."),
    _("Not sent. What you typed is kept; try again."),
    _(
        "Somebody else has corrected this text meanwhile. Your words are kept "
        "below; saving them would replace that correction."
    ),
    _("No claims stand in this text."),
    _("All claims stay: %(stay)s of %(total)s."),
    _("%(count)s moved with the text"),
    _("%(count)s no longer found"),
    _("%(speaker)s: not found any more."),
    _("%(speaker)s: needs your eye."),
    _("A verdict needs an accepted claim."),
    _("No other article waits for a decision."),
    _("Noted: nothing to mark here. g goes to the next article."),
    _("text %(number)s"),
    _("The text was corrected; the words in your form were found in it."),
    _("The text was corrected; the words in your form are no longer in it."),
    _(
        "Choose words and press Enter to mark them; n goes to the next claim, ?"
        " shows all keys."
    ),
    # Keys.
    _("word back and on; Shift extends"),
    _("line up and down; Shift extends"),
    _("letters instead of words, and back"),
    _("sentence; again: one more"),
    _("new claim from the selected words"),
    _("find words by typing or pasting them"),
    _("selected words become the cue"),
    _("selected words become the speaker as printed"),
    _("add the selected words as another part"),
    _("re-attach the claim to the selected words"),
    _("drop the selection, close the form, back to the text"),
    _("next claim"),
    _("previous claim"),
    _("next claim that needs a decision"),
    _("accept the suggestion, or confirm the new words; then the next"),
    _("reject it; then the next"),
    _("edit the claim"),
    _("move its beginning with Left and Right, Enter keeps"),
    _("move its tail with Left and Right, Enter keeps"),
    _("list it for readers"),
    _("its verdict form; Esc there comes back"),
    _("delete it (u brings it back)"),
    _("undo"),
    _("redo"),
    _("next open article"),
    _("these keys"),
    _("Left"),
    _("Right"),
    _("Up"),
    _("Down"),
    _("Enter"),
    _("Esc"),
    _("The edge stays where it was."),
    _("In the text"),
    _("In the text or the list"),
    _("Single letters are keys."),
    _("Single letters are off."),
    _("Shift"),
)

COUNTED = (
    lambda n: ngettext(
        "The text is corrected. %(count)s claim needs your eye.",
        "The text is corrected. %(count)s claims need your eye.",
        n,
    ),
    lambda n: ngettext(
        "%(count)s claim stays",
        "%(count)s claims stay",
        n,
    ),
    lambda n: ngettext(
        "%(count)s needs your eye",
        "%(count)s need your eye",
        n,
    ),
    lambda n: ngettext(
        "%(count)s paragraph has changed places: look at the claims in it.",
        "%(count)s paragraphs have changed places: look at the claims in them.",
        n,
    ),
    lambda n: ngettext(
        "%(count)s suggestion accepted",
        "%(count)s suggestions accepted",
        n,
    ),
    lambda n: ngettext(
        "%(count)s suggestion rejected",
        "%(count)s suggestions rejected",
        n,
    ),
    lambda n: ngettext(
        "%(count)s still needs a speaker: “No speaker” shows it.",
        "%(count)s still need a speaker: “No speaker” shows them.",
        n,
    ),
    lambda n: ngettext(
        "The claim in the form has %(count)s part.",
        "The claim in the form has %(count)s parts.",
        n,
    ),
    lambda n: ngettext(
        "The claim has %(count)s part.",
        "The claim has %(count)s parts.",
        n,
    ),
    lambda n: ngettext(
        "%(count)s claim",
        "%(count)s claims",
        n,
    ),
    lambda n: ngettext(
        "%(decided)s of %(count)s suggestion decided",
        "%(decided)s of %(count)s suggestions decided",
        n,
    ),
    lambda n: ngettext(
        "%(names)s is here too",
        "%(names)s are here too",
        n,
    ),
    lambda n: ngettext(
        "These words stand in the text %(count)s time; choose the place.",
        "These words stand in the text %(count)s times; choose the place.",
        n,
    ),
)


def desk_sayings() -> dict[str, str | dict]:
    """Return all that the desk may say, by its English words."""
    return {sentence: gettext(sentence) for sentence in SENTENCES} | _counted(
        get_language()
    )


def way_back_sayings() -> dict[str, str]:
    """Return what a verdict's form says to somebody who came from the desk."""
    return {sentence: gettext(sentence) for sentence in WAY_BACK}


@cache
def _counted(language):
    """Return the sentences with a number: their forms, and which goes with each."""
    return {_english(of): _forms(of) for of in COUNTED}


def _english(of):
    with override(None):
        return of(1)


def _forms(of):
    said = [of(number) for number in NUMBERS]
    forms = list(dict.fromkeys(said))
    if len(forms) == 1:
        return forms[0]
    return {"forms": forms, "of": [forms.index(each) for each in said]}
