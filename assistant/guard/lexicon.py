"""The words that rules turn on: roles, polarity, opposites, synonyms. Folded, one table each.

The tables are data, to be lengthened: no rule names a word that is not here.
"""

from __future__ import annotations

import re

# Who: a word, and the role it stands for. Debtor, party and professional may be anyone.
ROLES = {
    "client": """client clients cliente clientes customer customers abonne abonnes acheteur acheteurs
        acquereur acquereurs locataire locataires preneur consommateur consommateurs crediteur-preneur
        consumer subscriber buyer lessee""",
    "prestataire": """prestataire prestataires fournisseur fournisseurs mainteneur mainteneurs
        vendeur vendeurs infogerant infogerants integrateur depanneur depanneurs reparateur
        reparateurs informaticien informaticiens entrepreneur provider providers supplier suppliers
        vendor contractor""",
    "bailleur": "bailleur bailleurs loueur loueurs lessor",
    "technicien": "technicien techniciens technicienne intervenant intervenants technician technicians",
    "salarie": "salarie salaries salariee apprenti employee employees",
    "employeur": "employeur employeurs employer",
    "juge": "juge juges tribunal judge judges court",
    "tiers": "tiers",
    "assureur": "assureur assureurs insurer",
    "editeur": "editeur editeurs publisher",
    "hebergeur": "hebergeur hebergeurs",
    "sous-traitant": "traitant traitants subcontractor processor",
    "avocat": "avocat avocats lawyer",
}  # fmt: skip

# Roles that may be the same person: one in place of the other is no swap.
SAME_PERSON = (
    ("prestataire", "technicien"), ("prestataire", "employeur"), ("prestataire", "sous-traitant"),
    ("prestataire", "editeur"), ("prestataire", "hebergeur"), ("technicien", "salarie"),
    ("client", "employeur"),
)  # fmt: skip

# Words compared only where they stand between the same words: a word, and what it says there.
COMPARED = {
    "plus": "more", "moins": "less", "avant": "before", "apres": "after", "meme": "even",
    "rien": "neg", "contre": "against", "faveur": "for", "profit": "for",
}  # fmt: skip
CONTRARIES = (("more", "less"), ("before", "after"), ("against", "for"))

# What turns a statement: a word, and the way it turns it.
TURNS = {
    "neg": "aucun aucune aucuns aucunes nullement guere jamais ni sans not no never without cannot nor none neither",
    "void": """nul nulle nuls nulles nullite nullites invalide invalides illicite illicites illegal illegale illegaux
        interdit interdite interdits interdites interdiction interdictions interdire prohibe prohibee
        prohibes prohibition irrecevable irrecevables inopposable inopposables caduc caduque caducs
        caducite inapplicable impossible impossibles void invalid forbidden prohibited unlawful""",
    "only": "seul seule seuls seules seulement uniquement exclusivement only",
    "except": "sauf excepte exceptee hormis exception exceptions unless except",
    "must": """doit doivent devra devront devrait devraient devez devons doive doivent obligatoire
        obligatoires obligatoirement oblige obligee obliges obligees tenu tenue tenus tenues faut
        faudra imperativement must shall""",
    "may": """peut peuvent pourra pourront pourrait pourraient pouvez pouvons puisse puissent possible
        possibles permet permettent permis permise autorise autorisee autorises autorisees libre
        libres facultatif facultative may can""",
    "over": "emporte emportent prime priment prevaut prevalent prevails",
}  # fmt: skip
PARTICLES = frozenset("pas jamais aucun aucune aucuns rien ni nullement guere plus point".split())
LITERARY = frozenset("peut peuvent pouvait pourra pourront saurait sauraient cesse".split())
TURNED_FR = {
    "neg": "négation", "void": "nullité ou interdiction", "only": "restriction",
    "except": "exception", "must": "obligation", "may": "faculté",
    "maynot": "faculté de ne pas faire", "notmay": "impossibilité",
    "over": "priorité",
}  # fmt: skip

# What tells, in the next sentence, the exception to a rule.
CONTRASTS = frozenset(
    "toutefois cependant neanmoins mais revanche contraire pourtant however".split()
)

# Words of which one can't stand for the other. The two sides of a line, by the start of the word.
OPPOSITES = (
    ("anterieur anterieure anterieurs prealable prealablement", "posterieur posterieure ulterieur"),
    ("minimum minimal minimale minimales plancher inferieur inferieure inferieurs",
     "maximum maximal maximale maximales plafond superieur superieure superieurs"),
    ("augmenter augmente augmentent augmentation augmentations hausse majorer majore majoration",
     "reduire reduit reduite reduction baisse baisser diminuer diminue diminution minorer"),
    ("valable valables valide valides licite licites", "nul nulle nuls nulles invalide illicite illicites #void"),
    ("opposable opposables", "inopposable inopposables"),
    ("recevable recevables", "irrecevable irrecevables"),
    ("gratuit gratuite gratuits gratuitement", "payant payante payants"),
    ("toujours systematiquement", "jamais parfois"),
    ("determine determinee", "indetermine indeterminee"),
    ("ecrit ecrite ecrits", "oral orale oralement verbal verbalement"),
    ("accepter accepte acceptation accepter", "refuser refuse refus"),
    ("totalite entierement integralement totalement", "partiellement moitie"),
    ("public publique publics", "prive privee prives"),
    ("suffit suffisant suffisante", "insuffisant insuffisante"),
    ("possible", "impossible"), ("legal legale", "illegal illegale"),
    ("exact exacte", "inexact inexacte"), ("previsible", "imprevisible"),
    ("obligatoire obligatoires", "facultatif facultative facultatifs"),
    ("applicable applicables", "inapplicable inapplicables"),
)  # fmt: skip

# The first word of an answer, and its contrary.
VERDICTS = {"oui": "non", "non": "oui", "yes": "no", "no": "yes"}

# Words that mean the same in these texts; the first names the group.
SYNONYMS = """
    payer paie paient paye payee payes payees paiement paiements regler reglement reglements verser verse versement acquitter
    resilier resilie resiliation resiliations resilient resiliee rompre rompt rupture
    prevoir prevoit prevoient prevu prevue prevus prevues stipuler stipule stipulee
    intervenir intervient interviennent intervention interventions intervenu
    prouver prouve prouvent preuve preuves etablir etablit demontrer demontre
    perdre perd perdu perdue perdus perdues perte pertes
    rendre rend rendent rendu rendue restituer restitue restitution remettre remet remis remise remises
    choisir choisit choisi choisie choix
    ecrire ecrit ecrite ecrits ecrites ecrivez
    rembourser remboursement rembourse
    executer execute executee execution
    prejudice prejudices dommage dommages
    cesser cesse cessation arreter arrete arret
    augmenter augmentation augmente hausse
    reduire reduit reduite reduction diminuer diminution
    demander demande demandes demandent reclamer reclame reclament reclamation
    exiger exige exigent exigence exigences
    chercher cherche recherche recherchent rechercher
    rester reste restent demeurer demeure demeurent
    lire lit lisez lu lecture interpreter interprete interpretation
    informer informe information informations avertir avertit avertissement prevenir previent
    signer signe signee signature
    fixer fixe fixee fixent determiner determine
    garder gardez garde conserver conserve conservez conservation
    verifier verifie verifiez verification controler controle controlez
    conseiller conseil conseils conseille
    respecter respecte respect
    prendre prend prennent pris prise
    faire fait font faite
    dire dit disent
    vouloir veut veulent voulu
    mettre met mettent mis mise
    repondre repond reponse reponses
    valoir vaut valent valable valables valide valides validite
    subir subit subi subie
    tenir tient tiennent tenue
    devoir due dues du dus
    choisir choisit
    commettre commet commis
    suivre suit suivi suivie
    convenir convient convenu convenue
    nommer nom noms
    joindre joint jointe
    agir agit agissent agissant action actions
    permettre permet permis
    reconnaitre reconnait reconnu reconnue
    recevoir recoit recu recue reception
    detruire detruit destruction
    definir definit definition defini definie
    limiter limite limitation limites limitatif limitative
    beneficier beneficie benefice
    resulter resulte resultat
"""

# Little words that state nothing by themselves: not counted when support is measured.
LINKS = frozenset(
    """donc ainsi toutefois cependant neanmoins effet outre enfin ensuite puis alors aussi egalement
    notamment surtout ailleurs consequence resume bref concretement pratique general principe
    autrement savoir exemple meme cas fait lieu convient etant etait sera seront serait soit tout
    toute tous toutes tres plus moins bien encore deja cela celui celle ceux celles dont ou quand
    lorsque lorsqu si comme car or entre vers chez sous parmi selon afin pendant depuis jusqu jusque
    des lors premier abord part cet ici voici voila dit etes sont ete avoir ayant ont avait aurait
    lequel laquelle lesquels lesquelles duquel auquel leurs repute reputee reputes reputees quel quelle quels quelles chaque autre
    autres certains certaines quelque quelques tel telle tels telles doit peut pas ne jamais oui non
    fois donnee faire droit regle an ans annee annees mois jour jours heure heures semaine semaines
    deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente
    quarante cinquante soixante cent cents mille million millions here also however therefore this that
    these those if when then with from as at be or are was were has have had its their there""".split()
)

# Words that nearly every passage of the base holds: they support half as much.
COMMON = frozenset(
    """contrat clause partie parties article modele prestation service maintenance convention texte
    loi juge delai prix""".split()
)

# Longer starts are needed to tell apart the words that begin so.
LONG_STARTS = ("contr", "inter", "trans", "entre", "presta", "condi", "compt", "respon", "consta",
               "conse", "recon", "proce", "justi", "princ", "parti", "perso", "infor", "servi")  # fmt: skip

# Numbers in words, and the words that make a number of "un".
SPELLED = {
    "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "six": "6", "sept": "7", "huit": "8",
    "dix": "10", "onze": "11", "douze": "12", "treize": "13", "quatorze": "14", "quinze": "15",
    "seize": "16", "vingt": "20", "trente": "30", "quarante": "40", "cinquante": "50",
    "soixante": "60", "cent": "100", "mille": "1000",
}  # fmt: skip
UNITS = frozenset(
    "an ans annee annees mois jour jours heure heures semaine semaines euro euros minute minutes".split()
)

# A number spelled out before these says nothing that a source must hold.
FREE_NUMBERS = frozenset("parties contractants cotes autres".split())
MULTIPLES = frozenset(
    "moitie double doubles triple triples quart quarts quadruple centuple".split()
)

# Capitalised words that name no one in particular.
COMMON_NAMES = frozenset(
    """code cour cassation france francais francaise europe europeen europeenne union etat loi convention
    client prestataire fournisseur bailleur partie parties contrat article annexe modele service services
    legifrance internet juge tribunal conseil redevance intervention fiche oui non windows maintelex
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre rgpd pdf sla
    gti gtr pc it tpe pme rib tva ht ttc english french""".split()
)

ENGLISH = frozenset(
    """the of and to is are in that with for not by on this be from or which must may should can if
    it has have will any their they you your when does""".split()
)
FRENCH = frozenset(
    """le la les l un une des du de d est sont que qui pour dans avec sur pas ne n il elle ce cette ces
    son sa ses au aux par en et ou se s a ont leur leurs vous si y""".split()
)

# What an answer of ours may say without a source: whole sentences, folded.
NOTICES = re.compile(
    "|".join((
        r"votre question peut aussi se lire ainsi\.?",
        r"the reviewed french answer and its sources follow\.?",
        r"extrait ; la clause compte \d{1,3} paragraphes\.?",
        r"redaction avec les options par defaut du modele ; d'autres options existent\.?",
        r"votre contrat a ete conclu avant le 1er octobre 2016 : l'ancien droit des contrats lui reste"
        r" en principe applicable, et la reponse ci-dessus est celle du droit actuel\.?",
        r"cette reponse est une information(?: generale)?,? (?:et )?non un conseil juridique\.?",
        r"consultez un (?:avocat|juriste)(?: ou un (?:avocat|juriste))?\.?",
        r"a retenir|en resume|en bref|sources?|references?",
    ))
)  # fmt: skip

# Titles of ours, folded: they state nothing.
HEADINGS = frozenset(
    (
        "reponse courte", "explication", "explications", "en pratique", "limites", "reponse",
        "pourquoi cette clause", "les references que vous citez", "en resume", "a retenir", "sources",
        "contrat anterieur a la reforme", "conditions", "que faire", "points d'attention", "ce que dit la loi",
        "principe", "exceptions", "references", "conclusion",
    )
)  # fmt: skip
HEADING_STARTS = ("ce que prevoit le modele", "a rapprocher")

# Words of our instructions, or of a model that speaks of itself, folded.
LEAKS = re.compile(
    r"donnees-[0-9a-f]{6}|\[/?(?:inst|sys|system_prompt)\]|<\|"
    r"|</?(?:passages?|donnees|system|assistant|user|instructions?|question|context)\b"
    r"|\b(?:system prompt|prompt systeme|(?:mon|le|ce) prompt)\b"
    r"|\b(?:mes|tes) (?:consignes|instructions)\b|\bvos consignes\b|\b(?:previous|prior) instructions\b"
    r"|\b(?:ces|les) (?:consignes|instructions) (?:precedentes|systeme|ci-dessus)\b"
    r"|\b(?:ignore[rsz]?|oublie[rsz]?|disregard) (?:toutes |all )?(?:les |the |previous )?"
    r"(?:consignes|instructions|regles|passages)\b"
    r"|\b(?:passages?|extraits?) (?:numerotes?|fournis|donnes|ci-dessus)\b"
    r"|\btu rediges pour\b|\btu n'as pas d'autre savoir\b"
    r"|\b(?:en tant qu'?e?|je suis un|as an?|i am an?) ?(?:ia|ai|modele de langage|language model)\b"
)
