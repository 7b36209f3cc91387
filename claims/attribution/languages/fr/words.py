"""French words: articles, prepositions, titles, days and more."""

from __future__ import annotations

ACCORDING = """
selon | selon | a | Selon Mme Amiel, le pont est sûr.
d'après | d'_après d’_après | a | D'après Mme Amiel, le pont est sûr.
à en croire | à_en_croire | a | À en croire Mme Amiel, le pont est sûr.
aux dires de | aux_dires_de aux_dires_d' aux_dires_du | a |
  Aux dires de Mme Amiel, le pont est sûr.
aux yeux de | aux_yeux_de aux_yeux_du aux_yeux_des | a |
  Aux yeux de Mme Amiel, le pont est sûr.
de l'avis de | de_l'_avis_de de_l'_avis_du de_l’_avis_de de_l’_avis_du | a |
  De l'avis de Mme Amiel, le pont est sûr.
à ses yeux | à_ses_yeux | h | À ses yeux, le pont est sûr.
à son avis | à_son_avis à_leur_avis | h | À son avis, le pont est sûr.
de l'aveu de | de_l'_aveu_de de_l’_aveu_de | a |
  De l'aveu de Mme Amiel, le pont est sûr.
pour | pour | p | Pour Mme Amiel, le pont est sûr.
de source | de_source de_sources | o | De source policière, le pont est fermé.
"""
ARTICLES = """
    le la les l' l’ un une des son sa ses leur leurs ce cet cette ces plusieurs deux
    trois quatre cinq certains certaines quelques notre nos aucun aucune chaque
    d'autres mon ma
"""
PREPOSITIONS = """
    à au aux dans sur devant lors après avant pendant par auprès depuis en vers chez
    sous contre face durant avec sans entre lorsque via dès selon pour jusqu' jusqu’
    malgré outre parmi
"""
INNER_PREPOSITIONS = "de du des d' d’"
CONJUNCTIONS = """
    et mais ou où car donc or puis que qu' qu’ qui dont quand lorsque alors tandis
    puisque si comme
"""
ADVERBS = """
    également aussi encore notamment toutefois cependant ensuite enfin alors déjà
    ainsi pourtant même vivement clairement simplement publiquement récemment
    hier aujourd'hui aujourd’hui demain soir matin midi après-midi dernier dernière
    tout fermement longuement rapidement immédiatement régulièrement bien
    d'ailleurs ailleurs outre ici là aussitôt vigoureusement catégoriquement
    surtout souvent toujours désormais quant volontiers finalement tôt tard
    avant-hier
"""
FINITE = """
    est sont était étaient a ont avait avaient sera seront serait fait font fut va vont
    doit doivent peut peuvent veut veulent devait pouvait aurait auraient reste
"""
TITLES = """
    m mme mlle monsieur madame dr docteur pr professeur professeure me maître président
    présidente ministre maire préfet préfète député députée sénateur sénatrice
    procureur procureure juge avocat avocate directeur directrice porte-parole chef
    cheffe patron patronne secrétaire commissaire commandant capitaine colonel général
    entraîneur entraîneuse sélectionneur joueur joueuse gardien attaquant défenseur
    chercheur chercheuse économiste analyste expert experte historien historienne
    sociologue politologue climatologue biologiste médecin infirmier infirmière
    architecte ingénieur ingénieure agriculteur agricultrice éleveur éleveuse
    enseignant enseignante délégué déléguée syndicaliste militant militante élu élue
    conseiller conseillère adjoint adjointe maire-adjoint gouverneur ambassadeur
    ambassadrice chancelier chancelière roi reine prince princesse pape évêque
    écrivain écrivaine auteur auteure autrice réalisateur réalisatrice acteur actrice
    comédien comédienne chanteur chanteuse artiste metteur journaliste étudiant
    étudiante lycéen lycéenne habitant habitante riverain riveraine voisin voisine
    témoin accusé accusée plaignant plaignante prévenu prévenue greffier greffière
    responsable dirigeant dirigeante fondateur fondatrice co-fondateur gérant gérante
    propriétaire commerçant commerçante restaurateur restauratrice pêcheur viticulteur
    viticultrice météorologue géologue physicien physicienne épidémiologiste virologue
    astronome psychologue pédiatre chirurgien chirurgienne vice-président
    vice-présidente rapporteur rapporteuse eurodéputé eurodéputée coordinateur
    coordinatrice conservateur conservatrice commissaire-priseur inspecteur inspectrice
    bâtonnier substitut lieutenant sergent brigadier pompier
"""
ORGANISATIONS = """
    ministère mairie préfecture police gendarmerie gouvernement parti syndicat
    fédération association union entreprise société groupe banque institut université
    tribunal parquet cour conseil commission agence direction région département
    commune métropole hôpital assemblée sénat chambre comité collectif fondation club
    ligue office observatoire autorité greffe compagnie caisse laboratoire rectorat
    ambassade usine centre musée organisation ong intersyndicale élysée matignon
"""
DOCUMENTS = """
    rapport étude sondage document communiqué jugement données chiffres enquête note
    texte source sources
"""
OUTLETS = """
    revue journal quotidien hebdomadaire magazine radio télévision dépêche
    gazette
    presse
"""
MALE_TITLES = """
    m monsieur président sénateur préfet député procureur avocat directeur patron
    entraîneur chercheur historien délégué conseiller adjoint gouverneur ambassadeur
    chancelier roi prince pape évêque écrivain auteur réalisateur acteur chanteur
    étudiant habitant riverain voisin accusé prévenu dirigeant fondateur gérant
    agriculteur enseignant élu vice-président sélectionneur
"""
FEMALE_TITLES = """
    mme mlle madame présidente sénatrice préfète députée procureure avocate directrice
    patronne entraîneuse chercheuse historienne déléguée conseillère adjointe
    ambassadrice chancelière reine princesse écrivaine auteure autrice réalisatrice
    actrice chanteuse étudiante habitante riveraine voisine accusée prévenue dirigeante
    fondatrice gérante agricultrice enseignante élue vice-présidente cheffe infirmière
    professeure
"""
MALE_NAMES = """
    jean pierre michel andré philippe rené louis alain jacques bernard marcel daniel
    roger robert paul claude henri christian nicolas patrick christophe françois
    laurent frédéric éric stéphane david pascal olivier thierry bruno antoine thomas
    julien alexandre guillaume maxime romain vincent mathieu matthieu jérôme sébastien
    fabrice cédric arnaud gilles serge didier dominique gérard guy hervé hugo lucas
    louis gabriel raphaël arthur jules adam victor rémi rémy émile étienne benoît yves
    yann loïc luc marc mathis théo tristan simon xavier jean-luc jean-marc jean-pierre
    jean-paul jean-claude jean-françois jean-michel jean-louis jean-yves karim mehdi
    samir kurt denis ludovic gaël florian denis
"""
FEMALE_NAMES = """
    marie jeanne françoise monique catherine nathalie isabelle jacqueline anne sylvie
    martine nicole christine valérie sophie sandrine stéphanie céline aurélie julie
    émilie camille laura léa manon chloé emma inès jade louise alice lucie sarah
    pauline mathilde clara charlotte juliette margaux marion élodie laetitia virginie
    véronique brigitte chantal denise hélène irène odile simone thérèse yvette agnès
    béatrice caroline claire corinne delphine élise élisabeth estelle florence
    gabrielle gisèle irma jocelyne josiane karine laure lina lise madeleine marguerite
    mélanie michèle mireille murielle nadia noémie pascale patricia rachel rose sabine
    samira solange suzanne victoire yasmine anne-marie marie-claude marie-hélène
    fatima nora leïla
"""
OPEN_WORDS = """
    je j' j’ nous me m' m’ moi mon ma mes notre nos il elle ils elles lui leur leurs son
    sa ses eux y en ce c' c’ cela ça ceci celui celle ceux celles cet cette ces là ici
    hier aujourd'hui aujourd’hui demain on tu toi te ton ta tes vous votre vos se s' s’
    le-même celui-ci celle-ci
"""
FUTURE = "sera seront aura auront va vont ira fera pourra devra serait seraient"
OUGHT = "doit doivent devrait devraient faut faudrait devons"
JUDGEMENTS = """
    bon bonne mauvais mauvaise honteux honteuse scandaleux scandaleuse injuste juste
    absurde ridicule formidable magnifique terrible horrible inacceptable irresponsable
    fier fière heureux heureuse triste déçu déçue honnête malhonnête catastrophe
    scandale honte erreur grave important importante meilleur meilleure pire
"""
WEEKDAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche"
MONTHS = """
    janvier février mars avril mai juin juillet août septembre octobre novembre
    décembre
"""
DAYS = "aujourd'hui 0\naujourd’hui 0\nhier 1\navant-hier 2"
ABBREVIATIONS = "m mm mme mlle mgr dr pr st ste me art av env etc p no vol jr"
