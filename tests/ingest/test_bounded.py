"""A file that nobody vouches for is read by a child, within bounds, or refused with a remedy."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import bounded
from ingest.bounded import as_file, read_bounded, read_here
from ingest.reading import Bounds, Reading, _carried, job, told
from ingest.types import Block, Document, Limits
from retrieval.errors import DocumentError
from tests.ingest.pdf_maker import encrypt_pdf, join_pdfs, make_pdf, scanned_pdf

LINES = ["CONTRAT DE MAINTENANCE", "", "Article 1 - Objet", "Le prestataire entretient le parc."]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(body: str) -> bytes:
    """A DOCX with this XML in its body."""
    import docx

    stream, made = BytesIO(), BytesIO()
    docx.Document().save(stream)
    xml = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, xml if name == "word/document.xml" else old.read(name))
    return made.getvalue()


def paragraphs(number: int) -> bytes:
    """A DOCX of so many paragraphs."""
    return word("<w:p><w:r><w:t>mot</w:t></w:r></w:p>" * number)


def refused(name: str, data: bytes, bounds: Bounds | None = None) -> DocumentError:
    """The error of a file that cannot be read."""
    with pytest.raises(DocumentError) as caught:
        read_bounded(name, data, bounds=bounds)
    assert caught.value.problem.startswith(name)
    assert caught.value.fix and "index" not in caught.value.fix
    return caught.value


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bail.pdf", make_pdf([LINES])),
        ("mi-scanné.pdf", join_pdfs(make_pdf([LINES]), scanned_pdf())),
        ("contrat.docx", word("<w:p><w:r><w:t>Le contrat.</w:t></w:r></w:p>")),
        ("Notes #1.txt", b"Le contrat.\n\nIl dure un an."),
    ],
)
def test_a_child_reads_as_this_process_does(name: str, data: bytes) -> None:
    """The same document crosses from the child, nothing lost."""
    assert read_bounded(name, data) == read_here(name, data)


def test_any_file_name_is_kept() -> None:
    """A name too long for a folder, in another script, stays the document's own."""
    name = "契約書" * 60 + "/../\0.txt"
    assert read_bounded(name, b"Le contrat.").document.name == name


def test_a_reading_that_lasts_is_stopped() -> None:
    """A file that takes too long is let go of, its child gone."""
    error = refused("long.docx", paragraphs(300_000), Bounds(seconds=1))
    assert "plus de 1 secondes" in error.problem


def test_a_reading_that_swells_is_stopped() -> None:
    """A file that unpacks to more memory than allowed is refused, and says so."""
    error = refused("gros.docx", word("<w:p/>" * 4_000_000), Bounds(memory_bytes=600 * 1024**2))
    assert "mémoire" in error.problem


def test_too_much_text_is_stopped() -> None:
    """The system itself bounds what a child gives back."""
    assert "trop de texte" in refused("a.txt", b"mot " * 5_000, Bounds(output_bytes=5_000)).problem


def test_too_many_paragraphs_are_refused() -> None:
    """What follows the reading is bounded too."""
    assert "11 paragraphes" in refused("a.docx", paragraphs(11), Bounds(blocks=10)).problem


def test_an_entity_that_grows_is_refused() -> None:
    """The billion laughs stay unlaughed."""
    data = paragraphs(1)
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            xml = old.read(name)
            if name == "word/document.xml":
                xml = f'<!DOCTYPE d [<!ENTITY a0 "ha">{entities}]>'.encode() + xml
            new.writestr(name, xml.replace(b"mot", b"&a9;"))
    assert refused("rires.docx", made.getvalue()).fix


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("secret.pdf", encrypt_pdf(make_pdf([LINES]), user_password="s"), "mot de passe"),
        ("photo.pdf", b"\x89PNG\r\n\x1a\n" + bytes(100), "image PNG"),
        ("vide.pdf", b"", "vide"),
        ("scan.pdf", scanned_pdf(), "scanné"),
        ("cassé.pdf", b"%PDF-1.7 broken", "abîmé"),
    ],
)
def test_a_refusal_speaks_to_who_gave_the_file(name: str, data: bytes, said: str) -> None:
    """The name given, the reason, and a remedy that names no index."""
    assert said in refused(name, data).problem


def test_a_file_too_big_costs_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is told before anything is started."""
    monkeypatch.setattr(bounded, "_run", None)
    with pytest.raises(DocumentError, match="pour 1 octets permis"):
        read_bounded("a.pdf", b"ab", Limits(max_bytes=1))


def test_a_child_has_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of this process, where keys are, does not reach a child."""
    monkeypatch.setenv("MAINTELEX_MODEL_KEY", "sk-secret")
    shown = "import os, sys; sys.stdout.write(str(dict(os.environ)))"
    monkeypatch.setattr(bounded, "_CHILD", shown)
    with bounded._output() as output:
        bounded._run("a.txt", b"", (), output, Bounds())
        output.seek(0)
        said = output.read()
    assert b"OPENBLAS_NUM_THREADS" in said and b"secret" not in said


@pytest.mark.parametrize(
    "answer",
    ["", "[]", "{", '{"title": 1}', '{"__reduce__": "os.system"}', '{"problem": {"a": 1}}',
     '{"title": "", "sha256": "", "paths": [], "blocks": [["a", 5, null]], "scanned": []}',
     '{"title": "", "sha256": "", "paths": [[]], "blocks": [["a", -1, null]], "scanned": []}'],
)  # fmt: skip
def test_a_child_that_lies_is_not_believed(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    """What is no reading is refused as a file that broke its reader."""
    monkeypatch.setattr(bounded, "_CHILD", f"import sys; sys.stdout.write({answer!r})")
    assert "interrompu" in refused("a.txt", b"x").problem


def test_a_child_that_nests_without_end_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Brackets by the hundred thousand bring nothing down."""
    monkeypatch.setattr(bounded, "_CHILD", "import sys; sys.stdout.write('[' * 300_000)")
    assert "interrompu" in refused("a.txt", b"x").problem


@pytest.mark.parametrize("death", ["os._exit(3)", "os.kill(os.getpid(), 11)"])
def test_a_child_that_falls_is_told(monkeypatch: pytest.MonkeyPatch, death: str) -> None:
    """A parser that brings its process down leaves this one whole."""
    monkeypatch.setattr(bounded, "_CHILD", f"import os; {death}")
    assert "interrompu" in refused("a.txt", b"x").problem


def test_the_time_of_a_core_is_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that the system stops for its time of a core is told as slow."""
    monkeypatch.setattr(
        bounded, "_CHILD", "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)"
    )
    assert "plus de 20 secondes" in refused("a.txt", b"x").problem


def test_nothing_stays_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read, refused or stopped, a file leaves nothing behind."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read_bounded("a.txt", b"Le contrat.")
    refused("a.pdf", b"%PDF-1.4 broken")
    refused("a.docx", paragraphs(100_000), Bounds(seconds=0.01))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="no file in memory on this system")
def test_its_bytes_never_lie_in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it is read, the folder holds a link to memory, not the document."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with as_file("contrat.pdf", b"bytes") as (path, _):
        assert path.is_symlink() and path.read_bytes() == b"bytes"


def test_without_files_in_memory_it_is_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no such files, a folder of this user's serves, and is removed."""
    monkeypatch.delattr(os, "memfd_create", raising=False)
    assert read_bounded("a.txt", b"Le contrat.").document.blocks


def test_a_job_is_no_argument_that_others_see() -> None:
    """Names and paths go by the standard input: the list of processes is public."""
    asked = json.loads(job(Path("/x/document.pdf"), "divorce.pdf", Limits(), Bounds()))
    assert asked["name"] == "divorce.pdf"
    assert "divorce" not in bounded._CHILD


TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
BLOCKS = st.lists(
    st.builds(
        Block,
        TEXT,
        st.lists(TEXT, max_size=3).map(tuple),
        st.none() | st.integers(min_value=1, max_value=999),
    ),
    max_size=8,
).map(tuple)


@given(TEXT, BLOCKS, st.lists(st.integers(1, 99), max_size=3).map(tuple))
def test_a_reading_crosses_unchanged(title: str, blocks: tuple[Block, ...], scanned: tuple[int, ...]) -> None:  # fmt: skip
    """Any text, under any headings, is the same on the other side."""
    document = Document("doc:000000000000/a.txt", "a.txt", title, "0" * 64, blocks)
    reading = Reading(document, scanned)
    carried = json.dumps(_carried(reading), ensure_ascii=False).encode()
    assert told("a.txt", carried) == reading
