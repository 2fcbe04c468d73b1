"""Press reviews with headings in Word, OpenDocument, RTF and HTML: the same articles, whatever marks the titles."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from html import escape
from pathlib import Path

import docx
import pytest
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from test_reading import archive, several

from index import Skipped, reading
from index.reading.headed import Styled, articles

Line = tuple[str, str]
"""A role, and the text: `title`, `cover`, `section`, `listed` or `text`; lines of a text stand behind "|"."""

PARTS = [
    ("Le bac de Tréorvan reprend la mer", "Ouest Matin", "lundi 13 mars 2023", date(2023, 3, 13), "Ada Colin",
     ["Après onze semaines d'arrêt, le bac a repris mardi ses rotations.", "Le maire attend 12 000 passagers."]),
    ("Fromagerie : où loger les nouveaux ?", "L'Union du Bocage", "samedi 11 mars 2023", date(2023, 3, 11), "",
     ["La fromagerie de Plouvin embauche 27 personnes, et cherche des logements.", "La commune a promis une école."]),
    ("Town switches off its lights", "The Bay Gazette", "14 March 2023", date(2023, 3, 14), "Bea Lamming",
     ["On the first clear night of winter the council switched off 412 lamps.", "Nobody complained until spring."]),
]  # fmt: skip
WANTED = [(title, paper, day, by, "\n\n".join(text)) for title, paper, _, day, by, text in PARTS]
CREDITS: dict[str, Callable[[str, str, str], tuple[list[str], list[str], list[str]]]] = {
    "under": lambda paper, day, by: ([], [f"{paper}, {day}, p. 4" + (f"|Par {by}" if by else "")], []),
    "two lines": lambda paper, day, by: ([], [paper, day, *([f"Par {by}"] if by else [])], []),
    "dashes": lambda paper, day, by: ([], [f"{paper} – {day}" + (f" – Par {by}" if by else "")], []),
    "above": lambda paper, day, by: ([f"{paper} | {day}"], [f"Par {by}"] if by else [], []),
    "under the text": lambda paper, day, by: ([], [], [f"Source : {paper}, {day}" + (f" | Par {by}" if by else "")]),
}
"""What stands above the title, under it and under the text."""


def review(credit: str, *, listed: bool = True, sections: bool = True, back: bool = True) -> list[Line]:
    lines = [("cover", "Revue de presse"), ("text", "Semaine 11"), ("text", "Document interne")]
    if listed:
        lines += [("listed", f"{own[0]}\t{n + 2}") for n, own in enumerate(PARTS)]
    for n, (title, paper, day, _, by, text) in enumerate(PARTS):
        above, under, after = CREDITS[credit](paper, day, by)
        lines += [("section", ["Vie des ports", "Emploi", "Ailleurs"][n])] if sections else []
        lines += [("text", line) for line in above] + [("title", title)]
        lines += [("text", line) for line in (*under, *text, *after)]
        lines += [("text", "↑ Retour au sommaire")] if back else []
    return [*lines, ("text", "Revue de presse établie le 15 mars 2023 – contact : presse@o.example")]


LOOKS = {"cover": (24, True), "section": (18, True), "title": (14, True), "text": (11, False), "listed": (11, False)}
LEVELS = {"section": 1, "title": 2}


def word(lines: list[Line], marked: str) -> bytes:
    made = docx.Document()
    made.styles.add_style("TOC 2", 1)
    for role, text in lines:
        style = {"cover": "Title", "listed": "TOC 2"}.get(role, "Normal")
        style = f"Heading {LEVELS[role]}" if marked == "style" and role in LEVELS else style
        paragraph = made.add_paragraph(style=style)
        for n, line in enumerate(text.split("|") if "|Par" in text else [text]):
            run = paragraph.add_run()
            if n:
                run.add_break()
            run.add_text(line)
            run.font.size = Pt(LOOKS[role][0] if marked == "size" else 11)
            run.font.bold = (marked == "bold" and role in LEVELS) or None
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def opened(lines: list[Line], marked: str) -> bytes:
    def one(role: str, text: str) -> str:
        words = "<text:line-break/>".join(map(escape, text.split("|") if "|Par" in text else [text]))
        words = words.replace("\t", "<text:tab/>")
        if marked == "style" and role in LEVELS:
            return f'<text:h text:outline-level="{LEVELS[role]}" text:style-name="H">{words}</text:h>'
        return f'<text:p text:style-name="{role}">{words}</text:p>'

    styles = "".join(
        f'<style:style style:name="{role}" style:family="paragraph"><style:text-properties fo:font-size='
        f'"{size if marked == "size" else 11}pt" fo:font-weight="{"bold" if bold and marked == "bold" else "normal"}"/>'
        "</style:style>"
        for role, (size, bold) in LOOKS.items()
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{of}:1.0"'
        for name, of in (("office", "office"), ("text", "text"), ("style", "style"), ("fo", "xsl-fo-compatible"))
    )
    told = "".join(one(role, text) for role, text in lines if role != "listed")
    contents = "".join(f"<text:p>{escape(text)}</text:p>" for role, text in lines if role == "listed")
    contents = f"<text:table-of-content><text:index-body>{contents}</text:index-body></text:table-of-content>"
    xml = f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
    return archive({"content.xml": f"{xml}<office:text>{contents}{told}</office:text></office:body>"
                    "</office:document-content>".encode()})  # fmt: skip


def rich(lines: list[Line], marked: str) -> bytes:
    def coded(text: str) -> str:
        return "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text)

    told = []
    for role, text in lines:
        words = "\\line ".join(map(coded, text.split("|") if "|Par" in text else [text])).replace("\t", "\\tab ")
        style = f"\\s{LEVELS[role]}" if marked == "style" and role in LEVELS else "\\s9" if role == "listed" else ""
        size = LOOKS[role][0] if marked == "size" else 11
        bold = "\\b" if marked == "bold" and role in LEVELS else ""
        told.append(f"\\pard\\plain{style}\\fs{2 * size}{bold} {words}\\par\n")
    sheet = "{\\stylesheet{\\s1\\fs28 heading 1;}{\\s2\\fs26\\b heading 2;}{\\s9 toc 2;}}"
    return ("{\\rtf1\\ansi\\ansicpg1252\\uc1{\\fonttbl{\\f0 Arial;}}" + sheet + "".join(told) + "}").encode("ascii")


def page(lines: list[Line], marked: str) -> bytes:
    def one(role: str, text: str) -> str:
        words = "<br>".join(map(escape, text.split("|") if "|Par" in text else [text]))
        if marked == "style" and role in LEVELS:
            return f"<h{LEVELS[role]}>{words}</h{LEVELS[role]}>"
        if role == "listed":
            return f'<p class="MsoToc2">{words}</p>'
        size = f"font-size:{LOOKS[role][0]}.0pt" if marked == "size" else ""
        bold = marked == "bold" and role in LEVELS
        return f'<p class="MsoNormal"><span style="{size}">{f"<b>{words}</b>" if bold else words}</span></p>'

    told = "".join(one(role, text) for role, text in lines)
    return f'<html><head><meta charset="utf-8"><title>Revue</title></head><body>{told}</body></html>'.encode()


WRITERS = {".docx": word, ".odt": opened, ".rtf": rich, ".html": page}


def told(folder: Path, suffix: str, lines: list[Line], marked: str) -> list[tuple[str, str, date | None, str, str]]:
    read = several(folder, f"a{suffix}", WRITERS[suffix](lines, marked))
    return [(d.title, d.outlet, d.published, d.author, d.text) for d in read]


@pytest.mark.parametrize("credit", CREDITS)
@pytest.mark.parametrize("marked", ["style", "size", "bold"])
@pytest.mark.parametrize("suffix", WRITERS)
def test_each_article_is_read_under_its_heading(tmp_path: Path, suffix: str, marked: str, credit: str):
    # Where all headings are in bold alone, nothing tells the name of a section from a title without a paper.
    assert told(tmp_path, suffix, review(credit, sections=marked != "bold"), marked) == WANTED
    assert told(tmp_path, suffix, review(credit, listed=False, sections=False, back=False), marked) == WANTED


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_report_with_headings_is_one_article(tmp_path: Path, suffix: str):
    lines = [("cover", "Rapport sur le bac"), ("section", "Le contexte du port"), ("text", PARTS[0][5][0]),
             ("title", "Une visite à Tréorvan en hiver"), ("text", "Tréorvan, lundi 13 mars 2023"),
             ("text", PARTS[0][5][1]), ("title", "Le coût des travaux du quai"), ("text", PARTS[1][5][0])]  # fmt: skip
    (read,) = several(tmp_path, f"a{suffix}", WRITERS[suffix](lines, "style"))
    assert [part for part in (PARTS[0][5][0], PARTS[0][5][1], PARTS[1][5][0]) if part in read.text] == [
        PARTS[0][5][0], PARTS[0][5][1], PARTS[1][5][0],
    ]  # fmt: skip


def test_what_stands_above_the_first_article_is_told_and_headings_within_one_are_its_own(tmp_path: Path):
    lines = review("under", sections=True)
    lines.insert(2, ("text", "Cette semaine, la presse a surtout parlé de la mer. " * 4))
    place = next(n for n, line in enumerate(lines) if line[1] == PARTS[1][5][1])
    made = docx.Document()
    for role, text in [*lines[:place], ("inner", "Une école vide"), *lines[place:]]:
        level = {"cover": 0, "section": 1, "title": 2, "inner": 3}.get(role)
        if level is not None:
            made.add_heading(text, level)
        else:
            made.add_paragraph(text.replace("|", "\n"))
    out = io.BytesIO()
    made.save(out)
    (tmp_path / "a.docx").write_bytes(out.getvalue())
    read = reading.read_path(tmp_path / "a.docx")
    assert [(d.title, d.outlet) for d in read.documents] == [one[:2] for one in WANTED]
    inner = f"{PARTS[1][5][0]}\n\n#### Une école vide\n\n{PARTS[1][5][1]}"
    assert read.documents[1].text == inner
    assert read.skipped == (Skipped("a.docx", "what stands above its first article was not read"),)


SHORT = [
    ("Le bac de Tréorvan reprend", "Ouest Matin", "13/03/2023"),
    ("Fromagerie : où loger ?", "L'Union", "14/03/2023"),
]


@pytest.mark.parametrize(
    "form",
    ["{paper} – {day} – {title}", "{title} ({paper}, {day})", "{paper}, {day} : {title}", "{title} | {paper} | {day}"],
)
def test_a_heading_may_hold_the_paper_and_the_day_of_its_article(form: str):
    paragraphs = [Styled("Revue de presse", 1)]
    for title, paper, day in SHORT:
        paragraphs += [Styled(form.format(title=title, paper=paper, day=day), 2), Styled(PARTS[0][5][0])]
    found = articles(paragraphs)
    assert found is not None
    assert [(said.title, said.outlet, said.published, said.text) for said in found.articles] == [
        (title, paper, f"2023-03-{day[:2]}", PARTS[0][5][0]) for title, paper, day in SHORT
    ]


def test_the_paper_may_be_the_heading_above_the_titles_of_its_articles():
    paragraphs = [Styled("Revue de presse", 1)]
    for title, paper, day in SHORT:
        paragraphs += [Styled(paper, 2), Styled(title, 3), Styled(f"{day}, p. 4"), Styled(PARTS[0][5][0])]
        paragraphs += [Styled(f"{title} encore", 3), Styled(f"{day}, p. 5"), Styled(PARTS[0][5][1])]
    found = articles(paragraphs)
    assert found is not None
    assert [(said.title, said.outlet, said.published) for said in found.articles] == [
        (name, paper, f"2023-03-{day[:2]}") for title, paper, day in SHORT for name in (title, f"{title} encore")
    ]


def test_a_section_above_days_alone_is_no_paper():
    paragraphs = [Styled("Bulletin de la commune", 1)]
    for (title, _, day), section, page in zip(SHORT, ("Vie des ports", "Économie"), ("", ", p. 4"), strict=True):
        paragraphs += [Styled(section, 2), Styled(title, 3), Styled(day + page), Styled(PARTS[0][5][0])]
    assert articles(paragraphs) is None


NAMES = st.sampled_from(["Ouest Matin", "L'Union du Bocage", "The Bay Gazette", "Le Courrier de la Vire"])
TITLES = st.lists(st.sampled_from("bac pont lande port mer phare île digue".split()), min_size=3, max_size=7)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(TITLES, NAMES, st.dates(date(2000, 1, 1), date(2030, 1, 1))), min_size=2, max_size=6,
             unique_by=lambda one: " ".join(one[0])),
    st.integers(1, 4),
)  # fmt: skip
def test_as_many_articles_are_read_as_have_a_heading_and_a_paper(parts, level: int):
    paragraphs = [Styled("Revue de presse")]
    for words, paper, day in parts:
        paragraphs += [Styled(" ".join(words).capitalize(), level), Styled(f"{paper}, {day:%d/%m/%Y}, p. 3")]
        paragraphs += [Styled(f"On a beaucoup parlé de {words[0]} à la mairie."), Styled("Rien n'est encore décidé.")]
    found = articles(paragraphs)
    assert found is not None
    assert [(said.title, said.outlet, said.published, said.text) for said in found.articles] == [
        (" ".join(words).capitalize(), paper, day.isoformat(),
         f"On a beaucoup parlé de {words[0]} à la mairie.\n\nRien n'est encore décidé.")
        for words, paper, day in parts
    ]  # fmt: skip
