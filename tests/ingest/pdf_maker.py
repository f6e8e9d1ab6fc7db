"""Small PDF files, written by hand or by pypdf, for the tests of the readers."""

from __future__ import annotations

import io
from collections.abc import Sequence

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
_IMAGE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
    b"/BitsPerComponent 8 /Length 1 >>\nstream\n\x00\nendstream"
)


def make_pdf(pages: Sequence[Sequence[str]], *, images: bool = False) -> bytes:
    """Give a PDF with one line of text per string; with `images`, each page also holds one."""
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        _FONT,
        _IMAGE,
    ]
    for at, lines in enumerate(pages):
        objects += [_page(6 + 2 * at, images=images), _stream(_drawing(lines, images=images))]
    return _file(objects)


def scanned_pdf(pages: int = 1) -> bytes:
    """Give a PDF whose pages are images."""
    return make_pdf([[]] * pages, images=True)


def join_pdfs(*files: bytes) -> bytes:
    """Give one PDF with the pages of several."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    for file in files:
        writer.append(io.BytesIO(file))
    return _written(writer)


def encrypt_pdf(file: bytes, *, user_password: str, algorithm: str = "RC4-128") -> bytes:
    """Give the PDF locked by a user password, which may be empty."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.append(io.BytesIO(file))
    writer.encrypt(user_password, owner_password="maitre", algorithm=algorithm)
    return _written(writer)


def _written(writer: object) -> bytes:
    target = io.BytesIO()
    writer.write(target)  # type: ignore[attr-defined]
    return target.getvalue()


def _page(contents: int, *, images: bool) -> bytes:
    drawn = "/XObject << /Im1 4 0 R >>" if images else ""
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
        f"/Resources << /Font << /F1 3 0 R >> {drawn} >> /Contents {contents} 0 R >>"
    ).encode()


def _drawing(lines: Sequence[str], *, images: bool) -> bytes:
    shown = [b"q 500 0 0 700 40 60 cm /Im1 Do Q"] if images else []
    shown.append(b"BT /F1 10 Tf 12 TL 40 800 Td")
    for line in lines:
        text = line.encode("cp1252")
        for special in (b"\\", b"(", b")"):
            text = text.replace(special, b"\\" + special)
        shown.append(b"(" + text + b") Tj T*")
    return b"\n".join([*shown, b"ET"])


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _file(objects: Sequence[bytes]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, len(out))
    )
