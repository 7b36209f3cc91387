"""Template tags that render an article's text with nested <mark> elements."""

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.reading.differences import asked_and_answered

register = template.Library()

DIFFERS = {
    "number": gettext_lazy("another number"),
    "name": gettext_lazy("another name"),
    "negation": gettext_lazy("a negation, or the opposite"),
}
# Whom the desk asked, at the desk: “{% for label, words in row|asked_and_answered %}”.
register.filter(asked_and_answered)

# Beyond so many claims on the same words, their lines share the last lane.
LANES = 4


@register.simple_tag
def marked_paragraph(paragraph, claims=None):
    """Return the HTML of a paragraph with its claims marked.

    `claims` maps a claim's key to its row on the article page; each claim then gets
    an anchor at its first words and a numbered reference behind its last.
    """
    claims = claims or {}
    out, open_layers = [], []
    if paragraph.follows_gap:
        out += [_gap(), " "]
    for piece in paragraph.pieces:
        if not piece.text:
            out += _close(open_layers, 0)
            out += [" ", _gap(), " "]
            continue
        kept = _shared(open_layers, piece.layers)
        out += _close(open_layers, kept)
        for layer in piece.layers[kept:]:
            out.append(_open(layer, layer in piece.begins, claims))
            open_layers.append(layer)
        out.append(_words(piece))
        ending = [layer for layer in reversed(piece.layers) if layer in piece.ends]
        for layer in ending:
            if layer in open_layers:
                place = open_layers.index(layer)
                out += _close(open_layers, place)
            if layer.claim in claims:
                out.append(_reference(claims[layer.claim], layer))
    out += _close(open_layers, 0)
    if paragraph.gap_after:
        out += [" ", _gap()]
    return mark_safe("".join(out))  # noqa: S308 - every part is escaped above


@register.simple_tag
def marked_roles(passage):
    """Return a passage as HTML, with a <mark> of its roles around each marked piece."""
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html(
                    '<mark class="{}">{}</mark>',
                    " ".join(f"mark-{role}" for role in piece.roles),
                    piece.text,
                )
                if piece.roles
                else piece.text,
            )
            for piece in passage.pieces
        ),
    )


@register.simple_tag
def difference(stretches, announced=False):
    """Return the stretches of a word by word difference as HTML: <del> and <ins>.

    `announced` puts "Removed:" and "Added:" before them, for screen readers alone.
    """
    tags = {"removed": ("del", _("Removed:")), "added": ("ins", _("Added:"))}
    out = []
    for stretch in stretches:
        tag, words = tags.get(stretch.kind, ("", ""))
        notice = ""
        if tag and announced:
            notice = format_html('<span class="visually-hidden">{} </span>', words)
        form = "<{tag}>{notice}{text}</{tag}>" if tag else "{text}"
        out.append(format_html(form, tag=tag, notice=notice, text=stretch.text))
    return mark_safe("".join(out))  # noqa: S308 - every part is escaped above


@register.simple_tag
def differing_words(pieces):
    """Return a text with a <mark> around each number, name or negation that differs."""
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html(
                    '<mark class="differs" title="{}">{}</mark>',
                    DIFFERS[piece.kind],
                    piece.text,
                )
                if piece.kind
                else piece.text,
            )
            for piece in pieces
        ),
    )


@register.simple_tag
def change_in_words(change):
    """Return a difference in words, such as "another number: 4.5 → 5.4"."""
    what = DIFFERS[change.kind]
    if change.before and change.now:
        return f"{what}: {change.before} → {change.now}"
    words = _("%(what)s: only before, “%(words)s”")
    if change.now:
        words = _("%(what)s: only now, “%(words)s”")
    return words % {"what": what, "words": change.before or change.now}


@register.filter
def from_key(rows, key):
    """Return the item of a dict by its key."""
    return rows.get(key)


@register.filter
def written_day(stamp):
    """Return an ISO 8601 date in the format of the language."""
    return date_format(date.fromisoformat(stamp), "DATE_FORMAT") if stamp else ""


def _shared(open_layers, layers):
    """Return how many layers stay open, from the outermost in."""
    kept = 0
    while (
        kept < min(len(open_layers), len(layers)) and open_layers[kept] == layers[kept]
    ):
        kept += 1
    return kept


def _close(open_layers, kept):
    closed = ["</mark>"] * (len(open_layers) - kept)
    del open_layers[kept:]
    return closed


def _open(layer, is_first, claims):
    row = claims.get(layer.claim)
    tone = row.claim.verdict_state.tone if row else "own"
    lane = min(layer.lane, LANES - 1)
    anchor = ""
    if row and is_first and layer.part == 0:
        anchor = format_html(' id="words-{}"', layer.claim)
    return format_html(
        '<mark class="words is-{} lane-{}" data-claim="{}"{}>',
        tone,
        lane,
        layer.claim,
        anchor,
    )


def _words(piece):
    words = escape(piece.text)
    if piece.is_cue:
        words = format_html('<span class="cue">{}</span>', words)
    if piece.is_speaker:
        words = format_html('<span class="who">{}</span>', words)
    return words


def _reference(row, layer):
    state = row.claim.verdict_state
    if layer.part < row.parts - 1:
        sign = "…"
    else:
        sign = format_html('<span class="sign">{}</span>', state.sign)
    label = _("Claim %(number)d, %(speaker)s: %(verdict)s") % {
        "number": row.number,
        "speaker": "; ".join(row.claim.speaker_names),
        "verdict": state,
    }
    return format_html(
        '<a class="ref is-{}" href="#note-{}" aria-label="{}">{}{}</a>',
        state.tone,
        row.claim.pk,
        label,
        row.number,
        sign,
    )


def _gap():
    label = _("Words left out")
    return format_html('<span class="gap" role="img" aria-label="{}">[…]</span>', label)
