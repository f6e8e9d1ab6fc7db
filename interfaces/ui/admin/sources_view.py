"""What the index was built from, and building it anew."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from interfaces.health import age, served_base
from interfaces.ingestion import Ingestion, Progress
from interfaces.settings import Settings
from interfaces.ui.admin.health_view import TOLD
from interfaces.ui.admin.rights import noted
from interfaces.ui.desk import session
from interfaces.ui.desk.retold import retold, told_again
from interfaces.ui.language import count, later, say
from interfaces.ui.markup import label
from interfaces.ui.pages.frame import show_error
from interfaces.ui.pages.pieces import bullets, prose, section
from retrieval.errors import AppError

if TYPE_CHECKING:
    from assistant.desk import Store
    from retrieval import Manifest

_ADD = later(
    "Une source s’ajoute sur le serveur : « maintelex ingest CHEMIN ». Ici, l’index est reconstruit à"
    " partir de celles qu’il connaît ; l’ancien est servi jusqu’à la fin."
)
_FILES = 20_000  # looked at in a source: more are not counted
_STAGES = {
    "lecture": later("lecture"),
    "vecteurs": later("vecteurs"),
    "index lexical": later("index lexical"),
    "questions": later("questions"),
    "écriture": later("écriture"),
}


def sources_view(settings: Settings, store: Store) -> None:
    """Draw the sources and their freshness, then the ingestion."""
    from interfaces.place import manifest

    try:
        made = manifest(settings)
    except AppError as error:  # the button below mends it
        show_error(retold(error))
    else:
        rows = [_base(settings), *(_source(Path(given), made, given) for given in made.sources)]
        st.html(section(say("Sources de l’index"), bullets(rows)))
    st.html(f'<p class="ml-lead">{prose(say(_ADD))}</p>')
    _ingestion(store)


def _base(settings: Settings) -> str:
    """The knowledge base: how many files it has, and whether the index is of it."""
    _, files = _latest(settings.kb)
    told = _of(count(files, "{n} fichier", "{n} fichiers"),
               told_again(served_base(settings).told, TOLD))  # fmt: skip
    return f"{prose(say('Base de connaissances'))} <span>{prose(told)}</span>"


def _source(folder: Path, made: Manifest, name: str) -> str:
    """A source: how many files it has, and whether one changed since the index."""
    changed, files = _latest(folder)
    if not files:
        return f"{prose(name)} <span>{prose(say('absente, ou vide'))}</span>"
    built = datetime.fromisoformat(made.created).timestamp()
    days = age(datetime.fromtimestamp(changed, UTC).isoformat())
    state = say("changée depuis l’index") if changed > built else say("à jour dans l’index")
    touched = count(
        days, "dernier changement il y a {n} jour", "dernier changement il y a {n} jours"
    )
    told = _of(f"{count(files, '{n} fichier', '{n} fichiers')}, {touched}", state)
    return f"{prose(name)} <span>{prose(told)}</span>"


def _of(files: str, state: str) -> str:
    """What is known of a source's files."""
    return say("{told} : {note}", told=files, note=state)


def _latest(folder: Path) -> tuple[float, int]:
    """When a file of a source changed last, and how many there are."""
    latest, files = 0.0, 0
    for path in [folder] if folder.is_file() else folder.rglob("*"):
        if path.is_file():
            latest, files = max(latest, path.stat().st_mtime), files + 1
        if files >= _FILES:
            break
    return latest, files


@st.cache_resource(show_spinner=False)
def _site() -> Ingestion:
    """The ingestion of this site."""
    return Ingestion()


def _ingestion(store: Store) -> None:
    """Draw the button, then where the ingestion stands; it is asked every second while it runs."""
    progress = _site().progress
    running = progress is not None and progress.running
    st.button(
        say("Reconstruire l’index"), key="ingest", icon=":material/sync:", disabled=running,
        on_click=_start, args=(store,), type="primary",
    )  # fmt: skip
    if running:
        st.fragment(_running, run_every=1.0)()
    elif progress is not None:
        _ended(progress)


def _start(store: Store) -> None:
    """Start it, and say who did."""

    def start() -> None:
        noted(store, "index-build", "index")
        _site().start()

    session.attempt(start, "")


def _running() -> None:
    """Draw how far it is; once it has ended, the page is drawn anew."""
    progress = _site().progress
    if progress is None or not progress.running:
        st.rerun()
    stage = say(_STAGES.get(progress.stage, progress.stage)) if progress.stage else say("départ")
    share = min(1.0, progress.done / progress.total) if progress.total else 0.0
    told = say(
        "{stage} : {done} / {total}", stage=stage, done=progress.done, total=progress.total
    )  # fmt: skip
    st.progress(share, text=label(told))


def _ended(progress: Progress) -> None:
    """Draw what the last ingestion did."""
    if progress.error:
        st.error(label(progress.error), icon=":material/error:")
        return
    built = told_again(progress.report.rstrip("."), TOLD)
    st.success(label(say("Index construit. {told}.", told=built)), icon=":material/check:")
    if progress.failures:
        st.html(section(say("Fichiers laissés de côté"), bullets(map(prose, progress.failures))))
