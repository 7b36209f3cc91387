"""Rules of the machine that change what a statement rests on: the claim, its speaker,
the scale, the article. Each through the door that the desk itself has for it."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from claims.desk.annotation import change_claim, find_mark
from claims.desk.merging import merge_speakers
from claims.desk.text_corrections import correct_text
from claims.exceptions import Refused
from claims.models import Article, Claim, PublishedVerdict, Rating, Speaker, Verdict
from tests.admin.conftest import typed
from tests.desk.workflow_oracle import EDITORS, UNDER_WAY, claims, people, stale

speakers = st.integers(0, 2)
MONTHS = ("May", "June")


class StatementEdits:
    """What people change beside the verdict, and whom that makes one of its authors."""

    def token(self):
        """Return words that nothing else has, so that they are known again."""
        self.edits += 1
        return f"Zq{self.edits}"

    def under_way(self, of=lambda claim: True):
        """Return the claims whose verdict somebody is writing or reviewing."""
        return [
            verdict.claim_id
            for verdict in Verdict.objects.filter(status__in=UNDER_WAY)
            if of(verdict.claim)
        ]

    def take_part(self, who, keys):
        for key in keys:
            self.wrote[key].add(who)

    # --- The claim itself ----------------------------------------------------------

    def changes(self, claim, what):
        """Return what an edit of some sort sends, and whether it changes anything."""
        standing = [key for key in self.names.slugs if key not in self.names.merged]
        others = set(claim.other_speakers.values_list("pk", flat=True))
        if what == "speaker":
            place = sorted(standing).index(claim.speaker_id) + 1
            key = sorted(standing)[place % len(standing)]
            return {"speaker": Speaker.objects.get(pk=key)}, key != claim.speaker_id
        if what == "joint":
            asked = set() if others else {standing[-1]}
            sent = Speaker.objects.filter(pk__in=asked)
            return {"other_speakers": sent}, asked - {claim.speaker_id} != others
        if what == "marks":
            text = claim.article.current_text
            exact = text.body[: 10 + self.edits % 7]
            mark = find_mark(text, exact, role="content")
            span = claim.spans.get(role="content")
            same = (span.text_id, span.end) == (text.pk, mark.end)
            differs = not same or claim.spans.count() > 1
            return {"marks": [mark], "text": text}, differs
        if what == "topics":
            self.topics_wanted = set() if self.book[claim.pk].topics else {"ferries"}
            return {"topics": [self.topic] if self.topics_wanted else []}, False
        token = self.token()
        return {
            "wording": {"wording": f"{token} reached the harbour"},
            "role": {"printed_role": f"{token} harbour master"},
            "day": {
                "stated_on": date(2026, 1, 1) + timedelta(self.edits),
                "stated_precision": "day",
            },
            "kind": {
                "checkability": "opinion"
                if claim.checkability == "checkable"
                else "checkable"
            },
        }[what], True

    @rule(who=people, which=claims, off=stale, what=st.sampled_from([
        "wording", "wording", "speaker", "joint", "marks", "topics", "role", "day",
        "kind",
    ]))  # fmt: skip
    def edit(self, who, which, off, what):
        claim, verdict = self.claim(which), self.verdict(which)
        sent, differs = self.changes(claim, what)
        is_open = claim.current_id is None or verdict.status == "draft"
        expected = off == 0 and (is_open or not differs)
        self.attempt(
            lambda: change_claim(
                claim, by=self.users[who], version=claim.version + off, **sent
            ),
            expected,
        )
        if not expected:
            return
        self.done[what] += 1
        if what == "topics":
            self.book[claim.pk].topics = self.topics_wanted
        elif claim.current_id is None:
            self.book[claim.pk].tokens.add(f"zq{self.edits}")
        if differs and verdict is not None and verdict.status in UNDER_WAY:
            self.wrote[claim.pk].add(who)

    # --- Its speaker ---------------------------------------------------------------

    def post(self, who, address, **changes):
        """Send a form of the desk as somebody filled it in; raise Refused otherwise."""
        client = self.clients[who]
        page = client.get(address)
        if page.status_code == 200:
            page = client.post(address, typed(page, **changes))
            if page.status_code == 302:
                return
        raise Refused(f"{address}: {page.status_code}")

    @rule(who=people, which=speakers,
          what=st.sampled_from(["rename", "alias", "office"]))  # fmt: skip
    def edit_speaker(self, who, which, what):
        key, token = self.speakers[which].pk, self.token()
        speaker = Speaker.objects.get(pk=key)
        changes = {
            "rename": {"name": f"{token} Falk", "not_the_same": "on"},
            "alias": {f"aliases__{speaker.aliases.count()}__name": f"{token} Berg"},
            "office": {f"roles__{speaker.roles.count()}__title": f"{token} mayor"},
        }[what]
        address = f"/admin/claims/speaker/{key}/change/"
        self.attempt(lambda: self.post(who, address, **changes), True)
        self.done[what] += 1
        if what == "rename":
            self.names.called[key] = f"{token} Falk"
        elif what == "alias":
            self.names.aliases[key].append(f"{token} Berg")
        else:
            self.names.offices[key].append(f"{token} mayor")
        theirs = self.under_way(lambda claim: self.is_by(claim, {key}))
        self.take_part(who, theirs)
        for claim in Claim.objects.filter(current=None):
            self.book[claim.pk].tokens.add(token.lower())

    def is_by(self, claim, keys):
        others = claim.other_speakers.values_list("pk", flat=True)
        return bool(keys & {claim.speaker_id, *others})

    @rule(who=people, one=speakers, other=speakers)
    def merge(self, who, one, other):
        speaker, into = self.speakers[one], self.speakers[other]
        merged = self.names.merged
        expected = (
            one != other
            and not {speaker.pk, into.pk} & merged.keys()
            and not any(
                self.is_locked_against(claim, speaker.pk, into.pk)
                for claim in Claim.objects.exclude(current=None)
            )
        )
        self.attempt(
            lambda: merge_speakers(speaker, into, by=self.users[who]), expected
        )
        if expected:
            self.done["merge"] += 1
            self.names.merge(speaker.pk, into.pk)
            theirs = self.under_way(lambda claim: self.is_by(claim, {into.pk}))
            self.take_part(who, theirs)

    def is_locked_against(self, claim, key, into):
        """Return whether a merge would change a statement that is in review."""
        if claim.verdict.status == "draft":
            return False
        merged = self.names.merged | {key: into}

        def standing(key):
            while key in merged:
                key = merged[key]
            return key

        newest = self.book[claim.pk].newest
        others = set(claim.other_speakers.values_list("pk", flat=True))
        speaker = standing(claim.speaker_id)
        if claim.speaker_id == key:
            if speaker != standing(newest["speaker_id"]):
                return True
            others |= {key} if into in others else set()
        published = {standing(each["id"]) for each in newest["speakers"]}
        return key in others and published - {speaker} != {
            standing(other) for other in others
        } - {speaker}

    # --- The scale and the article ---------------------------------------------------

    @rule(who=people, which=st.integers(0, 6),
          what=st.sampled_from(["label", "definition", "value"]))  # fmt: skip
    def edit_rating(self, who, which, what):
        rating = Rating.objects.all()[which]
        changes = {
            "label": {"label": self.token()},
            "definition": {"definition": f"{self.token()} holds."},
            "value": {"value": "3", "bucket": "mixed"}
            if rating.value != 3
            else {"value": "", "bucket": "unrated"},
        }[what]
        is_used = (
            Verdict.objects.filter(rating=rating).exists()
            or PublishedVerdict.objects.filter(rating=rating).exists()
        )
        # Sent whole, as by somebody who opened the form before the rating was used.
        names = ("label", "sign", "definition", "value", "bucket", "order", "slug")
        stored = {name: getattr(rating, name) for name in names}
        whole = {n: "" if value is None else str(value) for n, value in stored.items()}
        address = f"/admin/claims/rating/{rating.pk}/change/"
        expected = who in EDITORS and not is_used
        self.attempt(lambda: self.post(who, address, **whole | changes), expected)
        self.done["rating edited" if expected else "rating kept"] += 1

    @rule(who=people)
    def edit_article(self, who):
        article = self.claim(0).article
        address = f"/admin/claims/article/{article.pk}/change/"
        headline = f"{self.token()} and the harbour"
        self.attempt(lambda: self.post(who, address, headline=headline), True)
        self.take_part(who, self.under_way())

    @rule(who=people, changed=st.booleans(), off=stale)
    def correct(self, who, changed, off):
        """Correct the text around the words, or a word that somebody claimed."""
        article = Article.objects.get(pk=self.claim(0).article_id)
        body, self.edits = self.names.bodies[-1], self.edits + 1
        if changed:
            was, now = MONTHS if f"in {MONTHS[0]}," in body else MONTHS[::-1]
            body = body.replace(f"in {was},", f"in {now},")
        else:
            body += f"\n\nPage {self.edits}."
        number = article.current_text.number + off
        under_way, in_force = self.under_way(), self.published_verdicts()
        plans = []
        self.attempt(
            lambda: plans.append(
                correct_text(
                    article, body, by=self.users[who], reason="A slip.", number=number
                )[1]
            ),
            off == 0,
        )
        if off:
            return
        self.done["words corrected" if changed else "text corrected"] += 1
        self.names.bodies.append(body)
        article.refresh_from_db()
        self.names.texts[article.current_text_id] = len(self.names.bodies)
        self.take_part(who, under_way)
        doubtful = {claim.pk for claim in plans[0].published}
        for key in in_force:
            marks = self.book[key].newest["marks"]
            if any(mark["exact"] not in body for mark in marks):
                assert key in doubtful
            if key in doubtful:
                self.done["revision begun by a correction"] += 1
                self.wrote[key] = {who}
        assert set(self.published_verdicts()) == set(in_force) - doubtful

    def published_verdicts(self):
        found = Verdict.objects.filter(status="published")
        return list(found.values_list("claim_id", flat=True))
