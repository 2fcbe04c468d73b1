"""How long do people wait when they all ask at once? Against a running server, over HTTP, as any client asks.

    python tests/benchmarks/load.py --paragraphs 100000 --people 20 --workers 1 --workers 2

The paragraphs are French sentences of the European Parliament joined to about 60 words where `--data` has them, else
sentences of the articles in the box, shuffled. In each round everybody asks a question of their own at the same moment,
one never asked before, and waits for the whole answer; servers that answer in different numbers of processes are asked
in turns. `--index FOLDER` keeps the index for the next time: encoding 100,000 paragraphs takes most of an hour on two
cores.
"""

from __future__ import annotations

import gzip
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click
import httpx
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

WORDS = 60
IN_A_FILE = 50
DATA = click.option(
    "--data", type=click.Path(path_type=Path), default=ROOT.parent / "shared/data", help="Folder of Europarl."
)
INDEX = click.option(
    "--index", type=click.Path(path_type=Path), help="Keep the index here, and use it where it is there."
)
FORMS = ("combien de {} ?", "qui a parlé de {} ?", "que dit-on de {} ?", "quand a-t-on voté {} ?", "how many {}?")


def sentences(data: Path) -> list[str]:
    """Return the sentences that the paragraphs are made of, each once."""
    file = data / "parallel/europarl.en-fr.tsv.gz"
    if file.is_file():
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            return [line.rstrip("\n").split("\t")[1] for line in lines]
    print(f"{file} is not there: the sentences are those of the articles in the box")
    articles = [*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests/data/news").glob("*.txt")]
    text = "\n".join(article.read_text(encoding="utf-8") for article in sorted(articles))
    return sorted({part.strip() for part in re.split(r"(?<=[.!?])\s+|\n", text) if len(part.split()) > 4})


def write_articles(folder: Path, known: list[str], count: int) -> None:
    """Write this many paragraphs, fifty to a file; the sentences come again, in another order, when they run out."""
    rng = np.random.default_rng(0)
    lengths = np.array([len(sentence.split()) for sentence in known])
    paragraphs: list[str] = []
    while len(paragraphs) < count:
        order = rng.permutation(len(known))
        cut = np.searchsorted(np.cumsum(lengths[order]), np.arange(WORDS, lengths.sum(), WORDS))
        paragraphs += [" ".join(known[row] for row in rows) for rows in np.split(order, cut) if len(rows)]
    for start in range(0, count, IN_A_FILE):
        text = "\n\n".join(paragraphs[start : min(start + IN_A_FILE, count)])
        (folder / f"{start // IN_A_FILE:05}.txt").write_text(text, encoding="utf-8")


def questions(known: list[str], count: int) -> list[str]:
    """Return this many questions about words of the corpus, no two the same."""
    rng = np.random.default_rng(1)
    asked: dict[str, None] = {}
    while len(asked) < count:
        words = [word for word in re.findall(r"[^\W\d_]{5,}", known[rng.integers(len(known))])]
        if len(words) >= 3:
            chosen = " ".join(words[position] for position in sorted(rng.choice(len(words), 3, replace=False)))
            asked[FORMS[len(asked) % len(FORMS)].format(chosen)] = None
    return list(asked)


def build(index: Path, known: list[str], paragraphs: int) -> None:
    """Build an index of this many paragraphs and print how long that took."""
    from index import Corpus
    from ui.terminal.console import draw_progress

    with tempfile.TemporaryDirectory() as articles:
        write_articles(Path(articles), known, paragraphs)
        start = time.perf_counter()
        with draw_progress() as progress:
            Corpus.build(articles, index, progress=progress)
    print(f"index of the articles           {time.perf_counter() - start:8.1f} s")


def recoupe(*arguments: object) -> tuple[list[str], dict[str, str]]:
    """Return the command line of `recoupe` with these arguments, and the environment that it needs."""
    command = [sys.executable, "-c", "from ui.cli import main; main()", *map(str, arguments)]
    return command, {**os.environ, "PYTHONPATH": str(ROOT)}


@contextmanager
def server(index: Path, *options: str) -> Iterator[tuple[str, int]]:
    """Give the address and the process id of `recoupe serve`; it is interrupted at the end."""
    command, surroundings = recoupe("serve", index, "--port", "0", *options)
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=surroundings, text=True) as process:
        assert process.stdout is not None
        address = re.search(r"http://\S+/", process.stdout.readline())
        if address is None:
            raise click.ClickException("the server did not start")
        try:
            yield address.group(), process.pid
        finally:
            process.send_signal(signal.SIGINT)


class Busy(RuntimeError):
    """The server is full, and says so; `wait` is after how many seconds to ask again."""

    def __init__(self, wait: float) -> None:
        super().__init__("busy")
        self.wait = wait


def ask(client: httpx.Client, question: str) -> str:
    """Return the answer to a question, as JSON. Raises Busy, and RuntimeError for anything else but an answer."""
    sent = client.post("gradio_api/call/v2/ask", json={"question": question})
    if sent.status_code == 503:
        raise Busy(float(sent.headers.get("retry-after", 1)))
    if sent.status_code != 200:
        raise RuntimeError(f"{sent.status_code} {sent.text[:100]}")
    answer = client.get(f"gradio_api/call/v2/ask/{sent.json()['event_id']}")
    kind, _, data = f"\n{answer.text.strip()}".rpartition("\nevent: ")[2].partition("\ndata: ")
    if kind == "error" and '"Busy' in data:
        raise Busy(1)
    if kind != "complete" or '"sources":' not in data:
        raise RuntimeError(f"{kind} {data[:100]}")
    return data


def seconds(client: httpx.Client, question: str) -> float:
    """Return how long the answer to a question took. Raises as `ask` does."""
    start = time.perf_counter()
    ask(client, question)
    return time.perf_counter() - start


def measure(address: str, asked: list[str], *, people: int, rounds: int) -> tuple[list[float], list[str]]:
    """Return the seconds of every answer and the errors, when everybody asks at the same moment in each round."""
    together, times, errors = threading.Barrier(people), list[float](), list[str]()

    def person(number: int) -> None:
        with httpx.Client(base_url=address, timeout=120, trust_env=False) as client:
            for question in asked[number::people][:rounds]:
                together.wait()
                try:
                    times.append(seconds(client, question))
                except (RuntimeError, httpx.HTTPError, ValueError) as error:
                    errors.append(f"{type(error).__name__}: {error}")

    threads = [threading.Thread(target=person, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, errors


def cores(process: int) -> tuple[float, float]:
    """Return the seconds of processors that a server has used, and its workers; NaN where the system does not say."""
    try:
        children = [
            int(child)
            for file in Path(f"/proc/{process}/task").glob("*/children")
            for child in file.read_text(encoding="ascii").split()
        ]
        stats = [
            Path(f"/proc/{one}/stat").read_text(encoding="utf-8").rpartition(")")[2] for one in (process, *children)
        ]
    except OSError:
        return float("nan"), float("nan")
    own, *others = (sum(map(int, stat.split()[11:13])) / os.sysconf("SC_CLK_TCK") for stat in stats)
    return own, sum(others)


@dataclass
class Measured:
    """What came of the questions to one server."""

    process: int
    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    took: float = 0.0
    own: float = 0.0
    """Seconds of processors that the server itself used, and its workers below."""
    others: float = 0.0

    def __str__(self) -> str:
        p50, p95 = np.percentile(self.times or [np.nan], [50, 95])
        waited = f"{p50:8.3f} s p50, {p95:.3f} s p95, {max(self.times, default=np.nan):.3f} s at most"
        answered = f"{len(self.times)} answers, {len(self.errors)} errors, {len(self.times) / self.took:.1f} answers/s"
        each = [1000 * used / max(1, len(self.times)) for used in (self.own, self.others)]
        used = f"processors: {each[0]:.0f} ms an answer in the server, {each[1]:.0f} in its workers"
        return "\n  ".join([f"{waited}; {answered}", used, *sorted(set(self.errors))[:5]])


@click.command(help=__doc__)
@click.option("--paragraphs", default=100_000, show_default=True)
@click.option("--people", default=20, show_default=True)
@click.option("--rounds", default=5, show_default=True, help="Questions that each person asks.")
@click.option(
    "--workers", multiple=True, type=int, help="Ask a server that answers in so many processes; each given is asked."
)
@click.option("--settle", default=20.0, show_default=True, help="Seconds in which the processes of a server start.")
@DATA
@INDEX
def main(
    paragraphs: int, people: int, rounds: int, workers: tuple[int, ...], settle: float, data: Path, index: Path | None
) -> None:
    known = sentences(data)
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as servers:
        index = index or Path(temporary) / "index"
        if not index.exists():
            build(index, known, paragraphs)
        first, *asked = questions(known, people * rounds + 11)
        clients, measured = {}, {}
        for number in workers or (1, 2):
            start = time.perf_counter()
            address, process = servers.enter_context(server(index, "--workers", str(number)))
            client = servers.enter_context(httpx.Client(base_url=address, timeout=120, trust_env=False))
            health = client.get("healthz").json()
            print(f"{number} workers: up after            {time.perf_counter() - start:8.1f} s")
            print(f"  first question                {seconds(client, first):8.3f} s")
            clients[number] = client
            measured[number] = Measured(process)
        print(f"{health['paragraphs']:,} paragraphs of {health['sources']:,} sources")
        time.sleep(settle)
        for number, client in clients.items():
            alone = sorted(seconds(client, question) for question in asked[:10])
            print(f"{number} workers, one person            {alone[5]:8.3f} s p50, {alone[-1]:.3f} s at most")
        for turn in range(rounds):  # one server after the other, so that both meet the machine as it is
            own = asked[10 + turn * people : 10 + (turn + 1) * people]
            for number, client in clients.items():
                result, before, start = measured[number], cores(measured[number].process), time.perf_counter()
                times, errors = measure(str(client.base_url), own, people=people, rounds=1)
                result.took += time.perf_counter() - start
                after = cores(result.process)
                result.own, result.others = result.own + after[0] - before[0], result.others + after[1] - before[1]
                result.times += times
                result.errors += errors
        for number, result in measured.items():
            print(f"{number} workers, {people} people at once   {result}")


if __name__ == "__main__":
    main()
