"""Hostile and broken input: whatever a file holds and whatever it is called, it is read or reported, within bounds.

`tests/data/hostile` keeps what `tests/fuzzing/fuzz.py` found; the files made here are those that nobody should have to
find. The suffix `.wordxml` stands for the main part of a Word file, `.sources` for a folder's
`sources.csv`.
"""

import hashlib
import io
import json
import os
import pickle
import random
import shutil
import sys
import zipfile
import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from fuzzing.judging import SUFFIXES, judge, word_around
from pypdf import PdfReader, PdfWriter
from test_exports import samples
from test_reading import PAGE, PAGES, archive, pdf, reason, word

from index import Corpus, reading
from index.generation import split
from index.reading.child import Parser
from index.reading.kinds import kind_of
from index.records import EncoderMismatch, UnreadableFile
from index.splits import indexed_terms

HERE_ = None
KEPT = Path(__file__).parent / "data" / "hostile"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = f'<w:document xmlns:w="{WORD}"><w:body>{{}}</w:body></w:document>'
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names, or count memory otherwise")


@pytest.fixture(autouse=True)
def tiny(tiny_encoder):
    """Every corpus of these tests uses the tiny encoder."""


@pytest.fixture(scope="module")
def parser():
    parser = Parser(seconds=20)
    yield parser
    parser.close()


def refused(parser, data, suffix, *, max_bytes=1_000_000):
    """Return why the child process does not read these bytes."""
    with pytest.raises(UnreadableFile) as caught:
        parser.extract(data, kind_of(suffix, data), max_bytes=max_bytes)
    return str(caught.value)


def text_of(parser, data, suffix, *, max_bytes):
    """Return the text of the one article that the child process reads in these bytes."""
    (said,) = parser.extract(data, kind_of(suffix, data), max_bytes=max_bytes).articles
    return said.text


# --- bytes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", sorted(KEPT.glob("*.*")), ids=lambda file: file.name)
def test_what_the_fuzzer_found_stays_mended(file, tmp_path):
    judge(file.read_bytes(), file.suffix, tmp_path, seconds=5)


@pytest.mark.parametrize(
    "header",
    [
        b'Content-Type: text/plain; charset="utf-8\0x"',
        b"Content-Type: text/plain; charset*=a\0b''x",
        b"Content-Type: text/plain; charset*0*=a\0b''x; charset*1*=%E9",
        b"Content-Type: text/plain; format*=a\0b''flowed",
        b"Content-Type: text/plain\r\nContent-Disposition: inline; filename*=a\0b''x%C3.txt",
    ],
)
def test_a_letter_whose_headers_hold_a_null_is_read(parser, header):
    data = b"From: a@b.c\r\nSubject: Le pont\r\n" + header + b"\r\n\r\nLe pont ouvre \xe9t\xe9 et hiver.\r\n"
    found = parser.extract(data, "mail", max_bytes=1_000_000)
    assert [said.text.strip() for said in found.articles if said.text.strip()] == [
        "Le pont ouvre \u00e9t\u00e9 et hiver."
    ]


def test_a_file_without_a_name_in_an_archive_leaves_the_others_to_be_read(parser):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        nameless = zipfile.ZipInfo("a")
        nameless.filename = ""
        made.writestr(nameless, "Le pont ouvre.")
        made.writestr("b.txt", "Deux morts.")
    found = parser.extract(packed.getvalue(), "zip", max_bytes=1_000_000)
    assert [(said.part, said.text) for said in found.articles] == [("", "Le pont ouvre."), ("b.txt", "Deux morts.")]
    assert found.lost == ()


def sound(suffix):
    """Return a whole file of this suffix."""
    with zipfile.ZipFile(io.BytesIO(word())) as whole:
        body = whole.read("word/document.xml")
    own = {
        ".txt": "Publié le 3 mars 2023\n\n« Oui », dit M. Martin.\n- un\n- deux\n".encode(), ".pdf": pdf(PAGES),
        ".md": b"---\ntitle: A\n---\n# A\n\n- b\n\n| c | d |\n|---|---|\n| 1 | 2 |\n", ".html": PAGE.encode("latin-1"),
        ".docx": word(), ".wordxml": body, ".sources": b"source;title;published\na.txt;Un;3 mars 2023\n",
    }  # fmt: skip
    return own.get(suffix) or samples()[suffix]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_mutations_of_whole_files_keep_every_law(suffix, tmp_path):
    """A small, seeded share of what the fuzzer does, on every run."""
    start = sound(suffix)
    chance = random.Random(suffix)
    reasons = set()
    for _ in range(60 if suffix in SUFFIXES[:7] else 30):
        data = bytearray(start)
        for _ in range(chance.randrange(1, 8)):
            place = chance.randrange(len(data))
            kind = chance.randrange(4)
            if kind == 0:
                data[place] = chance.randrange(256)
            elif kind == 1:
                del data[place : place + chance.randrange(1, 40)]
            elif kind == 2:
                data[place:place] = data[chance.randrange(len(data)) :][: chance.randrange(1, 200)]
            else:
                data[place:place] = chance.choice([b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\n" * 9])
            data = data or bytearray(b"x")
        reasons.add(judge(bytes(data), suffix, tmp_path, seconds=10))
    assert reasons  # and no law was broken on the way


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("nul", "Le maire\0 a dit\0 que 12 personnes sont mortes.\n"),
        ("surrogate", b"Un \xed\xa0\xbd mot \xed\xb8\x80 seul, dit-il.\n"),
        ("right-to-left", "Le maire\u202e tid a \u2066que 12 personnes\u2069 sont mortes.\n"),
        ("zero-width", "Le\u200b maire\ufeff a dit\u00ad que 12\u2060 personnes sont mortes.\n"),
        ("accents", "Le maire e" + "\u0301" * 5000 + " a dit que 12 personnes sont mortes.\n"),
        ("line ends", "Le maire\x85a dit\u2028que 12\x0bpersonnes\x0csont\x1cmortes.\r\rFin\r\n"),
        ("escapes", "Le maire\x1b[2J\x1b]0;titre\x07 a dit que 12 personnes sont mortes.\n"),
    ],
)
def test_what_cannot_be_seen_is_neither_kept_nor_fatal(tmp_path, name, text):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    corpus = Corpus.build(folder, tmp_path / "index")
    (document,) = Corpus.open(corpus.path).documents
    for place in (document.text, document.title, *(h.paragraph.text for h in corpus.search("le maire a dit"))):
        place.encode("utf-8")
        assert not set(place) & set("\0\x1b\x07\x85\u2028\u202e\u2066\u2069\u200b\ufeff\r\x0b\x0c")


@pytest.mark.parametrize("suffix", SUFFIXES[7:])
def test_a_file_that_is_cut_anywhere_is_read_or_refused(suffix, tmp_path):
    whole = sound(suffix)
    for share in range(1, 10):
        reason = judge(whole[: len(whole) * share // 10], suffix, tmp_path, seconds=10)
        assert "Traceback" not in reason
    assert judge(whole, suffix, tmp_path, seconds=10) == ""


@pytest.mark.parametrize(
    ("suffix", "data", "reason"),
    [
        (
            ".xml",
            b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">]><rss><channel/></rss>',
            "its XML declares entities",
        ),
        (".xml", b"<a>" * 100_000, "an XML file of a kind"),
        (".xml", b"Un texte.", "not XML"),
        (".json", b"[" * 200_000, "its values are nested too deeply"),
        (".json", b"{", "not JSON"),
        (".jsonl", b"Un texte.", "no line of it is an object of JSON"),
        (".csv", b"a;b\n", "a table without rows under a header"),
        (".csv", b'title,text\n"' + b"x" * 3_000_000, "a table without rows under a header; after 0 rows"),
        (".mbox", b"Un texte.", "not a box of messages"),
        (".mhtml", b"Subject: a\n\nUn texte.", "a saved page without its page"),
        (".epub", b"PK\x03\x04", "truncated or damaged archive"),
        (".warc", b"WARC/1.0\r\n", "a web archive without a page"),
        (".rtf", b"{\\rtf1" + b"{" * 50_000, "empty"),
    ],
)
def test_hostile_files_of_each_kind_are_refused_with_a_reason(suffix, data, reason, tmp_path):
    assert judge(data, suffix, tmp_path, seconds=10).startswith(reason)


def test_a_row_of_comments_is_no_page_and_takes_no_time():
    """The kind of a file is told in the process that reads, without a bound: a hundred comments took it for ever."""
    for comments in (b"<!---->" * 60, b"<!-- a --> " * 300, b"<!--" * 1000, b"<!-- -->\n" * 400 + b"<!--"):
        assert kind_of("", comments + b"<p>Un mot") == "text"
    assert kind_of("", b"<?xml version='1.0'?>\n" + b"<!-- - -> a -->\n<!---->" * 9 + b"<!DOCTYPE html>") == "html"


def test_a_file_in_an_archive_that_lies_about_its_size_is_not_unpacked(tmp_path):
    whole = bytearray(archive({"a.txt": b"mot " * 5_000_000}))
    at = whole.rindex(b"PK\x01\x02")
    whole[at + 24 : at + 28] = (100).to_bytes(4, "little")
    assert judge(bytes(whole), ".zip", tmp_path, seconds=10).startswith("it holds no articles; a.txt: ")


# --- size -----------------------------------------------------------------------------------------------------------


def test_a_hundred_million_bytes_on_one_line_are_refused_at_once(tmp_path):
    (tmp_path / "long.txt").write_bytes(b"mot " * 25_000_000)
    assert reading.read_path(tmp_path / "long.txt").skipped[0].reason == (
        "over-large: 100,000,000 bytes; the limit is 50,000,000"
    )


@pytest.mark.parametrize("text", ["mot " * 500_000, "a" * 2_000_000, "Oui. " * 400_000, "« " * 1_000_000])
def test_two_million_bytes_on_one_line_are_read_and_split(tmp_path, text):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    if not any(c.isalnum() for c in text):
        assert reason(tmp_path, "a.txt", text) == "empty: it holds no text"
        return
    (document,) = reading.read_file(tmp_path / "a.txt", "a.txt")
    parts = split(document).paragraphs
    assert "".join("".join(p.text for p in parts).split()) == "".join(text.split())
    assert max(len(p.text) for p in parts) <= 800


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("© 2023 x\n" * 100_000, "text"), ("document " * 200_000, "text"), ("12 \n" * 300_000, "text"),
        ('title,text\na,"' + "<p" * 500_000 + '"\n', "table"), ('title,text\na,"x' + " " * 10**6 + 'y"\n', "table"),
        ("Le Monde, mardi 14 mars 2023, p. 4\n" * 20_000, "text"), ("news·20230101· " * 100_000, "text"),
    ],
)  # fmt: skip
def test_what_tells_an_export_takes_time_that_grows_with_the_text(parser, text, kind):
    """The parser of these tests gives up after 20 seconds."""
    assert len(parser.extract(text.encode(), kind, max_bytes=50_000_000).articles) == 1


def test_a_million_empty_lines(tmp_path):
    (tmp_path / "blank.txt").write_bytes(b"\n" * 1_000_001)
    (tmp_path / "far.txt").write_bytes(b"Le titre du jour\n" + b"\n" * 1_000_001 + "Douze élus sont là.\n".encode())
    read = reading.read_folder(tmp_path)
    assert [(s.source, s.reason) for s in read.skipped] == [("blank.txt", "empty: it holds no text")]
    assert [p.text for p in split(read.documents[0]).paragraphs] == ["Douze élus sont là."]


def test_more_lines_and_more_text_than_a_file_may_hold_are_refused(tmp_path, parser):
    assert reason(tmp_path, "a.txt", b"a\n" * 1_000_001) == "over-large: more than 1,000,000 lines of text"
    said = refused(parser, pdf([["mot " * 250] * 1001]), ".pdf")
    assert said == "over-large: 1,000,999 characters of text; the limit is 1,000,000"


def test_what_a_page_says_of_itself_is_cut(tmp_path):
    page = PAGE.replace("La Gazette", "G" * 100_000).replace("Un pont pour Lormeaux", "P" * 100_000)
    (tmp_path / "a.html").write_text(page, encoding="latin-1")
    (document,) = reading.read_file(tmp_path / "a.html", "a.html")
    assert (document.outlet, document.title) == ("G" * 500, "P" * 500)


# --- formats --------------------------------------------------------------------------------------------------------


def test_pdf_bombs(parser):
    bomb = zlib.compress(b"0 0 m " * 50_000_000, 9)
    assert len(bomb) < 1_000_000
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(bomb), bomb)
    plain = pdf([["Un mot"]])
    start, end = plain.index(b"<< /Length"), plain.index(b"endstream") + len(b"endstream")
    assert refused(parser, plain[:start] + stream + plain[end:], ".pdf")
    loop = plain.replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")
    assert loop != plain
    assert refused(parser, loop, ".pdf")
    deep = b"%PDF-1.4\n1 0 obj\n" + b"[" * 100_000 + b"\ntrailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF"
    assert refused(parser, deep, ".pdf")
    assert text_of(parser, plain, ".pdf", max_bytes=10**6) == "Un mot"


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128"])
def test_encrypted_and_truncated_pdf(tmp_path, algorithm):
    whole = pdf(PAGES)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(whole)))
    writer.encrypt("secret", algorithm=algorithm)
    locked = io.BytesIO()
    writer.write(locked)
    assert reason(tmp_path, "locked.pdf", locked.getvalue()) == "encrypted: it needs a password"
    for end in range(0, len(whole) - 6, 97):
        assert reason(tmp_path, "cut.pdf", whole[:end])


def test_archive_bombs(parser):
    zeros = bytes(50_000_000)
    picture = archive({"word/document.xml": b"<a/>", "word/media/image1.png": zeros})
    assert len(picture) < 100_000
    assert refused(parser, picture, ".docx").startswith("over-large: it unpacks to 50,000,004 bytes, pictures included")
    many = archive({f"word/{n}.xml": b"" for n in range(10_001)})
    assert refused(parser, many, ".docx").startswith("over-large")
    # The size that the archive declares is a lie: no more than that is unpacked, and then it does not fit.
    honest = archive({"word/document.xml": zeros})
    lie = honest.replace((50_000_000).to_bytes(4, "little"), (500_000).to_bytes(4, "little"))
    assert lie != honest
    assert refused(parser, lie, ".docx")
    nested = archive({"word/document.xml": archive({"word/document.xml": archive({"a": zeros})})})
    assert refused(parser, nested, ".docx")


LAUGHS = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghij"))


@pytest.mark.parametrize(
    "head",
    [
        f'<!DOCTYPE l [<!ENTITY a "ha">{LAUGHS}]>',
        '<!DOCTYPE l [<!ENTITY j SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE l SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
@pytest.mark.parametrize("padding", [0, 100_000])
def test_xml_entities_are_not_expanded(parser, head, padding):
    """Declared at the start they are refused; hidden far below, libxml2 is told neither to expand nor to fetch them."""
    body = BODY.format("<w:p><w:r><w:t>Rire : &j; fin</w:t></w:r></w:p>")
    data = word_around(f'<?xml version="1.0"?>{" " * padding}<!--{"x" * padding}-->{head}{body}'.encode())
    host = Path("/etc/hostname").read_text(encoding="utf-8").strip() if Path("/etc/hostname").exists() else "?"
    try:
        text = text_of(parser, data, ".docx", max_bytes=10**6)
    except UnreadableFile:
        text = ""
    assert text.count("ha") < 10
    assert host not in text


def test_html_entities_and_pages_that_ask_for_others(parser):
    page = b'<!DOCTYPE l [<!ENTITY j SYSTEM "file:///etc/passwd">]><p>Rire : &j;</p><iframe src="file:///etc/passwd">'
    text = text_of(parser, page, ".html", max_bytes=10**6)
    assert "Rire" in text
    assert "root:" not in text


@pytest.mark.parametrize(
    "opening", ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<blockquote>", "<p>", "<svg>", "<a href=x>", "<!--"]
)
def test_deeply_nested_html(parser, opening):
    text = text_of(parser, (opening * 10_000 + "Douze élus.").encode(), ".html", max_bytes=10**7)
    assert "Douze élus" in text or opening == "<svg>"


@pytest.mark.parametrize("opening", ["> ", "- ", "[", "![a](", "*a ", "`a", "| a ", "<a ", "&a", "1. ", "#"])
def test_deeply_nested_markdown(parser, opening):
    text = text_of(parser, (opening * 20_000 + "douze élus").encode(), ".md", max_bytes=10**7)
    assert "douze" in text or opening in ("> ", "- ", "1. ", "<a ")


def test_word_files_nested_deeply_and_with_cells_beyond_number(parser):
    table = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
    cell = "<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    deep = "<w:tbl><w:tr><w:tc>" * 5000 + cell + "</w:tc></w:tr></w:tbl>" * 5000
    assert refused(parser, word_around(BODY.format(deep).encode()), ".docx")
    wide = table.format('<w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>' + cell)
    assert text_of(parser, word_around(BODY.format(wide).encode()), ".docx", max_bytes=10**6).split() == ["x"]


@LINUX
def test_a_child_may_not_take_more_than_its_memory():
    """What a parser may take is held by the system; a file that asks for more is reported, and the next one is read."""
    import resource

    parser = Parser()
    try:
        parser.extract(b"<p>Titre", "html", max_bytes=100)  # and what reads pages is loaded
        child = parser._child.pid
        limits = Path(f"/proc/{child}/limits").read_text(encoding="utf-8")
        assert f"Max address space         {4 * 1024**3}" in limits
        assert "Max core file size        0" in limits
        now = int(Path(f"/proc/{child}/statm").read_text(encoding="utf-8").split()[0]) * resource.getpagesize()
        resource.prlimit(child, resource.RLIMIT_AS, (now + 20_000_000, now + 20_000_000))
        said = refused(parser, b"<p>mot</p>" * 1_000_000, ".html", max_bytes=10**8)
        assert said in ("needs more memory than one file may take", "crashed its parser")
        assert text_of(parser, b"# Titre", ".md", max_bytes=100) == "# Titre"
    finally:
        parser.close()


# --- names ----------------------------------------------------------------------------------------------------------


@LINUX
def test_no_name_leads_out_of_the_folder_or_breaks_a_line(tmp_path):
    inside, outside = tmp_path / "in", tmp_path / "out"
    (inside / "a").mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.txt").write_text("Le secret est ici, dit-il.", encoding="utf-8")
    names = [
        "..txt", "...txt.txt", "..\\..\\secret.txt", "a\nb.txt", "\u202etxt.exe.txt", "-rf.txt", "$(id).txt", "<b>.txt",
        "%2e%2e%2fsecret.txt", "~.txt", "a" * 250 + ".txt", "\u200e.txt", "CON.txt", " .txt",
    ]  # fmt: skip
    for number, name in enumerate(names):
        (inside / name).write_text(f"Le maire a compté {number} personnes.", encoding="utf-8")
    (inside / "a" / "loop").symlink_to(inside)
    (inside / "up").symlink_to(tmp_path)
    (inside / "one.txt").symlink_to("two.txt")
    (inside / "two.txt").symlink_to("one.txt")
    (inside / "passwd.txt").symlink_to("/etc/passwd")
    (inside / "secret.txt").symlink_to("../out/secret.txt")
    (inside / "sources.csv").write_text("source,title\n../out/secret.txt,x\n/etc/passwd,y\n", encoding="utf-8")
    corpus = Corpus.build(inside, tmp_path / "index")
    hidden = {"..txt", "...txt.txt", "..\\..\\secret.txt"}
    assert len(corpus.sources) == len(names) - len(hidden)
    for source in corpus.sources:
        assert source.isprintable()
        assert "secret est" not in corpus.document(source).text
    assert {s.source for s in corpus.report.skipped} == {
        "one.txt", "two.txt", "passwd.txt", "secret.txt", "sources.csv",
    }  # fmt: skip
    assert not [h for h in corpus.search("secret") if "secret est" in h.paragraph.text]
    assert {p.name for p in tmp_path.iterdir()} == {"in", "out", "index"}


def test_members_of_a_word_file_are_never_written_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    evil = archive({"word/document.xml": b"<a/>", "../../evil.xml": b"x", "/tmp/recoupe-evil.xml": b"x"})
    assert reason(tmp_path, "a.docx", evil)
    assert [p.name for p in tmp_path.iterdir()] == ["a.docx"]
    assert not Path("/tmp/recoupe-evil.xml").exists()


# --- all of it at once ----------------------------------------------------------------------------------------------


def test_a_folder_full_of_it_is_built_and_what_is_sound_is_found(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "sound.txt").write_text("Le pont\n\nLe maire a inauguré le pont de Lormeaux mardi.\n", encoding="utf-8")
    for suffix in (".txt", ".md", ".html", ".htm", ".pdf", ".docx"):
        for seed in range(4):
            noise = b"".join(hashlib.sha256(bytes([seed, n % 256, len(suffix)])).digest() for n in range(10**seed))
            (folder / f"noise{seed}{suffix}").write_bytes(noise)
        for other, data in {"word": word(), "pdf": pdf(PAGES), "page": PAGE.encode("latin-1")}.items():
            (folder / f"{other}-as-{suffix[1:]}{suffix}").write_bytes(data + suffix.encode())
    (folder / "empty.pdf").write_bytes(b"")
    corpus = Corpus.build(folder, tmp_path / "index")
    assert len(corpus.sources) + len(corpus.report.skipped) + len(corpus.report.duplicates) == len(os.listdir(folder))
    assert all(s.reason for s in corpus.report.skipped)
    assert "sound.txt" in corpus.sources
    again = Corpus.open(corpus.path)
    assert again.documents == corpus.documents
    assert "inauguré" in again.search("inauguré le pont de Lormeaux")[0].paragraph.text
    for document in again.documents:
        for paragraph in split(document).paragraphs:
            assert document.text[paragraph.start : paragraph.end] == paragraph.text
            indexed_terms(paragraph)
    assert Corpus.verify(corpus.path) == []


# --- models ---------------------------------------------------------------------------------------------------------


class Payload:
    """Unpickled, it would make a file."""

    def __init__(self, file):
        self.file = file

    def __reduce__(self):
        return os.mkdir, (self.file,)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("code", "not part of Sentence Transformers"),
        ("code in the configuration", "contains custom code"),
        ("weights", "no file named model.safetensors"),
        ("weights of a module", "Weights only load failed"),
    ],
)
def test_a_model_runs_no_code_of_its_own(tmp_path, monkeypatch, kind, reason):
    """A folder given as `model=` is data: what it names as code is refused, pickled weights are not unpickled."""
    from index.encoder import SentenceEncoder, box

    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    model, mark = tmp_path / "model", tmp_path / "ran"
    shutil.copytree(box(), model)
    (model / "tokens.safetensors").unlink()
    payload = pickle.dumps(Payload(str(mark)), protocol=2)
    code = f"import os\nos.mkdir({str(mark)!r})\nclass Evil: pass\n"
    (model / "evil.py").write_text(code, encoding="utf-8")
    modules = json.loads((model / "modules.json").read_bytes())
    if kind == "code":
        modules.append({"idx": len(modules), "name": "evil", "path": "", "type": "evil.Evil"})
    elif kind == "code in the configuration":
        config = json.loads((model / "config.json").read_bytes())
        config |= {"model_type": "evil", "auto_map": {"AutoModel": "evil.Evil", "AutoConfig": "evil.Evil"}}
        (model / "config.json").write_text(json.dumps(config), encoding="utf-8")
    elif kind == "weights":
        (model / "model.safetensors").unlink()
        (model / "pytorch_model.bin").write_bytes(payload)
    else:
        (model / "2_Dense").mkdir()
        dense = {"in_features": 384, "out_features": 8, "bias": True, "activation_function": "torch.nn.Tanh"}
        (model / "2_Dense" / "config.json").write_text(json.dumps(dense), encoding="utf-8")
        (model / "2_Dense" / "pytorch_model.bin").write_bytes(payload)
        modules.append({"idx": 2, "name": "2", "path": "2_Dense", "type": "sentence_transformers.models.Dense"})
    (model / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    with pytest.raises(EncoderMismatch, match=reason):
        SentenceEncoder(model)
    assert not mark.exists()
    if kind.startswith("weights"):
        pickle.loads(payload)
        assert mark.exists()  # the payload is a live one
