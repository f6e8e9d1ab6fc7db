"""Files: find them, read each by its suffix, and name those that cannot be read."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.readers.codes import read_code
from ingest.readers.docx import read_docx
from ingest.readers.html import read_html
from ingest.readers.markdown import read_markdown
from ingest.readers.pdf import read_pdf, scanned_error, scanned_pages
from ingest.readers.text import read_text, show_size
from ingest.types import Block, Document, Failure, Limits, Loaded
from retrieval.errors import DocumentError

Reader = Callable[[Path, Limits], tuple[str | None, tuple[Block, ...]]]
"""Gives the title, if there is one, and the blocks of a file."""
Progress = Callable[[int, int, Path], None]
"""Is told the rank of a file from 1, the number of files, and the file about to be read."""

READERS: dict[str, Reader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
    ".pdf": read_pdf,
}
_MARKDOWN = (".md", ".markdown")
_NAMES = {".pdf": "PDF", ".docx": "document Word"}
_HEAD = 1024  # bytes; a PDF may start with up to as many of something else
_SIGNATURES = (
    (b"\x89PNG", "une image PNG"),
    (b"\xff\xd8\xff", "une image JPEG"),
    (b"GIF8", "une image GIF"),
    (b"II*\0", "une image TIFF"),
    (b"MM\0*", "une image TIFF"),
    (b"PK\x03\x04", "une archive ZIP"),
    (b"{\\rtf", "un document RTF"),
    (b"\xd0\xcf\x11\xe0", "un ancien document Office, ou un document protégé par un mot de passe"),
)
_RIGHT_SUFFIX = "Vérifiez son contenu, donnez-lui son vrai suffixe, puis relancez l'indexation."
_XML_NO_MEMORY = 2  # libxml2's xmlParserErrors, XML_ERR_NO_MEMORY
_LIGHTER = (
    "Enregistrez-en une copie plus simple, sans images, ou découpez-le en plusieurs fichiers."
)
_AGAIN = "Ouvrez-le et enregistrez-en une nouvelle copie, puis relancez l'indexation."


def read_document(path: Path, limits: Limits) -> Document:
    """Read one file.

    Raises:
        DocumentError: the file cannot be read, with what its owner can do.
    """
    name = _name(path)
    with _told(name):
        _check(path, limits)
        code = read_code(path, limits) if path.suffix.lower() in _MARKDOWN else None
        title, blocks = (code.title, ()) if code else READERS[path.suffix.lower()](path, limits)
        digest = _sha256(path)
    if not blocks and not (code and code.articles):
        raise DocumentError(
            f"{name} : ce document ne contient aucun texte.",
            fix="Vérifiez son contenu, ou retirez-le des documents à indexer.",
        )
    title = title or Path(name).stem
    id_ = document_id(name, digest)
    return Document(id=id_, name=name, title=title, sha256=digest, blocks=blocks, code=code)


def document_id(name: str, sha256: str) -> str:
    """Give the id of a document by its file name and its hash: "doc:<12 hex digits>/<name>"."""
    # "#" parts a document from its passages in an id.
    return f"doc:{sha256[:12]}/{name.replace('#', '%23')}"


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turn whatever a file provokes into a message for its owner."""
    try:
        yield
    except DocumentError:
        raise
    except OSError as error:
        raise _unreachable(name, error) from error
    except Exception as error:  # a hostile file makes pypdf, python-docx or lxml raise anything
        if isinstance(error, MemoryError) or getattr(error, "code", None) == _XML_NO_MEMORY:
            raise DocumentError(
                f"{name} : la lecture de ce fichier demande trop de mémoire.", fix=_LIGHTER
            ) from error
        cause = type(error).__name__
        raise DocumentError(f"{name} : ce fichier est abîmé ({cause}).", fix=_AGAIN) from error


def expand(paths: Iterable[Path]) -> list[Path]:
    """Give the files to read, each once: files as given, folders walked in sorted order.

    In a folder, hidden files, links and unsupported suffixes are passed over. A link that stays
    in the folder points to a file met anyway; one that leaves it is none of the folder's.
    A folder that cannot be opened, or gives nothing, stands for itself: reading it says why.
    """
    found: dict[str, Path] = {}
    for path in paths:
        for file in _walk(path) if path.is_dir() else [path]:
            found.setdefault(os.path.realpath(file), file)
    return list(found.values())


def load(paths: Sequence[Path], limits: Limits, *, on_progress: Progress | None = None) -> Loaded:
    """Read files and folders; a file that cannot be read is named and the others go through.

    A PDF some of whose pages are scanned gives both a document and a failure that names the pages.

    Args:
        paths: files and folders.
        limits: what a reader accepts.
        on_progress: called before each file.
    """
    documents: dict[str, Document] = {}
    failures: list[Failure] = []
    files = expand(paths)
    for rank, path in enumerate(files, 1):
        if on_progress:
            on_progress(rank, len(files), path)
        try:
            _add(read_document(path, limits), path, documents)
        except DocumentError as error:
            shown = os.fsencode(path).decode("utf-8", "replace")
            failures.append(Failure(path=shown, problem=error.problem, fix=error.fix))
    return Loaded(documents=tuple(documents.values()), failures=tuple(failures))


def _add(document: Document, path: Path, documents: dict[str, Document]) -> None:
    if document.id in documents:
        raise DocumentError(
            f"{document.name} : copie identique d'un document du même nom, déjà lu.",
            fix="Rien à faire, ou supprimez l'une des deux copies.",
        )
    documents[document.id] = document
    if path.suffix.lower() == ".pdf":
        read = frozenset(block.page for block in document.blocks if block.page)
        with _told(document.name):
            pages = scanned_pages(path, read)
        if pages:
            raise scanned_error(document.name, pages)


def _name(path: Path) -> str:
    """Give the file name as it is shown: composed accents, and no byte that is not text."""
    return unicodedata.normalize("NFC", os.fsencode(path.name).decode("utf-8", "replace"))


def _walk(folder: Path) -> Iterator[Path]:
    closed: list[Path] = []
    files: list[Path] = []
    for root, folders, names in os.walk(folder, onerror=lambda e: closed.append(Path(e.filename))):
        folders[:] = [name for name in folders if not _is_hidden(name)]
        files += [Path(root, name) for name in names if _is_wanted(Path(root, name))]
    found = sorted([*files, *closed])
    yield from found or [folder]


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))  # "~$contrat.docx": Word has the document open


def _is_wanted(path: Path) -> bool:
    known = path.suffix.lower() in READERS
    return known and not _is_hidden(path.name) and not path.is_symlink()


def _check(path: Path, limits: Limits) -> None:
    """Refuse what must not even be opened by a reader."""
    name, suffix = _name(path), path.suffix.lower()
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise _folder_error(path)
    if suffix not in READERS:
        raise _unknown_suffix(name, suffix)
    if not stat.S_ISREG(status.st_mode):
        raise DocumentError(f"{name} : ce n'est pas un fichier ordinaire.", fix=_RIGHT_SUFFIX)
    if status.st_size == 0:
        raise DocumentError(
            f"{name} : ce fichier est vide.",
            fix="Copiez-le de nouveau depuis l'original, puis relancez l'indexation.",
        )
    if status.st_size > limits.max_bytes:
        raise DocumentError(
            f"{name} : ce fichier pèse {show_size(status.st_size)}, "
            f"pour {show_size(limits.max_bytes)} permis.",
            fix="Découpez-le en plusieurs fichiers, ou relevez la limite.",
        )
    _check_content(path, name, suffix)


def _check_content(path: Path, name: str, suffix: str) -> None:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    is_pdf = b"%PDF-" in head
    kind = next((what for start, what in _SIGNATURES if head.startswith(start)), None)
    expected = {".pdf": is_pdf, ".docx": head.startswith(b"PK")}
    if expected.get(suffix, not kind and not head.startswith(b"%PDF-")):
        return
    found = "un PDF" if is_pdf else kind
    said = f"c'est {found}" if found else "son contenu est autre"
    wanted = _NAMES.get(suffix, "texte")
    raise DocumentError(
        f"{name} : ce fichier n'est pas un {wanted} malgré son suffixe ({said}).",
        fix=_RIGHT_SUFFIX,
    )


def _folder_error(path: Path) -> DocumentError:
    next(path.iterdir(), None)  # raises PermissionError where the folder is closed
    return DocumentError(
        f"{_name(path)} : ce dossier ne contient aucun document lisible.",
        fix=f"Déposez-y des fichiers {_suffixes()}, ou indiquez un autre dossier.",
    )


def _unknown_suffix(name: str, suffix: str) -> DocumentError:
    said = f"le suffixe {suffix}" if suffix else "un fichier sans suffixe"
    return DocumentError(
        f"{name} : {said} n'est pas pris en charge.",
        fix=f"Convertissez ce fichier vers l'un de ces formats : {_suffixes()}.",
    )


def _suffixes() -> str:
    return ", ".join(READERS)


def _unreachable(name: str, error: OSError) -> DocumentError:
    if isinstance(error, FileNotFoundError):
        return DocumentError(f"{name} : fichier introuvable.", fix="Vérifiez le chemin indiqué.")
    if isinstance(error, PermissionError):
        return DocumentError(
            f"{name} : vous n'avez pas le droit de lire ce fichier.",
            fix="Donnez-vous le droit de lecture (chmod u+r), ou demandez-le à son propriétaire.",
        )
    return DocumentError(
        f"{name} : lecture impossible ({type(error).__name__} : {error.strerror}).",
        fix="Vérifiez le disque et le chemin, puis relancez l'indexation.",
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
