"""`maintelex check`: what is wrong in the knowledge base, with the remedy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ingest.check_dates import check_dates
from ingest.check_likeness import check_likeness
from ingest.check_numbers import check_numbers
from ingest.check_prose import check_prose
from ingest.readers.agreements_table import check_agreement_table
from ingest.readers.contract_checks import read_checks, read_signs
from ingest.readers.kb import CITATION, Authority, Entry, Finding, KnowledgeBase, read_kb
from ingest.readers.law_tables import read_concordance, read_watch
from ingest.readers.lexicon import read_lexicon
from retrieval.analysis import words
from retrieval.errors import KnowledgeBaseError

_REQUIRED = {
    "questions": (
        "id", "theme", "question", "question_en", "authorities", "clauses", "related", "audience",
        "applies_from", "applies_to", "reviewed_on", "reviewed_by", "status", "reponse_courte_en",
    ),
    "contract": ("id", "number", "title", "options", "authorities", "reviewed_on", "reviewed_by", "status"),
}  # fmt: skip
_AUDIENCES = ("tous", "client", "prestataire")
_STATUSES = ("publiee", "brouillon")
_DATES = ("applies_from", "applies_to", "reviewed_on")
_LAW_DATES = ("in_force_since", "in_force_until", "date", "reviewed_on")


def check_kb(root: Path, on: date | None = None) -> list[Finding]:
    """Every finding in the base under `root`, sorted by file and line.

    Args:
        root: folder of the base.
        on: the day to judge reviews and law in force by; today when None.
    """
    base = read_kb(root)
    findings = list(base.findings)
    for entry in base.questions.values():
        findings += _check_question(base, entry)
    for entry in base.clauses.values():
        findings += _check_entry(base, entry, _REQUIRED["contract"])
    for authority in base.authorities.values():
        findings += _check_authority(base, authority)
    findings += _check_variants(base)
    findings += check_prose(base)
    findings += check_numbers(base)
    findings += check_dates(base, on or date.today())
    findings += check_likeness(base)
    read_concordance(base)
    read_watch(base)
    findings += _check_lexicon(root)
    read_checks(base)
    read_signs(base)
    check_agreement_table(base)
    return sorted({*findings, *base.findings}, key=lambda f: (f.path, f.line, f.problem))


def _check_lexicon(root: Path) -> Iterator[Finding]:
    """Why the lexicon cannot be read."""
    try:
        read_lexicon(root)
    except KnowledgeBaseError as error:
        yield Finding("lexicon.yaml", 1, error.problem, error.fix)


def _check_question(base: KnowledgeBase, entry: Entry) -> Iterator[Finding]:
    """What a question file lacks or gets wrong."""
    yield from _check_entry(base, entry, _REQUIRED["questions"])
    head = entry.head
    if head.get("audience") not in _AUDIENCES:
        yield _at(entry, "audience:", f"audience « {head.get('audience')} » inconnue",
                  "écrivez " + ", ".join(_AUDIENCES))  # fmt: skip
    for key, known, what in (
        ("clauses", base.clauses, "clause"),
        ("related", base.questions, "question"),
    ):
        for name in head.get(key) or []:
            if name not in known:
                yield _at(
                    entry, f"{key}:", f"{what} « {name} » inconnue", "corrigez l'id ou retirez-le"
                )
    if entry.id in (head.get("related") or []):
        yield _at(entry, "related:", "la question renvoie à elle-même", "retirez-la de related")


def _check_entry(base: KnowledgeBase, entry: Entry, required: tuple[str, ...]) -> Iterator[Finding]:
    """What any Markdown entry lacks or gets wrong."""
    for key in required:
        if key not in entry.head:
            yield Finding(entry.path, 1, f"champ « {key} » absent", "ajoutez-le à l'en-tête")
    if entry.head.get("status") not in _STATUSES:
        yield _at(entry, "status:", f"status « {entry.head.get('status')} » inconnu",
                  "écrivez " + " ou ".join(_STATUSES))  # fmt: skip
    yield from (
        _at(entry, f"{key}:", f"date « {entry.head[key]} » incorrecte", "écrivez AAAA-MM-JJ")
        for key in _DATES
        if entry.head.get(key) is not None and not _is_date(entry.head[key])
    )
    yield from _check_citations(base, entry)


def _check_citations(base: KnowledgeBase, entry: Entry) -> Iterator[Finding]:
    """Citations that lead nowhere, and a list of authorities that differs from the text."""
    cited = set()
    for match in CITATION.finditer(entry.text):
        name = match[1]
        line = entry.text.count("\n", 0, match.start()) + 1
        if name.startswith("clause:"):
            if name[7:] not in base.clauses:
                yield Finding(entry.path, line, f"clause inconnue « {name[7:]} »", "corrigez l'id")
        elif name not in base.authorities:
            yield Finding(entry.path, line, f"autorité inconnue « {name} »",
                          "corrigez l'id, ou ajoutez l'autorité dans kb/law")  # fmt: skip
        else:
            cited.add(name)
    listed = {str(name) for name in entry.head.get("authorities") or []}
    for name in sorted(listed - cited):
        yield _at(
            entry, "authorities:", f"« {name} » listée mais non citée", "citez-la ou retirez-la"
        )
    for name in sorted(cited - listed):
        yield _at(
            entry, "authorities:", f"« {name} » citée mais non listée", "ajoutez-la à authorities"
        )
    strong = [name for name in cited if base.authorities[name].data.get("confidence") != "low"]
    for name in sorted(cited - set(strong)):
        if not strong:
            yield _at(
                entry,
                f"[@{name}]",
                f"« {name} » (confiance low) citée seule",
                "ajoutez une autorité sûre",
            )


def _check_authority(base: KnowledgeBase, authority: Authority) -> Iterator[Finding]:
    """What an authority lacks or gets wrong."""
    needed = {
        "statute": ("citation", "title", "summary"),
        "decision": ("citation", "date", "holding"),
    }
    for key in (*needed.get(authority.kind, ()), "confidence", "reviewed_on", "reviewed_by"):
        if not authority.data.get(key):
            yield Finding(
                authority.path,
                authority.line,
                f"{authority.id} : champ « {key} » absent",
                "ajoutez-le",
            )
    for key in _LAW_DATES:
        value = authority.data.get(key)
        if value is not None and not _is_date(value):
            yield Finding(authority.path, authority.line, f"{authority.id} : {key} « {value} » incorrecte",
                          "écrivez AAAA-MM-JJ")  # fmt: skip
    links = [*authority.data.get("replaced_by", []), *authority.data.get("replaces", []),
             *authority.data.get("statutes", []), *authority.data.get("basis", [])]  # fmt: skip
    for name in links:
        if name not in base.authorities:
            yield Finding(authority.path, authority.line, f"{authority.id} : renvoi à « {name} », inconnue",
                          "corrigez l'id ou retirez-le")  # fmt: skip


def _check_variants(base: KnowledgeBase) -> Iterator[Finding]:
    """Wordings of nothing, and wordings written twice."""
    first: dict[str, tuple[str, int]] = {}
    for entry in base.questions.values():
        first[_key(str(entry.head.get("question")))] = (entry.path, entry.line_of("question:"))
    for known, variants in ((base.questions, base.variants), (base.clauses, base.clause_variants)):
        for name, lines in sorted(variants.items()):
            if name not in known and lines:
                path, line, _ = lines[0]
                yield Finding(
                    path,
                    line,
                    f"« {name} » n'est ni une question ni une clause",
                    "renommez le fichier",
                )
            for path, line, text in lines:
                key = _key(text)
                if key in first:
                    where = f"{first[key][0]}:{first[key][1]}"
                    yield Finding(path, line, f"formulation déjà écrite ({where})", "gardez-en une")
                first.setdefault(key, (path, line))


def _key(text: str) -> str:
    """What two wordings share when they are the same."""
    return " ".join(words(text))


def _at(entry: Entry, needle: str, problem: str, remedy: str) -> Finding:
    """A finding at the line where a string stands."""
    return Finding(entry.path, entry.line_of(needle), problem, remedy)


def _is_date(value: object) -> bool:
    """Whether a value is a date, or reads as one."""
    if isinstance(value, date):
        return True
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True
