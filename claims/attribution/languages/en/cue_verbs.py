"""The verbs of saying, thinking, wishing and judging.

One line a verb: base form, letters, example. A test runs every example. The letters:

    f  it may follow its words: "..., she said"
    t  a clause: said (that) the road was open
    q  a quotation after it, or a colon
    c  a quotation after a colon, or after something that is written: the sign read
    w  a question: asked whether, explained how
    o  somebody who is told comes first: told reporters that ...
    n  a noun phrase: condemned the attack
    i  an infinitive: promised to go
    g  an -ing form: suggested leaving
    r  it names no speaker: seemed to agree
    +for  a phrase with this preposition: called for a vote
"""

from __future__ import annotations

VERBS = """
accept tn A farmer accepted that wages had risen.
accuse n Dr Holm accused the union of theft.
acknowledge ftqwng The company acknowledged that two boats were missing.
add ftqw A nurse added that the team was tired.
admire n Dr Holm admired the tax on salt.
admit ftqwng+to The union admitted that the budget was balanced.
admonish foqn The mayor admonished the crowd to go home.
advise ftqo The mayor advised the press that the river was clean.
advocate n+for The governor advocated the tax on salt.
affirm ftqn The union affirmed that rents had fallen.
agree ftqi+with+on+to The council agreed that the bridge was safe.
aim i A nurse aimed to meet the strikers.
allege ftqn Mr Rask alleged that the sample was too small.
allow t The minister allowed that the bridge was safe.
allude +to The judge alluded to the delay.
announce ftqwni The union announced that wages had risen.
answer fqn Dr Holm answered the question.
anticipate tn The council anticipated that two boats were missing.
apologise +for A nurse apologised for the delay.
apologize +for The minister apologized for the budget.
appeal +for The company appealed for the new rules.
appear r The court appeared to agree with the plan.
applaud n The council applauded the merger.
appoint n The council appointed a new coach.
appreciate tn Dr Holm appreciated that wages had risen.
approve n+of A farmer approved the tax on salt.
argue ftqw+for+against The company argued that the ferry would run.
ask ftqwoni+for+about The council asked the press that the team was tired.
assail n A farmer assailed the new budget.
assert ftqn The governor asserted that the budget was balanced.
assume tn The court assumed that the team was tired.
assure ftqo+of The union assured the press that rents had fallen.
attack n The minister attacked the tax on salt.
attest ftq+to The company attested that the bridge was safe.
attribute n The union attributed the tax on salt.
back n The coach backed the new budget.
balk +at The union balked at the plan.
bash n The union bashed the new budget.
beg fo+for The minister begged the crowd to go home.
believe ft+in Ms Ames believed that the team was tired.
belittle n The coach belittled the verdict.
bellow fq “It is over,” the union bellowed.
bemoan n The governor bemoaned the new budget.
berate n The judge berated the referee.
beseech fqo The mayor beseeched the crowd to go home.
blame n Ms Ames blamed the offer.
blast n The coach blasted the peace talks.
boast ftq+about+of Dr Holm boasted that the sample was too small.
boo n The fans booed the verdict.
brag ftq+about+of Ms Ames bragged that the ferry would run.
brand n The coach branded the verdict a farce.
bristle +at The mayor bristled at the delay.
brush_aside n The minister brushed aside the offer.
brush_off n The governor brushed off the tax on salt.
calculate tn A farmer calculated that wages had risen.
call n+for+on A nurse called the plan a joke.
call_attention +to A nurse called attention to the delay.
call_into_question n The court called into question the closure of the mill.
call_out n A farmer called out the verdict.
campaign +for The union campaigned for the strike.
cast_doubt +on Mr Rask cast doubt on the strike.
castigate n Ms Ames castigated the council.
caution ftqo+against The council cautioned the press that the team was tired.
certify t A farmer certified that the budget was balanced.
challenge n The judge challenged the merger.
champion n The mayor championed the night bus.
chant fqn The minister chanted the new budget.
characterise n A nurse characterised the offer.
characterize n The minister characterized the new budget.
charge ftq The union charged that the sample was too small.
chastise n The court chastised the company.
chide fqn The judge chided the referee's decision.
chime_in fq “It is over,” the coach chimed in.
cite n The council cited the referee's decision.
claim ftqni A farmer claimed that the school needed a roof.
clarify ftqwn The coach clarified that the sample was too small.
come_out +against+for The minister came out against the new rules.
command o The company commanded the crowd to go home.
commend n The mayor commended the offer.
comment ftq+on The court commented that the river was clean.
compare n The mayor compared the river to a road.
complain ftq+about+of A farmer complained that the budget was balanced.
concede ftqwn The judge conceded that the bridge was safe.
conclude ftq The judge concluded that two boats were missing.
concur ft+with The council concurred that two boats were missing.
condemn n The company condemned the merger.
confess ftq+to The coach confessed that the team was tired.
confide ftq A nurse confided that the team was tired.
confirm ftqwn A farmer confirmed that rents had fallen.
congratulate n The mayor congratulated the winners.
consider ng The minister considered the verdict.
contemplate ng The judge contemplated the closure of the mill.
contend ftq Dr Holm contended that rents had fallen.
continue fq “It is over,” the mayor continued.
contradict n The report contradicted the minister.
convey tn The mayor conveyed that the river was clean.
convince to+of The court convinced the press that the ferry would run.
counsel fqo The union counseled the crowd to go home.
counter ftq Mr Rask countered that rents had fallen.
credit n The coach credited the fans.
criticise n The mayor criticised the closure of the mill.
criticize n Mr Rask criticized the verdict.
crow fq “It is over,” the company crowed.
cry fq “It is over,” Ms Ames cried.
deadpan fq “It is over,” Mr Rask deadpanned.
debate wn Dr Holm debated the peace talks.
debunk n Dr Holm debunked the claim.
decide twi+on+against The union decided that the sample was too small.
declare ftqn The council declared that the bridge was safe.
decline in The mayor declined to rebuild the pier.
decree t The governor decreed that rents had fallen.
decry n The judge decried the plan.
deem n The court deemed the merger.
defend n A farmer defended the tax on salt.
demand ftqni The court demanded that the bridge was safe.
demonstrate tw The governor demonstrated that wages had risen.
denigrate n The coach denigrated the referee.
denounce n The union denounced the night bus.
deny ftqng The court denied that the team was tired.
depict n The company depicted the closure of the mill.
deplore n The union deplored the closure of the mill.
deride n The council derided the closure of the mill.
describe fwn Mr Rask described the night bus.
despise n Dr Holm despised the new rules.
detail wn The minister detailed the peace talks.
determine tw The company determined that the team was tired.
detest n A nurse detested the new rules.
disagree +with+on Dr Holm disagreed with the budget.
disapprove +of The court disapproved of the budget.
disavow n The mayor disavowed the plan.
disclose ftqwn The council disclosed that the ferry would run.
discover tw The minister discovered that the budget was balanced.
discredit n Dr Holm discredited the sample.
discuss wn Ms Ames discussed the merger.
dislike n Mr Rask disliked the peace talks.
dismiss n Dr Holm dismissed the tax on salt.
disparage n A farmer disparaged the offer.
dispute n A farmer disputed the night bus.
distrust n The coach distrusted the new budget.
document n The coach documented the night bus.
double_down +on Ms Ames doubled down on the strike.
doubt twn The union doubted that the budget was balanced.
downplay n Mr Rask downplayed the verdict.
draw_attention +to The court drew attention to the delay.
dream t+of Ms Ames dreamed that the bridge was safe.
dub n The union dubbed the offer an insult.
dwell +on The governor dwelt on the delay.
echo n The coach echoed the night bus.
elaborate fq+on “It is over,” a nurse elaborated.
emphasise ftqwn The mayor emphasised that two boats were missing.
emphasize ftqwn Mr Rask emphasized that the school needed a roof.
encourage on The minister encouraged the crowd to go home.
endorse n The company endorsed the offer.
enthuse fq “It is over,” a farmer enthused.
envisage n The union envisaged the verdict.
envision n The company envisioned the offer.
estimate ftqn The judge estimated that the ferry would run.
exclaim fq “It is over,” the governor exclaimed.
excoriate n The council excoriated the plan.
exhort qo The minister exhorted the crowd to go home.
expect tni A farmer expected that rents had fallen.
explain ftqwn The judge explained that the river was clean.
express n Ms Ames expressed the closure of the mill.
extol n The mayor extolled the night bus.
fault n The court faulted the company.
fear ftn The coach feared that the school needed a roof.
feel t The minister felt that wages had risen.
find ft The mayor found that two boats were missing.
fire_back fq “It is over,” the governor fired back.
float n The minister floated the idea of a tax on salt.
forecast tn The governor forecast that the school needed a roof.
foresee n The coach foresaw the new budget.
fret ftq+about+over Mr Rask fretted that rents had fallen.
gloat ftq+about+over The coach gloated that the game was over.
go_on fq “It is over,” the coach went on.
gripe ftq+about The mayor griped that the team was tired.
grouse ftq+about A farmer groused that the school needed a roof.
grumble ftq+about The minister grumbled that the sample was too small.
guess ftq The union guessed that wages had risen.
gush fq+about+over “It is over,” the coach gushed.
hail n The governor hailed the peace talks.
hate n The mayor hated the merger.
highlight n A nurse highlighted the merger.
hint ftq+at The company hinted that the bridge was safe.
hit_back fq+at “It is over,” the council hit back.
hope fti+for A nurse hoped that the river was clean.
hypothesize t The judge hypothesized that two boats were missing.
imagine tn Dr Holm imagined that the budget was balanced.
implore fqo Mr Rask implored the crowd to go home.
imply t The union implied that rents had fallen.
indicate ftqwn Dr Holm indicated that wages had risen.
inform two+of The company informed the press that the bridge was safe.
insinuate ftq Mr Rask insinuated that the sample was too small.
insist ftq+on The court insisted that two boats were missing.
instruct o A nurse instructed the crowd to go home.
intend i A nurse intended to meet the strikers.
interject fq “It is over,” the judge interjected.
intone fq “It is over,” the judge intoned.
invoke n The coach invoked the new rules.
issue n The governor issued a warning.
joke ftq+about The minister joked that the sample was too small.
judge n A nurse judged the plan.
knock n The union knocked the offer.
know tw The mayor knew that the ferry would run.
label n The union labeled the offer an insult.
lambast n The union lambasted the offer.
lambaste n The governor lambasted the night bus.
lament ftqn The court lamented that the bridge was safe.
lash_out +at+against A nurse lashed out at the strike.
laud n Dr Holm lauded the night bus.
laugh fq “It is over,” the minister laughed.
lay_out wn The union laid out the peace talks.
learn ftw+of Mr Rask learned that the school needed a roof.
like i The minister liked to meet the strikers.
liken n The mayor likened the river to a road.
list n A nurse listed the merger.
loathe n Mr Rask loathed the merger.
lobby +for+against The court lobbied for the strike.
look_forward +to The coach looked forward to the match.
love ni A nurse loved to close the mill.
maintain ftq Ms Ames maintained that the team was tired.
make_clear ftqw Ms Ames made clear that the bridge was safe.
make_it_clear tqw Mr Rask made it clear that rents had fallen.
malign n Ms Ames maligned the council.
mandate t The council mandated that the team was tired.
marvel ft+at Dr Holm marveled that the budget was balanced.
mention tn Dr Holm mentioned that the school needed a roof.
moan ftq+about A farmer moaned that rents had risen.
mock n The court mocked the offer.
mourn n The council mourned the closure of the mill.
muse ftq+about The court mused that the ferry would run.
mutter fq “It is over,” the mayor muttered.
name n The judge named two suspects.
narrate n The mayor narrated the referee's decision.
nominate n The union nominated a farmer.
note ftqwn The coach noted that the sample was too small.
notice twn The mayor noticed that the team was tired.
notify to+of The governor notified the press that wages had risen.
object ftq+to Mr Rask objected that the budget was balanced.
observe ftq A farmer observed that wages had risen.
offer in Dr Holm offered to rebuild the pier.
opine ftq+on The court opined that two boats were missing.
oppose n The minister opposed the night bus.
opt i The company opted to lower the fare.
order n The coach ordered the verdict.
outline n The minister outlined the peace talks.
overstate n The company overstated the delay.
perceive n The minister perceived the night bus.
persuade o A farmer persuaded the crowd to go home.
pillory n Dr Holm pilloried the new budget.
plan ni+on The coach planned to close the mill.
play_down n A farmer played down the night bus.
plead +for The mayor pleaded for the strike.
pledge ftqi The mayor pledged that the river was clean.
point +to Dr Holm pointed to the strike.
point_out ftqwn The council pointed out that two boats were missing.
ponder wn The council pondered the referee's decision.
portray n The coach portrayed the verdict.
posit ftqn A farmer posited that the school needed a roof.
post fq “It is over,” the company posted.
praise n The court praised the referee's decision.
pray t+for The governor prayed that the sample was too small.
preach fq+about “It is over,” the minister preached.
predict ftqwn The coach predicted that the school needed a roof.
prefer ni The judge preferred to rebuild the pier.
press +for The coach pressed for the delay.
proclaim ftqn A farmer proclaimed that the sample was too small.
prod o Ms Ames prodded the crowd to go home.
profess ni Ms Ames professed to close the mill.
project tn The court projected that the river was clean.
promise ftqoni The minister promised the press that the school needed a roof.
promote n Ms Ames promoted the referee's decision.
propose ftqnig Mr Rask proposed that wages had risen.
protest ftqn The mayor protested that the bridge was safe.
prove t The court proved that the ferry would run.
push +for A nurse pushed for the budget.
push_back q+against+on A nurse pushed back against the new rules.
put_it fq “It is over,” as the mayor put it.
question wn The union questioned the peace talks.
quip ftq The mayor quipped that the team was tired.
quote n Dr Holm quoted the verdict.
rail +against Ms Ames railed against the new rules.
rant +about+against The council ranted about the plan.
read c The sign read: “It is over.”
reaffirm ftqn The judge reaffirmed that the team was tired.
realise tw Dr Holm realised that wages had risen.
realize tw The council realized that the ferry would run.
reason ftq The governor reasoned that the budget was balanced.
reassure ftqo+of+about The mayor reassured the press that the bridge was safe.
rebuff n The council rebuffed the offer.
rebuke n A farmer rebuked the peace talks.
rebut n The court rebutted the plan.
recall ftqwng The union recalled that the sample was too small.
recite n A nurse recited the new rules.
recognise tn The judge recognised that the ferry would run.
recognize tn The union recognized that the sample was too small.
recommend ftqng Ms Ames recommended that the ferry would run.
recount ftqwn Ms Ames recounted that the ferry would run.
refer +to The mayor referred to the plan.
reference n The governor referenced the verdict.
refuse i Mr Rask refused to publish the figures.
refute n The governor refuted the new budget.
regard n The mayor regarded the merger.
regret tng The coach regretted that the sample was too small.
reiterate ftqwn The coach reiterated that rents had fallen.
reject n Ms Ames rejected the referee's decision.
relate t Mr Rask related that wages had risen.
remark ftq+on The judge remarked that the ferry would run.
remember ftqwng Mr Rask remembered that rents had fallen.
remind tqwo+of The judge reminded the press that the team was tired.
renounce n The union renounced the strike.
repeat ftqn The company repeated that the team was tired.
reply ftq The governor replied that the school needed a roof.
report ftqwn The mayor reported that the ferry would run.
reprimand n The court reprimanded the minister.
request tn The governor requested that rents had fallen.
resent n Ms Ames resented the referee's decision.
resolve ti The coach resolved that wages had risen.
respond ftq The council responded that two boats were missing.
retort ftq Ms Ames retorted that the bridge was safe.
retract n The minister retracted the remark.
retweet n The coach retweeted the tax on salt.
reveal ftqwn The governor revealed that the sample was too small.
revile n The coach reviled the referee.
ridicule n The governor ridiculed the verdict.
rip n The coach ripped the referee.
roar fq “It is over,” the judge roared.
rule t A farmer ruled that rents had fallen.
rule_out n The coach ruled out the tax on salt.
salute n The mayor saluted the winners.
savage n The union savaged the new budget.
say ftqw The mayor said that the bridge was safe.
scoff fq+at “It is over,” Mr Rask scoffed.
scold fqn The court scolded the merger.
scorn n A farmer scorned the offer.
see t A nurse saw that the bridge was safe.
seek i A farmer sought to meet the strikers.
seem r The governor seemed to agree with the plan.
set_out n The judge set out the merger.
shoot_back fq “It is over,” the court shot back.
shout fq “It is over,” the council shouted.
shout_back fq “It is over,” Dr Holm shouted back.
show ftwn The coach showed that rents had fallen.
shrug_off n The judge shrugged off the offer.
side +with The court sided with the union.
sigh fq “It is over,” a nurse sighed.
signal tn A farmer signaled that the sample was too small.
single_out n The company singled out the referee's decision.
skewer n Ms Ames skewered the offer.
slam n A nurse slammed the referee's decision.
snap fq “It is over,” Ms Ames snapped.
sneer fq+at “It is over,” the coach sneered.
sniff fq “It is over,” the mayor sniffed.
speak +about+of The council spoke about the budget.
speak_out +against+about The mayor spoke out against the budget.
speculate ftqw+about+on The company speculated that the ferry would run.
spell_out wn The union spelled out the new budget.
stand_by n The mayor stood by the plan.
state ftqwn The minister stated that rents had fallen.
stipulate t The court stipulated that the bridge was safe.
stress ftqn Ms Ames stressed that the river was clean.
suggest ftqwng A nurse suggested that the river was clean.
sum_up fqn The company summed up the plan.
support n A nurse supported the plan.
surmise ft Dr Holm surmised that rents had fallen.
suspect tn The governor suspected that the sample was too small.
swear ftqi A nurse swore that two boats were missing.
sympathize +with The governor sympathized with the delay.
take_aim +at Ms Ames took aim at the new rules.
take_issue +with The mayor took issue with the delay.
talk +about+of Dr Holm talked about the delay.
target n The governor targeted the tax on salt.
taunt fqn A farmer taunted the verdict.
tease fqn The judge teased the offer.
tell ftqwo+about+of The coach told the press that the budget was balanced.
testify ftq+about The coach testified that the budget was balanced.
thank n The mayor thanked the nurses.
theorize ftq The judge theorized that the river was clean.
think ft Mr Rask thought that the sample was too small.
threaten qni The council threatened to publish the figures.
throw_cold_water +on A nurse threw cold water on the delay.
thunder fq “It is over,” Dr Holm thundered.
tick_off n The minister ticked off the new budget.
touch +on The union touched on the budget.
tout n Ms Ames touted the plan.
trash n The union trashed the offer.
trumpet n The company trumpeted the merger.
trust t The council trusted that the ferry would run.
tweet ftqn+about A nurse tweeted that the ferry would run.
underline ftqwn The minister underlined that the budget was balanced.
underscore ftqwn A nurse underscored that the bridge was safe.
understand tw Ms Ames understood that the river was clean.
urge ftqon Dr Holm urged the press that the sample was too small.
value n The company valued the offer.
vent +about The governor vented about the strike.
venture fq “It is over,” the court ventured.
view n Mr Rask viewed the peace talks.
vilify n The coach vilified the referee.
voice n Mr Rask voiced the tax on salt.
volunteer ftq A farmer volunteered that the school needed a roof.
vote i+for+against The judge voted to close the mill.
vouch +for A nurse vouched for the strike.
vow ftqni Mr Rask vowed that wages had risen.
walk_back n The minister walked back the peace talks.
want ni The company wanted to lower the fare.
warn ftqo+of+against+about The minister warned the press that wages had risen.
wave_off n The council waved off the referee's decision.
weigh_in +on Mr Rask weighed in on the plan.
welcome n Mr Rask welcomed the new budget.
whine fq+about “It is over,” the coach whined.
whisper fq “It is over,” Mr Rask whispered.
wish ti The union wished that the school needed a roof.
wonder ftqw+about The judge wondered that the bridge was safe.
worry ftq+about The company worried that two boats were missing.
write ftq+about+of The union wrote that the school needed a roof.
write_off n Dr Holm wrote off the peace talks.
yell fq “It is over,” Dr Holm yelled.
"""
