"""The wordings between which an option chooses, side by side."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from assistant.contract.types import Article, Option
from interfaces.ui.language import say
from interfaces.ui.pages.contract_html import blocks_html, differences
from interfaces.ui.pages.pieces import empty, prose
from interfaces.ui.pages.resources import blank_draft, open_model


def compare(root: Path) -> None:
    """Draw the choice of an option, then every article that it changes."""
    options = {option.label: option for option in open_model(root).options}
    chosen = st.selectbox(say("Option à comparer"), list(options), key="option-comparee")
    option = options[chosen]
    only = say(" Seul ce qui change est montré.")
    st.html(f'<p class="ml-lead">{prose(option.help)}{only}</p>')
    versions = {value.id: _articles(root, option, value.id) for value in option.values}
    changed = [name for name in versions[option.default]
               if len({versions[v][name].blocks for v in versions}) > 1]  # fmt: skip
    drawn = [_article(option, {v: versions[v][name] for v in versions}) for name in changed]
    st.html("".join(drawn) or empty(say("Cette option ne change aucun article"), ""))


def _articles(root: Path, option: Option, value: str) -> dict[str, Article]:
    """The articles that a value of an option makes, by clause."""
    made = blank_draft(root, ((option.id, value),))
    return {article.clause.id: article for article in (*made.articles, *made.annexes)}


def _article(option: Option, versions: dict[str, Article]) -> str:
    """The differing paragraphs of an article, a column a value; empty when numbers alone differ."""
    found = differences(versions)
    if not any(found.values()):
        return ""
    article = versions[option.default]
    nothing = f'<p class="ml-none">{say("Rien de plus avec ce choix.")}</p>'
    columns = "".join(
        f"<div><h3>{prose(option.label_of(value))}</h3>{blocks_html(blocks) or nothing}</div>"
        for value, blocks in found.items()
    )
    name = prose(f"{article.clause.name} – {article.title}")
    return (
        f'<section class="ml-part"><h2>{name}</h2>'
        f'<div class="ml-versions ml-of-{len(found)}">{columns}</div></section>'
    )
