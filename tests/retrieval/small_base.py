"""A knowledge base of eight questions that a lawyer would accept, written to a folder.

Small enough to be built in a second, whole enough to have every kind of passage: questions,
clauses, statutes (one superseded in 2016), a decision, a collective agreement, questions to decline.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from ingest.build import Plan, Report, build


@dataclass(frozen=True, slots=True)
class Topic:
    """A question of the base: its own words, its answer, and how people ask it."""

    id: str
    theme: str
    question: str
    english: str
    authority: str
    clause: str
    answer: str
    explanation: str
    wordings: tuple[str, ...]


TOPICS = (
    Topic(
        "indemnite-resiliation", "fin-du-contrat",
        "Que doit payer le client qui part avant le terme ?",
        "What does a customer pay for leaving before the end of the contract?",
        "c-civ-1231-5", "resiliation",
        "Le client paie l'indemnité prévue, que le juge peut réduire si elle est excessive",
        "L'indemnité de résiliation anticipée qui punit l'inexécution est une clause pénale",
        ("Puis-je casser le contrat avant la fin ?", "On me réclame tous les mois restants",
         "Combien coûte une résiliation anticipée ?", "L'indemnité de sortie est énorme, est-elle due ?",
         "jveu partir avan la fin ki paye koi", "Clause pénale excessive, que faire ?"),
    ),
    Topic(
        "sauvegarde-donnees", "donnees",
        "Qui répond de la perte des données sans sauvegarde ?",
        "Who is liable for data lost without a backup?",
        "c-civ-1103", "sauvegardes",
        "Celui que le contrat charge des sauvegardes répond de leur absence",
        "La restauration doit être testée : une copie illisible n'est pas une sauvegarde",
        ("Nos fichiers ont disparu et rien n'était sauvegardé", "Le disque est mort, qui paie ?",
         "Le presta devait faire les sauvegardes", "Perte de données, quelle responsabilité ?",
         "on a perdu tt les fichiers", "La restauration a échoué"),
    ),
    Topic(
        "augmentation-prix", "prix",
        "Le prestataire peut-il augmenter son prix en cours de contrat ?",
        "May the provider raise its price during the contract?",
        "c-civ-1103", "prix",
        "Non, sauf clause de révision ou accord du client",
        "Le prix convenu lie les parties jusqu'au terme, indexation comprise",
        ("La redevance a pris 20 % sans prévenir", "Mon forfait augmente, puis-je refuser ?",
         "Hausse de tarif imposée", "L'indice Syntec justifie-t-il la hausse ?",
         "ils ont augmenté le prix tt seul", "Révision du prix sans clause"),
    ),
    Topic(
        "delai-intervention", "qualite-de-service",
        "Que faire si le technicien n'intervient pas dans les délais ?",
        "What if the technician does not come in time?",
        "c-civ-1103", "resiliation",
        "Mettez le prestataire en demeure et réclamez les pénalités prévues",
        "La garantie de temps d'intervention court du signalement de l'incident",
        ("Le technicien ne vient jamais", "Trois jours sans serveur et personne",
         "Le gars devait passer hier", "GTI de quatre heures non tenue",
         "tt bug depui des moi et personne vien", "Quel recours contre un dépannage trop lent ?"),
    ),
    Topic(
        "rupture-brutale", "fin-du-contrat",
        "Quel préavis pour cesser une relation commerciale établie ?",
        "What notice is due to end an established business relationship?",
        "c-com-l442-1", "resiliation",
        "Un préavis écrit, qui tient compte de la durée de la relation",
        "La rupture brutale engage la responsabilité de son auteur, même sans contrat écrit",
        ("Mon client m'arrête du jour au lendemain", "Dix ans de relation et plus rien",
         "Rupture brutale des relations commerciales", "Combien de mois de préavis ?",
         "fin de relation sans preavis", "Le donneur d'ordre part sans prévenir"),
    ),
    Topic(
        "clause-limitative", "responsabilite",
        "La clause qui limite la responsabilité du prestataire est-elle valable ?",
        "Is the clause that limits the provider's liability valid?",
        "cass-com-2010-06-29-09-11841", "sauvegardes",
        "Oui, si elle ne vide pas l'obligation essentielle de sa substance",
        "Un plafond dérisoire peut être réputé non écrit",
        ("Le contrat plafonne les dommages à trois mois", "Plafond de responsabilité ridicule",
         "Peut-on écarter une clause limitative ?", "Il se cache derrière une clause d'exclusion",
         "Faurecia contre Oracle, quelle portée ?", "limite de responsabilite abusive"),
    ),
    Topic(
        "convention-collective", "personnel",
        "Quelle convention collective pour une société de maintenance informatique ?",
        "Which collective agreement applies to an IT maintenance company?",
        "idcc-1486", "prix",
        "Celle de l'activité principale, souvent Syntec pour les services informatiques",
        "Le code APE n'est qu'un indice de l'activité réellement exercée",
        ("On est Syntec ou papeterie ?", "Quelle convention pour mes techniciens ?",
         "Mon code APE est 62.02B", "IDCC applicable au dépannage d'ordinateurs",
         "c koi ma convention collective", "Les salariés relèvent de quel texte ?"),
    ),
    Topic(
        "mots-de-passe", "donnees",
        "Le prestataire peut-il garder les mots de passe administrateur ?",
        "May the provider keep the administrator passwords?",
        "c-civ-1103", "sauvegardes",
        "Non, le client doit toujours accéder à ses propres systèmes",
        "Les comptes administrateur sont remis au client sur demande écrite",
        ("Il refuse de rendre les codes", "Comment récupérer nos identifiants admin ?",
         "L'ancien informaticien a encore accès à tout", "Codes du serveur bloqués",
         "il veu pa doner lé mot de passe", "Qui détient les accès administrateur ?"),
    ),
)  # fmt: skip

CLAUSES = {
    "prix": (1, "Prix", "Le Client paie la redevance de {{ montant_mensuel }} euros par mois."),
    "sauvegardes": (2, "Sauvegardes", "Le Prestataire vérifie chaque jour la copie des données."),
    "resiliation": (3, "Résiliation", "Chaque Partie peut résilier après mise en demeure."),
}

DECLINED = (
    "Quelle est la capitale de l'Australie ?", "Comment réparer une fuite d'eau ?",
    "Donne-moi une recette de gâteau au chocolat", "Qui a gagné la coupe du monde ?",
    "Quel vaccin pour mon chat ?", "À quelle heure part le train pour Lyon ?",
    "Comment tailler mes rosiers ?", "Écris un poème sur la mer",
)  # fmt: skip

_REVIEW = {"confidence": "high", "reviewed_on": "2026-11-24", "reviewed_by": "MainteLex"}
STATUTES = (
    {"id": "c-civ-1231-5", "citation": "C. civ., art. 1231-5", "title": "Clause pénale",
     "summary": "Le juge peut réduire ou augmenter la pénalité manifestement excessive ou dérisoire.",
     "in_force_since": "2016-10-01", "replaces": ["c-civ-ancien-1152"],
     "url": "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000032041442"},
    {"id": "c-civ-ancien-1152", "citation": "C. civ., art. 1152 ancien (avant le 1er oct. 2016)",
     "title": "Clause pénale : révision (ancien)",
     "summary": "Le juge pouvait réduire ou augmenter la peine manifestement excessive ou dérisoire.",
     "in_force_until": "2016-09-30", "replaced_by": ["c-civ-1231-5"]},
    {"id": "c-civ-1103", "citation": "C. civ., art. 1103", "title": "Force obligatoire",
     "summary": "Le contrat légalement formé tient lieu de loi à ceux qui l'ont fait.",
     "in_force_since": "2016-10-01"},
    {"id": "c-com-l442-1", "citation": "C. com., art. L. 442-1", "title": "Rupture brutale",
     "summary": "Rompre sans préavis écrit suffisant une relation établie engage la responsabilité.",
     "in_force_since": "2019-04-26"},
)  # fmt: skip
DECISION = {
    "id": "cass-com-2010-06-29-09-11841", "citation": "Cass. com., 29 juin 2010, n° 09-11.841",
    "date": "2010-06-29", "standing": "actuelle", "statutes": ["c-civ-1103"],
    "facts": "Un éditeur n'avait pas livré la version promise d'un progiciel.",
    "holding": "Seule est écartée la clause qui contredit la portée de l'obligation essentielle.",
}  # fmt: skip
AGREEMENT = {
    "id": "idcc-1486", "citation": "Convention collective des bureaux d'études (IDCC 1486)",
    "idcc": 1486, "short_name": "Syntec", "title": "Convention collective des bureaux d'études",
    "field": "Les entreprises d'ingénierie, de conseil et de services informatiques.",
}  # fmt: skip


def write_base(folder: Path) -> Path:
    """Write the base to a new folder; gives the folder back."""
    for topic in TOPICS:
        write(folder / f"questions/{topic.id}.md", question_file(topic))
        write(folder / f"variants/{topic.id}.txt", "\n".join(topic.wordings) + "\n")
    for identifier, (number, title, text) in CLAUSES.items():
        name = f"contract/clauses/{number:02d}-{identifier}.md"
        write(folder / name, _clause_file(identifier, number, title, text))
    write(folder / "variants/out-of-scope.yaml", yaml.safe_dump({"autre": list(DECLINED)}))
    write_law(folder, "statutes", statutes=[{**row, **_REVIEW} for row in STATUTES])
    write_law(folder, "case_law", decisions=[{**DECISION, **_REVIEW}])
    write_law(folder, "collective_agreements", agreements=[{**AGREEMENT, **_REVIEW}], rules=[])
    write_law(folder, "concordance", entries=[])
    write_law(folder, "watch", changes=[])
    return folder


def write(path: Path, text: str) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_law(folder: Path, name: str, **lists: object) -> None:
    """Write one file of authorities."""
    write(folder / f"law/{name}.yaml", yaml.safe_dump(lists, allow_unicode=True, sort_keys=False))


def build_base(folder: Path, **plan: object) -> Report:
    """Write the base to `folder`/kb and build `folder`/index from it."""
    return build(Plan(write_base(folder / "kb"), folder / "index", **plan))  # type: ignore[arg-type]


def question_file(topic: Topic, explanation: str = "") -> str:
    """A question file as a lawyer writes it."""
    cited, clause = f"[@{topic.authority}]", f"[@clause:{topic.clause}]"
    head = {
        "id": topic.id, "theme": topic.theme, "question": topic.question,
        "question_en": topic.english, "authorities": [topic.authority], "clauses": [topic.clause],
        "related": [], "audience": "tous", "applies_from": "2016-10-01", "applies_to": None,
        "reviewed_on": "2026-11-24", "reviewed_by": "MainteLex", "status": "publiee",
        "reponse_courte_en": "See the short answer in French.",
    }  # fmt: skip
    return (
        f"---\n{yaml.safe_dump(head, allow_unicode=True, sort_keys=False)}---\n\n"
        f"## Réponse courte\n\n{topic.answer} {cited}.\n\n"
        f"## Explication\n\n{explanation or topic.explanation} {cited}. Voir {clause}.\n\n"
        f"## En pratique\n\n- Écrivez au prestataire et gardez la **preuve** de l'envoi.\n\n"
        f"## Limites\n\n- Chaque contrat a ses propres clauses.\n"
    )


def _clause_file(identifier: str, number: int, title: str, text: str) -> str:
    """A clause file as a lawyer writes it."""
    return (
        f"---\nid: {identifier}\nnumber: {number}\ntitle: {title}\noptions: []\n"
        "authorities: [c-civ-1103]\nreviewed_on: 2026-11-24\nreviewed_by: MainteLex\n"
        f"status: publiee\n---\n\n## Clause\n\n{number}.1 {text}\n\n"
        "## Note de rédaction\n\nLe contrat lie les parties [@c-civ-1103].\n"
    )
