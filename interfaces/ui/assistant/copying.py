"""Answers as plain text for the clipboard."""

from __future__ import annotations

import re
from html import escape

import streamlit as st

from assistant.answering.types import Answer
from interfaces.ui.assistant.typography import typographic
from interfaces.ui.language import say
from interfaces.ui.markup import french

_HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)
_BOLD = re.compile(r"(?<!\w)(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?!\w)", re.DOTALL)
_ITALIC = re.compile(r"(?<!\w)([*_])(?=\S)(.+?)(?<=\S)\1(?!\w)", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\`*_\[\]#|~$:!<>])")
# One listener for the whole page: buttons come and go with the answers.
_SCRIPT = """<script>
if (!window.mlCopy) {
  window.mlCopy = true;
  const old = text => {
    const area = Object.assign(document.createElement("textarea"), {value: text});
    document.body.append(area); area.select(); document.execCommand("copy"); area.remove();
  };
  document.addEventListener("click", async event => {
    const button = event.target.closest?.(".ml-copy");
    if (!button) return;
    const text = button.dataset.text;
    try { await navigator.clipboard.writeText(text); } catch { old(text); }
    const name = button.dataset.name ??= button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = name; }, 2000);
  });
}
</script>"""


def listen() -> None:
    """Have the page's copy buttons copy."""
    st.html(_SCRIPT, unsafe_allow_javascript=True)


def copy_button(text: str, name: str) -> str:
    """A button, as HTML, that copies a text.

    Args:
        text: any; it is escaped.
        name: of the button.
    """
    done = escape(say("Copié"), quote=True)
    return (
        f'<button type="button" class="ml-copy" data-text="{escape(text, quote=True)}"'
        f' data-done="{done}" aria-live="polite">{escape(name)}</button>'
    )


def answer_text(answer: Answer) -> str:
    """An answer without Markdown, its sources below with their addresses."""
    lines = []
    for part in answer.parts:
        lines += [*([part.title, ""] if part.title else []), plain(part.markdown), ""]
    if answer.citations:
        lines.append(say("Sources"))
    for citation in answer.citations:
        url = f" – {citation.url}" if citation.url else ""
        lines.append(f"[{citation.n}] {citation.reference or citation.title}{url}")
    if answer.notice:
        lines += ["", answer.notice]
    lines += ["", say("Réponse automatique de MainteLex : information juridique, non conseil.")]
    return french(typographic("\n".join(lines)))


def plain(markdown: str) -> str:
    """Markdown of an answer as it is read aloud, its markers and lists kept."""
    text = _HEADING.sub("", markdown)
    for emphasis in (_BOLD, _ITALIC):
        text = emphasis.sub(lambda found: found[2], text)
    text = re.sub(r"^(\s*)[-*] ", "\\1– ", text, flags=re.MULTILINE)
    return _ESCAPED.sub(r"\1", text).strip()
