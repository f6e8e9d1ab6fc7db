"""An answer held to its sources, sentence by sentence: what isn't theirs is taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.citation import Check, Citation
from assistant.guard.bare import bare
from assistant.guard.claims import Claim, Fault
from assistant.guard.counting import counting_fault, title_fault
from assistant.guard.language import foreign, leaks
from assistant.guard.lexicon import HEADING_STARTS, HEADINGS, NOTICES
from assistant.guard.links import link_fault
from assistant.guard.markers import canonical, marked, numbers, renumbered
from assistant.guard.markup import Piece, Text, cut, render, visible
from assistant.guard.polarity import polarity_fault
from assistant.guard.quoting import quoting
from assistant.guard.reading import Reading, read
from assistant.guard.roles import role_fault
from assistant.guard.sources import Pool, Sources, inherited, with_intro
from assistant.guard.standing import is_title_row, orphans
from assistant.guard.support import LIKELY, Support, support, texts
from assistant.guard.types import Base, Removal, Verified
from assistant.guard.wording import words_of
from retrieval import Passage
from retrieval.analysis import fold, normalise

MAX_SENTENCE = 1_500  # characters; a longer sentence is not checked but taken out
LIKE = 0.80  # likeness from which a sentence that words half support is supported
ENOUGH = 0.5  # share of the sentences that must stay
VACUOUS = 6  # words of a sentence that may say nothing

_UNSUPPORTED = "Aucune source citée ne dit cela ({share:.0%} des mots s'y trouvent)."


def verify(
    markdown: str, passages: Sequence[Passage], *, base: Base, sources: Sources | None = None
) -> Verified:
    """What may be shown of an answer: the sentences that their sources support.

    Args:
        markdown: the answer with markers [n], whoever wrote it; cut at `MAX_ANSWER` characters.
        passages: those given to the writer; marker [3] is the third. Passages that the base no
            longer holds support nothing.
        base: where the passages are stored.
        sources: those passages, read beforehand: a text that grows is verified many times.

    Returns:
        A sentence stays as it is, is put right (a quotation close to its source, a marker that
        leads nowhere beside one that does), or is taken out. Never raises, whatever the answer.
    """
    text = cut(canonical(visible(markdown)))
    review = _Review(text, sources or Sources(passages, base), base)
    review.run()
    return review.verified()


@dataclass(slots=True)
class _Review:
    """The review of one answer."""

    text: Text
    sources: Sources
    base: Base
    own: list[tuple[int, ...]] = field(default_factory=list)  # markers of each piece that exist
    cited: list[tuple[int, ...]] = field(default_factory=list)  # and those it inherits
    words: list[str] = field(default_factory=list)
    shown: dict[int, str] = field(default_factory=dict)  # pieces that stay, as they are shown
    faults: dict[int, Fault] = field(default_factory=dict)
    silent: set[int] = field(default_factory=set)  # pieces that state nothing
    repaired: set[str] = field(default_factory=set)  # passages whose words were put right

    def run(self) -> None:
        """Judge every piece, then those that depend on others."""
        pieces = self.text.pieces
        known = self.sources.passages
        self.own = [tuple(n for n in numbers(p.raw) if n in known) for p in pieces]
        self.cited = inherited(self.text, self.own)
        self.words = [bare(piece.raw) for piece in pieces]
        for number, piece in enumerate(pieces):
            fault = self._judge(number, piece)
            if fault:
                self.faults[number] = fault
            else:
                self.shown.setdefault(number, piece.raw)
        self._drop_dependents()
        self._restore_markers()

    def _judge(self, number: int, piece: Piece) -> Fault | None:
        """What is wrong with a piece; notes what is shown of it when it is put right."""
        if len(piece.raw) > MAX_SENTENCE:
            return Fault("unsupported", "Phrase trop longue pour être vérifiée.")
        if leaks(piece.raw):
            return Fault("leak", "La phrase reprend des consignes ou parle du modèle.")
        pool = self.sources.pool(self.cited[number])
        if piece.kind == "heading" or is_title_row(self.text, number):
            return self._judge_heading(number, piece)
        if link := link_fault(piece.raw, pool):
            return Fault("link", link)
        if self._is_notice(number):
            self.silent.add(number)
            return None
        return self._judge_sentence(number, piece, pool)

    def _judge_sentence(self, number: int, piece: Piece, pool: Pool) -> Fault | None:
        """What is wrong with a sentence that states something."""
        reading = read(self.words[number])
        if self._says_nothing(reading, piece):
            self.silent.add(number)
            return None
        if not self.cited[number] or (numbers(piece.raw) and not self.own[number]):
            return Fault("marker", _marker_detail(piece.raw))
        quoted = quoting(piece.raw, pool)
        if quoted.missing:
            return Fault(
                "quote", f"Citation introuvable dans la source : « {quoted.missing[:120]} »."
            )
        if quoted.repaired:
            if link := link_fault(quoted.raw, pool):
                return Fault("link", link)
            self.repaired |= quoted.repaired
            self.shown[number] = quoted.raw
            self.words[number] = bare(quoted.raw)
            reading = read(self.words[number])
        if not reading.keys and not any(fact.text == self.words[number] for fact in pool.facts):
            return Fault("unsupported", "Aucune source citée ne dit cela.")
        return self._judge_stated(number, reading, pool) if reading.keys else None

    def _judge_stated(self, number: int, reading: Reading, pool: Pool) -> Fault | None:
        """What is wrong with a sentence, all that it depends on told: judged once as a text grows."""
        heading = self.text.pieces[number].heading
        above = self.words[heading] if heading is not None else ""
        whole = with_intro(self.text, self.words, number)
        after = self.words[number + 1] if number + 1 < len(self.words) else None
        key = (self.words[number], self.cited[number], above, whole, after)
        judged = self.sources.judged
        if key not in judged:
            following = None if after is None else read(after)
            claim = Claim(self.words[number], reading, read(whole), above, following, pool,
                          support(reading, pool))  # fmt: skip
            judged[key] = self._judge_claim(claim)
        return judged[key]

    def _judge_claim(self, claim: Claim) -> Fault | None:
        """What is wrong with a sentence whose markers and quotations stand."""
        return (
            counting_fault(claim, self.base)
            or self._support_fault(claim)
            or role_fault(claim)
            or polarity_fault(claim)
        )

    def _support_fault(self, claim: Claim) -> Fault | None:
        """A sentence that its sources don't say, in words or in vectors."""
        found = claim.support
        if foreign(claim.reading, found.facts[0].reading if found.facts else None):
            return Fault("language", "La phrase n'est pas dans la langue de ses sources.")
        if found.holds or (claim.reading.keys and self._alike(claim, found)):
            return None
        return Fault("unsupported", _UNSUPPORTED.format(share=found.share))

    def _alike(self, claim: Claim, found: Support) -> bool:
        """Whether vectors say that half-supported words are a paraphrase."""
        if found.share < LIKELY:
            return False
        likeness = self.base.likeness(claim.words, texts(found.facts))
        return likeness is not None and likeness >= LIKE

    def _judge_heading(self, number: int, piece: Piece) -> Fault | None:
        """What is wrong with a heading, held to all the sources of the answer."""
        self.silent.add(number)
        folded = fold(normalise(self.words[number])).strip(" :.")
        if folded in HEADINGS and "](" not in piece.raw:
            return None
        pool = self.sources.all()
        if link := link_fault(piece.raw, pool):
            return Fault("link", link)
        if fault := title_fault(self.words[number], pool, self.base):
            return fault
        if folded.startswith(HEADING_STARTS):
            return None
        reading = read(self.words[number])
        known = reading.keys <= pool.keys
        return None if known else Fault("unsupported", "Titre étranger aux sources.")

    def _is_notice(self, number: int) -> bool:
        """Whether a sentence is one of ours, which needs no source."""
        folded = fold(normalise(self.words[number])).strip(" *_")
        return bool(NOTICES.fullmatch(folded))

    def _says_nothing(self, reading: Reading, piece: Piece) -> bool:
        """Whether a sentence only links others: "En pratique :", "Voici pourquoi."."""
        if reading.keys or reading.turns and not piece.introduces:
            return False
        return 0 < len(reading.words) <= VACUOUS and reading.words[0] not in (
            "oui",
            "non",
            "yes",
            "no",
        )

    def _drop_dependents(self) -> None:
        """Take out items whose introduction went, introductions and headings left alone."""
        for number, detail in orphans(self.text, self.shown, self.faults).items():
            del self.shown[number]
            self.faults[number] = Fault("orphan", detail)

    def _restore_markers(self) -> None:
        """Give a sentence its source's marker when the sentence that bore it for both is gone."""
        for number in sorted(self.shown):
            if number in self.silent or self.own[number] or self._covered(number):
                continue
            self.shown[number] = marked(self.shown[number], self.cited[number])
            self.own[number] = self.cited[number]

    def _covered(self, number: int) -> bool:
        """Whether the markers that a sentence inherits are still shown beside it."""
        piece = self.text.pieces[number]
        wanted = self.cited[number]
        return any(
            self.own[n] == wanted
            and (self.text.pieces[n].block == piece.block or n == piece.intro
                 or self.text.pieces[n].intro in (piece.intro, number))
            for n in self.shown
        )  # fmt: skip

    def verified(self) -> Verified:
        """What is left, numbered anew, and what went."""
        order: dict[str, int] = {}
        final = {
            n: renumbered(self.shown[n], lambda m: self._number(m, order))
            for n in sorted(self.shown)
        }
        claims = [n for n in range(len(self.text.pieces)) if n not in self.silent]
        kept = sum(n in self.shown for n in claims)
        return Verified(
            markdown=render(self.text, final),
            citations=tuple(self._citation(name, n) for name, n in order.items()),
            removed=tuple(
                Removal(self.text.pieces[n].raw, fault.rule, fault.detail)
                for n, fault in sorted(self.faults.items())
            ),
            kept=kept,
            total=len(claims),
            answered=bool(kept) and claims[0] in self.shown and kept >= ENOUGH * len(claims),
        )

    def _number(self, marker: int, order: dict[str, int]) -> int | None:
        """The new number of a marker; passages are numbered as they appear."""
        passage = self.sources.passages.get(marker)
        return order.setdefault(passage.id, len(order) + 1) if passage else None

    def _citation(self, name: str, n: int) -> Citation:
        """A source of what is left, with the words that the first sentence citing it relies on."""
        marker, passage = next((m, p) for m, p in self.sources.passages.items() if p.id == name)
        said = next(
            (read(self.words[i]) for i in sorted(self.shown) if marker in self.own[i]), None
        )
        check: Check = "reajuste" if name in self.repaired else "verifie"
        return Citation(n, name, passage.kind, passage.title, passage.reference, passage.url,
                        words_of(passage, said), passage.page, check)  # fmt: skip


def _marker_detail(raw: str) -> str:
    """Why a sentence has no source."""
    named = ", ".join(f"[{n}]" for n in numbers(raw)[:5])
    return f"Source inexistante : {named}." if named else "Phrase sans source."
