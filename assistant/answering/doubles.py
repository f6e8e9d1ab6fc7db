"""A message that asks two things: cut in two, and ranked apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from retrieval import Candidate, Ranking
from retrieval.analysis import STOP_WORDS, fold, normalise, words

READ = 2_000  # characters of a message that are cut
PARTS = 4  # parts of a message that are ranked
BRIEF = 60  # words of a message up to which what is only told may be a subject
SURE = 0.60  # share among the questions of the base from which a part leads to one of them
SHORT, ENOUGH = 25, 0.48  # words of a message that is no story, and the share that then does
AMONG = 0.35  # probability that the questions must have together: the clauses have the rest
SHARED = 0.15  # probability from which a subject is also the other part's
POSSIBLE, CERTAIN = 0.10, 0.90  # a part says little alone: its subject may make up for it
_QUESTIONS = "kb:questions/"
NEAR = 6  # places among which the whole message must have both subjects

_ENDS = re.compile(r"(?<=[?!;])\s+|(?<=[.])\s+(?=[A-ZÀ-Ý\d])|\n+|\s\+\s|\s*(?<!\w)\d[).]\s+")
_ANNOUNCED = re.compile(r"^\s*(?:j ai )?(?:deux|plusieurs|2) questions\s*[:.,]\s*")
_INDIRECT = re.compile(
    r"^(?:(?:je (?:voudrais|souhaite\w*|veux|cherche a)|j aimerais|il faut|nous (?:voulons|voudrions|aimerions))"
    r" (?:aussi |egalement )?(?:savoir|connaitre|comprendre)|je me demande|dites moi|pouvez vous me dire"
    r"|i (?:want|would like|d like) to know|i wonder|tell me)\b,? ?"
)
# What opens a question. "que" and "ou" open one at the start of a part only.
_OPENS = re.compile(
    r"^(?:et |mais |and |but |alors |aussi |sinon |also )*(?:qui|que|qu est|quoi|quel\w*|comment|combien|quand"
    r"|pourquoi|ou|est[ -]ce|on peut|je peux|je dois|on doit|a qui|de quel|dans quel|sous quel|pour combien"
    r"|pendant combien|jusqu|si (?:le|la|les|on|je|nous|un|mon|ma|notre|il)|faut il|who|whose|what|which|how|when"
    r"|why|can|could|is|are|do|does|must|should|may|will|whether)\b"
)
_INVERTED = re.compile(
    r"\w-(?:t-)?(?:je|il|elle|on|nous|vous|ils|elles|ce|tu)\b|\bquels? recours\b"
)
_JOINS = re.compile(r"(?:,\s*|\s)(?:et aussi|et sinon|et|ou bien|mais|and also|and|puis)\s+(?=\S)")
# Words that bring a second subject: what they join may be told rather than asked.
_MORE = re.compile(
    r"(?:,\s*|\s|^)(?:et |mais |and )?(?:en plus|de plus|par ailleurs|aussi,|egalement,|d autre part|in addition"
    r"|also,|besides)\s+(?=\S)"
)
_ALSO = re.compile(
    r"\b(?:aussi|egalement|en plus|de plus|par ailleurs|d autre part|also|besides)\b"
)
_TOLD = re.compile(r",\s*(?:et|and)\s+(?=\S)")
# "puis-je résilier et récupérer mes données ?": one opening, two infinitives.
_OPENING = re.compile(
    r"\b((?:comment |quand )?(?:puis-je|peut-on|dois-je|doit-on|faut-il|pouvons-nous|devons-nous|on peut|je peux"
    r"|je dois|can i|can we|should we|must we|may we))\b"
)
_INFINITIVE = re.compile(
    r"^(?:aussi |ensuite |en meme temps )?(?:me |m |le |la |les |lui |en |y |se |s )?\w{2,}(?:er|ir|re)\b"
)


def parts(text: str) -> list[str]:
    """The subjects of a message, in order; none when it has fewer than two.

    Questions are; what is only told is one where the message says that it adds to another ("aussi",
    "en plus"), or where a question is joined to it. Each part is folded: it is to be ranked.
    """
    pieces = [piece for piece in _ENDS.split(text[:READ]) if piece and piece.strip()]
    cut = [found for piece in pieces for found in _cut(piece) if _says(found.text)]
    asked = [found.text for found in cut if found.asks]
    told = [found.text for found in cut]
    brief = len(words(text[:READ])) <= BRIEF and len(pieces) <= PARTS
    added = brief and len(told) >= 2 and any(found.adds for found in cut)
    found = told if added else asked
    return found[:PARTS] if len(found) >= 2 else []


def second(
    text: str, whole: Ranking, rank: Callable[[str], Ranking], threshold: float
) -> tuple[Candidate, Candidate] | None:
    """The two subjects of a message, in its order; None when it has one.

    Args:
        text: the message.
        whole: its ranking.
        rank: ranks a part.
        threshold: the probability under which the base does not answer.
    """
    rankings = [rank(part) for part in parts(text)]
    share = ENOUGH if len(words(text[:READ])) <= SHORT else SURE
    led = [(subject, r) for r in rankings if (subject := _subject(r, threshold, share))]
    near = {candidate.document_id for candidate in whole.candidates[:NEAR]}
    for place, (one, of_one) in enumerate(led):
        for other, of_other in led[place + 1 :]:
            ids = {one.document_id, other.document_id}
            apart = len(ids) == 2 and not _shares(of_one, other) and not _shares(of_other, one)
            if apart and ids <= near and _leads(whole, ids):
                return one, other
    return None


def _subject(ranking: Ranking, threshold: float, share: float) -> Candidate | None:
    """What a part surely leads to: a question of the base; None when nothing is sure."""
    questions = [c for c in ranking.candidates if c.document_id.startswith(_QUESTIONS)]
    among = sum(
        c.probability for c in questions
    )  # the clause on the same point is no other subject
    if not questions or among < AMONG or questions[0].probability < share * among:
        return None
    first, chance = questions[0], ranking.scope.probability
    if chance < threshold and not (chance >= POSSIBLE and first.probability >= CERTAIN):
        return None
    return first


def _leads(whole: Ranking, ids: set[str]) -> bool:
    """Whether one of two subjects comes first among the questions for the whole message."""
    questions = (c.document_id for c in whole.candidates if c.document_id.startswith(_QUESTIONS))
    return next(questions, "") in ids


def _shares(ranking: Ranking, subject: Candidate) -> bool:
    """Whether a part may also be about the other's subject."""
    return any(
        c.document_id == subject.document_id and c.probability >= SHARED
        for c in ranking.candidates[:10]
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a sentence."""

    text: str  # folded
    asks: bool  # whether it has the form of a question
    adds: bool = False  # whether it is said to come beside what stands before


def _cut(piece: str) -> Iterator[_Part]:
    """The parts of one sentence: cut where it adds a subject, and where it joins a question."""
    flat = _ANNOUNCED.sub("", fold(normalise(piece)).replace("'", " ").strip())
    ends = flat.endswith("?")
    added = bool(_ALSO.search(flat))
    for place, subject in enumerate(part for part in _MORE.split(flat) if part.strip(" ,")):
        questions = list(_questions(subject, ends))
        for text, asks, joined in questions:
            yield _Part(text, asks, (added or place > 0) or joined)


def _questions(subject: str, ends: bool) -> Iterator[tuple[str, bool, bool]]:
    """The questions of one subject: cut where a conjunction joins a question to another.

    Yields:
        The part, whether it asks, and whether a question is joined to what is only told.
    """
    told = _TOLD.split(subject, maxsplit=1)
    if len(told) == 2 and not _asks(told[0]) and _asks(told[1]):
        yield told[0].strip(" ,?!.;"), False, True
        subject = told[1]
    pending, *rest = (part.strip(" ,?!.;") for part in _JOINS.split(subject))
    pending = _INDIRECT.sub("", pending)
    for part in rest:
        opening = _OPENING.search(pending)
        if _asks(pending) and _asks(part):
            yield pending, True, False
            pending = part
        elif opening and _INFINITIVE.match(part):
            yield pending, True, False
            pending = f"{opening[1]} {part}"
        else:
            pending = f"{pending} et {part}"
    yield pending, ends or _asks(pending), False


def _asks(part: str) -> bool:
    """Whether a part has the form of a question."""
    return bool(_OPENS.match(part) or _INVERTED.search(part) or _INDIRECT.match(part))


def _says(part: str) -> bool:
    """Whether a question says something of its own."""
    return len([word for word in words(part) if word not in STOP_WORDS]) >= 2
