"""Scans: with OCR they are read, marked as such, with their pages; without it, what is missing is said."""

from __future__ import annotations

import io
from pathlib import Path

import matplotlib
import pytest
from PIL import Image, ImageDraw, ImageFont
from test_reading import one, pdf, reason

from index.reading import scans
from index.reading.formats import extract
from index.reading.pages import joined_pages
from index.records import UnreadableFile
from qa.answers import Citation
from ui.words.wording import tell_place

PAGES = [
    ["Le vieux pont de Kerouan", "", "Le pont a coûté 42 millions d'euros", "à la commune, selon le maire."],
    ["Les travaux ont occupé 130 per-", "sonnes pendant deux ans."],
]


def scanned(pages: list[list[str]]) -> bytes:
    """Return a PDF whose pages are pictures of these lines."""
    font = ImageFont.truetype(Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSerif.ttf", 40)
    pictures = []
    for lines in pages:
        picture = Image.new("L", (1240, 1754), 255)
        draw = ImageDraw.Draw(picture)
        for place, line in enumerate(lines):
            draw.text((150, 200 + 58 * place), line, fill=0, font=font)
        pictures.append(picture)
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=150)
    return out.getvalue()


needs_ocr = pytest.mark.skipif(
    not scans.can_read(), reason="needs the extra recoupe[ocr] and the program tesseract with its data for French"
)


@needs_ocr
def test_a_scan_is_read_page_by_page_and_marked(tmp_path: Path):
    document = one(tmp_path, "scan.pdf", scanned(PAGES))
    assert document.ocr
    assert not document.partial
    assert "42 millions d'euros" in document.text.replace("’", "'")
    assert len(document.pages) == 2
    assert document.text[document.pages[1] :].startswith("Les travaux ont occupé 130 personnes\npendant deux ans.")


@needs_ocr
def test_the_pages_of_a_pdf_that_are_scans_are_read_among_the_others(tmp_path: Path):
    from pypdf import PdfReader, PdfWriter

    both, out = PdfWriter(), io.BytesIO()
    for made in (pdf([["Un texte qui est du texte."]]), scanned(PAGES[1:])):
        both.append(PdfReader(io.BytesIO(made)))
    both.write(out)
    document = one(tmp_path, "mixte.pdf", out.getvalue())
    assert document.ocr
    assert document.text.startswith("Un texte qui est du texte.\n\nLes travaux ont occupé 130 personnes")


@needs_ocr
def test_a_page_without_words_holds_no_text(tmp_path: Path):
    assert reason(tmp_path, "blanc.pdf", scanned([[]])) == "empty: it holds no text (scanned pages?)"


def test_without_ocr_a_scan_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(scans, "can_read", lambda: False)
    with pytest.raises(UnreadableFile) as caught:
        extract(scanned(PAGES), "pdf", max_bytes=50_000_000)
    assert str(caught.value) == (
        "empty: it holds no text (scanned pages?); to read scans install recoupe[ocr] and tesseract"
        " (on Debian: tesseract-ocr, tesseract-ocr-fra)"
    )


def test_a_cut_word_of_ocr_is_mended_only_where_that_makes_a_known_word():
    known = {"personnes"}.__contains__
    assert joined_pages(["130 per-\nsonnes et Val-\nmorin"], known)[0] == "130 personnes\net Val-\nmorin"
    assert joined_pages(["130 per-\nsonnes et Val-\nmorin"])[0] == "130 personnes\net Valmorin\n"
    assert scans.is_known("personnes")
    assert scans.is_known("government")
    assert not scans.is_known("valmorin")


def test_a_quote_that_ocr_read_says_so():
    cited = Citation(1, "scan.pdf", "", None, 0, 1, "x", 3, ocr=True)
    assert tell_place(cited, "fr") == "scan.pdf, p. 3 (lu par OCR)"
    assert tell_place(cited, "en") == "scan.pdf, p. 3 (read by OCR)"
