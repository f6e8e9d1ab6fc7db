"""The codes of French law: their titles, how lawyers shorten them, and what people call them.

A text of law is told apart by a key ("civ", "consom") inside reference keys. A code that is not in
the table has its whole title for name, and the words of its title for key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from retrieval.analysis import fold, normalise


@dataclass(frozen=True, slots=True)
class Code:
    """A text of law that people name."""

    key: str  # "civ"
    short: str  # as lawyers write it: "C. civ."
    title: str  # "Code civil"
    called: tuple[str, ...] = ()  # other names; a dot or a space in them may be left out


CODES = (
    Code("civ", "C. civ.", "Code civil", ("cc", "c civil")),
    Code("com", "C. com.", "Code de commerce", ("code com", "code du commerce", "c commerce")),
    Code("consom", "C. consom.", "Code de la consommation",
         ("c. conso.", "code conso", "code consommation", "code consom")),
    Code("trav", "C. trav.", "Code du travail", ("code travail", "code trav")),
    Code("pen", "C. pén.", "Code pénal", ("c. penal",)),
    Code("cpc", "CPC", "Code de procédure civile",
         ("c. pr. civ.", "c. proc. civ.", "ncpc", "nouveau code de procedure civile")),
    Code("cpp", "C. pr. pén.", "Code de procédure pénale", ("cpp", "c. proc. pen.")),
    Code("cpi", "CPI", "Code de la propriété intellectuelle",
         ("c. propr. intell.", "code de propriete intellectuelle")),
    Code("mf", "C. mon. fin.", "Code monétaire et financier", ("cmf", "comofi", "c. mon. et fin.")),
    Code("css", "CSS", "Code de la sécurité sociale", ("c. sec. soc.",)),
    Code("csp", "CSP", "Code de la santé publique", ("c. sante publ.",)),
    Code("cgi", "CGI", "Code général des impôts", ("code des impots",)),
    Code("cgi-ann-i", "CGI, ann. I", "Code général des impôts, annexe I",
         ("annexe i du cgi", "cgi annexe i", "annexe i au code general des impots")),
    Code("cgi-ann-ii", "CGI, ann. II", "Code général des impôts, annexe II",
         ("annexe ii du cgi", "cgi annexe ii", "annexe ii au code general des impots")),
    Code("cgi-ann-iii", "CGI, ann. III", "Code général des impôts, annexe III",
         ("annexe iii du cgi", "cgi annexe iii", "annexe iii au code general des impots")),
    Code("cgi-ann-iv", "CGI, ann. IV", "Code général des impôts, annexe IV",
         ("annexe iv du cgi", "cgi annexe iv", "annexe iv au code general des impots")),
    Code("cibs", "CIBS", "Code des impositions sur les biens et services"),
    Code("lpf", "LPF", "Livre des procédures fiscales"),
    Code("ccp", "CCP", "Code de la commande publique", ("code des marches publics", "c. com. publ.")),
    Code("crpa", "CRPA", "Code des relations entre le public et l'administration"),
    Code("cgct", "CGCT", "Code général des collectivités territoriales"),
    Code("cgppp", "CGPPP", "Code général de la propriété des personnes publiques", ("cg3p",)),
    Code("cgfp", "CGFP", "Code général de la fonction publique"),
    Code("cja", "CJA", "Code de justice administrative"),
    Code("coj", "COJ", "Code de l'organisation judiciaire", ("c. org. jud.",)),
    Code("cpcex", "C. pr. exéc.", "Code des procédures civiles d'exécution", ("c. pr. civ. ex.",)),
    Code("cjpm", "CJPM", "Code de la justice pénale des mineurs"),
    Code("penit", "C. pénit.", "Code pénitentiaire"),
    Code("csi", "CSI", "Code de la sécurité intérieure"),
    Code("ceseda", "CESEDA", "Code de l'entrée et du séjour des étrangers et du droit d'asile"),
    Code("casf", "CASF", "Code de l'action sociale et des familles"),
    Code("cch", "CCH", "Code de la construction et de l'habitation"),
    Code("urb", "C. urb.", "Code de l'urbanisme"),
    Code("env", "C. envir.", "Code de l'environnement", ("c. env.",)),
    Code("energie", "C. énergie", "Code de l'énergie"),
    Code("rur", "C. rur.", "Code rural et de la pêche maritime", ("crpm",)),
    Code("for", "C. for.", "Code forestier (nouveau)", ("code forestier",)),
    Code("assur", "C. assur.", "Code des assurances", ("c. ass.",)),
    Code("mut", "C. mut.", "Code de la mutualité"),
    Code("cpce", "CPCE", "Code des postes et des communications électroniques",
         ("code des postes et communications electroniques",)),
    Code("educ", "C. éduc.", "Code de l'éducation"),
    Code("rech", "C. rech.", "Code de la recherche"),
    Code("patr", "C. patr.", "Code du patrimoine"),
    Code("sport", "C. sport", "Code du sport"),
    Code("tour", "C. tourisme", "Code du tourisme"),
    Code("transp", "C. transp.", "Code des transports"),
    Code("route", "C. route", "Code de la route"),
    Code("voirie", "C. voirie rout.", "Code de la voirie routière"),
    Code("expr", "C. expr.", "Code de l'expropriation pour cause d'utilité publique",
         ("code de l'expropriation",)),
    Code("elect", "C. élect.", "Code électoral"),
    Code("def", "C. défense", "Code de la défense"),
    Code("douanes", "C. douanes", "Code des douanes"),
    Code("jf", "CJF", "Code des juridictions financières"),
    Code("douanes-mayotte", "C. douanes Mayotte", "Code des douanes de Mayotte"),
    Code("trav-maritime", "C. trav. mar.", "Code du travail maritime"),
    Code("trav-mayotte", "C. trav. Mayotte", "Code du travail applicable à Mayotte"),
    Code("const", "Const.", "Constitution du 4 octobre 1958", ("constitution",)),
    Code("const-1946", "Const. 1946", "Constitution du 27 octobre 1946"),
    Code("const-1848", "Const. 1848", "Constitution du 4 novembre 1848"),
    Code("dora", "DORA", "Règlement (UE) 2022/2554", ("2022/2554",)),
    Code("data-act", "Data Act", "Règlement (UE) 2023/2854", ("2023/2854", "data act")),
    Code("eidas", "eIDAS", "Règlement (UE) n° 910/2014", ("910/2014",)),
    Code("ia", "Règl. IA", "Règlement (UE) 2024/1689", ("2024/1689", "ai act", "reglement ia")),
    Code("modele", "Modèle de contrat", "Modèle de contrat", ("contrat modele", "contrat type")),
)  # fmt: skip

_Tree = dict[str, "_Tree"]  # names by their first word, then by the next

# What may follow the number of an article: "39 quinquies".
LATIN = (
    "bis|ter|quater|quinquies|sexies|septies|octies|nonies|tricies"
    "|(?:un|duo|ter|quater|quin|sex|sept|octo|novo)?(?:decies|vicies)"
)
_SMALL = frozenset("de du des d la le les l et au aux a en un une meme present dit ledit".split())
_MAX_WORDS = 6  # of a title: enough to tell any two codes apart
_LAW = (
    r"(?:loi|decret|ordonnance|ord\.|arrete)\s(?:organique\s)?(?:n\s?o\s?)?(?P<law>\d{2,4}-\d{1,5})\b"
    r"(?:\sdu\s\d{1,2}(?:er)?\s[a-z]{3,9}\.?\s\d{4})?"
)
# The words after "code", up to the next reference: where a title ends is not said.
_OTHER = r"code\b(?P<other>(?:[\s'()]{1,2}(?!(?:arts?|articles?|codes?|loi)\b)[a-z]{1,30}\b){0,14})"


def _plain(text: str) -> str:
    """A name, folded, as `named_codes` reads it."""
    return fold(normalise(text)).replace("°", "o")


def _compact(name: str) -> str:
    """What the spellings of one name share."""
    return re.sub(r"[\s.']", "", name)


def _pattern(names: Iterable[str]) -> str:
    """Names, their dots and spaces optional: "c. civ." finds "c.civ", "C civ" and "c. civ."."""
    # As a tree, what names start with alike is read once: in half the time that a list of them takes.
    tree: _Tree = {}
    for name in names:
        branch = tree
        for token in re.findall(r"[^\s.']+", name):
            branch = branch.setdefault(token, {})
        branch[""] = {}  # a name ends here
    return _branches(tree) + r"(?![a-z0-9])\.?"


def _branches(tree: _Tree) -> str:
    """The alternatives that names go on with."""
    alternatives = []
    for token in sorted(filter(None, tree), key=len, reverse=True):
        rest = _branches(tree[token])
        after = rf"(?:\.?[\s']?{rest})" if rest else ""
        alternatives.append(re.escape(token) + after + ("?" if rest and "" in tree[token] else ""))
    return f"(?:{'|'.join(alternatives)})" if alternatives else ""


def _names() -> Iterator[tuple[str, Code]]:
    """Every name of every code, folded."""
    for code in CODES:
        for name in (code.title, code.short, *code.called):
            yield _plain(name), code


_BY_NAME = {_compact(name): code for name, code in _names()}
_NAMED = re.compile(
    r"(?<![a-z0-9])(?:(?P<known>" + _pattern(name for name, _ in _names()) + rf")|{_LAW}|{_OTHER})"
)


@dataclass(frozen=True, slots=True)
class NamedCode:
    """A code named in a text, and the keys that it may go by."""

    start: int  # in characters of the folded text
    end: int
    keys: tuple[str, ...]  # to look an article up with, the surest first; none for "code" alone
    own: tuple[str, ...]  # under which the articles of the text so named are kept


def short_name(title: str) -> str:
    """What lawyers write for a code: "C. civ." for "Code civil"; its title when it has no short name."""
    code = _known(title)
    return code.short if code else title


def named_codes(folded: str) -> list[NamedCode]:
    """The codes and laws named in a folded text, in order; they don't overlap.

    Args:
        folded: lower case, without accents, single spaces, "°" written "o".
    """
    return [_named(found) for found in _NAMED.finditer(folded)]


def _named(found: re.Match[str]) -> NamedCode:
    """The code that a match names.

    Outside the table, "Code du domaine de l'Etat" is kept under "domaine-etat." (the whole title,
    which the dot says) and "domaine-etat"; a question may go on after the title, so each of its
    starts is looked up as a whole title, then as the start of one, of two words at least.
    """
    key = _BY_NAME[_compact(found["known"])].key if found["known"] else found["law"]
    if key:
        return NamedCode(*found.span(), (key,), (key,))
    words = _title_words(found["other"])
    starts = ["-".join(words[:size]) for size in range(len(words), 0, -1)]
    whole = tuple(start + "." for start in starts)
    parts = tuple(start for start in starts if "-" in start)
    return NamedCode(*found.span(), whole + parts, whole[:1] + parts)


@lru_cache(maxsize=256)
def _known(title: str) -> Code | None:
    """The code of the table with this title."""
    return _BY_NAME.get(_compact(_plain(title)))


def _title_words(folded: str) -> list[str]:
    """The words that tell a title apart."""
    words = re.findall(r"[a-z0-9]+", folded)
    return [word for word in words if word not in _SMALL][:_MAX_WORDS]
