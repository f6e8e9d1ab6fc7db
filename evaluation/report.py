"""Reports: an evaluation as text, Markdown, JSON and one HTML page."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from evaluation.plots import Plot, plots
from evaluation.run import Evaluation, as_json
from evaluation.tables import Table, tables
from retrieval.errors import AppError

TITLE = "MainteLex : évaluation de la recherche"

_STYLE = """
:root { color-scheme: light dark; --line: #8886; --soft: #8881; }
body { font: 1rem/1.55 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.7rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem; border-bottom: 1px solid var(--line); }
thead th { border-bottom-width: 2px; } tbody tr:nth-child(even) { background: var(--soft); }
figure { margin: 2rem 0; } img { max-width: 100%; height: auto; background: #fff; border-radius: 4px; }
figcaption, .note { opacity: .8; font-size: .92rem; }
"""
# Nothing but what the page itself holds: a hostile question could fetch nothing, run nothing.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def as_text(evaluation: Evaluation) -> str:
    """The tables for a terminal; the long ones are left to the report."""
    parts = [introduction(evaluation)]
    parts += [text_table(table) for table in tables(evaluation) if not table.long]
    if evaluation.misses:
        count = len(evaluation.misses)
        parts.append(f"{count} erreur{'s' * (count > 1)} : --report ou --json les donnent.")
    return "\n\n".join(parts)


def as_markdown(evaluation: Evaluation) -> str:
    """The whole report in Markdown, without its plots."""
    return markdown_of(TITLE, introduction(evaluation), tables(evaluation))


def markdown_of(title: str, opening: str, shown: Sequence[Table]) -> str:
    """A report in Markdown: what was judged, then its tables."""
    parts = [f"# {title}", _cell(opening)]
    for table in shown:
        parts.append(f"## {table.title}")
        rows = [table.head, ("---",) * len(table.head), *table.rows]
        parts.append("\n".join("| " + " | ".join(map(_cell, row)) + " |" for row in rows))
        if table.note:
            parts.append(_cell(table.note))
    return "\n\n".join(parts) + "\n"


def as_page(evaluation: Evaluation, drawn: Sequence[Plot]) -> str:
    """The whole report as one HTML page that needs nothing else.

    Args:
        drawn: its plots, shown after the first table.
    """
    return page_of(TITLE, introduction(evaluation), tables(evaluation), drawn)


def page_of(title: str, opening: str, shown: Sequence[Table], drawn: Sequence[Plot] = ()) -> str:
    """A report as one HTML page that needs nothing else; plots come after the first table."""
    first, *others = map(_section, shown)
    body = first + "".join(map(_figure, drawn)) + "".join(others)
    return (
        '<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n<p>{escape(opening)}</p>\n{body}"
        "</main>\n</body>\n</html>\n"
    )


def write_report(evaluation: Evaluation, folder: Path) -> list[Path]:
    """Write report.json, report.md and report.html to a folder, made when it is missing.

    Raises:
        AppError: the folder cannot be written to.
        MissingPackageError: matplotlib is not installed.
    """
    return write_files(
        folder,
        {
            "report.json": json.dumps(as_json(evaluation), ensure_ascii=False, indent=1) + "\n",
            "report.md": as_markdown(evaluation),
            "report.html": as_page(evaluation, plots(evaluation)),
        },
    )


def write_files(folder: Path, made: Mapping[str, str]) -> list[Path]:
    """Write texts to the files of a folder, made when it is missing; gives their paths, in order.

    Raises:
        AppError: the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise AppError(
            f"Le rapport n'a pas pu être écrit dans {folder} : {error}.",
            fix="Donnez un dossier où l'on peut écrire.",
        ) from error
    return [folder / name for name in made]


def introduction(evaluation: Evaluation) -> str:
    """What was judged, and how far the figures go."""
    judged = evaluation.judged
    text = (
        f"Index {judged.index}, encodeur {judged.encoder} : {judged.answered} questions auxquelles la"
        f" base doit répondre, {judged.foreign} à décliner. "
    )
    text += _CROSSED if evaluation.crossed else _SHIPPED
    if judged.unknown:
        text += f" Documents attendus mais absents de l'index : {', '.join(judged.unknown)}."
    return text


_CROSSED = (
    "« Validation croisée » : chaque question est jugée avec des poids appris sans elle ; ce sont les"
    " chiffres à retenir quand les questions ont servi à régler les poids. « Poids livrés » : ceux de la"
    " recherche telle qu'elle est livrée ; à retenir pour des questions qui n'y ont pas servi."
)
_SHIPPED = (
    "Trop peu de questions pour réapprendre les poids : seuls les poids livrés sont jugés. Si ces questions"
    " ont servi à les régler, les chiffres sont flatteurs."
)


def text_table(table: Table) -> str:
    """A table in columns."""
    rows = [table.head, *table.rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.head))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    lines.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join([table.title.upper(), *lines, *([table.note] if table.note else [])])


def _cell(text: str) -> str:
    """A line of Markdown, or a cell of a table, where nothing is markup."""
    flat = re.sub(r"[ \t\r\n\f\v\x85\u2028\u2029]+", " ", text)
    return "".join("\\" + c if c in "\\`*_[]<>|#" else c for c in flat)


def _figure(plot: Plot) -> str:
    """A plot in the page."""
    data = base64.b64encode(plot.png).decode()
    return (
        f'<figure><img alt="{escape(plot.said)}" src="data:image/png;base64,{data}">'
        f"<figcaption>{escape(plot.title)}</figcaption></figure>\n"
    )


def _section(table: Table) -> str:
    """A table in the page."""
    note = f'<p class="note">{escape(table.note)}</p>' if table.note else ""
    rows = "".join(f"<tr>{_cells(row)}</tr>\n" for row in table.rows)
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    return (
        f"<section><h2>{escape(table.title)}</h2>{note}"
        f'<div class="table" tabindex="0" role="region" aria-label="{escape(table.title)}">'
        f"<table><thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table></div></section>\n"
    )


def _cells(row: Sequence[str]) -> str:
    """The cells of a row, the first of which names it."""
    first, *rest = (escape(cell) for cell in row)
    return f'<th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in rest)
