"""Each file that cannot be read is named with its remedy; the others go through."""

from __future__ import annotations

import hashlib
import io
import logging
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.readers import files, pdf
from ingest.readers.files import READERS, expand, load, read_document
from ingest.types import Limits, Loaded
from retrieval.errors import DocumentError
from tests.ingest.pdf_maker import encrypt_pdf, join_pdfs, make_pdf, scanned_pdf

LIMITS = Limits()
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
TEXT_PDF = make_pdf([["Le contrat dure un an."]])


def docx_bytes(text: str = "Texte.") -> bytes:
    """A Word file of one paragraph."""
    target = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(target)
    return target.getvalue()


def zip_bytes(name: str, data: bytes) -> bytes:
    """A zip with one member."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return target.getvalue()


def write(folder: Path, name: str, data: bytes = b"Texte.") -> Path:
    """Write a file and give its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def load_with_a_neighbour(folder: Path, path: Path, limits: Limits = LIMITS) -> Loaded:
    """Load a file between two good ones, and check that these go through."""
    before, after = write(folder, "avant.txt", b"Avant."), write(folder, "suite.txt", b"Suite.")
    loaded = load([before, path, after], limits)
    names = [document.name for document in loaded.documents]
    assert names[0] == "avant.txt" and names[-1] == "suite.txt"
    return loaded


def failure_of(folder: Path, path: Path, limits: Limits = LIMITS) -> str:
    """Give the problem of the only file that fails."""
    loaded = load_with_a_neighbour(folder, path, limits)
    (failure,) = loaded.failures
    assert failure.path == str(path)
    assert failure.fix.endswith(".")
    assert len(loaded.documents) == 2
    return failure.problem


def raising(error: Exception) -> Callable[..., object]:
    """A function that raises whatever it is called with."""

    def fail(*args: object, **kwargs: object) -> object:
        raise error

    return fail


# One document


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.md", b"# Contrat\n\nTexte."),
        ("a.MARKDOWN", b"Texte."),
        ("a.txt", b"Texte."),
        ("a.html", b"<p>Texte."),
        ("a.htm", b"<p>Texte."),
        ("a.docx", docx_bytes()),
        ("a.PDF", make_pdf([["Texte."]])),
    ],
)
def test_each_kind_of_file_is_read(tmp_path: Path, name: str, data: bytes) -> None:
    """The suffix, in any case, picks the reader; id and hash come from the content."""
    document = read_document(write(tmp_path, name, data), LIMITS)
    assert [block.text for block in document.blocks] == ["Texte."]
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.id == f"doc:{document.sha256[:12]}/{name}"


def test_a_document_is_titled_by_its_heading_or_its_name(tmp_path: Path) -> None:
    """Without a heading the file name, less its suffix, is the title."""
    assert read_document(write(tmp_path, "a.md", b"# Contrat\n\nTexte."), LIMITS).title == "Contrat"
    assert read_document(write(tmp_path, "bail 2024.txt"), LIMITS).title == "bail 2024"


def test_a_hash_sign_in_a_name_does_not_break_ids(tmp_path: Path) -> None:
    """The id holds no "#", which parts a document from its passages."""
    document = read_document(write(tmp_path, "lot #3.txt"), LIMITS)
    assert "#" not in document.id
    assert document.name == "lot #3.txt"


def test_a_name_that_is_not_text_can_still_be_shown(tmp_path: Path) -> None:
    """Bytes of a name that are not UTF-8 do not stop the index from being written."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/d\xe9lai.txt"))
    try:
        path.write_bytes(b"Texte.")
    except OSError:
        pytest.skip("this file system only takes UTF-8 names")
    read_document(path, LIMITS).id.encode("utf-8")


# Failures


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is named."""
    assert failure_of(tmp_path, tmp_path / "absent.pdf") == "absent.pdf : fichier introuvable."


def test_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is named."""
    path = write(tmp_path, "a.txt")
    monkeypatch.setitem(READERS, ".txt", raising(PermissionError(13, "Permission denied")))
    with pytest.raises(DocumentError, match="pas le droit de lire ce fichier") as caught:
        read_document(path, LIMITS)
    assert "chmod" in caught.value.fix


def test_disk_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any other refusal of the system says its class."""
    monkeypatch.setitem(READERS, ".txt", raising(OSError(5, "Input/output error")))
    with pytest.raises(DocumentError, match="OSError : Input/output error"):
        read_document(write(tmp_path, "a.txt"), LIMITS)


def test_empty_file(tmp_path: Path) -> None:
    """A file of no byte is named."""
    assert failure_of(tmp_path, write(tmp_path, "a.pdf", b"")) == "a.pdf : ce fichier est vide."


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_file_without_text(tmp_path: Path, name: str) -> None:
    """A file of white space is not declared ready."""
    assert "aucun texte" in failure_of(tmp_path, write(tmp_path, name, b" \n\n "))


def test_docx_without_text(tmp_path: Path) -> None:
    """A Word document of images alone is not declared ready."""
    assert "aucun texte" in failure_of(tmp_path, write(tmp_path, "a.docx", docx_bytes("")))


def test_file_over_the_size_limit_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both sizes are said, and the reader is not called."""
    path = write(tmp_path, "a.md", b"x" * (3 * 1024 * 1024))
    monkeypatch.setitem(READERS, ".md", raising(AssertionError("opened")))
    problem = failure_of(tmp_path, path, Limits(max_bytes=1024 * 1024))
    assert problem == "a.md : ce fichier pèse 3,0 Mo, pour 1,0 Mo permis."


def test_pdf_over_the_page_limit(tmp_path: Path) -> None:
    """Both counts of pages are said."""
    path = write(tmp_path, "a.pdf", make_pdf([["Texte."]] * 3))
    problem = failure_of(tmp_path, path, Limits(max_pages=2))
    assert problem == "a.pdf : ce PDF compte 3 pages, pour 2 permises."


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".docx", ".pdf"])
def test_document_over_the_character_limit(tmp_path: Path, suffix: str) -> None:
    """The limit on characters holds for every kind."""
    text = "mot " * 30
    data = {".docx": docx_bytes(text), ".pdf": make_pdf([[text]])}.get(suffix, text.encode())
    path = write(tmp_path, f"a{suffix}", data)
    assert "dépasse 50 caractères" in failure_of(tmp_path, path, Limits(max_characters=50))


def test_scanned_pdf(tmp_path: Path) -> None:
    """A scanned PDF is indexed empty and declared ready elsewhere: here it is named, with OCR."""
    path = write(tmp_path, "contrat.pdf", scanned_pdf(2))
    assert failure_of(tmp_path, path) == (
        "contrat.pdf : ce PDF ne contient aucun texte (document scanné)."
    )
    assert "OCR" in load([path], LIMITS).failures[0].fix


def test_pdf_with_some_scanned_pages(tmp_path: Path) -> None:
    """A scanned PDF is indexed empty elsewhere: here scanned pages among others are named too."""
    path = write(tmp_path, "a.pdf", join_pdfs(TEXT_PDF, scanned_pdf(2)))
    loaded = load_with_a_neighbour(tmp_path, path)
    assert [document.name for document in loaded.documents] == ["avant.txt", "a.pdf", "suite.txt"]
    assert "pages 2, 3 : images sans texte" in loaded.failures[0].problem


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128"])
def test_encrypted_pdf(tmp_path: Path, algorithm: str) -> None:
    """A PDF that asks for a password is named."""
    locked = encrypt_pdf(TEXT_PDF, user_password="secret", algorithm=algorithm)
    problem = failure_of(tmp_path, write(tmp_path, "a.pdf", locked))
    assert problem == "a.pdf : ce PDF est protégé par un mot de passe."


def test_encrypted_pdf_with_an_empty_password_opens(tmp_path: Path) -> None:
    """A PDF that anybody can open is read."""
    path = write(tmp_path, "a.pdf", encrypt_pdf(TEXT_PDF, user_password=""))
    assert load([path], LIMITS).failures == ()


def test_pdf_locked_by_aes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cipher that this installation lacks is said, with both ways out."""
    import pypdf
    from pypdf.errors import DependencyError

    monkeypatch.setattr(pypdf, "PdfReader", raising(DependencyError("cryptography>=3.1")))
    assert "AES" in failure_of(tmp_path, write(tmp_path, "a.pdf", TEXT_PDF))


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4\n", b"%PDF-1.7\nnothing at all\n%%EOF", TEXT_PDF[:60], TEXT_PDF[:-900]]
)
def test_broken_pdf(tmp_path: Path, data: bytes) -> None:
    """A cut or empty PDF is named."""
    assert failure_of(tmp_path, write(tmp_path, "a.pdf", data)).startswith("a.pdf : ce ")


@pytest.mark.parametrize("data", [docx_bytes()[:200], docx_bytes()[:-300], b"PK\x03\x04"])
def test_broken_docx(tmp_path: Path, data: bytes) -> None:
    """A Word document cut short is named, with the class of the cause."""
    problem = failure_of(tmp_path, write(tmp_path, "a.docx", data))
    assert problem == "a.docx : ce fichier est abîmé (BadZipFile)."


def test_docx_of_broken_xml(tmp_path: Path) -> None:
    """A Word document whose text is not XML is named."""
    path = write(tmp_path, "a.docx", zip_bytes("word/document.xml", b"<w:doc"))
    assert "abîmé" in failure_of(tmp_path, path)


def test_zip_that_is_no_word_document(tmp_path: Path) -> None:
    """A workbook or an archive under a Word name is named."""
    path = write(tmp_path, "a.docx", zip_bytes("xl/workbook.xml", b"<a/>"))
    assert "pas de document Word" in failure_of(tmp_path, path)


def test_zip_bomb(tmp_path: Path) -> None:
    """A small file that unpacks to a large one is refused before it is unpacked."""
    path = write(tmp_path, "a.docx", zip_bytes("word/document.xml", b" " * 4_000_000))
    assert path.stat().st_size < 10_000
    problem = failure_of(tmp_path, path, Limits(max_unpacked_bytes=2 * 1024 * 1024))
    assert problem == "a.docx : ce document occupe 3,8 Mo une fois décompressé, pour 2,0 Mo permis."


@pytest.mark.parametrize(("name", "said"), [("a.xlsx", "suffixe .xlsx"), ("a", "sans suffixe")])
def test_unknown_suffix_given_by_name(tmp_path: Path, name: str, said: str) -> None:
    """A file asked for by name is never passed over in silence."""
    assert said in failure_of(tmp_path, write(tmp_path, name))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", PNG, "n'est pas un PDF malgré son suffixe (c'est une image PNG)"),
        ("a.pdf", b"Bonjour", "n'est pas un PDF malgré son suffixe (son contenu est autre)"),
        ("a.docx", b"Bonjour", "n'est pas un document Word"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 30, "protégé par un mot de passe"),
        ("a.docx", b"{\\rtf1 a}", "un document RTF"),
        ("a.txt", TEXT_PDF, "n'est pas un texte malgré son suffixe (c'est un PDF)"),
        ("a.md", docx_bytes(), "une archive ZIP"),
        ("a.html", PNG, "une image PNG"),
        ("a.txt", b"abc\0def" * 9, "n'est pas du texte"),
    ],
)
def test_content_that_does_not_fit_its_suffix(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    """A file under a false name is named for what it is."""
    assert said in failure_of(tmp_path, write(tmp_path, name, data))


def test_special_files_are_not_opened(tmp_path: Path) -> None:
    """A pipe would make the reading wait for ever."""
    os.mkfifo(tmp_path / "a.txt")
    assert "pas un fichier ordinaire" in failure_of(tmp_path, tmp_path / "a.txt")


@pytest.mark.parametrize(
    "error", [RecursionError(), KeyError("/Root"), AttributeError("x"), ValueError()]
)
def test_any_error_of_a_library_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Whatever a hostile file makes a library raise, the file is named with the class of it."""
    path = write(tmp_path, "a.pdf", TEXT_PDF)
    monkeypatch.setitem(READERS, ".pdf", raising(error))
    assert failure_of(tmp_path, path) == f"a.pdf : ce fichier est abîmé ({type(error).__name__})."


def test_a_lack_of_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that asks for more memory than there is is said to be heavy, not damaged."""
    path = write(tmp_path, "a.pdf", TEXT_PDF)
    monkeypatch.setitem(READERS, ".pdf", raising(MemoryError()))
    assert "demande trop de mémoire" in failure_of(tmp_path, path)


def test_an_error_while_looking_for_scanned_pages_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second look at a PDF cannot stop the others either."""
    path = write(tmp_path, "a.pdf", TEXT_PDF)
    monkeypatch.setattr(files, "scanned_pages", raising(KeyError("/XObject")))
    assert "KeyError" in load_with_a_neighbour(tmp_path, path).failures[0].problem


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html", ".md", ".txt"])
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=st.floats(0, 1), junk=st.binary(max_size=30), cut=st.booleans())
def test_damage_anywhere_never_raises(
    tmp_path: Path, suffix: str, at: float, junk: bytes, cut: bool
) -> None:
    """A file damaged at any byte is read or named: nothing else comes out."""
    whole = {".pdf": TEXT_PDF, ".docx": docx_bytes()}.get(suffix, b"# A\n<p hidden>b</p> <!-- c")
    here = int(at * len(whole))
    data = whole[:here] + junk + (b"" if cut else whole[here + len(junk) :])
    loaded = load([write(tmp_path, f"a{suffix}", data)], LIMITS)
    assert loaded.documents or loaded.failures


@pytest.mark.parametrize("tags", [b"<div>", b"<b>x", b"<table><tr><td>x<td>", b"<ol><li>x"])
def test_absurdly_nested_html_is_named(tmp_path: Path, tags: bytes) -> None:
    """Nesting made to exhaust the stack or the patience is refused at once."""
    path = write(tmp_path, "a.html", tags * 2000 + b"fond")
    assert "emboîte plus de 512" in failure_of(tmp_path, path)


def test_deeply_nested_html_is_read(tmp_path: Path) -> None:
    """Old pages made of tables in tables are read."""
    path = write(tmp_path, "a.html", b"<table><tr><td>x<td>" * 100 + b"fond")
    assert load([path], LIMITS).documents[0].blocks[-1].text.endswith("fond")


def test_remarks_of_pypdf_stay_off_the_console(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """A damaged but readable PDF is read in silence, and the logger is left as it was."""
    path = write(tmp_path, "a.pdf", TEXT_PDF.replace(b"startxref\n", b"startxref\n9"))
    level = logging.getLogger("pypdf").level
    load([path], LIMITS)
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []
    assert logging.getLogger("pypdf").level == level


# Several files


def test_every_file_is_read_and_named(tmp_path: Path) -> None:
    """Several files and only the first is credited elsewhere: here each is its own document."""
    for number in range(3):
        write(tmp_path, f"{number}.txt", f"Texte {number}.".encode())
    loaded = load([tmp_path], LIMITS)
    assert [document.name for document in loaded.documents] == ["0.txt", "1.txt", "2.txt"]
    assert len({document.id for document in loaded.documents}) == 3


def test_copies_under_the_same_name_are_read_once(tmp_path: Path) -> None:
    """A copy would give the same ids twice; it is named."""
    write(tmp_path, "x/a.txt")
    write(tmp_path, "y/a.txt")
    loaded = load([tmp_path], LIMITS)
    assert len(loaded.documents) == 1
    assert "copie identique" in loaded.failures[0].problem


def test_folders_are_walked_in_sorted_order(tmp_path: Path) -> None:
    """Hidden files, lock files of Word and unsupported suffixes are passed over."""
    wanted = [write(tmp_path, name) for name in ("a.txt", "b/a.md", "b/c/d.PDF", "c.html")]
    for name in (".x.txt", ".git/a.txt", "~$a.docx", "image.png", "Makefile"):
        write(tmp_path, name)
    assert expand([tmp_path]) == wanted


def test_files_are_given_once(tmp_path: Path) -> None:
    """A file named beside its folder is read once, in its first place."""
    first, second = write(tmp_path, "a.txt"), write(tmp_path, "b.txt")
    assert expand([second, tmp_path, second]) == [second, first]


def test_links_that_leave_the_folder_are_not_followed(tmp_path: Path) -> None:
    """A link cannot bring files, or folders, from elsewhere into the index."""
    write(tmp_path, "out/secret.txt")
    kept = write(tmp_path, "in/a.txt")
    (tmp_path / "in/lien.txt").symlink_to(tmp_path / "out/secret.txt")
    (tmp_path / "in/dossier").symlink_to(tmp_path / "out")
    (tmp_path / "in/boucle").symlink_to(tmp_path / "in")
    assert expand([tmp_path / "in"]) == [kept]


def test_a_link_given_by_name_is_read(tmp_path: Path) -> None:
    """What the user names is read, link or not."""
    write(tmp_path, "out/a.txt")
    (tmp_path / "lien.txt").symlink_to(tmp_path / "out/a.txt")
    (tmp_path / "dossier").symlink_to(tmp_path / "out")
    assert [d.name for d in load([tmp_path / "lien.txt"], LIMITS).documents] == ["lien.txt"]
    assert [d.name for d in load([tmp_path / "dossier"], LIMITS).documents] == ["a.txt"]


def test_a_folder_without_documents_is_named(tmp_path: Path) -> None:
    """A folder that gives nothing is not passed over in silence."""
    (tmp_path / "vide").mkdir()
    assert "aucun document lisible" in failure_of(tmp_path, tmp_path / "vide")


def test_a_closed_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be opened, inside another, is not passed over in silence."""
    write(tmp_path, "a.txt")
    closed = tmp_path / "clos"
    closed.mkdir()
    scandir, listdir = os.scandir, os.listdir

    def refuse(path: str | Path) -> None:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", lambda path: refuse(path) or scandir(path))
    monkeypatch.setattr(os, "listdir", lambda path: refuse(path) or listdir(path))
    loaded = load([tmp_path], LIMITS)
    assert [document.name for document in loaded.documents] == ["a.txt"]
    assert [failure.path for failure in loaded.failures] == [str(closed)]
    assert "pas le droit" in loaded.failures[0].problem


def test_progress_is_told_before_each_file(tmp_path: Path) -> None:
    """Reading is slow and silent elsewhere: here each file is said before it is read."""
    paths = [write(tmp_path, "a.txt"), tmp_path / "absent.txt"]
    told: list[tuple[int, int, Path]] = []
    load(paths, LIMITS, on_progress=lambda *step: told.append(step))
    assert told == [(1, 2, paths[0]), (2, 2, paths[1])]


def test_nothing_gives_nothing() -> None:
    """No path, no document, no failure."""
    assert load([], LIMITS) == Loaded()


def test_an_image_that_cannot_be_listed_counts_as_one() -> None:
    """A page whose drawings make pypdf fail is to be looked at, not passed over."""

    class Page:
        @property
        def images(self) -> object:
            raise KeyError("/Subtype")

    assert pdf._holds_image(Page())  # type: ignore[arg-type]
