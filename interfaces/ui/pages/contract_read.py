"""Reading the model article by article, with its notes and the questions behind it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from assistant.contract.types import Article, Clause, Draft
from ingest.readers.kb import Entry, KnowledgeBase
from interfaces.ui.language import count, say
from interfaces.ui.pages.contract_html import article_html, blocks_html, text_of
from interfaces.ui.pages.frame import ask_button
from interfaces.ui.pages.pieces import empty, prose, references
from interfaces.ui.pages.resources import blank_draft, open_base

ARTICLE = "article"  # in the address
QUESTIONS = 8  # shown behind a clause
FOUND = 12  # articles that a search gives


def read(root: Path) -> None:
    """Draw the search, the choice of an article, then the article."""
    made = blank_draft(root, ())
    every = (*made.articles, *made.annexes)
    left, right = st.columns(2)
    searched = left.text_input(say("Chercher dans le modèle"), key="recherche", max_chars=200,
                               placeholder=say("Par exemple : préavis, sauvegarde"))  # fmt: skip
    with right:
        chosen = _choose([article.clause for article in every])
    if searched.strip():
        _results(every, searched)
        return
    article = next(a for a in every if a.clause.id == chosen)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.html(f'<div class="ml-paper">{article_html(article)}</div>')
        _neighbours(every, article)
    with right:
        _beside(open_base(root), made, article)


def search(articles: Sequence[Article], text: str) -> list[tuple[Article, str]]:
    """The articles that hold every word of a text, accents and capitals aside, and where.

    Args:
        articles: in order; it is kept.
        text: what the visitor wrote.
    """
    words = _plain(text).split()
    found = []
    for article in articles:
        lines = [article.title, *map(text_of, article.blocks), *map(text_of, article.note)]
        whole = _plain(" ".join(lines))
        if words and all(word in whole for word in words):
            found.append((article, max(lines, key=lambda line: _held(line, words))))
    return found


def _held(line: str, words: Sequence[str]) -> int:
    """How many words a line holds."""
    plain = _plain(line)
    return sum(word in plain for word in words)


def _plain(text: str) -> str:
    """A text without accents nor capitals."""
    split = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(c for c in split if not unicodedata.combining(c))


def _results(every: Sequence[Article], searched: str) -> None:
    """Draw what a search found."""
    found = search(every, searched)
    if not found:
        st.html(empty(say("Aucun article ne contient tous ces mots"),
                      say("Essayez un seul mot, ou posez la question à l’assistant.")))  # fmt: skip
        return
    told = count(len(found), "{n} article", "{n} articles")
    st.html(f'<h2 class="ml-label" role="status">{told}</h2>')
    for article, line in found[:FOUND]:
        with st.container(key=f"hit-{article.clause.id}"):
            shown = line if len(line) <= 220 else line[:220].rsplit(" ", 1)[0] + " […]"
            st.button(_name(article.clause), key=f"open-{article.clause.id}",
                      on_click=_open, args=(article.clause.id,), width="stretch")  # fmt: skip
            st.html(f'<p class="ml-excerpt">{prose(shown)}</p>')


def _choose(clauses: Sequence[Clause]) -> str:
    """The article to show: the one of the address, else the first."""
    ids = [clause.id for clause in clauses]
    names = {clause.id: _name(clause) for clause in clauses}
    asked = st.query_params.get(ARTICLE, "")
    place = ids.index(asked) if asked in ids else 0
    chosen = st.selectbox(say("Article"), ids, index=place, format_func=names.__getitem__)
    if chosen != asked and (asked or chosen != ids[0]):
        st.query_params[ARTICLE] = chosen
    return chosen


def _open(clause: str) -> None:
    """Show an article."""
    st.query_params[ARTICLE] = clause
    st.session_state["recherche"] = ""


def _neighbours(every: Sequence[Article], article: Article) -> None:
    """Draw the way to the articles before and after."""
    place = every.index(article)
    for column, other, icon in zip(
        st.columns(2), (place - 1, place + 1), ("arrow_back", "arrow_forward"), strict=True
    ):
        if 0 <= other < len(every):
            clause = every[other].clause
            column.button(clause.name, key=f"go-{icon}", icon=f":material/{icon}:", width="stretch",
                          on_click=_open, args=(clause.id,))  # fmt: skip


def _beside(base: KnowledgeBase, made: Draft, article: Article) -> None:
    """Draw the note, the authorities and the questions behind an article."""
    st.html(f'<div class="ml-note">{blocks_html(article.note)}</div>')
    entry = base.clauses[article.clause.id]
    cited = [
        base.authorities[n] for n in entry.head.get("authorities") or [] if n in base.authorities
    ]
    st.html(
        references([(a.citation, a.data.get("url")) for a in cited], "autorite", say("Autorités"))
    )
    asked = _questions(base, article.clause.id)
    if asked:
        st.html(f'<h3 class="ml-label">{say("Questions derrière cette clause")}</h3>')
    for entry in asked[:QUESTIONS]:
        ask_button(str(entry.head["question"]), f"ask-{entry.id}")


def _questions(base: KnowledgeBase, clause: str) -> list[Entry]:
    """The questions that a clause answers, those that name it first first."""
    placed = [
        (names.index(clause), entry)
        for entry in base.questions.values()
        if clause in (names := entry.head.get("clauses") or [])
    ]
    return [entry for _, entry in sorted(placed, key=lambda pair: (pair[0], pair[1].id))]


def _name(clause: Clause) -> str:
    """« Article 33 – Résiliation »."""
    return f"{clause.name} – {clause.title}"
