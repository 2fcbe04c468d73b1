"""Are the answers of news sites to a search read, whose fields and paragraphs stand in objects within each record?"""

import json
from datetime import date
from pathlib import Path

from index import reading
from index.records import Document, Skipped

FIRST = "La halle de Verdon ferme jeudi pour quatorze mois, le temps de refaire son toit de zinc et ses deux verrières."
SECOND = "Les 38 marchands iront sous un chapiteau, place du Foirail, où la ville a tiré l'eau et le courant."


def documents(folder: Path, name: str, value: object) -> list[Document]:
    """Return what a file of JSON holds."""
    (folder / name).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    read = reading.read_path(folder / name)
    assert [s.reason for s in read.skipped] == []
    return list(read.documents)


def told(document: Document) -> tuple[str, str, date | None, str, str]:
    """Return what a document says of itself."""
    return (document.title, document.outlet, document.published, document.author, document.text)


WANTED = ("La halle ferme", "Le Relais", date(2024, 3, 12), "Ada Colin", f"{FIRST}\n\n{SECOND}")


def test_a_text_in_parts_leaves_pictures_links_and_boxes_and_takes_the_first_day(tmp_path: Path):
    record = {
        "type": "story", "first_publish_date": "2024-03-12T05:00:00Z", "publish_date": "2024-03-19T05:00:00Z",
        "headlines": {"print": "", "basic": "La halle ferme", "meta": "Halle"}, "distributor": {"name": "Le Relais"},
        "credits": {"by": [{"type": "author", "name": "Ada Colin"}]}, "taxonomy": {"section": {"name": "Commerce"}},
        "promo": {"basic": {"type": "image", "caption": "La halle", "credits": {"by": [{"name": "Luc Photo"}]}}},
        "elements": [
            {"type": "text", "content": FIRST},
            {"type": "image", "caption": "La halle en 1998", "content": "La halle"},
            {"type": "interstitial_link", "content": "La halle de Gordes"},
            {"type": "raw_html", "content": "<div><script>ad()</script></div>"},
            {"type": "text", "content": SECOND.replace("38 marchands", "<b>38</b> marchands")},
        ],
    }  # fmt: skip
    unsigned = {**record, "credits": {"by": []}}
    read = documents(tmp_path, "a.json", {"count": 2, "query": {"text": "halle"}, "stories": [record, unsigned]})
    assert list(map(told, read)) == [WANTED, (*WANTED[:3], "", WANTED[4])]


def test_a_hit_of_a_search_has_its_paper_beside_its_article_and_the_day_of_the_index_is_not_its_own(tmp_path: Path):
    hit = {
        "_source": {
            "@timestamp": "2024-04-01T00:00:00Z",
            "article": {"titre": "La halle ferme", "corps": f"<p>{FIRST}</p><p>{SECOND}</p>", "signature": "Ada Colin"},
            "publication": {"nom": "Le Relais", "support": "Le Relais", "date_parution": "2024-03-12"},
        },
        "highlight": {"corps": ["la <em>halle</em>"]},
    }  # fmt: skip
    read = documents(tmp_path, "a.json", {"took": 3, "hits": {"total": {"value": 2}, "hits": [hit, hit]}})
    assert list(map(told, read)) == [WANTED]  # the same article twice is one
    (tmp_path / "b.jsonl").write_text(json.dumps(hit), encoding="utf-8")
    assert list(map(told, reading.read_path(tmp_path / "b.jsonl").documents)) == [WANTED]


def test_the_pieces_of_a_paragraph_stand_in_one_line(tmp_path: Path):
    middle = FIRST.index(" ferme")
    pieces = [{"type": "text", "text": FIRST[:middle]}, {"type": "text", "marks": [], "text": FIRST[middle:]}]
    tree = [
        {"type": "paragraph", "content": pieces},
        {"type": "image", "content": [{"type": "text", "text": "Vue de la halle"}]},
        {"type": "paragraph", "content": [{"type": "text", "text": SECOND}]},
    ]
    node = {
        "headline": {"default": "La halle ferme"}, "authors": [{"name": "Ada Colin"}], "site": {"name": "Le Relais"},
        "section": {"title": "Commerce"}, "dates": {"created": "2024-03-10", "published": "2024-03-12"},
        "content": {"type": "doc", "content": tree}, "links": {"self": "https://api.example/1"},
    }  # fmt: skip
    (read,) = documents(tmp_path, "a.json", {"data": {"search": {"edges": [{"cursor": "x", "node": node}]}}})
    assert told(read) == WANTED
    assert read.url == ""


def test_records_under_their_numbers_are_a_list_and_notices_are_counted(tmp_path: Path):
    record = {
        "meta": {"title": "La halle ferme", "source": "Le Relais", "date": "12/03/2024", "author": ["Ada Colin"]},
        "paragraphs": [{"n": 1, "text": FIRST}, {"n": 2, "text": SECOND}],
    }  # fmt: skip
    other = {**record, "meta": {**record["meta"], "title": "La halle rouvre"}}
    whole = {"notices": [{"text": "Usage interne"}], "articles": {"101": record, "102": other}}
    (tmp_path / "a.json").write_text(json.dumps(whole), encoding="utf-8")
    read = reading.read_path(tmp_path / "a.json")
    assert list(map(told, read.documents)) == [WANTED, ("La halle rouvre", *WANTED[1:])]
    left = "1 records beside those of the articles or deeper than they were not read"
    assert read.skipped == (Skipped("a.json", left),)


def test_paragraphs_under_a_name_that_is_not_usual_are_the_text(tmp_path: Path):
    records = [
        {
            "uno": n,
            "title": "La halle ferme",
            "news": [FIRST, SECOND],
            "published": "2024-03-12",
            "provider": "Le Relais",
        }
        for n in (1, 2)
    ]
    read = documents(tmp_path, "a.json", {"response": {"docs": records}})
    assert [d.text for d in read] == [WANTED[4]]
    assert (read[0].outlet, read[0].published) == ("Le Relais", date(2024, 3, 12))


def test_names_with_the_type_of_an_index_numbers_for_authors_and_blocks_in_blocks(tmp_path: Path):
    typed = {
        "title_s": "La halle ferme", "journal_s": "Le Relais", "date_dt": "2024-03-12T00:00:00Z",
        "auteur_ss": ["Ada Colin"], "texte_t": f"{FIRST}\n\n{SECOND}",
    }  # fmt: skip
    (read,) = documents(tmp_path, "a.json", {"response": {"numFound": 1, "docs": [typed]}})
    assert told(read) == WANTED
    numbered = {
        "title": {"rendered": "La halle ferme"}, "content": {"rendered": f"<p>{FIRST}</p><p>{SECOND}</p>"},
        "date": "2024-03-12T08:00:00", "author": 4, "_embedded": {"author": [{"id": 4, "name": "Ada Colin"}]},
        "site_name": "Le Relais",
    }  # fmt: skip
    (read,) = documents(tmp_path, "b.json", [numbered])
    assert told(read) == WANTED
    blocks = [
        {"type": "text", "model": {"blocks": [{"type": "paragraph", "model": {"text": FIRST}}]}},
        {"type": "image", "model": {"blocks": [{"type": "caption", "model": {"text": "La halle"}}]}},
        {"type": "text", "model": {"blocks": [{"type": "paragraph", "model": {"text": SECOND}}]}},
    ]
    story = {
        "header": {"title": "La halle ferme"}, "byline": {"contributors": [{"name": "Ada Colin"}]},
        "published": {"date": "2024-03-12"}, "publisher": {"name": "Le Relais", "url": "https://relais.example"},
        "content": {"model": {"blocks": blocks}},
    }  # fmt: skip
    (read,) = documents(tmp_path, "c.json", {"stories": [story]})
    assert (told(read), read.url) == (WANTED, "")
