"""The knowledge base, read from its files.

Reading never stops at a first mistake: what is wrong is collected as findings, which
`maintelex check` prints and which `maintelex ingest` refuses.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml

CITATION = re.compile(r"\[@([a-z0-9:/-]+)\]")
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_SECTION = re.compile(r"^## (.+?)\s*$", re.MULTILINE)

QUESTION_SECTIONS = ("Réponse courte", "Explication", "En pratique", "Limites")
CLAUSE_SECTIONS = ("Clause", "Note de rédaction")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in the base: where, what, and the remedy."""

    path: str  # relative to the base
    line: int  # from 1
    problem: str
    remedy: str
    level: Literal["erreur", "avis"] = "erreur"  # an « avis » fails nothing

    def __str__(self) -> str:
        mark = "avis : " if self.level == "avis" else ""
        return f"{self.path}:{self.line}: {mark}{self.problem} → {self.remedy}"


@dataclass(frozen=True, slots=True)
class Section:
    """One `##` section of a file."""

    title: str
    markdown: str
    line: int  # line of its first character in the file


@dataclass(frozen=True, slots=True)
class Entry:
    """A Markdown file of the base: front matter and sections."""

    path: str
    id: str
    head: dict[str, Any]
    sections: tuple[Section, ...]
    text: str  # the whole file, for line numbers

    def line_of(self, needle: str) -> int:
        """The line where a string first stands, 1 when it does not."""
        place = self.text.find(needle)
        return self.text.count("\n", 0, place) + 1 if place >= 0 else 1


@dataclass(frozen=True, slots=True)
class Authority:
    """A statute, decision, agreement or rule of `kb/law`."""

    id: str
    kind: str  # "statute", "decision" or "agreement"
    citation: str
    data: dict[str, Any]
    path: str
    line: int


@dataclass(slots=True)
class KnowledgeBase:
    """All that the base holds, as written."""

    root: Path
    questions: dict[str, Entry] = field(default_factory=dict)
    clauses: dict[str, Entry] = field(default_factory=dict)
    authorities: dict[str, Authority] = field(default_factory=dict)
    variants: dict[str, list[tuple[str, int, str]]] = field(default_factory=dict)
    clause_variants: dict[str, list[tuple[str, int, str]]] = field(default_factory=dict)
    out_of_scope: dict[str, list[str]] = field(default_factory=dict)
    option_defaults: dict[str, str] = field(default_factory=dict)  # of the model contract
    findings: list[Finding] = field(default_factory=list)
    sha256: str = ""


def read_kb(root: Path) -> KnowledgeBase:
    """The base under `root`; what could not be read is in its findings."""
    base = KnowledgeBase(root)
    if not root.is_dir():
        base.findings.append(
            Finding(str(root), 1, "le dossier n'existe pas", "donnez le dossier de la base (kb/)")
        )
        return base
    _read_entries(base, "questions", base.questions, QUESTION_SECTIONS)
    _read_entries(base, "contract/clauses", base.clauses, CLAUSE_SECTIONS)
    _read_entries(base, "contract/annexes", base.clauses, CLAUSE_SECTIONS)
    _read_law(base)
    _read_variants(base, "variants", base.variants)
    _read_variants(base, "variants/clauses", base.clause_variants)
    _read_out_of_scope(base)
    _read_options(base)
    base.sha256 = kb_digest(root)
    return base


def kb_digest(root: Path) -> str:
    """SHA-256 over the names and contents of the base's files."""
    total = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def _text(base: KnowledgeBase, path: Path) -> str | None:
    """A file's text, or None with a finding."""
    try:
        return path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        _find(base, path, 1, f"illisible ({error})", "enregistrez-le en UTF-8")
        return None


def _find(base: KnowledgeBase, path: Path, line: int, problem: str, remedy: str) -> None:
    """Add a finding."""
    base.findings.append(Finding(path.relative_to(base.root).as_posix(), line, problem, remedy))


def _yaml(base: KnowledgeBase, path: Path, text: str, first_line: int = 1) -> Any:
    """Parsed YAML, or None with a finding that gives the line."""
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        _find(base, path, line, f"YAML incorrect : {problem}", "corrigez la syntaxe")
        return None


def _read_entries(
    base: KnowledgeBase, folder: str, into: dict[str, Entry], wanted: tuple[str, ...]
) -> None:
    """Read the Markdown files of a folder."""
    for path in sorted((base.root / folder).glob("*.md")):
        text = _text(base, path)
        front = _FRONT.match(text) if text is not None else None
        if text is None:
            continue
        if front is None:
            _find(base, path, 1, "pas d'en-tête YAML", "commencez le fichier par --- … ---")
            continue
        head = _yaml(base, path, front[1], 2)
        if not isinstance(head, dict):
            continue
        sections = tuple(_sections(text, front.end()))
        entry = Entry(
            path.relative_to(base.root).as_posix(), str(head.get("id")), head, sections, text
        )
        _keep(base, path, entry, into, wanted)


def _keep(
    base: KnowledgeBase, path: Path, entry: Entry, into: dict[str, Entry], wanted: tuple[str, ...]
) -> None:
    """Keep an entry whose name and sections are right; say what is not."""
    stem = re.sub(r"^\d+-", "", path.stem)
    if entry.id != stem:
        _find(base, path, entry.line_of("id:"), f"id « {entry.id} » différent du nom du fichier",
              f"écrivez id: {stem}")  # fmt: skip
    titles = tuple(section.title for section in entry.sections)
    if titles != wanted:
        _find(base, path, 1, f"sections {', '.join(titles) or 'absentes'}",
              "attendu, dans l'ordre : " + ", ".join(wanted))  # fmt: skip
    if entry.id in into:
        _find(
            base,
            path,
            1,
            f"id « {entry.id} » déjà pris par {into[entry.id].path}",
            "changez l'un des deux",
        )
        return
    into[entry.id] = entry


def _sections(text: str, start: int) -> Iterator[Section]:
    """The `##` sections of a file's body."""
    heads = list(_SECTION.finditer(text, start))
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        end = following.start() if following else len(text)
        raw = text[head.end() : end]
        lead = len(raw) - len(raw.lstrip("\n"))
        line = text.count("\n", 0, head.end() + lead) + 1
        yield Section(head[1], raw.strip(), line)


_LAW = (
    ("statutes.yaml", "statutes", "statute"),
    ("case_law.yaml", "decisions", "decision"),
    ("collective_agreements.yaml", "agreements", "agreement"),
    ("collective_agreements.yaml", "rules", "agreement"),
)


def _read_law(base: KnowledgeBase) -> None:
    """Read the authorities."""
    parsed: dict[str, Any] = {}
    for name, key, kind in _LAW:
        path = base.root / "law" / name
        if name not in parsed:
            text = _text(base, path)
            parsed[name] = (text, _yaml(base, path, text) if text is not None else None)
        text, data = parsed[name]
        for item in _mapping(data).get(key) or []:
            _read_authority(base, path, text, item, kind)
    _attach_naf(base, _mapping(parsed["collective_agreements.yaml"][1]))


def _mapping(data: Any) -> dict[str, Any]:
    """A YAML mapping; nothing where the file holds something else."""
    return data if isinstance(data, dict) else {}


def _attach_naf(base: KnowledgeBase, data: dict[str, Any]) -> None:
    """Give each agreement the NAF codes that `collective_agreements.yaml` lists for it."""
    for row in [*(data.get("naf_of_syntec") or []), *(data.get("naf_codes") or [])]:
        for name in [row.get("agreement"), *(row.get("agreements") or [])]:
            if name in base.authorities:
                base.authorities[name].data.setdefault("naf", []).append(row)


def _read_authority(base: KnowledgeBase, path: Path, text: str, item: Any, kind: str) -> None:
    """Keep one authority."""
    identifier = str(item.get("id")) if isinstance(item, dict) else ""
    place = text.find(f"- id: {identifier}\n")
    line = text.count("\n", 0, place) + 1 if place >= 0 else 1
    if not identifier:
        _find(base, path, line, "autorité sans id", "ajoutez un champ id")
        return
    if identifier in base.authorities:
        _find(base, path, line, f"id « {identifier} » en double", "gardez une seule entrée")
        return
    citation = str(item.get("citation") or "Conventions collectives : règle de rattachement")
    relative = path.relative_to(base.root).as_posix()
    base.authorities[identifier] = Authority(identifier, kind, citation, item, relative, line)


def _read_variants(
    base: KnowledgeBase, folder: str, into: dict[str, list[tuple[str, int, str]]]
) -> None:
    """Read the wordings, a file a document, a wording a line."""
    for path in sorted((base.root / folder).glob("*.txt")):
        text = _text(base, path) or ""
        lines = [(n, line.strip()) for n, line in enumerate(text.split("\n"), start=1)]
        relative = path.relative_to(base.root).as_posix()
        into[path.stem] = [
            (relative, n, line) for n, line in lines if line and not line.startswith("#")
        ]


def _read_options(base: KnowledgeBase) -> None:
    """Read the default of each option of the model contract."""
    path = base.root / "contract" / "options.yaml"
    if not path.is_file():
        return
    data = _mapping(_yaml(base, path, _text(base, path) or ""))
    for option in data.get("options") or []:
        base.option_defaults[str(option.get("id"))] = str(option.get("default"))


def _read_out_of_scope(base: KnowledgeBase) -> None:
    """Read the questions to decline."""
    path = base.root / "variants" / "out-of-scope.yaml"
    if not path.is_file():
        return
    data = _yaml(base, path, _text(base, path) or "")
    for kind, questions in _mapping(data).items():
        base.out_of_scope[str(kind)] = [str(question) for question in questions or []]
