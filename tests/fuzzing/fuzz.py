"""Fuzz the reading and the splitting of files, by coverage: python tests/fuzzing/fuzz.py --minutes 15

Needs `pip install atheris` (Linux and macOS). What breaks a law of `judging.py` is written to the folder FINDS, one
file for each place in the code, and the fuzzing goes on; what was mended moves to `tests/data/hostile`, where
`tests/test_hostile.py` keeps it. The corpus grows in CORPUS, so that the next run goes on from there; `--keep FOLDER`
writes the smallest file of it for each reason why a file is refused.
"""

import argparse
import hashlib
import importlib
import io
import logging
import re
import sys
import tempfile
import traceback
import zipfile
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS.parent), str(TESTS)]

SECONDS = 20.0
"""Of processor time for one input of up to LONGEST bytes; instrumented, the code is ten times as slow."""
LONGEST = 20_000
LIBRARIES = ("docx", "markdown_it", "olefile", "oxmsg", "pypdf", "striprtf", "trafilatura", "warcio")
TOKENS = (
    "<p>", "</p>", "<table><tr><td>", "<article>", "<script>", "&#xD800;", "&nbsp;", "<w:p><w:r><w:t>", "<w:tbl>",
    "w:val=", "stream\\x0a", "endstream", "/Kids", "/Type", "/Filter", "/FlateDecode", " 0 R", " obj", "BT", "Tj",
    "%%EOF", "Publi\\xc3\\xa9 le ", "3 mars 2023", "03/04/23", "\\xef\\xbb\\xbf", "\\xff\\xfe", "\\xe2\\x80\\xae",
    "\\x0a\\x0a", "\\x0d", "- ", "# ", "1. ", "| ", "---\\x0a", "title: ", "M. ", "\\xc2\\xab ", "\\xe2\\x80\\xa2 ",
    "source,title,published\\x0a", "End of Document\\x0a", "1 of 2 DOCUMENTS\\x0a", "Length: 9 words\\x0a", "Body\\x0a",
    "Document ABCD0000020230101ej1100001\\x0a", "DocPublicationName", "<item><title>", "From a@b \\x0a", "\\\\par ",
)  # fmt: skip


def seeds(folder: Path, only: str | None) -> None:
    """Write an input of each kind, or of one: its first byte says which suffix the rest of it has."""
    from fuzzing.judging import SUFFIXES
    from test_exports import samples
    from test_reading import BODY, CATALOGUE, PAGE, PAGES, pdf, word

    with zipfile.ZipFile(io.BytesIO(word())) as archive:
        xml = archive.read("word/document.xml")
    texts = [path.read_bytes()[:LONGEST] for path in sorted((TESTS / "data" / "news").rglob("*.*"))[:40:2]]
    made = {
        ".txt": [BODY.encode(), BODY.encode("utf-16-le"), BODY.encode("cp1252"), *texts],
        ".md": [b"---\ntitle: A\ndate: 2023-03-04\n---\n# A\n\n- b\n\n| c | d |\n|---|---|\n| 1 | 2 |\n", *texts[:4]],
        ".html": [PAGE.encode("latin-1")],
        ".pdf": [pdf(PAGES)],
        ".docx": [word()],
        ".wordxml": [xml[:LONGEST]],
        ".sources": [CATALOGUE.encode()],
        **{suffix: [data] for suffix, data in samples().items()},
    }
    exports = sorted((TESTS / "data" / "exports").iterdir())
    for file in exports:
        made[file.suffix].append(file.read_bytes()[:LONGEST])
    for suffix, inputs in made.items():
        for data in inputs if only in (None, suffix) else ():
            whole = bytes([SUFFIXES.index(suffix)]) + data
            (folder / hashlib.sha256(whole).hexdigest()[:16]).write_bytes(whole)


def keep(corpus: Path, target: Path) -> None:
    """Write, for each suffix and each reason why a file of it is refused, the smallest input that is."""
    from fuzzing.judging import SUFFIXES, judge

    smallest: dict[tuple[str, str], bytes] = {}
    with tempfile.TemporaryDirectory() as place:
        for file in sorted(corpus.iterdir(), key=lambda file: (file.stat().st_size, file.name)):
            data = file.read_bytes()
            suffix = SUFFIXES[data[0] % len(SUFFIXES)] if data else ".txt"
            reason = judge(data[1:], suffix, Path(place), seconds=SECONDS)
            kind = " ".join(re.findall(r"[A-Za-z]{2,}", re.sub(r"[\"'].*[\"']|b'.*|0x\S+", "", reason))[:6])
            smallest.setdefault((suffix, kind.lower() or "read"), data[1:])
    target.mkdir(parents=True, exist_ok=True)
    for (suffix, kind), data in smallest.items():
        (target / f"{kind.replace(' ', '-')}{suffix}").write_bytes(data)


def fuzz(options: argparse.Namespace) -> None:
    """Mutate until the time is over; the libraries are instrumented as they are imported, so before all else."""
    import atheris

    with atheris.instrument_imports(include=["index", *LIBRARIES]):
        from fuzzing.judging import SUFFIXES, judge

        for library in LIBRARIES:
            importlib.import_module(library)

    options.finds.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp())
    corpus = options.corpus or place / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    seeds(corpus, options.only)
    (place / "tokens").write_text("".join(f'"{token}"\n' for token in TOKENS), encoding="utf-8")

    def one(data: bytes) -> None:
        suffix = options.only or (SUFFIXES[data[0] % len(SUFFIXES)] if data else ".txt")
        try:
            judge(data[1:], suffix, place, seconds=SECONDS)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            kind = "slow" if type(error).__name__ == "Slow" else f"{Path(last.filename).stem}-{last.lineno}"
            file = options.finds / f"{kind}-{type(error).__name__}{suffix}"
            if not file.exists():
                file.write_bytes(data[1:])
                file.with_name(file.name + ".why").write_text(traceback.format_exc(), encoding="utf-8")

    limits = [f"-max_total_time={options.minutes * 60:.0f}", f"-max_len={LONGEST}", f"-seed={options.seed}"]
    safety = ["-timeout=120", "-rss_limit_mb=6000", f"-artifact_prefix={options.finds}/", f"-dict={place / 'tokens'}"]
    atheris.Setup([sys.argv[0], *limits, *safety, str(corpus)], one)
    atheris.Fuzz()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=15.0, help="how long (default 15)")
    parser.add_argument("--seed", type=int, default=1, help="of the mutations (default 1)")
    parser.add_argument("--finds", type=Path, default=Path("finds"), help="where finds are written (default finds)")
    parser.add_argument("--corpus", type=Path, default=None, help="where the corpus grows (default: thrown away)")
    parser.add_argument("--only", default=None, help="fuzz this kind alone, as .msg (default: every kind)")
    parser.add_argument("--keep", type=Path, default=None, help="choose from the corpus instead of fuzzing")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    if options.keep and options.corpus:
        keep(options.corpus, options.keep)
    elif options.keep:
        parser.error("--keep chooses from a --corpus")
    else:
        fuzz(options)


if __name__ == "__main__":
    main()
