"""An evaluation as tables in French: the same for the terminal, Markdown and the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from evaluation.baselines.compare import RECIPE, Comparison, Timings
from evaluation.calibration import Calibration
from evaluation.judgement import ALL, AMONG, CLAUSES, QUESTIONS, Judgement
from evaluation.measures import MEASURES, Figure
from evaluation.run import Evaluation

CROSSED, SHIPPED = "validation croisée", "poids livrés"
NOTHING, NBSP = "–", "\u00a0"

LABELS = {
    ALL: "Ensemble", QUESTIONS: "Questions de la base", CLAUSES: "Clauses du modèle",
    AMONG: "Clauses, entre elles seules",
    "lay-short": "profane, bref", "lay-story": "profane, récit", "sms": "SMS",
    "lawyer": "juriste", "english": "anglais", "clause": "clause du modèle",
    "other-law": "autre droit", "near-miss-maintenance": "autre maintenance",
    "it-howto": "dépannage", "non-legal": "sans droit", "it-shopping": "achat de matériel",
    "small-talk": "conversation", "salary": "salaire", "tax": "impôts",
    "foreign-law": "droit étranger", "gibberish": "charabia", "insurance": "assurance",
    "prompt-abuse": "détournement", "personal-advocacy": "dossier personnel",
    "wordings": "formulations proches (wordings)",
    "variants": "mots des formulations (variants)",
    "body": "mots du document (body)", "lexicon": "lexique (lexicon)",
    "likeness": "formulations semblables (likeness)", "senses": "sens des mots (senses)",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """A table to show: every row has as many cells as `head`."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    long: bool = False  # too long for a terminal


def tables(evaluation: Evaluation) -> list[Table]:
    """Every table of an evaluation that has something to show. To add a part, add it to `_PARTS`."""
    return [table for part in _PARTS for table in part(evaluation) if table.rows]


def label(name: str) -> str:
    """A group as readers call it; itself when it has no other name."""
    return LABELS.get(name, name)


def number(value: float, digits: int = 3) -> str:
    """A number as French writes it."""
    return NOTHING if value != value else f"{value:.{digits}f}".replace(".", ",")


def interval(found: Figure | None) -> str:
    """A figure with its 95 % interval."""
    if found is None or not found.count:
        return NOTHING
    return f"{number(found.mean)} [{number(found.low, 2)} ; {number(found.high, 2)}]".replace(
        " ", NBSP
    )


def _both(evaluation: Evaluation) -> list[tuple[str, Judgement]]:
    """The judgements there are, the one to quote first."""
    known = [(CROSSED, evaluation.crossed), (SHIPPED, evaluation.shipped)]
    return [(name, judgement) for name, judgement in known if judgement is not None]


def _overall(evaluation: Evaluation) -> list[Table]:
    """The documents and the passages found."""
    rows = []
    for weights, judgement in _both(evaluation):
        for group, found in judgement.documents.items():
            rows.append((label(group), weights, *_measured(found)))
        rows.append(("Passages", weights, *_measured(judgement.passages)))
    note = (
        "Le bon document (question de la base ou clause) parmi tous, puis ses passages parmi tous ceux"
        " de l'index. Une clause et la question de la base sur le même sujet répondent souvent toutes"
        " deux : on donne aussi le rang des clauses entre elles. Entre crochets : intervalle de confiance à 95 %, par rééchantillonnage des questions."
    )
    return [Table("Retrouver le bon document", _HEAD, tuple(rows), note)]


_HEAD = ("Ce qu'on cherche", "Poids", "Questions", *MEASURES)


def _measured(found: Mapping[str, Figure]) -> tuple[str, ...]:
    """The count and every measure, hit@1 with its interval."""
    first = found["hit@1"]
    rest = (number(found[name].mean) for name in MEASURES[1:])
    return str(first.count), interval(first), *rest


def _groups(evaluation: Evaluation) -> list[Table]:
    """The documents found, by register and by theme."""
    return [
        _group_table(evaluation, "Par registre", "Registre", lambda judgement: judgement.registers),
        _group_table(evaluation, "Par thème", "Thème", lambda judgement: judgement.themes),
    ]


def _group_table(
    evaluation: Evaluation,
    title: str,
    head: str,
    groups: Callable[[Judgement], Mapping[str, Mapping[str, Figure]]],
) -> Table:
    """hit@1 and hit@3 by group, hit@1 with the shipped weights beside."""
    shipped = groups(evaluation.shipped)
    rows = tuple(
        (
            label(name),
            *_measured(found)[:3],
            *_measured(found)[3:],
            interval(shipped[name]["hit@1"]),
        )
        for name, found in groups(evaluation.headline).items()
    )
    return Table(title, (head, "Questions", *MEASURES, f"hit@1, {SHIPPED}"), rows)


def _declining(evaluation: Evaluation) -> list[Table]:
    """What was declined, rightly and wrongly."""
    judgements = [judgement for _, judgement in _both(evaluation)]
    first = judgements[0]
    rows = [
        (
            "Déclinées à raison",
            str(first.declined.count),
            *(interval(j.declined) for j in judgements),
        ),
        ("Déclinées à tort", str(first.lost.count), *(interval(j.lost) for j in judgements)),
    ]
    rows += [
        (
            f"  à raison : {label(kind)}",
            str(found.count),
            *(interval(j.kinds[kind]) for j in judgements),
        )
        for kind, found in first.kinds.items()
    ]
    head = ("Questions", "Nombre", *(name for name, _ in _both(evaluation)))
    note = "À raison : part des questions hors sujet. À tort : part des questions auxquelles la base répond."
    return [Table("Décliner", head, tuple(rows), note)]


def _calibration(evaluation: Evaluation) -> list[Table]:
    """The reliability tables."""
    found = evaluation.headline
    return [
        _reliability("Calibration : la base répond-elle ?", found.scope),
        _reliability("Calibration : le premier document est-il le bon ?", found.top),
    ]


def _reliability(title: str, found: Calibration) -> Table:
    """One reliability table."""
    rows = tuple(
        (
            f"{number(one.low, 1)} à {number(one.high, 1)}",
            str(one.count),
            number(one.said),
            number(one.seen),
        )
        for one in found.bins
    )
    note = (
        f"ECE {number(found.ece)} ; score de Brier {number(found.brier)} (0 : parfait). Une probabilité"
        " est juste quand « annoncé » vaut « observé »."
    )
    return Table(title, ("Probabilité", "Questions", "Annoncé", "Observé"), rows, note)


def _ablation(evaluation: Evaluation) -> list[Table]:
    """What each leg brings."""
    crossed = evaluation.crossed.documents[ALL]["hit@1"] if evaluation.crossed else None
    whole = (
        "aucune",
        NOTHING,
        interval(evaluation.shipped.documents[ALL]["hit@1"]),
        interval(crossed),
    )
    rows = [
        (label(one.leg), number(one.weight), interval(one.silenced), interval(one.relearnt))
        for one in evaluation.ablation
    ]
    head = ("Voie retirée", "Poids livré", "hit@1, son poids à 0", "hit@1, autres poids réappris")
    note = "Dernière colonne : en validation croisée. Une voie utile fait baisser hit@1 quand on la retire."
    return [Table("Ablation", head, (whole, *rows), note)]


def _comparison(evaluation: Evaluation) -> list[Table]:
    """MainteLex and the others."""
    found = evaluation.comparison
    if found is None:
        return []
    recipe = next((one for one in found.others if one.name == RECIPE), None)
    base = (recipe.documents[ALL]["hit@1"].mean, recipe.timings) if recipe else None
    rows = [
        _compared(f"MainteLex, {name}", judgement.documents, found.own, base)
        for name, judgement in _both(evaluation)
    ]
    rows += [_compared(one.name, one.documents, one.timings, base) for one in found.others]
    return [Table("Comparaisons", _COMPARED, tuple(rows), _conditions(found))]


_COMPARED = (
    "Moteur", "hit@1", "hit@3", "questions, hit@1", "clauses, hit@1", "clauses entre elles, hit@1",
    "Construction (s)", "Requête (ms)", "hit@1 ×", "Construction ×", "Requête ×",
)  # fmt: skip


def _compared(
    name: str,
    groups: Mapping[str, Mapping[str, Figure]],
    timings: Timings,
    base: tuple[float, Timings] | None,
) -> tuple[str, ...]:
    """A row of the comparison; ratios are to the recipe of the tutorials."""
    hit1 = groups[ALL]["hit@1"]
    ratios = (NOTHING,) * 3
    if base is not None:
        built, asked = timings.build_s / base[1].build_s, timings.query_ms / base[1].query_ms
        ratios = (_ratio(hit1.mean, base[0]), number(built, 2), number(asked, 2))
    return (
        name, interval(hit1), number(groups[ALL]["hit@3"].mean),
        *(interval(groups[part]["hit@1"]) if part in groups else NOTHING for part in (QUESTIONS, CLAUSES, AMONG)),
        number(timings.build_s, 1), number(timings.query_ms, 1), *ratios,
    )  # fmt: skip


def _ratio(value: float, base: float) -> str:
    """How many times as much; nothing where the base is 0."""
    return number(value / base, 2) if base else NOTHING


def _conditions(found: Comparison) -> str:
    """How the comparison was made."""
    rank = number(found.own.rank_ms or float("nan"), 1)
    busy = f" Charge de la machine au départ : {number(found.load, 1)} pour {found.cores} cœurs"
    busy += " : durées approximatives." if found.load > found.cores / 2 else "."
    absent = "".join(
        f" {one.name} n'a pas tourné : {one.problem} {one.fix}" for one in found.absent
    )
    return (
        "Mêmes documents, mêmes questions, même processus, un fil d'exécution chacun. Un document vaut par"
        " son meilleur morceau. « + formulations » : les façons de demander de la base sont indexées aussi."
        " Construction : pour MainteLex, depuis les fichiers de la base, apprentissage compris ; pour les"
        " autres, depuis les textes, modèle déjà chargé. Requête : moyenne, à chaud ; pour MainteLex, la"
        f" recherche de passages (classer les documents seuls : {rank} ms). × : rapporté à la recette des"
        f" tutoriels (morceaux de 500 caractères, all-MiniLM-L6-v2, FAISS).{busy}{absent}"
    )


def _errors(evaluation: Evaluation) -> list[Table]:
    """The questions that were dealt with wrongly."""
    rows = tuple(
        (
            one.id, one.question, ", ".join(map(_short, one.expected)) or "à décliner",
            ", ".join(map(_short, one.got)), number(one.scope, 2), "oui" if one.declined else "non",
        )
        for one in evaluation.misses
    )  # fmt: skip
    head = ("Id", "Question", "Attendu", "Trois premiers", "Probabilité de répondre", "Déclinée")
    return [Table(f"Erreurs ({len(rows)})", head, rows, long=True)]


def _short(document: str) -> str:
    """A document id without what they all share."""
    return document.removeprefix("kb:questions/").removeprefix("kb:")


_PARTS: tuple[Callable[[Evaluation], list[Table]], ...] = (
    _overall, _declining, _groups, _calibration, _ablation, _comparison, _errors,
)  # fmt: skip
