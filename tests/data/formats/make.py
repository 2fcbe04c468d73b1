"""Write, with the tiny encoder, the small index that stands for the present format: python tests/data/formats/make.py

The folder is named by the format's number. Each is written once, by the last version that writes that format, and kept:
`tests/test_formats.py` opens them all.
"""

import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[2]), str(HERE.parents[1])]

ARTICLES = {
    "crue.txt": "La crue du fleuve\n\nPublié le 3 mars 2023\n\n"
    "Le maire a dit que 12 personnes sont mortes dans la crue.\n\n"
    "Les secours ont évacué 340 habitants du quartier bas vers le gymnase de la ville.\n",
    "vote.txt": "Le vote du conseil\n\nLe conseil a voté le budget des écoles par 31 voix contre 12 mardi soir.\n",
    "flood.md": "# The river flood\n\nThe mayor said that the flood of the river killed 14 people in the lower town.\n",
}
LATER = {"greve.txt": "La grève des trains\n\nLa grève des trains continue jeudi, selon les syndicats.\n"}


def main() -> None:
    from tiny import TinyEncoder

    import index.corpus
    from index.store import FORMAT

    index.corpus.SentenceEncoder = TinyEncoder
    target = HERE / str(FORMAT)
    shutil.rmtree(target, ignore_errors=True)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, text in (ARTICLES | LATER).items():
            (folder / name).write_text(text, encoding="utf-8")
        late = [folder / name for name in LATER]
        kept = [path.rename(folder / f"{path.name}.kept") for path in late]
        corpus = index.corpus.Corpus.build(folder, target)
        corpus.add([path.rename(folder / name) for path, name in zip(kept, LATER, strict=True)])
        corpus.remove(["vote.txt"])
    (target / "lock").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
