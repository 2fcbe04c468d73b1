"""The agency of an item of NewsML and NITF: its full name, wherever the item gives it beside the code."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from test_reading import several

from index.reading.providers import is_short_for

G2 = """<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{beside}<newsItem xml:lang="{language}">
<rightsInfo>{rights}</rightsInfo><itemMeta>{provider}<firstCreated>2023-03-14T08:00:00Z</firstCreated></itemMeta>
<contentMeta><headline>Le bac reprend</headline>{credit}</contentMeta><contentSet><inlineXML><html><body>
<p>Le bac a repris ses rotations mardi.</p></body></html></inlineXML></contentSet></newsItem></itemSet></newsMessage>"""
NITF = """<nitf><head><docdata><doc.copyright holder="{holder}" year="2023"/><date.issue norm="20230314T080000Z"/>
</docdata></head><body><body.head><hedline><hl1>Le bac reprend</hl1></hedline></body.head><body.content>
<p>Le bac a repris ses rotations mardi.</p></body.content></body></nitf>"""
FIRST = """<NewsML><NewsItem><NewsManagement><FirstCreated>20230314T080000Z</FirstCreated></NewsManagement>
<NewsComponent><RightsMetadata><Copyright><CopyrightHolder>{holder}</CopyrightHolder></Copyright></RightsMetadata>
<AdministrativeMetadata><Provider><Party FormalName="ANB"/></Provider></AdministrativeMetadata>
<NewsLines><HeadLine>Le bac reprend</HeadLine></NewsLines><ContentItem><DataContent><p>Le bac a repris mardi.</p>
</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"""
FULL = "Agence Nationale du Bac"
TWO = f'<name role="nrol:short">ANB</name><name role="nrol:full">{FULL}</name>'


def outlet(folder: Path, **parts: str) -> str:
    given = {"beside": "", "rights": "", "provider": "", "credit": "", "language": "fr", **parts}
    (read,) = several(folder, "a.xml", G2.format(**given))
    assert (read.title, str(read.published)) == ("Le bac reprend", "2023-03-14")
    return read.outlet


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ({"provider": f'<provider literal="ANB"><name>{FULL}</name></provider>'}, FULL),
        ({"provider": f'<provider qcode="nprov:ANB">{TWO}</provider>'}, FULL),
        (
            {
                "provider": f'<provider literal="ANB"><name xml:lang="en">National Agency of the Ferry</name>'
                f'<name xml:lang="fr">{FULL}</name></provider>'
            },
            FULL,
        ),
        ({"provider": '<provider qcode="nprov:ANB"/>'}, "ANB"),
        ({"provider": f'<provider literal="{FULL}"/>'}, FULL),
        (
            {
                "provider": '<provider qcode="nprov:ANB"/>',
                "beside": f'<conceptItem><concept><conceptId qcode="nprov:ANB"/><name>{FULL}</name></concept>'
                "</conceptItem>",
            },
            FULL,
        ),
        (
            {
                "provider": '<provider literal="ANB"/>',
                "rights": f'<copyrightHolder uri="http://anb.example"><name>{FULL}</name></copyrightHolder>',
            },
            FULL,
        ),
        (
            {
                "provider": '<provider literal="ANB"/>',
                "rights": "<copyrightHolder><name>Le Courrier du Soir</name></copyrightHolder>",
            },
            "ANB",
        ),
        ({"rights": f'<copyrightHolder literal="{FULL}"/>'}, FULL),
        ({"credit": "<creditline>ANB</creditline>"}, "ANB"),
        ({}, ""),
    ],
)
def test_the_full_name_of_an_agency_counts_before_its_code(tmp_path: Path, parts: dict[str, str], wanted: str):
    assert outlet(tmp_path, **parts) == wanted


def test_the_rights_of_older_formats_spell_out_the_code(tmp_path: Path):
    assert [d.outlet for d in several(tmp_path, "a.xml", FIRST.format(holder=FULL))] == [FULL]
    assert [d.outlet for d in several(tmp_path, "b.xml", FIRST.format(holder="Ouest Matin"))] == ["ANB"]
    assert [d.outlet for d in several(tmp_path, "c.xml", NITF.format(holder=FULL))] == [FULL]


@given(st.lists(st.from_regex(r"\A[A-Z][a-z]{2,8}\Z"), min_size=2, max_size=6))
def test_the_initials_of_any_name_are_short_for_it_and_its_words_are_not(words: list[str]):
    name = " ".join(words)
    assume(len(words[0]) > len(words))
    assert is_short_for("".join(word[0] for word in words), name)
    assert is_short_for("".join(word[0] for word in words), " de la ".join(words))
    assert not is_short_for(words[0], name)
