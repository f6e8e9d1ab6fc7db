"""People: by their title, the way they are introduced, their role, their given name, a signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.privacy.names import (
    Range,
    announces,
    follows_title,
    is_acronym,
    is_given,
    is_known_word,
    person_end,
    small_person_end,
)
from assistant.privacy.view import Word
from assistant.privacy.vocabulary import (
    BEFORE_KEPT,
    CIVILITIES,
    CLOSINGS,
    GIVEN_NAMES,
    PERSON_ROLES,
    SHORT_CIVILITIES,
)

_NAMED = frozenset("nomme nommee denomme denommee prenomme prenommee signe signee".split())
_INTRODUCING = _NAMED | frozenset("appelle apelle est is c suis am nom prenom".split())


def find_persons(words: Sequence[Word]) -> Iterator[Range]:
    """The names of people, as ranges of words; a name may come more than once."""
    for i, word in enumerate(words):
        if word.low in CIVILITIES:
            yield from _titled(words, i)
        elif word.low in PERSON_ROLES:
            yield from _with_role(words, i)
        elif is_given(word):
            yield from _given(words, i)
        elif len(word.text) == 1 and word.text.isupper() and i + 1 < len(words):
            yield from _initial(words, i)
        elif word.low in CLOSINGS:
            yield from _signature(words, i)
        if word.low in _INTRODUCING:
            yield from _introduced(words, i)


def _titled(words: Sequence[Word], i: int) -> Iterator[Range]:
    """ "M. Dupont", "mr dupont", "MM. Dupont et Durand"."""
    start = i + 1
    if not follows_title(words, start) or not _is_title(words, i):
        return
    end = person_end(words, start, titled=True)
    if end == start and words[i].low in SHORT_CIVILITIES:
        end = small_person_end(words, start)
    if end > start:
        yield start, end
        several = words[i].low in ("mm", "mmes", "messieurs", "mesdames")
        if several and end + 1 < len(words) and words[end].low == "et":
            yield end + 1, person_end(words, end + 1, titled=True)


def _is_title(words: Sequence[Word], i: int) -> bool:
    """Whether a word is a title here: "m" is also a metre, "me" a pronoun, "maître d'œuvre" a role."""
    word, following = words[i], words[i + 1]
    if word.low == "m":
        measured = i > 0 and words[i - 1].text.isdigit() and word.gap in ("", " ")
        return word.text == "M" or (following.gap.startswith(".") and not measured)
    if word.low in ("me", "pr", "maitre"):
        return word.capital and following.capital and following.low not in ("d", "l")
    return True


def _with_role(words: Sequence[Word], i: int) -> Iterator[Range]:
    """ "le gérant, Paul Fictif", "contact : Nadia Fictive"."""
    start = i + 1
    if not announces(words, start) or not words[start].capital:
        return
    end = person_end(words, start)
    alone = end == start + 1 and not is_given(words[start])
    if end > start and not (alone and (is_acronym(words[start]) or is_known_word(words[start]))):
        yield start, end


def _given(words: Sequence[Word], i: int) -> Iterator[Range]:
    """ "Jean Dupont", "paul durand", "Sophie" alone; not "arrêt Martin", nor "Saint-Martin"."""
    if i and (words[i - 1].low in BEFORE_KEPT or words[i].gap in ("-", "'")):
        return
    word = words[i]
    end = person_end(words, i) if word.capital else small_person_end(words, i)
    start = _surname_first(words, i)
    if end > i + 1 or start < i or (end == i + 1 and word.low in GIVEN_NAMES):
        yield start, end


def _surname_first(words: Sequence[Word], i: int) -> int:
    """Where "DUPONT Jean" begins: the surname in capitals stands before the given name."""
    before = words[i - 1] if i else None
    if before is None or words[i].gap != " " or not words[i].capital or words[i].text.isupper():
        return i
    shouted = before.text.isupper() and before.text.isalpha() and len(before.text) > 1
    return i - 1 if shouted and not is_known_word(before) else i


def _initial(words: Sequence[Word], i: int) -> Iterator[Range]:
    """ "J. Dupont"; "L. 442-1" and "C. civ." are law."""
    word, following = words[i], words[i + 1]
    if following.gap in (". ", ".") and following.text[1:].islower() and word.gap != "-":
        end = person_end(words, i + 1)
        if end > i + 1 and not is_known_word(following):
            yield i, end


def _introduced(words: Sequence[Word], i: int) -> Iterator[Range]:
    """ "je m'appelle sophie dumoulin", "my name is John Sample", "nom : Dupont", "signé Julie"."""
    here = words[i].low
    before = words[i - 1].low if i else ""
    strong = (here in ("appelle", "apelle") and before == "m" and _says_i(words, i)) or (
        here in ("est", "is", "c") and before in ("nom", "prenom", "name")
    )
    after = _after_introduction(words, i)
    if after >= len(words):
        return
    end = person_end(words, after)
    if strong and end == after:
        end = small_person_end(words, after)
    named = here in _NAMED and not is_acronym(words[after])
    if end > after and (strong or named or _is_self(words, i, after, end)):
        yield after, end


def _says_i(words: Sequence[Word], i: int) -> bool:
    """Whether "m'appelle" is about the writer: "je m'appelle", not "il m'appelle parfois"."""
    return i < 2 or words[i - 2].low in ("je", "j", "moi")


def _after_introduction(words: Sequence[Word], i: int) -> int:
    """The word that an introduction at word i leads to."""
    after = i + 1
    return after if after < len(words) and announces(words, after) else len(words)


def _is_self(words: Sequence[Word], i: int, start: int, end: int) -> bool:
    """ "je suis Sophie Dumoulin", "s'appelle Hugo", "nom : Dupont"."""
    here = words[i].low
    before = words[i - 1].low if i else ""
    if here in ("nom", "prenom"):
        return ":" in words[start].gap
    if here == "appelle" and before == "s":
        return is_given(words[start])
    suis = (here == "suis" and before in ("je", "j")) or (here == "am" and before == "i")
    return suis and (is_given(words[start]) or end - start > 1)


def _signature(words: Sequence[Word], i: int) -> Iterator[Range]:
    """The line after "Cordialement,", when it is a name and nothing else."""
    start = i + 1
    while start < len(words) and start - i < 4 and "\n" not in words[start].gap:
        start += 1
    if start >= len(words) or start - i >= 4:
        return
    for end in (person_end(words, start), small_person_end(words, start)):
        ends_line = end == len(words) or "\n" in words[end].gap or "," in words[end].gap
        if end > start and ends_line:
            yield start, end
