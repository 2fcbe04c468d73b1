"""What does a question cost over thousands of copies of one dispatch, and is another source still heard?

    python tests/benchmarks/copies.py --copies 10000

An invented dispatch of four paragraphs is printed under so many headlines, and one article of its own gives another
figure. Printed are the seconds that building and asking take, cold and warm, and whether both figures are told, the
copies as one origin.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

DISPATCH = (
    "(AFP) La crue de la Sorgue a fait 12 morts à Valmont dans la nuit de dimanche à lundi.",
    "Les secours, venus de tout le département, ont évacué 340 habitants du quartier bas vers le gymnase municipal.",
    "La préfecture a ouvert une cellule d'urgence et demande de ne pas prendre la route avant mardi matin.",
    "Deux ponts ont été emportés et la voie ferrée est coupée entre Valmont et Sainte-Luce, a précisé la préfète.",
)
OWN = "Valmont pleure ses morts\n\nNotre envoyé spécial a compté 15 morts à Valmont, où la Sorgue a débordé.\n"
QUESTION = "Combien de morts à Valmont ?"


@click.command(help=__doc__, context_settings={"max_content_width": 100})
@click.option("--copies", default=10_000, show_default=True, help="How many papers print the dispatch.")
def main(copies: int) -> None:
    from index import Corpus
    from qa import Assistant

    with tempfile.TemporaryDirectory() as folder:
        (articles := Path(folder) / "articles").mkdir()
        for number in range(copies):
            text = "\n\n".join((f"Titre du journal {number}", *DISPATCH))
            (articles / f"{number:05}.txt").write_text(text + "\n", encoding="utf-8")
        (articles / "z.txt").write_text(OWN, encoding="utf-8")
        begun = time.perf_counter()
        corpus = Corpus.build(articles, Path(folder) / "index")
        click.echo(f"build        {time.perf_counter() - begun:8.1f} s")
        for name in ("cold", "warm"):
            begun = time.perf_counter()
            answer = Assistant(corpus).ask(QUESTION)
            click.echo(f"answer, {name} {time.perf_counter() - begun:8.2f} s")
        click.echo(answer.summary)
        told = {source.claim.text for source in answer.sources if source.claim}
        counted = [len(group.sources) + group.copied for group in answer.groups]
        click.echo(f"figures {sorted(told)}, of {counted} sources, origins {[g.origins for g in answer.groups]}")


if __name__ == "__main__":
    main()
