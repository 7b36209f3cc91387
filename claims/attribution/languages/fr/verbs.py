"""French reporting verbs: forms, what may follow them, an example that a test runs.

`lemma | forms | letters | example`; the letters are those of `engine/tables.py`. "~"
stands for the regular forms of a verb in -er. A star marks a participle.
"""

from __future__ import annotations

TABLE = """
déclarer | ~ | fqti | Mme Amiel a déclaré que le pont était sûr.
affirmer | ~ | fqti | Mme Amiel a affirmé que le pont était sûr.
assurer | ~ | fqti | Mme Amiel a assuré que le pont était sûr.
estimer | ~ | fqtion | Mme Amiel estime que le pont était sûr.
indiquer | ~ | fqtw | Mme Amiel a indiqué que le pont était sûr.
expliquer | ~ | fqtw | Mme Amiel a expliqué que le pont était sûr.
préciser | ~ | fqtw | Mme Amiel a précisé que le pont était sûr.
ajouter | ~ | fqt | Mme Amiel a ajouté que le pont était sûr.
annoncer | ~ | fqtin | Mme Amiel a annoncé que le pont était sûr.
souligner | ~ | fqt | Mme Amiel a souligné que le pont était sûr.
rappeler | ~ rappelle rappellent | fqt | Mme Amiel a rappelé que le pont était sûr.
confirmer | ~ | fqtin | Mme Amiel a confirmé que le pont était sûr.
constater | ~ | fqt | Mme Amiel a constaté que le pont était sûr.
raconter | ~ | fqti | Mme Amiel a raconté que le pont était sûr.
témoigner | ~ | fqt | Mme Amiel a témoigné que le pont était sûr.
juger | ~ | fqton | Mme Amiel juge que le pont était sûr.
penser | ~ | fqtio | Mme Amiel pense que le pont était sûr.
considérer | ~ considère considèrent | fqto | Mme Amiel considère que le pont était sûr.
trouver | ~ | fqto | Mme Amiel trouve que le pont était sûr.
regretter | ~ | fqtnio | Mme Amiel regrette que le pont soit fermé.
déplorer | ~ | fqtno | Mme Amiel déplore que le pont soit fermé.
dénoncer | ~ | fqtno | « Le pont est sûr », dénonce Mme Amiel.
critiquer | ~ | fqno | « Le pont est sûr », critique Mme Amiel.
insister | ~ | fqt | « Le pont est sûr », insiste Mme Amiel.
noter | ~ | fqt | Mme Amiel note que le pont était sûr.
observer | ~ | fqt | Mme Amiel observe que le pont était sûr.
relever | ~ relève relèvent | fqt | Mme Amiel a relevé que le pont était sûr.
remarquer | ~ | fqt | Mme Amiel a remarqué que le pont était sûr.
révéler | ~ révèle révèlent | fqt | Mme Amiel a révélé que le pont était sûr.
signaler | ~ | fqt | Mme Amiel a signalé que le pont était sûr.
rapporter | ~ | fqt | Mme Amiel a rapporté que le pont était sûr.
relater | ~ | fqt | Mme Amiel a relaté que le pont était sûr.
marteler | ~ martèle martèlent | fqt | Mme Amiel martèle que le pont était sûr.
avancer | ~ | fqt | Mme Amiel avance que le pont était sûr.
plaider | ~ | fqt | Mme Amiel a plaidé que le pont était sûr.
argumenter | ~ | fqt | Mme Amiel argumente que le pont était sûr.
détailler | ~ | fqtw | « Le pont est sûr », détaille Mme Amiel.
commenter | ~ | fq | « Le pont est sûr », commente Mme Amiel.
lancer | ~ | fq | « Le pont est sûr », lance Mme Amiel.
lâcher | ~ | fq | « Le pont est sûr », lâche Mme Amiel.
glisser | ~ | fq | « Le pont est sûr », glisse Mme Amiel.
tonner | ~ | fq | « Le pont est sûr », tonne Mme Amiel.
ironiser | ~ | fq | « Le pont est sûr », ironise Mme Amiel.
résumer | ~ | fqt | « Le pont est sûr », résume Mme Amiel.
demander | ~ | fqtwin | Mme Amiel a demandé que le pont soit fermé.
exiger | ~ | fqtin | Mme Amiel exige que le pont soit fermé.
réclamer | ~ | fqtn | Mme Amiel réclame que le pont soit fermé.
proposer | ~ | fqtin | Mme Amiel a proposé que le pont soit fermé.
recommander | ~ | fqtin | Mme Amiel recommande que le pont soit fermé.
suggérer | ~ suggère suggèrent | fqtin | Mme Amiel suggère que le pont soit fermé.
espérer | ~ espère espèrent | fqtio | Mme Amiel espère que le pont était sûr.
redouter | ~ | fqtno | Mme Amiel redoute que le pont soit fermé.
accuser | ~ | in | Mme Amiel a accusé la ville d'avoir caché les chiffres.
reprocher | ~ | in | Mme Amiel reproche à la ville d'avoir caché les chiffres.
nier | ~ | fqtinx | Mme Amiel nie que le pont soit fermé.
contester | ~ | fqtnx | Mme Amiel conteste que le pont soit fermé.
réfuter | ~ | fqtnx | Mme Amiel réfute que le pont soit fermé.
rejeter | ~ rejette rejettent | fqnx | « Le pont est fermé », rejette Mme Amiel.
écarter | ~ | nx | Mme Amiel a écarté une fermeture du pont.
avouer | ~ | fqti | Mme Amiel a avoué que le pont était sûr.
concéder | ~ concède concèdent | fqt | Mme Amiel concède que le pont était sûr.
jurer | ~ | fqtip | Mme Amiel jure que le pont était sûr.
supposer | ~ | fqt | Mme Amiel suppose que le pont était sûr.
spéculer | ~ | fqt | Mme Amiel spécule que le pont était sûr.
alerter | ~ | fqt | Mme Amiel alerte que le pont était sûr.
clamer | ~ | fqt | Mme Amiel clame que le pont était sûr.
proclamer | ~ | fqt | Mme Amiel proclame que le pont était sûr.
réitérer | ~ réitère réitèrent | fqtn | « Le pont est sûr », réitère Mme Amiel.
répliquer | ~ | fqt | Mme Amiel a répliqué que le pont était sûr.
rétorquer | ~ | fqt | Mme Amiel a rétorqué que le pont était sûr.
riposter | ~ | fqt | « Le pont est sûr », riposte Mme Amiel.
interroger | ~ | fqw | « Le pont est sûr », s'interroge Mme Amiel.
exhorter | ~ | fqi | « Le pont est sûr », exhorte Mme Amiel.
évoquer | ~ | fqn | « Le pont est sûr », évoque Mme Amiel.
informer | ~ | fqt | Mme Amiel informe que le pont était sûr.
notifier | ~ | fqt | « Le pont est sûr », notifie Mme Amiel.
mentionner | ~ | fqt | Mme Amiel mentionne que le pont était sûr.
montrer | ~ | t | Mme Amiel montre que le pont était sûr.
démontrer | ~ | t | Mme Amiel démontre que le pont était sûr.
tabler | ~ | ne | Mme Amiel table sur une fermeture du pont.
pronostiquer | ~ | fqte | Mme Amiel pronostique que le pont était sûr.
tempérer | ~ tempère tempèrent | fq | « Le pont est sûr », tempère Mme Amiel.
nuancer | ~ | fqt | « Le pont est sûr », nuance Mme Amiel.
marmonner | ~ | fq | « Le pont est sûr », marmonne Mme Amiel.
murmurer | ~ | fq | « Le pont est sûr », murmure Mme Amiel.
crier | ~ | fqt | « Le pont est sûr », crie Mme Amiel.
insinuer | ~ | fqt | Mme Amiel insinue que le pont était sûr.
saluer | ~ | fqno | « Le pont est sûr », salue Mme Amiel.
confier | ~ | fqti | Mme Amiel a confié que le pont était sûr.
attester | ~ | fqt | Mme Amiel atteste que le pont était sûr.
justifier | ~ | fqt | « Le pont est sûr », justifie Mme Amiel.
argüer | ~ | fqt | « Le pont est sûr », argüe Mme Amiel.
tranquilliser | ~ | fq | « Le pont est sûr », tranquillise Mme Amiel.
rassurer | ~ | fq | « Le pont est sûr », rassure Mme Amiel.
assener | ~ assène assènent | fqt | « Le pont est sûr », assène Mme Amiel.
asséner | ~ assène assènent | fqt | « Le pont est sûr », assène Mme Amiel.
analyser | ~ | fqt | « Le pont est sûr », analyse Mme Amiel.
indigner | ~ | fqt | « Le pont est sûr », s'indigne Mme Amiel.
désoler | ~ | fqt | « Le pont est sûr », se désole Mme Amiel.
inquiéter | ~ inquiète inquiètent | fqt | « Le pont est sûr », s'inquiète Mme Amiel.
agacer | ~ | fq | « Le pont est sûr », s'agace Mme Amiel.
étonner | ~ | fqt | « Le pont est sûr », s'étonne Mme Amiel.
emporter | ~ | fq | « Le pont est sûr », s'emporte Mme Amiel.
exclamer | ~ | fqt | « Le pont est sûr », s'exclame Mme Amiel.
alarmer | ~ | fqt | « Le pont est sûr », s'alarme Mme Amiel.
féliciter | ~ | fqtn | « Le pont est sûr », se félicite Mme Amiel.
dire | dit disent disait disaient dirent dit* disant
  | fqtiw | Mme Amiel a dit que le pont était sûr.
redire | redit redisent redisait redit* redisant
  | fqtw | Mme Amiel a redit que le pont était sûr.
soutenir | soutient soutiennent soutenait soutenaient soutint soutenu* soutenant
  | fqti | Mme Amiel soutient que le pont est sûr.
maintenir | maintient maintiennent maintenait maintint maintenu* maintenant
  | fqt | Mme Amiel maintient que le pont est sûr.
prétendre | prétend prétendent prétendait prétendaient prétendit prétendu* prétendant
  | fqti | Mme Amiel prétend que le pont est sûr.
répondre | répond répondent répondait répondaient répondit répondirent répondu*
  répondant
  | fqt | Mme Amiel a répondu que le pont était sûr.
reconnaître | reconnaît reconnaissent reconnaissait reconnut reconnu* reconnaissant
  | fqtin | Mme Amiel a reconnu que le pont était fermé.
admettre | admet admettent admettait admit admis* admettant
  | fqti | Mme Amiel admet que le pont est fermé.
promettre | promet promettent promettait promit promis* promettant
  | fqtinp | Mme Amiel a promis que le pont serait fermé.
croire | croit croient croyait croyaient cru* croyant
  | fqtio | Mme Amiel croit que le pont est sûr.
craindre | craint craignent craignait craignaient craint* craignant
  | fqtino | Mme Amiel craint que le pont ne soit fermé.
écrire | écrit écrivent écrivait écrivit écrit* écrivant
  | fqt | Mme Amiel écrit que le pont est sûr.
conclure | conclut concluent concluait conclu* concluant
  | fqt | Mme Amiel a conclu que le pont était sûr.
prévenir | prévient préviennent prévenait prévint prévenu* prévenant
  | fqt | Mme Amiel a prévenu que le pont serait fermé.
avertir | avertit avertissent avertissait averti* avertissant
  | fqt | Mme Amiel a averti que le pont serait fermé.
démentir | dément démentent démentait démentit démenti* démentant
  | fqtinx | Mme Amiel a démenti que le pont soit fermé.
réagir | réagit réagissent réagissait réagi* réagissant
  | fq | « Le pont est sûr », a réagi Mme Amiel.
renchérir | renchérit renchérissent renchéri* renchérissant
  | fqt | « Le pont est sûr », renchérit Mme Amiel.
poursuivre | poursuit poursuivent poursuivait poursuivit poursuivi* poursuivant
  | fq | « Le pont est sûr », poursuit Mme Amiel.
reprendre | reprend reprennent reprenait reprit repris*
  | fq | « Le pont est sûr », reprend Mme Amiel.
prévoir | prévoit prévoient prévoyait prévu* prévoyant
  | fte | Mme Amiel prévoit que le pont sera fermé.
prédire | prédit prédisent prédisait prédit* prédisant
  | fqte | Mme Amiel prédit que le pont sera fermé.
faire savoir | fait_savoir fait_savoir* font_savoir faisait_savoir fit_savoir
  faisant_savoir
  | fqt | Mme Amiel a fait savoir que le pont était sûr.
faire valoir | fait_valoir fait_valoir* font_valoir faisait_valoir fit_valoir
  faisant_valoir
  | fqt | Mme Amiel fait valoir que le pont est sûr.
faire remarquer | fait_remarquer fait_remarquer* font_remarquer fit_remarquer
  faisant_remarquer
  | fqt | Mme Amiel fait remarquer que le pont est sûr.
faire observer | fait_observer fait_observer* font_observer fit_observer
  faisant_observer
  | fqt | Mme Amiel fait observer que le pont est sûr.
faire état | fait_état fait_état* font_état faisait_état faisant_état
  | n | Mme Amiel a fait état de retards.
laisser entendre | laisse_entendre laissent_entendre laissait_entendre laissé_entendre*
  | fqt | Mme Amiel laisse entendre que le pont est fermé.
se plaindre | plaint plaignent plaignait plaint* plaignant
  | fqti | « Le pont est fermé », se plaint Mme Amiel.
exclure | exclut excluent excluait exclu* excluant
  | tinx | Mme Amiel exclut que le pont soit fermé.
souhaiter | souhaite souhaitent souhaitait souhaité* souhaitant
  | fqtio | Mme Amiel souhaite que le pont soit fermé.
vouloir savoir | veut_savoir | fqw | « Le pont est-il sûr ? », veut savoir Mme Amiel.
appeler | appelle appellent appelait appelé* appelant
  | i | Mme Amiel a appelé la ville à fermer le pont.
menacer | menace menacent menaçait menacé* menaçant
  | i | Mme Amiel a menacé de fermer le pont.
s'engager | engage engagent engageait engagé* engagée* engagés* engageant
  | ip | Mme Amiel s'est engagée à fermer le pont.
défendre | défend défendent défendait défendu* défendant
  | fq | « Le pont est sûr », défend Mme Amiel.
pester | ~ | fq | « Le pont est fermé », peste Mme Amiel.
souffler | ~ | fq | « Le pont est fermé », souffle Mme Amiel.
savourer | ~ | fq | « Le pont est sûr », savoure Mme Amiel.
plaisanter | ~ | fq | « Le pont est sûr », plaisante Mme Amiel.
relativiser | ~ | fq | « Le pont est sûr », relativise Mme Amiel.
trancher | ~ | fq | « Le pont est sûr », tranche Mme Amiel.
soupirer | ~ | fq | « Le pont est fermé », soupire Mme Amiel.
objecter | ~ | fqt | Mme Amiel objecte que le pont est sûr.
compléter | ~ complète | fq | « Le pont est sûr », complète Mme Amiel.
insurger | ~ | fq | « Le pont est fermé », s'insurge Mme Amiel.
réjouir | réjouit réjouissent réjoui* réjouie* | fq
  | « Le pont est sûr », se réjouit Mme Amiel.
se souvenir | souvient souviennent | fq | « Le pont était sûr », se souvient Mme Amiel.
garantir | garantit garantissent garanti* | fqtip
  | Mme Amiel garantit que le pont est sûr.
dire se contenter | contenté_de_dire* contentée_de_dire* contente_de_dire | fq
  | « Le pont est sûr », s'est contentée de dire Mme Amiel.
parler | ~ | q | Mme Amiel parle d'un « scandale ».
qualifier | ~ | q | Mme Amiel a qualifié le projet de « scandale ».
se dire convaincu | dite_convaincue* dite_persuadée* dit_convaincue* dit_convaincu*
  dit_persuadé* dit_convaincue
  dit_convaincu dit_persuadé dit_persuadée
  | t | Mme Amiel s'est dit convaincue que le pont était sûr.
répéter | ~ répète répètent | fqt | Mme Amiel a répété que le pont était sûr.
soupçonner | ~ | in | Mme Amiel soupçonne une fraude.
conseiller | ~ | fqtin | Mme Amiel conseille de fermer le pont.
invoquer | ~ | fqn | Mme Amiel invoque « le danger ».
requérir | requiert requièrent requis* | n | Mme Amiel a requis une fermeture du pont.
entendre | entend entendent entendait | i | Mme Amiel entend fermer le pont.
compter | ~ | i | Mme Amiel compte fermer le pont.
attendre à | attend attendent attendaient | n | Mme Amiel attend une fermeture du pont.
croire savoir | croit_savoir croient_savoir | fqt | Mme Amiel croit savoir que le pont
  est sûr.
cacher | ~ | tx | Mme Amiel n'a pas caché que le pont était fermé.
prôner | ~ | fqn | Mme Amiel prône une fermeture du pont.
préconiser | ~ | fqtn | Mme Amiel préconise une fermeture du pont.
défendre idée | défend_l'_idée | t | Mme Amiel défend l'idée que le pont est sûr.
pointer | ~ | fqn | Mme Amiel pointe un danger.
vanter | ~ | fqn | Mme Amiel vante un pont sûr.
fustiger | ~ | fqn | Mme Amiel fustige une fermeture du pont.
imputer | ~ | n | Mme Amiel impute la fermeture au gel.
attribuer | ~ | n | Mme Amiel attribue la fermeture au gel.
douter | ~ | tx | Mme Amiel doute que le pont soit sûr.
se dire | se_dit se_disent se_disait se_disant | qn
  | Mme Amiel se dit favorable à une fermeture.
mettre en garde | met_en_garde mettent_en_garde mettait_en_garde mis_en_garde*
  | fqtn | Mme Amiel a mis en garde contre un danger.
"""


def regular_forms(lemma: str) -> list[str]:
    """Return the forms of a verb in -er: present, past, participle, "-ant".

    >>> regular_forms("annoncer")[:3], regular_forms("annoncer")[-2:]
    (['annonce', 'annoncent', 'annonçait'], ['annoncé*', 'annonçant'])
    """
    stem = lemma.removesuffix("er")
    soft = {"g": stem + "e", "c": stem[:-1] + "ç"}.get(stem[-1], stem)
    ends = ("e", "ent"), ("ait", "a", "ant")
    plain, softened = [[stem + e for e in ends[0]], [soft + e for e in ends[1]]]
    rest = [stem + "aient", stem + "èrent", stem + "é*"]
    return [*plain, softened[0], *rest[:1], softened[1], *rest[1:], softened[2]]


def _expanded(line: str) -> str:
    """Return a line of the table with its regular forms."""
    lemma, forms, rest = (part.strip() for part in line.split("|", 2))
    regular = " ".join(regular_forms(lemma)) if forms[0] == "~" else ""
    return f"{lemma} | {regular} {forms.lstrip('~')} | {rest}"


VERBS = "\n".join(map(_expanded, TABLE.strip().replace("\n  ", " ").split("\n")))
