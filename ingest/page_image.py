"""A page of a PDF as a picture, some words marked: drawn in a child process, within bounds.

The file is a visitor's: PDFium, which draws it, is the parser of a browser, and is kept where a browser
keeps it, in a process that has nothing to lose. The child is told on its standard input, a line of JSON
then the file, and answers on its standard output, a line of JSON then the picture.
"""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.reading import SIMPLER, Bounds, narrow
from retrieval.errors import DocumentError

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH = 1_200  # pixels of a picture
MOST_HEIGHT = 3_600  # pixels: beyond, the picture is made smaller
MARK = (255, 224, 102)  # what is behind marked words
SHORTEST = 12  # letters of the beginning of a quote that is looked for when all of it is not found
BOUNDS = Bounds(seconds=10.0, memory_bytes=1024**3, output_bytes=16 * 1024**2)
_ROOT = Path(__file__).resolve().parents[1]
_CHILD = (
    f"import sys; sys.path.insert(0, {str(_ROOT)!r}); from ingest.page_image import main; main()"
)
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Picture:
    """A page."""

    png: bytes
    found: bool  # whether the words were found on it, all or their beginning
    at: float = 0.0  # how far down the page they begin: 0 at its top, 1 at its end


def page_image(data: bytes, page: int, words: str = "", bounds: Bounds = BOUNDS) -> Picture:
    """A page of a PDF, some words marked.

    Args:
        data: the file.
        page: from 1.
        words: to mark; spaces, hyphens and accents may differ on the page.
        bounds: what drawing may use.

    Raises:
        DocumentError: the page is not there, or cannot be drawn within these bounds.
    """
    asked = {"page": page, "words": words[:4_000], "bounds": _told(bounds)}
    head = json.dumps(asked).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _CHILD], input=head + data, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, timeout=bounds.seconds, cwd=_ROOT, check=False,
            env={"OPENBLAS_NUM_THREADS": "1"}, start_new_session=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise DocumentError(
            f"L'image de la page {page} prend plus de {bounds.seconds:g} secondes.", fix=SIMPLER
        ) from error
    return _picture(page, done.returncode, done.stdout)


def main() -> None:
    """Draw one page: read what is asked on the standard input, answer on the standard output."""
    asked = json.loads(sys.stdin.buffer.readline())
    narrow(Bounds(**asked["bounds"]))
    data = sys.stdin.buffer.read()
    image, at = draw(data, int(asked["page"]), str(asked["words"]))
    file = BytesIO()
    image.save(file, "PNG")
    sys.stdout.buffer.write(json.dumps({"at": at}).encode() + b"\n" + file.getvalue())


def draw(data: bytes, number: int, words: str) -> tuple[Image, float | None]:
    """A page as an image, and how far down the words begin; None where they are not found.

    Raises:
        IndexError: there is no such page.
    """
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(data)
    if not 1 <= number <= len(document):
        raise IndexError(number)
    page = document[number - 1]
    width, height = page.get_size()
    scale = min(WIDTH / max(width, 1.0), MOST_HEIGHT / max(height, 1.0))
    image = page.render(scale=scale).to_pil().convert("RGB")
    boxes = list(_boxes(page, words))
    _mark(image, boxes, page, scale)
    return image, 1 - max(top for *_, top in boxes) / height if boxes else None


def place_of(letters: Sequence[str], words: str) -> tuple[int, int]:
    """Where words stand among the characters of a page: first, past the last; (0, 0) when nowhere.

    Only letters and figures are compared, without accents nor capitals: a page breaks its lines and
    its words where it likes. When the end of the words is not there, their beginning is enough.

    Args:
        letters: the characters of the page, in order.
    """
    folded = [(fold, at) for at, letter in enumerate(letters) for fold in _folded(letter)]
    text, wanted = "".join(fold for fold, _ in folded), "".join(map(_folded, words))
    for length in (len(wanted), len(wanted) // 2, len(wanted) // 4):
        at = text.find(wanted[:length]) if length >= min(SHORTEST, len(wanted)) and length else -1
        if at >= 0:
            return folded[at][1], folded[at + length - 1][1] + 1
    return 0, 0


def _boxes(page: Any, words: str) -> Iterator[tuple[float, float, float, float]]:
    """(left, bottom, right, top) of the lines of some words, in points."""
    from pypdfium2.raw import FPDFText_GetUnicode

    text = page.get_textpage()
    letters = [chr(FPDFText_GetUnicode(text, at) or 32) for at in range(text.count_chars())]
    first, end = place_of(letters, words)
    if end > first:
        for at in range(text.count_rects(first, end - first)):
            yield text.get_rect(at)


def _mark(
    image: Image, boxes: Sequence[tuple[float, float, float, float]], page: Any, scale: float
) -> None:
    """Put a colour behind words: what is black stays black."""
    from PIL import Image as images
    from PIL import ImageChops

    height = page.get_size()[1]
    for left, bottom, right, top in boxes:
        place = (int(left * scale) - 2, int((height - top) * scale) - 2,
                 int(right * scale) + 3, int((height - bottom) * scale) + 3)  # fmt: skip
        part = image.crop(place)
        image.paste(ImageChops.multiply(part, images.new("RGB", part.size, MARK)), place[:2])


def _folded(letter: str) -> str:
    """A character as it is compared: nothing unless it is a letter or a figure."""
    split = unicodedata.normalize("NFKD", letter).casefold()
    return "".join(c for c in split if c.isalnum())


def _told(bounds: Bounds) -> dict[str, float]:
    """Bounds as JSON takes them."""
    from dataclasses import asdict

    return asdict(bounds)


def _picture(page: int, code: int, answer: bytes) -> Picture:
    """What a child answered, checked."""
    head, _, png = answer[: BOUNDS.output_bytes].partition(b"\n")
    try:
        at = json.loads(head)["at"]
        below = 0.0 if at is None else min(1.0, max(0.0, float(at)))
        width, height = struct.unpack(">II", png[16:24])
    except (ValueError, KeyError, TypeError, struct.error) as error:
        raise _undrawn(page) from error
    if code or not png.startswith(_PNG) or width > WIDTH + 1 or height > MOST_HEIGHT + 1:
        raise _undrawn(page)
    return Picture(png, at is not None, below)


def _undrawn(page: int) -> DocumentError:
    """The error of a page that cannot be drawn."""
    return DocumentError(
        f"La page {page} de ce document ne peut pas être montrée.",
        fix="Ouvrez votre fichier à cette page.",
    )
