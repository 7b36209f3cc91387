"""Spanish words: articles, prepositions, titles, days and more."""

from __future__ import annotations

ACCORDING = """
según | según | a | Según la señora Amaro, el puente es seguro.
de acuerdo con | de_acuerdo_con de_acuerdo_a | a |
  De acuerdo con la señora Amaro, el puente es seguro.
a juicio de | a_juicio_de a_juicio_del | a |
  A juicio de la señora Amaro, el puente es seguro.
en opinión de | en_opinión_de en_opinión_del | a |
  En opinión de la señora Amaro, el puente es seguro.
en palabras de | en_palabras_de en_palabras_del | a |
  En palabras de la señora Amaro, el puente es seguro.
a ojos de | a_ojos_de a_ojos_del | a |
  A ojos de la señora Amaro, el puente es seguro.
conforme a | conforme_a conforme_al | a |
  Conforme a la señora Amaro, el puente es seguro.
en su opinión | en_su_opinión | h | En su opinión, el puente es seguro.
a su juicio | a_su_juicio | h | A su juicio, el puente es seguro.
para | para | p | Para la señora Amaro, el puente es seguro.
"""
ARTICLES = """
    el la los las un una unos unas lo su sus este esta estos estas ese esa aquel aquella
    varios varias dos tres cuatro cinco algunos algunas ambos ambas otro otra otros
    otras nuestro nuestra cada numerosos numerosas mi
"""
PREPOSITIONS = """
    a al ante en durante tras con por para sobre desde hasta contra mediante según sin
    entre hacia bajo luego después antes cuando junto frente vía
"""
INNER_PREPOSITIONS = "de del"
CONJUNCTIONS = """
    y e pero o u que quien quienes cuando mientras aunque porque pues sino donde como
    si
"""
ADVERBS = """
    también además asimismo igualmente ayer hoy mañana anoche anteayer noche tarde
    pasado pasada mismo luego después entonces ya aún todavía incluso
    claramente públicamente recientemente posteriormente previamente finalmente
    rotundamente tajantemente sí así solo sólo nuevamente aquí allí
    inicialmente expresamente simplemente contundentemente
"""
FINITE = """
    es son era eran fue fueron ha han había habían está están estaba será serán sería
    tiene tienen tenía tuvo va van puede pueden podía debe deben debía hace hacen hizo
    quiere quieren hay
"""
TITLES = """
    señor señora señores sr sra srta don doña dr dra doctor doctora profesor profesora
    presidente presidenta ministro ministra alcalde alcaldesa regidor regidora concejal
    concejala diputado diputada senador senadora gobernador gobernadora portavoz vocero
    vocera consejero consejera director directora jefe jefa secretario secretaria
    fiscal juez jueza magistrado magistrada abogado abogada letrado letrada comisario
    comisaria inspector inspectora capitán capitana coronel general comandante
    entrenador entrenadora técnico seleccionador jugador jugadora portero delantero
    delantera investigador investigadora economista analista experto experta perito
    perita historiador historiadora sociólogo socióloga politólogo politóloga
    climatólogo climatóloga biólogo bióloga médico médica enfermero enfermera
    arquitecto arquitecta ingeniero ingeniera agricultor agricultora ganadero ganadera
    maestro maestra delegado delegada sindicalista activista dirigente líder
    embajador embajadora canciller rey reina príncipe princesa papa obispo arzobispo
    escritor escritora autor autora cineasta actor actriz cantante artista periodista
    estudiante vecino vecina testigo acusado acusada denunciante empresario empresaria
    fundador fundadora gerente propietario propietaria dueño dueña comerciante pescador
    pescadora viticultor viticultora meteorólogo meteoróloga geólogo geóloga físico
    física epidemiólogo epidemióloga virólogo viróloga astrónomo astrónoma psicólogo
    psicóloga pediatra cirujano cirujana vicepresidente vicepresidenta eurodiputado
    eurodiputada coordinador coordinadora candidato candidata responsable encargado
    encargada residente habitante trabajador trabajadora funcionario funcionaria
    directivo directiva coreógrafo coreógrafa pintor pintora escultor escultora
    bombero bombera teniente sargento rector rectora decano decana catedrático
    catedrática intendente edil ceo
"""
ORGANISATIONS = """
    ministerio ayuntamiento policía guardia gobierno partido sindicato federación
    asociación unión empresa compañía grupo banco instituto universidad tribunal
    fiscalía audiencia juzgado consejo comisión agencia dirección consejería diputación
    junta hospital congreso senado cámara comité fundación club liga oficina
    observatorio autoridad organización ong confederación cooperativa plataforma
    centro laboratorio embajada alcaldía municipio concejalía delegación subdelegación
    patronal generalitat
"""
DOCUMENTS = """
    informe estudio encuesta sondeo documento comunicado sentencia datos cifras
    investigación nota texto fuentes
"""
OUTLETS = "diario periódico revista radio televisión cadena gaceta voz noticias prensa"
MALE_TITLES = """
    señor sr don doctor presidente ministro alcalde regidor concejal diputado senador
    gobernador vocero consejero director jefe secretario magistrado abogado letrado
    comisario inspector capitán entrenador seleccionador jugador investigador experto
    perito historiador sociólogo politólogo biólogo médico arquitecto ingeniero
    agricultor ganadero maestro delegado embajador rey príncipe papa obispo escritor
    autor actor vecino acusado empresario fundador pescador meteorólogo geólogo
    epidemiólogo psicólogo vicepresidente coordinador candidato directivo dueño
"""
FEMALE_TITLES = """
    señora sra srta doña doctora presidenta ministra alcaldesa regidora concejala
    diputada senadora gobernadora vocera consejera directora jefa secretaria jueza
    magistrada abogada letrada comisaria inspectora entrenadora jugadora investigadora
    experta perita historiadora socióloga politóloga bióloga médica arquitecta ingeniera
    agricultora ganadera maestra delegada embajadora reina princesa escritora autora
    actriz vecina acusada empresaria fundadora pescadora meteoróloga geóloga
    epidemióloga psicóloga vicepresidenta coordinadora candidata directiva dueña
"""
MALE_NAMES = """
    antonio josé manuel francisco juan david javier daniel carlos jesús alejandro
    miguel rafael pedro pablo ángel sergio fernando jorge luis alberto álvaro diego
    adrián raúl iván enrique ramón vicente víctor óscar andrés joaquín santiago
    eduardo roberto jaime mario ignacio alfonso ricardo julio emilio hugo mateo martín
    lucas leo marcos gonzalo guillermo agustín tomás felipe gabriel gustavo ernesto
    esteban rodrigo arturo armando alonso ramiro curro íñigo xavier jordi marc nicolás
    sebastián simón salvador germán félix césar rubén
"""
FEMALE_NAMES = """
    maría carmen josefa isabel ana dolores pilar teresa rosa cristina laura marta elena
    lucía paula sara raquel beatriz patricia silvia mónica andrea irene alba rocío
    julia claudia sofía inés martina valeria daniela carla eva nuria susana sonia
    yolanda margarita mercedes concepción encarnación ángela lorena natalia alicia
    amparo victoria gloria esther verónica sandra belén miriam noelia carolina
    gabriela jimena camila valentina luisa manuela juana catalina clara emilia leonor
    irma adela aurora blanca celia estela fátima lourdes olga sabina ximena
"""
OPEN_WORDS = """
    yo nosotros nosotras me nos mi mis mí nuestro nuestra nuestros nuestras él ella
    ellos ellas le les lo su sus suyo suya esto eso ello este esta estos estas ese esa
    esos esas aquello allí aquí hoy ayer mañana tú te tu tus usted ustedes se
    somos tenemos hemos estamos vamos tengo soy estoy quiero creo he
"""
FUTURE = "será serán habrá tendrá tendrán va van hará podrá deberá sería serían"
OUGHT = "debe deben debería deberían hay debemos"
JUDGEMENTS = """
    bueno buena malo mala vergonzoso vergonzosa escandaloso injusto injusta justo justa
    absurdo absurda ridículo ridícula magnífico terrible horrible inaceptable
    irresponsable orgulloso orgullosa feliz triste decepcionado honesto deshonesto
    catástrofe escándalo vergüenza error grave importante mejor peor disparate engaño
"""
WEEKDAYS = "lunes martes miércoles jueves viernes sábado domingo"
MONTHS = """
    enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre
    noviembre diciembre
"""
DAYS = "hoy 0\nayer 1\nanoche 1\nanteayer 2"
ABBREVIATIONS = "sr sra srta sres dr dra d dña art av núm pág etc ee uu ud uds gral"
