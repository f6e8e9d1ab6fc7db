"""References without their citation, answers hard to read, topics that no clause treats."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.readability import mean_length
from ingest.readers.kb import CITATION, Entry, Finding, KnowledgeBase
from ingest.sentences import Sentence, entry_sentences

MEAN_WORDS = 27  # words a sentence of a short answer, on average
MAX_WORDS = 45  # words of its longest sentence
SENTENCES = (2, 5)  # fewest and most sentences of a short answer

_PROSE = ("Réponse courte", "Explication", "En pratique", "Limites", "Note de rédaction")
# A court is a reference when it rules ("la Cour de cassation juge"), not when it is only named.
_RULES = r"(?:jug|admi|admet|écart|dispens|ret[ei]n|reti[er]|refus|tir|rappel|cass[eé]|exig|valid|condamn|estim|décid)"
_COURT = r"(?:Cour\sde\scassation|[Cc]our\sd'appel|[Cc]hambre\s(?:commerciale|sociale|civile|mixte)|CJUE)"
_REFERENCE = re.compile(
    rf"""\b[Aa]rt(?:icles?|\.)\s+(?:[LRDA]\.?\s?)?\d[\d-]*
    |\b[LRD]\.\s?\d{{3}}[\d-]*
    |\bn°\s?\d\d-\d\d[\d.]*
    |\b(?:[Ll]oi|[Dd]écret|[Oo]rdonnance|[Rr]èglement|[Dd]irective|[Aa]rrêté)\s(?:\(?UE\)?\s)?(?:n°\s?|du\s)?\d[\d/-]*
    |\bIDCC\s\d+
    |\b{_COURT}\b[^.;:]{{0,30}}?\s(?:l')?{_RULES}
    |\b[Dd]ans\sune\s(?:autre\s)?affaire\b
    |\b[Uu]n\s(?:tribunal|juge(?:\sdes\sréférés)?)\sa\b""",
    re.VERBOSE,
)

# A case told without its reference says so: « dans une affaire rapportée sans référence ».
_UNKNOWN = re.compile(r"\bsans référence\b")


def check_prose(base: KnowledgeBase) -> Iterator[Finding]:
    """Findings on the words of every question and drafting note."""
    for entry in (*base.questions.values(), *base.clauses.values()):
        yield from _uncited(entry)
    for entry in base.questions.values():
        yield from _hard_to_read(entry)
        yield from _without_clause(entry)


def _uncited(entry: Entry) -> Iterator[Finding]:
    """Legal references in a sentence that cites nothing."""
    for sentence in entry_sentences(entry, *_PROSE):
        found = _REFERENCE.search(CITATION.sub("", sentence.text))
        if found and not (sentence.cited or sentence.heading or _UNKNOWN.search(sentence.text)):
            yield Finding(entry.path, sentence.line, f"référence « {found[0].strip()} » sans citation",
                          "ajoutez [@id] dans la phrase")  # fmt: skip


def _hard_to_read(entry: Entry) -> Iterator[Finding]:
    """A short answer too short, too long, or of long sentences."""
    found = [
        sentence for sentence in entry_sentences(entry, "Réponse courte") if not sentence.heading
    ]
    if not found:
        return
    line, fewest, most = found[0].line, *SENTENCES
    if not fewest <= len(found) <= most:
        yield Finding(entry.path, line, f"réponse courte de {len(found)} phrase(s)",
                      f"écrivez-en {fewest} à {most}")  # fmt: skip
    if mean_length(found) > MEAN_WORDS:
        yield Finding(entry.path, line, f"réponse courte de {mean_length(found):.0f} mots par phrase",
                      f"coupez : {MEAN_WORDS} au plus en moyenne")  # fmt: skip
    yield from (_too_long(entry, sentence) for sentence in found if len(sentence.words) > MAX_WORDS)


def _too_long(entry: Entry, sentence: Sentence) -> Finding:
    """What to say of a sentence that is too long."""
    start = " ".join(sentence.text.split()[:6])
    return Finding(entry.path, sentence.line, f"phrase de {len(sentence.words)} mots : « {start}… »",
                   f"coupez-la : {MAX_WORDS} au plus")  # fmt: skip


def _without_clause(entry: Entry) -> Iterator[Finding]:
    """A topic that the model contract does not treat."""
    if not entry.head.get("clauses"):
        yield Finding(entry.path, entry.line_of("clauses:"), "aucune clause du modèle ne traite ce sujet",
                      "nommez-la dans clauses, ou proposez-en une", "avis")  # fmt: skip
