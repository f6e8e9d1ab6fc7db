"""The former law of contracts: the old articles behind those that an answer cites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.answering import wording
from assistant.answering.asked import Asked
from assistant.answering.cite import Sources
from assistant.answering.facts import REFORM
from assistant.answering.shelf import Shelf
from assistant.answering.types import Part
from retrieval import Passage

_RULE = "kb:law/ordonnance-2016-131"
_RENEWAL = "kb:law/c-civ-1214"
_CIVIL = "Code civil, art. "
_REWRITTEN = (REFORM, date(2018, 10, 1))  # the reform, and the statute that ratified it

_LEAD = {
    "fr": "Votre contrat a été conclu avant le 1er octobre 2016 : l'ancien droit des contrats lui reste en"
    " principe applicable, et la réponse ci-dessus est celle du droit actuel",
    "en": "Your contract was concluded before 1 October 2016: the former law of contracts still applies to"
    " it in principle, and the answer above is that of today's law",
}
_RENEWED = {
    "fr": "S'il a été renouvelé depuis, un nouveau contrat est né ; faites confirmer la loi qui le régit",
    "en": "If it was renewed since, a new contract was born; have the law that governs it confirmed",
}
_WAS_RENEWED = {
    "fr": "Il a été renouvelé depuis : un nouveau contrat est né ; faites confirmer la loi qui le régit",
    "en": "It was renewed since: a new contract was born; have the law that governs it confirmed",
}
_FORMER = {"fr": "avant la réforme", "en": "before the reform"}
_NONE = {
    "fr": "Sans ancien article correspondant dans la base, donc à vérifier pour votre contrat",
    "en": "No matching former article in the base, so to be checked for your contract",
}


def old_law(shelf: Shelf, sources: Sources, asked: Asked, parts: Sequence[Part] = ()) -> list[Part]:
    """For a contract concluded before the reform: what each cited article was then; else nothing.

    Args:
        parts: of the answer so far. An article without a former one is listed only where the parts
            that are read at once cite it: the others would bury it.
    """
    contract = asked.facts.contract
    if contract is None or not contract.before_reform:
        return []
    language = asked.language
    cited = [shelf.passage(c.passage_id) for c in list(sources.citations)]
    rewritten = [p for p in cited if p and is_rewritten(p)]
    lines = [_sentence(_LEAD[language], shelf.passage(_RULE), sources)]
    if asked.facts.renewed is not False:
        told = (_WAS_RENEWED if asked.facts.renewed else _RENEWED)[language]
        lines += ["", _sentence(told, shelf.passage(_RENEWAL), sources)]
    lines.append("")
    colon = " : " if language == "fr" else ": "
    unmatched = []
    read = "".join(part.markdown for part in parts if part.opened or not part.title)
    for passage in rewritten:
        former = list(_former(passage, shelf, sources))
        if former:
            told = f"{_FORMER[language]}, {' ; '.join(former)}"
            lines.append(f"- {passage.reference}{colon}{told}.")
        elif (marker := sources.marker(passage, passage.text)) in read:
            unmatched.append(f"{passage.reference} {marker}")
    if unmatched:
        lines.append(f"- {_NONE[language]}{colon}{' ; '.join(unmatched)}.")
    return [Part(wording.TITLES[language]["old"], "\n".join(lines), opened=True)]


def is_rewritten(passage: Passage) -> bool:
    """Whether a passage is an article of the Civil Code as the reform, or its ratification, wrote it."""
    return passage.id.startswith("kb:law/c-civ-") and passage.in_force_since in _REWRITTEN


def _sentence(text: str, passage: Passage | None, sources: Sources) -> str:
    """A sentence with its source, where the base holds it."""
    return f"{text} {sources.marker(passage, text)}." if passage else f"{text}."


def _former(passage: Passage, shelf: Shelf, sources: Sources) -> Iterator[str]:
    """The old articles of a passage: with their text where the base has it, else their numbers."""
    held = passage.meta.get("replaces")
    numbers = []
    for identifier in held if isinstance(held, list) else []:
        old = shelf.passage(f"kb:law/{identifier}")
        if old:
            numbers.append(str(identifier).rpartition("-")[2])
            reference = old.reference.partition(" (")[0]
            yield f"{reference} {sources.marker(old, old.text)}"
    named = passage.meta.get("former")
    known = named if isinstance(named, list) else []
    bare = [str(name).removeprefix(_CIVIL) for name in known if str(name).startswith(_CIVIL)]
    bare = [number for number in bare if number not in numbers]
    if bare:
        plural = "s" if len(bare) > 1 else ""
        marker = sources.marker(passage, passage.text)
        yield f"art. {', '.join(bare)} ancien{plural} {marker}"
