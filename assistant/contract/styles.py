"""The look of the Word file: page, fonts, styles. Sizes in points, lengths in centimetres."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

BODY_FONT = "Times New Roman"
HEAD_FONT = "Arial"
INK = RGBColor(0x1F, 0x38, 0x64)
GREY = RGBColor(0x59, 0x59, 0x59)
HEAD_SHADE = "DCE4F1"
NOTE_SHADE = "EFEFEF"
BODY = 10
LEADING = 1.12  # height of a line of a clause, for one of its font
ITEM, CELL, NOTE, SMALL = "Clause liste", "Clause tableau", "Clause note", "Mention"
COVER_CELL, COVER_HEAD = "Couverture tableau", "Couverture titre"
CLAUSE, CELL_HEAD, CONTENTS = "Clause", "Clause tableau titre", "toc"  # Word's own name


def apply_styles(document: Document) -> None:
    """Define every style that the contract uses, in French."""
    _defaults(document)
    _style(document, "Normal", BODY)
    _style(document, CLAUSE, BODY, after=2)
    _style(document, ITEM, BODY, after=2, left=0.9, first=-0.45)
    _style(document, CELL, 8.5, before=0.5, after=0.5)
    _style(document, CELL_HEAD, 8.5, before=1, after=1, bold=True, ink=INK, font=HEAD_FONT)
    _style(document, COVER_CELL, 10, before=2.5, after=2.5)
    _style(document, COVER_HEAD, 11, before=14, after=5, bold=True, ink=INK, font=HEAD_FONT)
    _style(document, NOTE, 9, after=6, ink=GREY, left=0.2)
    _style(document, SMALL, 8, after=2, ink=GREY)
    _style(document, "Title", 22, before=6, after=4, bold=True, ink=INK, font=HEAD_FONT)
    _style(document, "Subtitle", 10, after=6, ink=GREY, font=HEAD_FONT)
    _style(document, "Heading 1", 14, before=6, after=6, bold=True, ink=INK, font=HEAD_FONT)
    _style(document, "Heading 2", 9.5, before=5, after=1.5, bold=True, ink=INK, font=HEAD_FONT)
    _style(document, "Header", 7.5, ink=GREY, font=HEAD_FONT)
    _style(document, "Footer", 7.5, ink=GREY, font=HEAD_FONT)
    for level in (1, 2):
        _style(document, f"{CONTENTS} {level}", 9, after=0, bold=level == 1, left=0.4 * (level - 1))
        document.styles[f"Heading {level}"].paragraph_format.keep_with_next = True
    _rule_under(document.styles["Title"])


def add_paragraph(document: Document, style: str, text: str = "") -> Paragraph:
    """Add a paragraph with a style, at the end.

    python-docx looks through every style each time it sets one: two thirds of the time.
    """
    paragraph = document.add_paragraph(text)
    set_style(paragraph, style)
    return paragraph


def set_style(paragraph: Paragraph, style: str) -> None:
    """Give a paragraph one of the styles above, by its name."""
    paragraph._p.style = style.replace(" ", "")


def _style(
    document: Document, name: str, size: float, *, before: float = 0, after: float = 0,
    bold: bool = False, ink: RGBColor | None = None, font: str = BODY_FONT,
    left: float = 0, first: float = 0,
) -> None:  # fmt: skip
    """Set one paragraph style, made if it is new."""
    styles: Any = document.styles
    known = name in [style.name for style in styles]
    own = name.startswith(CONTENTS)
    style = styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, own)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = ink or RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    _font(properties, font)
    for spaced in properties.findall(qn("w:spacing")):  # letters that Word's own titles set apart
        properties.remove(spaced)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing = Pt(size * LEADING) if name in (CLAUSE, ITEM) else 1.0
    form.left_indent, form.first_line_indent = Pt(left * 28.35), Pt(first * 28.35)
    form.widow_control = True
    form.alignment = WD_ALIGN_PARAGRAPH.LEFT
    borders = style.element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        style.element.pPr.remove(borders)


def _font(properties: Any, name: str) -> None:
    """One font for every script, whatever the theme says."""
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)


def _defaults(document: Document) -> None:
    """The language and the font of a text without a style."""
    properties = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _font(properties, BODY_FONT)
    language = properties.find(qn("w:lang"))
    for name in ("w:val", "w:eastAsia"):
        language.set(qn(name), "fr-FR")


def _rule_under(style: Any) -> None:
    """A line under the paragraphs of a style."""
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "1F3864")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    style.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )
