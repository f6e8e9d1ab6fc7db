"""What an answer took for granted, said to the reader, and the facts to ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering import wording
from assistant.answering.asked import Asked
from assistant.answering.blocks import blocks, is_unwritten
from assistant.answering.facts import REFORM, Facts, Span
from assistant.answering.old_law import is_rewritten
from assistant.answering.sections import markdown_of
from assistant.answering.types import Language, QuickReply, Side
from retrieval import Passage

ASKED = 2  # facts asked for at once
_CONSUMERS, _TRADERS = "kb:law/c-conso-", "kb:law/c-com-"


@dataclass(frozen=True, slots=True)
class Ground:
    """What an answer rests on."""

    led: Sequence[Passage]  # cited by its short answer
    cited: Sequence[Passage]  # all that it cites
    document: Mapping[str, Passage]  # the question that answers, by section; empty for a clause

    @property
    def dated(self) -> bool:
        """Whether the date of the contract can change the answer."""
        return any(map(is_rewritten, self.cited))

    @property
    def personal(self) -> bool:
        """Whether it matters in what capacity the client contracted."""
        return any(p.id.startswith((_CONSUMERS, _TRADERS)) for p in self.cited)


def stated(ground: Ground, asked: Asked) -> str:
    """What was understood of the case and what was supposed, as one remark; empty when neither counts."""
    facts, language = asked.facts, asked.language
    counted = facts if _older(facts) else replace(facts, renewed=None)
    known = [text for text in told(counted, language, law=ground.dated) if _counts(text, language)]
    supposed = list(_supposed(ground, facts, language))
    heads = _HEADS[language]
    said = [f"{heads[0]}{' ; '.join(known)}."] if known else []
    said += [f"{heads[1]}{', '.join(supposed)}."] if supposed else []
    said += list(_addressed(ground, asked))
    return f"*{' '.join(said)}*" if said else ""


def told(facts: Facts, language: Language, *, law: bool = False) -> tuple[str, ...]:
    """Facts in short sentences.

    Args:
        law: also say which law the date of the contract leads to.
    """
    words, found = _TOLD[language], []
    if facts.contract:
        found.append(words["contract"].format(when=_when(facts.contract, language)))
        if law and facts.contract.before_reform is not None:
            found[-1] += words["old_law" if facts.contract.before_reform else "new_law"]
    if facts.renewed is not None:
        found.append(words["renewed" if facts.renewed else "not_renewed"])
    if facts.side:
        found.append(words[facts.side])
    if facts.client:
        found.append(words[f"your_{facts.client}" if facts.side == "prestataire" else facts.client])
    if facts.written is not None:
        found.append(words["written" if facts.written else "unwritten"])
    return tuple(found)


def quick_replies(ground: Ground, asked: Asked) -> tuple[QuickReply, ...]:
    """The facts that decide and that nobody gave, the most decisive first."""
    found: list[str] = []
    facts = asked.facts
    consumers = any(p.id.startswith(_CONSUMERS) for p in ground.cited)
    leading = any(p.id.startswith(_CONSUMERS) for p in ground.led)
    if facts.contract and facts.contract.before_reform and facts.renewed is None:
        found.append("renewed")
    if consumers and facts.client is None:
        name = "client_of" if facts.side == "prestataire" else "client"
        found.insert(0 if leading else len(found), name)
    if facts.written is None and _depends_on_clause(ground):
        found.append("written")
    if ground.dated and (facts.contract is None or facts.contract.before_reform is None):
        found.append("contract")
    if ground.document and facts.side is None:
        found.append("side")
    return tuple(_REPLIES[asked.language][name] for name in found[:ASKED])


def _older(facts: Facts) -> bool:
    """Whether the contract may be older than the reform: a renewal then changes its law."""
    return facts.contract is not None and facts.contract.before_reform is not False


def _counts(text: str, language: Language) -> bool:
    """Whether a fact is worth repeating: that the reader is the client goes without saying."""
    return text != _TOLD[language]["client"]


def _supposed(ground: Ground, facts: Facts, language: Language) -> Iterator[str]:
    """What was supposed for want of being told, where it counts."""
    words, contract = _SUPPOSED[language], facts.contract
    business = ground.personal and facts.client is None
    undated = ground.dated and (contract is None or contract.before_reform is None)
    if business:
        yield words["business"]
    if undated:
        yield words["since" if business else "contract_since"]
    if business or undated:
        yield words["french"]


def _depends_on_clause(ground: Ground) -> bool:
    """Whether the base tells apart contracts that say something on the point and those that do not."""
    explained = ground.document.get("explication")
    known = blocks(markdown_of(explained)) if explained else ()
    return any(is_unwritten(block) for block in known)


def _addressed(ground: Ground, asked: Asked) -> Iterator[str]:
    """Whom the short answer calls "vous", where it is not the asker."""
    short = ground.document.get("reponse-courte")
    called = addressee(short.text) if short else None
    if called and asked.facts.side and called != asked.facts.side and asked.language == "fr":
        yield f"Dans la réponse courte, « vous » désigne le {wording.SIDES['fr'][called]}."


def addressee(text: str) -> Side | None:
    """Whom a text calls "vous": the side that it does not name; None when it names both or neither."""
    if not re.search(r"\b(?:vous|votre|vos)\b", text, re.I):
        return None
    provider = bool(re.search(r"\b(?:prestataire|mainteneur|infogérant)", text, re.I))
    client = bool(re.search(r"\bclient", text, re.I))
    if provider == client:
        return None
    return "client" if provider else "prestataire"


def _when(span: Span, language: Language) -> str:
    """A date as it was given: a day, a month, a year, or a side of the reform."""
    if span.last == span.first:
        return _ON[language].format(day=_day(span.first, language))
    if span.before_reform and span.first.year < 1970:
        return _SIDES_OF[language][0]
    if span.first.year == span.last.year:
        whole = (span.first.month, span.last.month) == (1, 12)
        month = "" if whole else f"{_MONTHS[language][span.first.month - 1]} "
        return _IN[language].format(time=f"{month}{span.first.year}")
    if span.first == REFORM:
        return _SIDES_OF[language][1]
    return _FROM[language].format(day=_day(span.first, language))


def _day(day: date, language: Language) -> str:
    """A date in words."""
    number = "1er" if day.day == 1 and language == "fr" else str(day.day)
    return f"{number} {_MONTHS[language][day.month - 1]} {day.year}"


_MONTHS: dict[Language, list[str]] = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "January February March April May June July August September October November"
    " December".split(),
}
_ON: dict[Language, str] = {"fr": "le {day}", "en": "on {day}"}
_IN: dict[Language, str] = {"fr": "en {time}", "en": "in {time}"}
_FROM: dict[Language, str] = {"fr": "depuis le {day}", "en": "since {day}"}
_SIDES_OF: dict[Language, tuple[str, str]] = {
    "fr": ("avant le 1er octobre 2016", "depuis le 1er octobre 2016"),
    "en": ("before 1 October 2016", "since 1 October 2016"),
}
_HEADS: dict[Language, tuple[str, str]] = {
    "fr": ("Ce que vous dites : ", "Hypothèses : "),
    "en": ("What you say: ", "Assumptions: "),
}
_SUPPOSED: dict[Language, dict[str, str]] = {
    "fr": {
        "business": "contrat entre professionnels",
        "since": "conclu depuis le 1er octobre 2016",
        "contract_since": "contrat conclu depuis le 1er octobre 2016",
        "french": "droit français",
    },
    "en": {
        "business": "a contract between businesses",
        "since": "concluded since 1 October 2016",
        "contract_since": "a contract concluded since 1 October 2016",
        "french": "French law",
    },
}
_TOLD: dict[Language, dict[str, str]] = {
    "fr": {
        "contract": "contrat conclu {when}",
        "new_law": ", donc sous le droit actuel",
        "old_law": ", donc en principe sous l'ancien droit (voir plus bas)",
        "renewed": "contrat renouvelé",
        "not_renewed": "contrat jamais renouvelé",
        "client": "vous êtes le client",
        "prestataire": "vous êtes le prestataire",
        "particulier": "vous êtes un particulier",
        "association": "vous êtes une association ou un syndicat",
        "public": "vous êtes un acheteur public",
        "professionnel": "contrat entre professionnels",
        "your_particulier": "votre client est un particulier",
        "your_association": "votre client est une association ou un syndicat",
        "your_public": "votre client est un acheteur public",
        "your_professionnel": "contrat entre professionnels",
        "written": "le contrat traite du point",
        "unwritten": "le contrat n'en dit rien",
    },
    "en": {
        "contract": "contract concluded {when}",
        "new_law": ", so today's law",
        "old_law": ", so in principle the former law (see below)",
        "renewed": "contract renewed",
        "not_renewed": "contract never renewed",
        "client": "you are the customer",
        "prestataire": "you are the provider",
        "particulier": "you are a consumer",
        "association": "you are an association",
        "public": "you are a public buyer",
        "professionnel": "a contract between businesses",
        "your_particulier": "your customer is a consumer",
        "your_association": "your customer is an association",
        "your_public": "your customer is a public buyer",
        "your_professionnel": "a contract between businesses",
        "written": "the contract deals with the point",
        "unwritten": "the contract is silent",
    },
}
_REPLIES: dict[Language, dict[str, QuickReply]] = {
    "fr": {
        "contract": QuickReply("Quand le contrat a-t-il été conclu ?", (
            ("Avant le 1er octobre 2016", "Contrat conclu avant le 1er octobre 2016."),
            ("Depuis le 1er octobre 2016", "Contrat conclu depuis le 1er octobre 2016."))),
        "renewed": QuickReply("A-t-il été renouvelé depuis le 1er octobre 2016 ?", (
            ("Oui", "Le contrat a été renouvelé depuis."),
            ("Non", "Le contrat n'a pas été renouvelé depuis."))),
        "client": QuickReply("À quel titre avez-vous conclu le contrat ?", (
            ("À titre professionnel", "Contrat conclu entre professionnels."),
            ("Comme particulier", "Je suis un particulier."))),
        "client_of": QuickReply("Qui est votre client ?", (
            ("Un professionnel", "Contrat conclu entre professionnels."),
            ("Un particulier", "Mon client est un particulier."))),
        "written": QuickReply("Que dit votre contrat sur ce point ?", (
            ("Il le prévoit", "Le contrat le prévoit."),
            ("Il n'en dit rien", "Le contrat n'en dit rien."))),
        "side": QuickReply("Vous êtes :", (
            ("Le client", "Je suis le client."), ("Le prestataire", "Je suis le prestataire."))),
    },
    "en": {
        "contract": QuickReply("When was the contract concluded?", (
            ("Before 1 October 2016", "The contract was concluded before 1 October 2016."),
            ("Since 1 October 2016", "The contract was concluded since 1 October 2016."))),
        "renewed": QuickReply("Was it renewed since 1 October 2016?", (
            ("Yes", "The contract was renewed since."),
            ("No", "The contract was not renewed since."))),
        "client": QuickReply("In what capacity did you conclude the contract?", (
            ("As a business", "We are a business."), ("As a consumer", "I am a consumer."))),
        "client_of": QuickReply("Who is your customer?", (
            ("A business", "My client is a business."),
            ("A consumer", "My client is a consumer."))),
        "written": QuickReply("What does your contract say on this point?", (
            ("It deals with it", "The contract provides for it."),
            ("It is silent", "The contract is silent."))),
        "side": QuickReply("You are:", (
            ("The customer", "I am the customer."), ("The provider", "I am the provider."))),
    },
}  # fmt: skip
