"""The table of codes, and the codes that a text names."""

from __future__ import annotations

from collections import Counter

import pytest

from retrieval.analysis import fold, normalise
from retrieval.codes import CODES, Code, named_codes, short_name


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Code civil", "C. civ."),
        ("Code de la consommation", "C. consom."),
        ("CODE DE L’URBANISME", "C. urb."),
        ("Code général des impôts, annexe III", "CGI, ann. III"),
        ("Code du domaine de l'Etat", "Code du domaine de l'Etat"),
        ("Code minier (nouveau)", "Code minier (nouveau)"),
    ],
)
def test_a_title_is_shortened_as_lawyers_do(title: str, expected: str) -> None:
    """A code of the table has its short name, however its title is typed; another keeps its title."""
    assert short_name(title) == expected


def test_keys_and_names_are_each_one_code_s() -> None:
    """No two codes share a key, a title or a short name."""
    for names in zip(*((code.key, code.title, code.short) for code in CODES), strict=True):
        assert [name for name, times in Counter(names).items() if times > 1] == []


@pytest.mark.parametrize(
    ("folded", "expected"),
    [
        ("le code civil local", ["code civil"]),
        ("c. civ. et c.com", ["c. civ.", "c.com"]),
        ("c. civile", []),
        ("accord cpcx", []),
        ("code des douanes de mayotte", ["code des douanes de mayotte"]),
        ("loi no 78-17 du 6 janv. 1978 et decret 2017-1416",
         ["loi no 78-17 du 6 janv. 1978", "decret 2017-1416"]),
        ("code du sport et code du domaine de l'etat", ["code du sport", "code du domaine de l'etat"]),
        ("code", ["code"]),
    ],
)  # fmt: skip
def test_codes_are_found_where_they_stand(folded: str, expected: list[str]) -> None:
    """A name is found whole, the longest one first, and never inside a word."""
    assert [folded[code.start : code.end] for code in named_codes(folded)] == expected


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.key)
@pytest.mark.parametrize("left_out", ["", ".", " ", ". ", ".'"])
def test_a_name_is_found_whole_however_it_is_typed(code: Code, left_out: str) -> None:
    """Dots and spaces may be left out, and a shorter name that it starts with does not cut it."""
    for name in (code.title, code.short, *code.called):
        typed = fold(normalise(name)).replace("°", "o").translate(dict.fromkeys(map(ord, left_out)))
        found = named_codes(f"art. 3 {typed}, dit-il")
        assert [(one.keys, one.end - one.start) for one in found] == [((code.key,), len(typed))]


def test_a_bare_code_leads_nowhere() -> None:
    """ "du code" alone names no code: it has no key."""
    assert [code.keys for code in named_codes("selon l'article 3 du code ?")] == [()]
