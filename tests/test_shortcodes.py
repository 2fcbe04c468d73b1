"""What WordPress stores of a text: its signs are no words, the author's brackets are, and what signs enclose stays."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_reading import several

from index import reading
from index.reading.shortcodes import without_signs

SITE = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Le Fil</title>
<item><title>Le pont</title><content:encoded><![CDATA[{}]]></content:encoded>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Le bac</title><content:encoded><![CDATA[Le bac coule.]]></content:encoded>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>"""
WHOLE = "Le pont ouvre.\n\nIl a coûté 7 millions."


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ('Le pont ouvre.\n\n[abc4wp_form id="312"]\n\nIl a coûté 7 millions.', WHOLE),
        ("Le pont ouvre.\n\n[zzgrid7]\n\nIl a coûté 7 millions.\n\n[zzshareit]", WHOLE),
        ("<p>Le pont ouvre.</p>\n<p>[zz_share]</p>\n<p>Il a coûté 7 millions. [gallery]</p>", WHOLE),
        ('[box title="À savoir"]\nLe pont ouvre.\n[/box]\n\nIl a coûté 7 millions.', WHOLE),
        ('[row][col width="1/2"]Le pont ouvre.[/col][col]Il a coûté 7 millions.[/col][/row]', WHOLE),
        ('[zzbox title="[À savoir]"]Le pont ouvre.[/zzbox]\n\n[hr style="1" /]Il a coûté 7 millions.', WHOLE),
        ("Le pont ouvre.\n\n[zzform 12 /]\n\nIl a coûté 7 millions.", WHOLE),
        ("<!-- wp:embed -->\n<figure class=\"wp-block-embed\"><div class=\"wp-block-embed__wrapper\">\nhttps://v.example/1"
         "\n</div></figure>\n<!-- /wp:embed -->\n\n" + WHOLE, WHOLE),
        ("Le pont [mark]ouvre[/mark].\n\nIl a coûté 7 millions.", WHOLE),
        ("Le pont ouvre.\n\n[embed]https://v.example/1[/embed]\n\nIl a coûté 7 millions.", WHOLE),
        ("Le pont ouvre.\n\n[zzplayer https://v.example/1]\n\nIl a coûté 7 millions.", WHOLE),
        ('[caption id="a"]<img src="x.jpg" /> Le pont [archives].[/caption]\n\n' + WHOLE, WHOLE),
        ("<!-- wp:paragraph -->\n<p>Le pont ouvre.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:shortcode -->\n[newsletter]\n"
         "<!-- /wp:shortcode -->\n\n<!--more-->\n\n<!-- wp:paragraph {\"x\":1} -->\n<p>Il a coûté 7 millions.</p>\n"
         "<!-- /wp:paragraph -->\n\n<!-- wp:latest-posts {\"n\":3} /-->", WHOLE),
        ("Le pont ouvre.\n\n[[gallery]] se met ainsi.", "Le pont ouvre.\n\n[gallery] se met ainsi."),
    ],
)  # fmt: skip
def test_its_signs_are_no_text(tmp_path: Path, stored: str, text: str):
    assert [d.text for d in several(tmp_path, "a.xml", SITE.format(stored))] == [text, "Le bac coule."]


def test_a_table_of_its_database_holds_the_same_texts(tmp_path: Path):
    blocks = '<!-- wp:paragraph -->\n<p>Le bac [sic] coule.</p>\n<!-- /wp:paragraph -->\n\n[abc4wp_form id="3"]'
    classic = (
        "Le pont ouvre.\r\n\r\n[caption]<img /> Le pont[/caption]\r\n\r\nIl a coûté <b>7 millions</b>.\n\n[gallery]"
    )
    with (tmp_path / "a.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            [("post_title", "post_date", "post_content"), ("Le pont", "2023-03-14 07:00:00", classic),
             ("Le bac", "2023-03-15 07:00:00", blocks)]
        )  # fmt: skip
    read = reading.read_path(tmp_path / "a.csv")
    assert [(d.title, d.published, d.text) for d in read.documents] == [
        ("Le pont", date(2023, 3, 14), WHOLE),
        ("Le bac", date(2023, 3, 15), "Le bac [sic] coule."),
    ]
    assert read.skipped == ()


def test_columns_of_others_keep_their_brackets(tmp_path: Path):
    rows = [{"title": f"Le pont {n}", "content": f"Le pont {n} ouvre [gallery] lundi, dit-on."} for n in range(2)]
    (tmp_path / "a.json").write_text(json.dumps(rows), encoding="utf-8")
    assert [d.text for d in reading.read_path(tmp_path / "a.json").documents] == [row["content"] for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        "« Il a [sic] ouvert […] hier [le maire, NDLR] », dit [Anne] Le Goff [rires].",
        "[silence]",
        "Il est venu de [Saint-Denis] au [celui-ci] pont [1], [12], [note 3].",
        "[NDLR : le maire a démenti depuis.]",
        "Le mot [sic]\n[…] et la suite.",
    ],
)
def test_brackets_of_the_text_stay(text: str):
    assert without_signs(text) == text


@given(st.text(st.sampled_from("[]/ab_= \n\"'<>-!"), max_size=60))
def test_law_nothing_is_added_but_ends_of_lines_and_text_without_signs_stays(text: str):
    told = without_signs(text)
    rest = iter(text)
    assert all(c in rest for c in told if c != "\n")  # in its order
    if "[" not in text and "<!--" not in text:
        assert told == text
