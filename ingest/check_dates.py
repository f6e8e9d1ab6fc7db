"""What time has made wrong: law that has ended, decisions left behind, reviews grown old."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ingest.readers.kb import CITATION, Authority, Entry, Finding, KnowledgeBase
from ingest.sentences import Sentence, entry_sentences

REVIEW_MONTHS = 12  # months after which an entry is to be read again

_PAST = re.compile(
    r"\b(?:ancien|avant|antérieur|jusqu|remplac|abrog|autrefois|repren|repri)", re.IGNORECASE
)
_ABANDONED = re.compile(r"\b(?:dépass|abandonn|revirement|réform|infirm|superseded)", re.IGNORECASE)


def check_dates(base: KnowledgeBase, on: date) -> Iterator[Finding]:
    """Findings that depend on dates, as they stand on a day."""
    for entry in (*base.questions.values(), *base.clauses.values()):
        yield from _outdated(base, entry, on)
        yield from _changed(base, entry)
        yield from _stale(entry, on)


def day(value: object) -> date | None:
    """A date of the base, None when there is none or it is wrong (`check` says so elsewhere)."""
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return None


def _outdated(base: KnowledgeBase, entry: Entry, on: date) -> Iterator[Finding]:
    """Citations of law that has ended, or of decisions left behind, that don't say so."""
    until = day(entry.head.get("applies_to")) or on
    listed = list(entry_sentences(entry))
    for before, sentence, after in zip([None, *listed], listed, [*listed[1:], None], strict=False):
        for authority in (
            base.authorities[name] for name in sentence.cited if name in base.authorities
        ):
            ended = day(authority.data.get("in_force_until"))
            if ended and ended < until and not _PAST.search(CITATION.sub("", sentence.text)):
                yield _ended(entry, sentence, authority)
            around = " ".join(
                s.text for s in (before, sentence, after) if s and s.line == sentence.line
            )
            if authority.data.get("standing") == "dépassée" and not _ABANDONED.search(around):
                yield Finding(entry.path, sentence.line, f"« {authority.id} » est une décision dépassée",
                              "dites-le à côté (« dépassée », « abandonnée »), ou retirez-la")  # fmt: skip


def _ended(entry: Entry, sentence: Sentence, authority: Authority) -> Finding:
    """What to say of law cited as if it were in force."""
    heirs = ", ".join(authority.data.get("replaced_by") or []) or "le texte en vigueur"
    ended = authority.data["in_force_until"]
    return Finding(entry.path, sentence.line, f"« {authority.id} » n'est plus en vigueur depuis le {ended}",
                   f"citez {heirs}, ou dites « ancien » dans la phrase")  # fmt: skip


def _changed(base: KnowledgeBase, entry: Entry) -> Iterator[Finding]:
    """Authorities changed since the entry was reviewed; advice when they were only read again."""
    reviewed = day(entry.head.get("reviewed_on"))
    for name in entry.head.get("authorities") or []:
        data = base.authorities[name].data if name in base.authorities else {}
        moved = day(data.get("changed_on") or data.get("reviewed_on"))
        if reviewed and moved and moved > reviewed:
            changed = "changed_on" in data
            yield Finding(entry.path, entry.line_of("reviewed_on:"),
                          f"« {name} » a été {'changée' if changed else 'relue'} le {moved}, la page le {reviewed}",
                          "relisez la page, puis datez reviewed_on du jour",
                          "erreur" if changed else "avis")  # fmt: skip


def _stale(entry: Entry, on: date) -> Iterator[Finding]:
    """An entry that nobody has reviewed for a year. Advice: it depends on the day of the check."""
    reviewed = day(entry.head.get("reviewed_on"))
    if reviewed and months_between(reviewed, on) >= REVIEW_MONTHS:
        yield Finding(entry.path, entry.line_of("reviewed_on:"),
                      f"pas relue depuis le {reviewed} ({months_between(reviewed, on)} mois)",
                      "relisez-la, puis datez reviewed_on du jour", "avis")  # fmt: skip


def months_between(start: date, end: date) -> int:
    """Whole months from a day to a later one; negative or 0 when it isn't later."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
