"""An evaluation of answers as tables in French: the same for the terminal, Markdown and the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evaluation.answers.figures import SORTS, Guard, Shares
from evaluation.answers.run import AnswersEvaluation
from evaluation.measures import Figure
from evaluation.tables import LABELS, NOTHING, Table, interval, number

_GROUPS = LABELS | {
    "dev_questions": "questions", "dev_clauses": "clauses du modèle",
    "dev_conversations": "conversations, tour par tour", "dev_out_of_scope": "hors sujet",
}  # fmt: skip
_REQUIREMENTS = {
    "answered": "répondue", "mention": "dit la règle", "cite": "cite sa source",
    "clause": "montre la clause", "not": "ne dit rien de faux",
    "grounded": "chaque renvoi a sa source", "declined": "déclinée",
}  # fmt: skip
_RULES = {
    "marker": "phrase ou renvoi sans source", "link": "lien étranger", "leak": "consigne recopiée",
    "quote": "citation introuvable", "numbers": "nombre, date ou montant absent de la source",
    "reference": "référence absente de la source", "language": "autre langue",
    "unsupported": "affirmation sans appui", "role": "parties inversées",
    "negation": "négation perdue ou ajoutée", "orphan": "phrase laissée sans suite",
}  # fmt: skip
_REASONS = {
    "unread": "aucun texte ne répond, selon le modèle", "unanswered": "le modèle ne trouve pas la réponse",
    "unverified": "texte du modèle refusé par la vérification", "old_law": "ancien droit",
    "language": "question en anglais", "timeout": "délai dépassé", "refused": "refus",
    "overloaded": "surcharge ou panne", "garbage": "réponse inutilisable",
    "too_long": "réponse trop longue", "absent": "injoignable",
    "open_circuit": "laissé de côté après des échecs",
}  # fmt: skip
_SHOWN = {"reference": "Références", "number": "Nombres, dates et montants", "link": "Liens",
          "quote": "Citations entre guillemets", "marker": "Renvois [n]"}  # fmt: skip
_HEAD = ("Questions", "Justes", "Sujet d'abord", "Sujet traité", "Déclinées", "À confirmer",
         "Deux sujets")  # fmt: skip


def tables(found: AnswersEvaluation) -> list[Table]:
    """Every table that has something to show. To add a part, add it to `_PARTS`."""
    return [table for part in _PARTS for table in part(found) if table.rows]


def _right(found: AnswersEvaluation) -> list[Table]:
    """The shares by set, register and theme."""
    summary = found.summary
    note = (
        "Juste : la réponse dit la règle attendue, cite sa source, et rien que l'on sache faux. Sujet"
        " d'abord : la question de la base attendue (ou la clause) est la première que la réponse traite ;"
        " sujet traité : elle y est. Déclinées : à tort. À confirmer : avec l'avis qu'un juriste doit"
        " confirmer. Deux sujets : la réponse traite deux questions de la base ou plus. Entre crochets :"
        " intervalle à 95 %."
    )
    return [
        _shares("Réponses justes", "Jeu", summary.sets, note),
        _shares("Par registre", "Registre", summary.registers),
        _shares("Par thème", "Thème", summary.themes),
    ]


def _shares(title: str, head: str, groups: Mapping[str, Shares], note: str = "") -> Table:
    """A table of shares by group."""
    rows = tuple((_GROUPS.get(name, name), *_cells(shares)) for name, shares in groups.items())
    return Table(title, (head, *_HEAD), rows, note)


def _cells(shares: Shares) -> tuple[str, ...]:
    """The count, the first share with its interval, and the other shares."""
    others = (shares.first, shares.among, shares.declined, shares.notice, shares.two)
    return str(shares.right.count), interval(shares.right), *(number(one.mean) for one in others)


def _requirements(found: AnswersEvaluation) -> list[Table]:
    """What right answers are asked for."""
    rows = _figures(found.summary.requirements, _REQUIREMENTS)
    return [Table("Ce qui est demandé à une réponse", ("Exigence", "Questions", "Tenue"), rows)]


def _declined(found: AnswersEvaluation) -> list[Table]:
    """What was declined rightly."""
    rows = _figures(found.summary.declined, _GROUPS)
    return [Table("Déclinées à raison", ("Hors sujet", "Questions", "Déclinées"), rows)]


def _figures(named: Mapping[str, Figure], labels: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """A row a figure, those over nothing left out."""
    return tuple(
        (labels.get(name, name), str(one.count), interval(one))
        for name, one in named.items()
        if one.count
    )


def _shown(found: AnswersEvaluation) -> list[Table]:
    """What is shown and not in the base."""
    shown = found.summary.shown
    rows = tuple((_SHOWN[sort], str(shown.counts[sort])) for sort in SORTS)
    note = (
        "Doit être 0. Compté sans la vérification : un lecteur à part cherche dans toute la base ce que"
        " chaque réponse montre. Ce que l'utilisateur a écrit lui-même peut lui être redit."
    )
    title = "Montré et absent de la base"
    items = tuple((name, _SHOWN[sort].lower(), text) for name, sort, text in shown.items)
    return [
        Table(title, ("Ce que la réponse montre", "Nombre"), rows, note),
        Table(f"{title} : lesquels", ("Question", "Genre", "Montré"), items),
    ]


def _guard(found: AnswersEvaluation) -> list[Table]:
    """The guard's work."""
    guard = found.summary.guard
    share = guard.kept / guard.sentences if guard.sentences else float("nan")
    rows = [
        ("Sources montrées, vérifiées une à une", str(guard.cited)),
        ("Retiré des réponses avant de les montrer", str(sum(guard.removed.values()))),
        *_counts(guard.removed, _RULES),
        ("Phrases montrées, relues une à une", str(guard.sentences)),
        ("  gardées par cette relecture", f"{guard.kept} ({number(share)})"),
        *_counts(guard.doubted, _RULES),
        ("Relecture d'une réponse jamais lue, médiane et 95e centile (ms)", _both(guard)),
    ]
    note = (
        "Relire une à une les phrases d'une réponse sans modèle est une mesure : elles ont été relues une fois pour toutes,"
        " seules leurs sources, leurs renvois et leurs références sont vérifiés avant de les montrer. Les"
        " réponses en anglais ne se comparent pas à des sources en français : elles ne sont pas relues."
    )
    return [Table("Vérification", ("Quoi", "Nombre"), tuple(rows), note)]


def _counts(counts: Mapping[str, int], labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """A row a rule or a reason."""
    return [(f"  {labels.get(name, name)}", str(count)) for name, count in counts.items()]


def _both(guard: Guard) -> str:
    """The median and the 95th percentile."""
    return f"{number(guard.median_ms, 1)} / {number(guard.p95_ms, 1)}"


def _times(found: AnswersEvaluation) -> list[Table]:
    """Time per answer."""
    times = found.summary.times
    rows = (
        ("Réponse entière", number(times.median, 1), number(times.p95, 1), "1"),
        ("dont vérification, réponses données", number(times.guard_median, 1),
         number(times.guard_p95, 1), number(times.guard_share)),
    )  # fmt: skip
    head = ("Millisecondes", "Médiane", "95e centile", "Part du temps total")
    return [
        Table("Temps", head, rows, "Une question après l'autre, à chaud, sur un fil d'exécution.")
    ]


def _model(found: AnswersEvaluation) -> list[Table]:
    """The model's part."""
    use = found.summary.model
    if use is None:
        return []
    asked = found.answered + found.foreign
    rows = [
        ("Réponses rédigées par le modèle", str(use.written)),
        ("Réponses de la base, malgré le modèle", str(sum(use.because.values()))),
        *_counts(use.because, _REASONS),
        ("Jetons lus", str(use.tokens_in)),
        ("Jetons écrits", str(use.tokens_out)),
        ("Coût total, aux prix des réglages", number(use.cost, 4) if use.cost else NOTHING),
        ("Coût par question", number(use.cost / asked, 6) if use.cost and asked else NOTHING),
    ]
    return [Table(f"Modèle de langage : {found.model}", ("Quoi", "Nombre"), tuple(rows))]


def _missed(found: AnswersEvaluation) -> list[Table]:
    """The questions whose answer is not right."""
    rows = tuple(
        (
            one.id, one.question, ", ".join(_REQUIREMENTS.get(name, name) for name in one.failed),
            ", ".join(map(_short, one.expected)) or "à décliner", ", ".join(map(_short, one.told)),
        )
        for one in found.summary.missed
    )  # fmt: skip
    head = ("Id", "Question", "Manque", "Attendu", "Traités d'abord")
    return [Table(f"Réponses qui ne sont pas justes ({len(rows)})", head, rows, long=True)]


def _short(document: str) -> str:
    """A document id without what they all share."""
    return document.removeprefix("kb:questions/").removeprefix("kb:")


_PARTS: tuple[Callable[[AnswersEvaluation], list[Table]], ...] = (
    _right, _requirements, _declined, _shown, _guard, _times, _model, _missed,
)  # fmt: skip
