"""A message that asks two things: cut in two, and ranked apart."""

from __future__ import annotations

import re
from collections.abc import Callable

from retrieval import Candidate, Ranking
from retrieval.analysis import STOP_WORDS, fold, normalise, words

READ = 2_000  # characters of a message that are cut
PARTS = 4  # parts of a message that are ranked
SURE = 0.60  # probability from which a part leads to a subject
SHARED = 0.15  # probability from which a subject is also the other part's
POSSIBLE, CERTAIN = 0.10, 0.90  # a part says little alone: its subject may make up for it
_QUESTIONS = "kb:questions/"
NEAR = 6  # places among which the whole message must have both subjects

_ENDS = re.compile(r"(?<=[?!;])\s+|(?<=[.])\s+(?=[A-ZÀ-Ý])|\n+")
# What opens a question. "que" and "ou" open one at the start of a part only.
_OPENS = re.compile(
    r"^(?:et |mais |and |but |alors |aussi |sinon |also )*(?:qui|que|qu est|quoi|quel\w*|comment|combien|quand"
    r"|pourquoi|ou|est[ -]ce|on peut|je peux|je dois|on doit|a qui|de quel|dans quel|sous quel|pour combien"
    r"|pendant combien|jusqu|who|whose|what|which|how|when|why|can|could|is|are|do|does|must|should|may|will)\b"
)
_INVERTED = re.compile(
    r"\w-(?:t-)?(?:je|il|elle|on|nous|vous|ils|elles|ce|tu)\b|\bquels? recours\b"
)
_JOINS = re.compile(r"(?:,\s*|\s)(?:et aussi|et sinon|et|ou bien|mais|and also|and|puis)\s+(?=\S)")
# "puis-je résilier et récupérer mes données ?": one opening, two infinitives.
_OPENING = re.compile(
    r"\b((?:comment |quand )?(?:puis-je|peut-on|dois-je|doit-on|faut-il|pouvons-nous|devons-nous|on peut|je peux"
    r"|je dois|can i|can we|should we|must we|may we))\b"
)
_INFINITIVE = re.compile(
    r"^(?:aussi |ensuite |en meme temps )?(?:me |m |le |la |les |lui |en |y |se |s )?\w{2,}(?:er|ir|re)\b"
)


def parts(text: str) -> list[str]:
    """The questions of a message, in order; none when it asks fewer than two.

    Each part is folded: it is to be ranked, not to be shown.
    """
    pieces = [piece for piece in _ENDS.split(text[:READ]) if piece.strip()]
    asking = [part for piece in pieces for part in _cut(piece) if _says(part)]
    return asking[:PARTS] if len(asking) >= 2 else []


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
    led = [(subject, r) for r in rankings if (subject := _subject(r, threshold))]
    near = {candidate.document_id for candidate in whole.candidates[:NEAR]}
    for place, (one, of_one) in enumerate(led):
        for other, of_other in led[place + 1 :]:
            ids = {one.document_id, other.document_id}
            apart = len(ids) == 2 and not _shares(of_one, other) and not _shares(of_other, one)
            if apart and ids <= near and _leads(whole, ids):
                return one, other
    return None


def _subject(ranking: Ranking, threshold: float) -> Candidate | None:
    """What a part surely leads to: a question of the base; None when nothing is sure."""
    if not ranking.candidates or ranking.candidates[0].probability < SURE:
        return None
    first, chance = ranking.candidates[0], ranking.scope.probability
    if chance < threshold and not (chance >= POSSIBLE and first.probability >= CERTAIN):
        return None
    return first if first.document_id.startswith(_QUESTIONS) else None


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


def _cut(piece: str) -> list[str]:
    """The questions of one sentence: cut where a conjunction joins a question to another."""
    flat = fold(normalise(piece)).replace("'", " ")
    pending, *rest = (part.strip(" ,?!.;") for part in _JOINS.split(flat))
    found = []
    for part in rest:
        opening = _OPENING.search(pending)
        if _asks(pending) and _asks(part):
            found.append(pending)
            pending = part
        elif opening and _INFINITIVE.match(part):
            found.append(pending)
            pending = f"{opening[1]} {part}"
        else:
            pending = f"{pending} et {part}"
    asked = flat.rstrip().endswith("?") or _asks(pending)
    return [*found, pending] if asked else found


def _asks(part: str) -> bool:
    """Whether a part has the form of a question."""
    return bool(_OPENS.match(part) or _INVERTED.search(part))


def _says(part: str) -> bool:
    """Whether a question says something of its own."""
    return len([word for word in words(part) if word not in STOP_WORDS]) >= 2
