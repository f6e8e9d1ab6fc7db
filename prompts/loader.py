"""Reading a prompt file, and filling it: nothing missing, nothing in excess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from prompts.data import enclose, new_mark

FOLDER = Path(__file__).parent
MARK = "marque"  # the variable that every prompt may use: the mark of the tags of this call
MAX_VARIABLE = 200  # characters of a variable that is not data
KEYS = frozenset({"version", "objet", "variables", "donnees"})

_HEAD = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_SECTIONS = re.compile(r"\A\s*# Consigne\n(.*?)\n# Demande\n(.*)\Z", re.DOTALL)
_PLACE = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
_NAME = re.compile(r"[a-z][a-z-]*")


class PromptError(ValueError):
    """A prompt file that breaks its own rules, or one that is filled wrongly: a mistake of ours."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A prompt ready to be sent."""

    name: str
    version: int
    system: str  # what the model must do
    user: str  # what it is given
    mark: str  # of the tags; an answer that holds it repeats what it was given


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as its file gives it."""

    name: str
    version: int
    variables: frozenset[str]  # short texts of ours: a language, a number
    data: frozenset[str]  # texts of others: delimited when they are put in
    system: str
    user: str

    def fill(
        self,
        variables: Mapping[str, str] | None = None,
        data: Mapping[str, str | Sequence[str]] | None = None,
        *,
        mark: str = "",
    ) -> Filled:
        """The prompt with its variables and its data.

        Args:
            variables: one line of at most `MAX_VARIABLE` characters each, never a user's words.
            data: a text or a list of texts each; delimited and neutralised here.
            mark: of the tags; drawn anew when empty.

        Raises:
            PromptError: a name is missing or in excess, or a variable could hold data.
        """
        given, texts = dict(variables or {}), dict(data or {})
        _same(self.name, "variables", self.variables, given)
        _same(self.name, "donnees", self.data, texts)
        mark = mark or new_mark()
        values = {name: _short(self.name, name, value) for name, value in given.items()}
        values |= {name: enclose(name, value, mark) for name, value in texts.items()}
        values[MARK] = mark
        return Filled(self.name, self.version, _put(self.system, values), _put(self.user, values),
                      mark)  # fmt: skip


@lru_cache(maxsize=64)
def load_prompt(name: str, folder: Path = FOLDER) -> Prompt:
    """The prompt of `<folder>/<name>.md`.

    Raises:
        PromptError: there is none, or its file breaks the rules of the package's docstring.
    """
    path = folder / f"{name}.md"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise PromptError(f"Aucune consigne du nom de {name!r} dans {folder}.")
    head = _HEAD.match(path.read_text(encoding="utf-8"))
    body = _SECTIONS.match(head[2]) if head else None
    if head is None or body is None:
        raise PromptError(f"{path.name} : en-tête, « # Consigne » puis « # Demande » attendus.")
    version, variables, data = _declared(path.name, _yaml(path.name, head[1]))
    used = set(_PLACE.findall(head[2])) - {MARK}
    _same(path.name, "variables et donnees", used, variables | data)
    if in_system := data & set(_PLACE.findall(body[1])):
        raise PromptError(f"{path.name} : données dans la consigne : {_listed(in_system)}.")
    return Prompt(name, version, variables, data, body[1].strip(), body[2].strip())


def _yaml(name: str, text: str) -> object:
    """What a front matter holds."""
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise PromptError(f"{name} : en-tête illisible, {error}.") from error


def _declared(name: str, raw: object) -> tuple[int, frozenset[str], frozenset[str]]:
    """Version, variables and data that a front matter declares."""
    if not isinstance(raw, dict) or set(raw) != KEYS:
        found = _listed(map(str, raw)) if isinstance(raw, dict) else repr(raw)
        raise PromptError(f"{name} : clés attendues {_listed(KEYS)} ; reçu : {found}.")
    version = raw["version"]
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise PromptError(f"{name} : version entière attendue ; reçu : {version!r}.")
    variables, data = (_names(name, key, raw[key]) for key in ("variables", "donnees"))
    if variables & data or MARK in variables | data:
        raise PromptError(f"{name} : un nom est déclaré deux fois, ou réservé ({MARK}).")
    return version, variables, data


def _names(name: str, key: str, value: object) -> frozenset[str]:
    """A list of variable names."""
    if not isinstance(value, list) or not all(
        isinstance(one, str) and re.fullmatch("[a-z_]+", one) for one in value
    ):
        raise PromptError(f"{name} : « {key} » doit être une liste de noms ; reçu : {value!r}.")
    return frozenset(value)


def _same(name: str, what: str, wanted: Iterable[str], given: Iterable[str]) -> None:
    """Refuse names that are missing or in excess."""
    missing, extra = set(wanted) - set(given), set(given) - set(wanted)
    if missing or extra:
        raise PromptError(
            f"{name}, {what} : il manque {_listed(missing)} ; en trop {_listed(extra)}."
        )


def _short(name: str, variable: str, value: str) -> str:
    """A variable, refused when it could hold a user's words."""
    if len(value) > MAX_VARIABLE or not value.isprintable() or set(value) & set("<>{}"):
        raise PromptError(
            f"{name} : la variable « {variable} » n'est pas un texte court et simple."
        )
    return value


def _put(template: str, values: Mapping[str, str]) -> str:
    """A template with its values, put in at once: a value that looks like a place stays as it is."""
    return _PLACE.sub(lambda match: values[match[1]], template)


def _listed(names: Iterable[str]) -> str:
    """Names for a message."""
    return ", ".join(sorted(names)) or "rien"
