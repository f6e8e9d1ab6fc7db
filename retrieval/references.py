"""Legal references in what people type, brought to keys that the references of the base share.

"L442-1 c.com", "art 1152", "n° 09-11.841", "IDCC 1486" and "RGPD 28" become keys. An article has a
key for its number alone ("art:1152") and one with the code that is meant ("art:1152@civ"): a bare
number finds every article so numbered, a number with its code finds that code's alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.analysis import normalise
from retrieval.codes import LATIN, NamedCode, named_codes

MAX_REFERENCES = 40  # of a question: each is looked up, and no question names so many
_CASE = re.compile(r"\b(\d{2})[-.\s](\d{2})[.\s]?(\d{3})\b", re.ASCII)
_ROLL = re.compile(r"\b(\d{2})/(\d{5})\b", re.ASCII)
_IDCC = re.compile(r"\bidcc\s*(?:n[o°]?\s*)?(\d{2,4})\b", re.ASCII)
_GDPR = re.compile(
    r"\b(?:rgpd|gdpr)\b(?: \([^)]{0,60}\))?[^\d]{0,20}(\d{1,2})\b"
    r"|\b(\d{1,2})\s+(?:du\s+)?(?:rgpd|gdpr)\b",
    re.ASCII,
)
_LETTER = r"(?:(?-i:LO|[LRDA])\.?\s?|(?:lo|[lrd])\.?\s?|a(?=\d))"
_CORE = rf"{_LETTER}?\*{{0,2}}\.?\s?\d{{1,4}}(?:-\d{{1,3}}){{0,3}}(?![\d/])"
# "39 quinquies A", "L. 80 B": capitals only, or "12 a été" would read as an article 12 A. The article
# without them is tried next, for "L. 442-1 II" is a paragraph of L. 442-1.
_SUFFIX = (
    rf"(?:[\s-]?(?:(?:(?:{LATIN})|(?-i:[A-Z]{{1,3}}))(?:-\d{{1,2}})?\b(?![.'])"
    rf"|[a-z]\b(?=\s(?:{LATIN})\b)))"
)
_NUMBER = re.compile(rf"(?P<core>{_CORE})(?P<suffix>{_SUFFIX}{{0,4}})", re.IGNORECASE | re.ASCII)
_ARTICLE = re.compile(
    rf"(?:\barts?\b\.?|\barticles?\b)\s*({_CORE}{_SUFFIX}{{0,4}}"
    rf"(?:(?:,| et| ou| a) (?:(?:lo|[lrd])\.?\s*)?\d{{3,4}}(?:-\d{{1,3}}){{0,3}}(?!\d){_SUFFIX}{{0,4}})*)"
    rf"|(?<!al\. )(?<!al )(?<!alinea )(?<![\w.-])({_CORE}{_SUFFIX}{{0,4}})(?=,?\s?(?:du |de la |de l'|des )?\x00)"  # "1152 C. civ."
    r"|\b([lrd]\.?\s?\*?\d{3,4}-\d{1,3}(?:-\d{1,2}){0,2})\b"  # "L442-1"
    r"|\b(1\d{3}(?:-\d{1,2}))\b(?!\.)"  # "1231-5"
    r"|\b(\d{3,4}(?:-\d{1,2})?)(?=,? (?:du |ancien )?code )",  # "1152 du code"
    re.IGNORECASE | re.ASCII,
)
_MAYBE_COMBINING = re.compile("[\u0300-\U0010ffff]")  # every combining mark, and much else
_SMALL = re.compile(r"art:\d{1,2}")
_ANNEX = re.compile(r"\bannexes?\b")
_PLACE = r"(?:\s?,?\s?(?:al(?:inea)?\.?\s\d{1,2}|[ivx]{1,4}|\d{1,2}\s?o|ancien|nouveau|et suivants?|s\.))"
_BEFORE_CODE = re.compile(
    rf"(?:er|re)?{_PLACE}{{0,3}}\s?[,(]?\s?(?:du |de la |de l'|de |d'|au |dans le )?(?:ancien )?"
)
_AFTER_CODE = re.compile(r"[\s,:;()]{0,3}(?:a |en |dans |selon )?(?:son |l'|les |aux )?")


@dataclass(frozen=True, slots=True)
class Reference:
    """One legal reference that a question names.

    `keys` are in order of preference: what the first key that leads anywhere leads to is meant,
    and nothing is when none does.
    """

    keys: tuple[str, ...]


def reference_keys(text: str) -> tuple[str, ...]:
    """Keys of the references in a text whatever their code, in order, each once: "art:1231-5"."""
    read = _Read.of(text)
    keys = [*read.others, *(found.bare[0] for found in read.articles())]
    return tuple(dict.fromkeys(keys))


def stored_keys(citation: str) -> tuple[str, ...]:
    """Every key under which a passage with this citation is to be found, in order, each once.

    "C. civ., art. 1231-5" gives "art:1231-5" and "art:1231-5@civ". The annex to an article is
    not that article.
    """
    read = _Read.of(citation)
    keys = list(read.others)
    for found in () if _ANNEX.search(read.masked) else read.articles():
        named = found.code or (read.codes[0] if len(read.codes) == 1 else None)
        keys.append(found.bare[0])
        keys += [f"{found.bare[0]}@{key}" for key in (named.own if named else ())]
    return tuple(dict.fromkeys(keys))


def former_key(key: str) -> str:
    """The key of the texts that took the place of an article: "was:1152@civ" for "art:1152@civ"."""
    return key.replace("art:", "was:", 1)


def named_references(question: str) -> tuple[Reference, ...]:
    """The references that a question names, in order, each once: the first `MAX_REFERENCES`.

    An article whose code stands beside it is looked for in that code alone; one with a code
    elsewhere in the question, in that code first. A number under 100 without a code beside it is
    more often an article of the user's own contract than of a law: it counts only where the code
    of civil procedure is named.
    """
    read = _Read.of(question)
    found = [Reference((key,)) for key in read.others]
    found += [Reference(keys) for article in read.articles() if (keys := _keys(article, read))]
    return tuple(dict.fromkeys(found))[:MAX_REFERENCES]


@dataclass(frozen=True, slots=True)
class _Article:
    """An article named in a text."""

    bare: tuple[str, ...]  # "art:80b", "art:80": the longest reading first
    code: NamedCode | None  # the code beside it


@dataclass(frozen=True, slots=True)
class _Read:
    """A text, and the codes it names."""

    folded: str
    masked: str  # the text with its capitals, the codes' names blotted out
    codes: list[NamedCode]
    others: tuple[str, ...]  # keys of what is not an article of a code

    @staticmethod
    def of(text: str) -> _Read:
        """Read a text."""
        cased = _without_accents(normalise(text))
        folded = cased.lower()
        codes = [code for code in named_codes(folded) if code.keys]
        masked = list(cased if len(cased) == len(folded) else folded)
        for code in codes:
            masked[code.start : code.end] = "\0" * (code.end - code.start)
        return _Read(folded, "".join(masked), codes, tuple(_other_keys(folded)))

    def articles(self) -> Iterator[_Article]:
        """The articles named, in order; those of a list share the code beside the list."""
        taken = {key.split(":")[1] for key in self.others}
        for found in _ARTICLE.finditer(self.masked):
            code = self._beside(found.start(), found.end())
            for number in _NUMBER.finditer(found[found.lastindex or 0]):
                bare = _spellings(number)
                if code or bare[-1] not in taken:
                    yield _Article(tuple(f"art:{name}" for name in bare), code)

    def _beside(self, start: int, end: int) -> NamedCode | None:
        """The code that follows a reference, else the one before it, nothing but links between."""
        for code in self.codes:
            if code.start >= end and _BEFORE_CODE.fullmatch(self.folded, end, code.start):
                return code
        for code in self.codes:
            if code.end <= start and _AFTER_CODE.fullmatch(self.folded, code.end, start):
                return code
        return None


def _keys(article: _Article, read: _Read) -> tuple[str, ...]:
    """The keys to look an article up with, in order."""
    if article.code:
        return _in_code(article, article.code)
    if _SMALL.fullmatch(article.bare[-1]) and not any("cpc" in code.keys for code in read.codes):
        return ()
    coded = _in_code(article, read.codes[0]) if len(read.codes) == 1 else ()
    return (*coded, *article.bare)


def _in_code(article: _Article, code: NamedCode) -> tuple[str, ...]:
    """The keys of an article in a code, in order."""
    return tuple(f"{bare}@{key}" for bare in article.bare for key in code.keys)


def _spellings(number: re.Match[str]) -> tuple[str, ...]:
    """What a number may be: with what follows it, then without."""
    core = re.sub(r"[.\s*]", "", number["core"]).lower()
    suffix = re.sub(r"\s", "", number["suffix"]).lower()
    return (core + suffix, core) if suffix else (core,)


def _other_keys(folded: str) -> Iterator[str]:
    """Keys of decisions, collective agreements and articles of the GDPR."""
    yield from (f"cass:{a}-{b}.{c}" for a, b, c in _CASE.findall(folded))
    yield from (f"rg:{a}/{b}" for a, b in _ROLL.findall(folded))
    yield from (f"idcc:{number}" for number in _IDCC.findall(folded))
    yield from (f"rgpd:{a or b}" for a, b in _GDPR.findall(folded))


def _without_accents(text: str) -> str:
    """A text without accents or ligatures, its capitals kept."""
    if text.isascii():
        return text
    for ligature, letters in (("œ", "oe"), ("Œ", "OE"), ("æ", "ae"), ("Æ", "AE"), ("°", "o")):
        text = text.replace(ligature, letters)
    return _MAYBE_COMBINING.sub(_unless_combining, unicodedata.normalize("NFD", text))


def _unless_combining(found: re.Match[str]) -> str:
    """A character, or nothing in place of a combining mark."""
    return "" if unicodedata.combining(found[0]) else found[0]
