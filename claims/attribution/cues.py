"""Cues."""

from __future__ import annotations

from dataclasses import dataclass

from .words import forms

TABLE = """
say ftqw
state ftqwn
add ftqw
note ftqwn
argue ftqw for against
announce ftqwni
explain ftqwn
claim ftqni
insist ftq on
assert ftqn
declare ftqn
contend ftq
maintain ftq
allege ftqn
report ftqwn
warn ftqo of against about
suggest ftqwng
predict ftqwn
acknowledge ftqwng
admit ftqwng to
concede ftqwn
confirm ftqwn
deny ftqng
reveal ftqwn
disclose ftqwn
indicate ftqwn
stress ftqn
emphasize ftqwn
emphasise ftqwn
underline ftqwn
underscore ftqwn
reiterate ftqwn
repeat ftqn
recall ftqwng
remark ftq on
observe ftq
comment ftq on
reply ftq
respond ftq
answer fqn
retort ftq
counter ftq
quip ftq
joke ftq about
tweet ftqn about
retweet n
post fq
write ftq about of
conclude ftq
complain ftq about of
lament ftqn
bemoan n
caution ftqo against
boast ftq about of
brag ftq about of
vow ftqin
pledge ftqin
promise ftqoin
swear ftqi
testify ftq about
attest ftq to
affirm ftqn
reaffirm ftqn
proclaim ftqn
muse ftq about
exclaim fq
shout fq
yell fq
cry fq
whisper fq
mutter fq
chant fqn
elaborate fq on
clarify ftqwn
speculate ftqw about on
guess ftq
theorize ftq
posit ftqn
opine ftq on
reason ftq
agree ftqi with on to
disagree - with on
believe ft in
think ft
know tw
feel t
hope fti for
fear ftn
worry ftq about
doubt twn
wonder ftqw about
expect tni
assume tn
suspect tn
realize tw
realise tw
understand twn
learn ftw of
find t
discover tw
see t
show twn
determine tw
decide twi on against
estimate ftqn
calculate tn
project tn
forecast tn
anticipate tn
imagine tn
dream t of
remember ftqwng
notice twn
consider ng
intend i
plan in on
want ni
wish ti
prefer ni
seek ni
demand ftqni
request tn
ask ftqowni for about
urge ftqon
recommend ftqng
propose ftqngi
advise ftqon
encourage on
call n for on
tell tqwof about of
inform two of
assure ftqo of
remind twoq of
persuade o
convince to of
notify to of
cite n
mention tn
discuss wn
describe nwf
refer - to
characterize n
characterise n
portray n
depict n
label n
dub n
brand n
deem n
compare n
liken n
accuse n
blame n
criticize n
criticise n
attack n
slam n
blast n
condemn n
denounce n
decry n
assail n
mock n
ridicule n
deride n
dismiss n
reject n
refuse i
decline i
oppose n
support n
back n
endorse n
favor n
favour n
defend n
praise n
hail n
applaud n
laud n
tout n
welcome n
commend n
congratulate n
thank n
celebrate n
embrace n
question nw
challenge n
dispute n
rebut n
refute n
threaten inq
offer ni
express n
voice n
convey nt
outline n
highlight n
raise -
echo n
hint ftq at
imply t
allude - to
signal tn
lobby - for against
advocate n for
speak - about of
talk - about of
rail - against
lash -
object ftq to
protest ftqn
apologize - for
apologise - for
regret tng
credit n
attribute n
chide nfq
rebuke n
scold nfq
lambaste n
excoriate n
pillory n
skewer n
downplay n
plead - for
beg of for
push - for
press - for
appeal - for
campaign - for
vote i for against
rule t
nominate n
name n
appoint n
admire n
promote n
view n
regard n
perceive n
judge n
foresee n
envision n
envisage n
contemplate ng
weigh -
approve n of
disapprove - of
sympathize - with
concur ft with
marvel ft at
profess ni
fret ftq about over
gripe ftq about
grumble ftq about
aim i
resolve ti
opt i
choose i
attempt -
hypothesize t
certify t
stipulate t
decree t
mandate t
quote n
recount ftqwn
relate t
narrate n
detail nw
list n
document n
address n
touch - on
tease fqn
taunt nfq
prove t
demonstrate tw
ponder nw
debate nw
explore -
prod o
implore oqf
beseech oqf
exhort oq
instruct o
order n
command o
direct -
invite -
lecture -
counsel foq
interject fq
chime -
volunteer ftq
venture fq
vent - about
rant - about against
thunder fq
snap fq
scoff fq at
sniff fq
laugh fq
sigh fq
gush fq about over
crow fq
bellow fq
roar fq
enthuse fq
mean tn
pray t for
trust t
appreciate nt
resent n
dislike n
hate n
like i
love ni
distrust n
value n
recognize tn
recognise tn
accept tn
appear r
seem r
point_out ftqwn
point - to
make_clear ftqw
make_it_clear tqw
go_on -
take_issue - with
come_out - against for
lash_out - at against
rule_out n
single_out n
lay_out nw
set_out n
play_down n
shoot_back fq
fire_back fq
hit_back fq at
shout_back fq
double_down - on
weigh_in - on
speak_out - against about
walk_back n
push_back q against on
chime_in fq
sum_up nfq
spell_out nw
shrug_off n
call_out n
call_into_question n
brush_off n
wave_off n
write_off n
take_aim - at
cast_doubt - on
throw_cold_water - on
"""


@dataclass(frozen=True, slots=True)
class Cue:
    lemma: str
    frames: str
    prepositions: tuple[str, ...]
    rest: tuple[str, ...]


def _read():
    cues = []
    for line in TABLE.strip().splitlines():
        lemma, frames, *prepositions = line.split()
        first, *rest = lemma.split("_")
        cues.append(
            Cue(first, frames.replace("-", ""), tuple(prepositions), tuple(rest))
        )
    return cues


CUES = _read()
# word -> [(form, cue), ...], longest phrase first
FORMS: dict[str, list[tuple[str, Cue]]] = {}
CUE_CLASSES: dict[str, str] = {}
for _cue in CUES:
    _third, _past, _participle, _ing = forms(_cue.lemma)
    for _word, _form, _tag in (
        (_cue.lemma, "base", "Z"),
        (_participle, "participle", "E"),
        (_past, "both" if _past == _participle else "past", "V"),
        (_third, "third", "V"),
        (_ing, "ing", "G"),
    ):
        if _word == _cue.lemma and _form != "base":
            continue
        if _form == "participle" and _past == _participle:
            continue
        FORMS.setdefault(_word, []).append((_form, _cue))
        CUE_CLASSES[_word] = _tag
for _list in FORMS.values():
    _list.sort(key=lambda entry: -len(entry[1].rest))
