"""Does a server that many people ask for minutes, while its corpus is changed, stay right, and its memory flat?

    python tests/benchmarks/soak.py --minutes 10 --people 50 --paragraphs 100000

Everybody asks one question after the other. Half of them are asked again and again: their right answers were given by
the quiet server, in each state that the corpus goes through. The others were never asked before. Meanwhile articles are
added, replaced and removed, over and over: on the page of the server (`--allow-uploads`) and by `recoupe add` and
`recoupe remove` beside it, which the server notices within seconds.

An answer is wrong when it is not, to the letter, that of a state which was served between question and answer; a quote,
when it does not stand at its offsets in its source. A server that says it is busy is asked again after the time that it
names. The status is 1 where anything failed or was wrong. The index of `--index FOLDER`, of 100,000 paragraphs if it is
to be made, is copied first and left as it is; memory is read from /proc, so this needs Linux.
"""

from __future__ import annotations

import csv
import itertools
import json
import random
import shutil
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import click
import httpx
import numpy as np
from load import DATA, INDEX, Busy, ask, build, questions, recoupe, sentences, server

FIRE, TRAIN = "soak-fire.txt", "soak-train.txt"
ARTICLES = {
    f"first/{FIRE}": (
        "Incendie à la minoterie d'Ostrevel\n\nDouze personnes sont mortes mardi dans l'incendie de la minoterie "
        "d'Ostrevel, a déclaré le maire. Trente-deux ouvriers ont été blessés.\n"
    ),
    f"second/{FIRE}": (
        "Incendie à la minoterie d'Ostrevel : un lourd bilan\n\nQuinze personnes sont mortes mardi dans l'incendie "
        "de la minoterie d'Ostrevel, a déclaré la préfecture. Trente-deux ouvriers ont été blessés.\n\n"
        "La minoterie d'Ostrevel employait deux cents personnes. Une enquête a été ouverte sur les causes du feu.\n"
    ),
    TRAIN: (
        "Un train déraille près de Quernoy\n\nUn train qui transportait 240 voyageurs a déraillé mercredi près de "
        "Quernoy. Neuf voyageurs ont été hospitalisés, selon les pompiers.\n"
    ),
}
OF_THE_ARTICLES = (
    "combien de morts dans l'incendie de la minoterie d'Ostrevel ?",
    "how many people died in the fire at the Ostrevel mill?",
    "combien de blessés à Ostrevel ?",
    "combien de voyageurs étaient dans le train de Quernoy ?",
    "how many passengers of the Quernoy train were taken to hospital?",
)
OF_THE_CORPUS = 20
"""Questions about the corpus itself whose answers are known."""

NOTICED = 60
"""Seconds in which a server under load notices what was done beside it."""

PAUSE = 2.0
"""Seconds between two changes."""


class Given(NamedTuple):
    """What came of a question: when it was asked and answered, and in which states that answer is right.

    `right` is None where the right answer is not known beforehand.
    """

    start: float
    end: float
    question: str
    right: frozenset[int] | None


class Changed(NamedTuple):
    """A change of the corpus: from when its state may be served, and from when no earlier one is."""

    start: float
    end: float
    state: int


class Editor:
    """Changes the corpus: on the page of a server, and from the command line beside it."""

    def __init__(self, client: httpx.Client, index: Path, articles: Path) -> None:
        self._client, self._index = client, index
        self._sessions = itertools.count()
        config = client.get("config").json()
        self._events = {target[1]: event["id"] for event in config["dependencies"] for target in event["targets"]}
        first, second, train = (articles / name for name in ARTICLES)
        self.steps: tuple[Callable[[], None], ...] = (
            lambda: self._upload(first),
            lambda: self._command("remove", FIRE),  # the server goes on with files that are ...
            lambda: self._command("add", train),  # ... deleted here
            lambda: self._upload(second),
            lambda: self._command("remove", TRAIN),
            lambda: self._page("drop", [""], source=FIRE),
        )
        """Each makes the next state of the corpus; the last brings back the first."""

    def state(self) -> tuple[int, int]:
        """Return how many sources and paragraphs the server says that it has."""
        health = self._client.get("healthz").json()
        return health["sources"], health["paragraphs"]

    def _upload(self, file: Path) -> None:
        sent = self._client.post("gradio_api/upload", files={"files": (file.name, file.read_bytes())})
        article = {"path": sent.json()[0], "orig_name": file.name, "meta": {"_type": "gradio.FileData"}}
        self._page("upload", ["", [article]])

    def _page(self, event: str, data: list[Any], **told: str) -> None:
        """Send an event as the page does, and wait for its end. Raises RuntimeError where it has none."""
        session = f"soak{next(self._sessions)}"
        call = {"data": data, "fn_index": self._events[event], "session_hash": session, "event_data": told}
        while (sent := self._client.post("gradio_api/queue/join", json=call)).status_code == 503:
            time.sleep(1)
        if sent.status_code != 200:
            raise RuntimeError(f"{event}: {sent.status_code} {sent.text[:100]}")
        stream = self._client.get("gradio_api/queue/data", params={"session_hash": session}).text
        ends = [line for line in stream.splitlines() if '"msg":"process_completed"' in line]
        if not ends or not json.loads(ends[-1].removeprefix("data: "))["success"]:
            raise RuntimeError(f"{event}: {stream[-200:]}")

    def _command(self, name: str, what: object) -> None:
        """Change the corpus beside the server, and wait until it serves that. Raises RuntimeError where it does not."""
        before = self.state()
        command, surroundings = recoupe(name, what, "--index", self._index)
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"recoupe {name}: {done.stderr.strip()[-200:]}")
        for _ in range(NOTICED):
            if self.state() != before:
                return
            time.sleep(1)
        raise RuntimeError(f"recoupe {name} was not noticed within {NOTICED} s")


class Soak:
    """A run: what was asked and what came of it, what was changed, how much memory the server held."""

    def __init__(self, client: httpx.Client, editor: Editor, known: list[str]) -> None:
        self._client, self._editor = client, editor
        self.fixed = [*OF_THE_ARTICLES, *questions(known, OF_THE_CORPUS)]
        self.right: dict[str, dict[str, frozenset[int]]] = {question: {} for question in self.fixed}
        """By question and answer: in which states that answer is right."""
        self.states: list[tuple[int, int]] = []
        self.given: list[Given] = []
        self.changed: list[Changed] = []
        self.busy: list[float] = []
        self.errors: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.cited: set[tuple[str, int, int, str]] = set()
        self.memory: list[tuple[float, float, float, int]] = []
        """Seconds from the start, resident and anonymous memory of the server in MB, changes so far."""

    def learn(self) -> None:
        """Ask the quiet server the questions whose answers are to be known, in every state."""
        before = [ask(self._client, question) for question in self.fixed]
        for number, step in enumerate(self._editor.steps):
            step()
            self.states.append(self._editor.state())
            for question in self.fixed:
                answer = ask(self._client, question)
                self._cite(answer)
                self.right[question][answer] = self.right[question].get(answer, frozenset()) | {number}
        last = len(self._editor.steps) - 1
        for question, answer in zip(self.fixed, before, strict=True):
            if last not in self.right[question].get(answer, ()):
                self.wrong.append(f"{question}: another answer when all was removed again than before it was added")

    def run(self, address: str, process: int, *, minutes: float, people: int, fresh: Iterator[str]) -> float:
        """Let everybody ask for so long, and return when that began."""
        start = time.perf_counter()
        end = start + 60 * minutes
        self.changed.append(Changed(-np.inf, -np.inf, len(self.states) - 1))
        threads = [threading.Thread(target=self._person, args=(address, n, fresh, end)) for n in range(people)]
        threads.append(threading.Thread(target=self._change, args=(end,)))
        for thread in threads:
            thread.start()
        every = min(15.0, 60 * minutes / 12)
        for sample in itertools.count():
            if start + sample * every > end:
                break
            time.sleep(max(0.0, start + sample * every - time.perf_counter()))
            self.memory.append((sample * every, *memory(process), len(self.changed) - 1))
        for thread in threads:
            thread.join()
        return start

    def _person(self, address: str, number: int, fresh: Iterator[str], end: float) -> None:
        chance = random.Random(number)
        with httpx.Client(base_url=address, timeout=300, trust_env=False) as client:
            while time.perf_counter() < end:
                question = chance.choice(self.fixed) if chance.random() < 0.5 else next(fresh)
                with self._counted():
                    self._ask(client, question)

    def _ask(self, client: httpx.Client, question: str) -> None:
        while True:
            start = time.perf_counter()
            try:
                answer = ask(client, question)
            except Busy as busy:
                self.busy.append(start)
                time.sleep(busy.wait)
                continue
            right = self.right[question].get(answer, frozenset()) if question in self.right else None
            self.given.append(Given(start, time.perf_counter(), question, right))
            if right is None:
                self._cite(answer)
            elif not right:
                self.wrong.append(f"{question}: {difference(answer, self.right[question])}")
            return

    def _change(self, end: float) -> None:
        for number, step in itertools.cycle(enumerate(self._editor.steps)):
            if time.perf_counter() > end:
                return
            start = time.perf_counter()
            with self._counted():
                step()
                if self._editor.state() != self.states[number]:
                    self.wrong.append(f"step {number}: {self._editor.state()} and not {self.states[number]} served")
            self.changed.append(Changed(start, time.perf_counter(), number))
            time.sleep(PAUSE)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        try:
            yield
        except (RuntimeError, httpx.HTTPError, ValueError) as error:
            self.errors[f"{type(error).__name__}: {error}"] += 1

    def _cite(self, answer: str) -> None:
        for source in json.loads(answer)[0]["sources"]:
            for passage in source["passages"]:
                cited = passage["citation"]
                self.cited.add((cited["source"], cited["start"], cited["end"], cited["quote"]))

    def late(self) -> list[str]:
        """Return the answers that are right in some state, but not in one that was served while they were worked on."""
        ends = [change.end for change in self.changed[1:]] + [np.inf]
        found = []
        for given in self.given:
            served = {
                change.state
                for change, replaced in zip(self.changed, ends, strict=True)
                if change.start <= given.end and replaced >= given.start
            }
            if given.right and not given.right & served:
                found.append(f"{given.question}: right in {sorted(given.right)}, and {sorted(served)} were served")
        return found


def memory(process: int) -> tuple[float, float]:
    """Return the resident and the anonymous memory of a process, in MB."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    kilobytes = {line.split()[0]: int(line.split()[1]) for line in lines if line.startswith(("VmRSS", "RssAnon"))}
    return kilobytes["VmRSS:"] / 1e3, kilobytes["RssAnon:"] / 1e3


def difference(answer: str, right: Iterable[str]) -> str:
    """Return where an answer first differs from the right one that it follows longest."""

    def shared(other: str) -> int:
        return next((n for n, (a, b) in enumerate(zip(answer, other, strict=False)) if a != b), len(answer))

    nearest = max(right, key=shared)
    at = max(0, shared(nearest) - 40)
    return f"...{answer[at : at + 100]!r} and not {nearest[at : at + 100]!r}"


def misquoted(cited: Iterable[tuple[str, int, int, str]], index: Path, articles: Path) -> list[str]:
    """Return the citations whose quote does not stand at its offsets in its source, in any version of that."""
    from index import Corpus
    from index.reading import read_path

    corpus = Corpus.open(index)
    texts = {source: [] for source in (FIRE, TRAIN)}
    for file in ARTICLES:
        texts[Path(file).name] += [document.text for document in read_path(articles / file).documents]
    found = []
    for source, start, end, quote in sorted(cited):
        if source not in texts:
            texts[source] = [corpus.document(source).text]
        if all(text[start:end] != quote for text in texts[source]):
            found.append(f"{source}[{start}:{end}]: {quote[:80]!r}")
    return found


def table(soak: Soak, start: float) -> None:
    """Print what came of each minute."""
    print("\nminute answers    busy changes      p50      p95      p99  at most      RSS anonymous")
    print("                                   s        s        s        s       MB        MB")
    for minute in range(int((max(given.end for given in soak.given) - start) // 60) + 1):
        since, until = start + 60 * minute, start + 60 * minute + 60
        times = [given.end - given.start for given in soak.given if since <= given.end < until] or [np.nan]
        busy = sum(since <= at < until for at in soak.busy)
        changes = sum(since <= change.end < until for change in soak.changed)
        held = [sample[1:3] for sample in soak.memory if 60 * minute <= sample[0] < 60 * minute + 60] or [[np.nan] * 2]
        numbers = [*np.percentile(times, [50, 95, 99]), max(times)]
        print(
            f"{minute + 1:6}{len(times):8}{busy:8}{changes:8}"
            + "".join(f"{number:9.3f}" for number in numbers)
            + f"{np.mean([rss for rss, _ in held]):9.0f}{np.mean([anonymous for _, anonymous in held]):10.0f}"
        )


def verdict(soak: Soak, wrong: dict[str, list[str]]) -> None:
    """Print what was checked, and the first of what failed. Raises ClickException where anything did."""
    checked = sum(given.right is not None for given in soak.given)
    swayed = sum(len(answers) > 1 for answers in soak.right.values())
    print(f"\n{len(soak.given)} answers, {len(soak.busy)} times busy, {sum(soak.errors.values())} errors")
    print(f"{checked} answers to {len(soak.right)} known questions, of which the changes sway {swayed}")
    print(f"{len(soak.cited)} different quotes")
    for name, found in wrong.items():
        print(f"{len(found)} {name}")
    for line in [*(f"{count} x {error}" for error, count in soak.errors.most_common(5))]:
        print(f"  {line}")
    for line in [line for found in wrong.values() for line in found[:5]]:
        print(f"  {line}")
    third = max(1, len(soak.memory) // 3)
    for name, column in (("resident", 1), ("anonymous", 2)):
        held = [sample[column] for sample in soak.memory]
        first, last = np.mean(held[:third]), np.mean(held[-third:])
        print(f"{name} memory, first third {first:.0f} MB, last third {last:.0f} MB, at most {max(held):.0f} MB")
    if soak.errors or any(wrong.values()) or not swayed:
        raise click.ClickException("not all was right" if swayed else "no answer changed with the corpus")


@click.command(help=__doc__)
@click.option("--minutes", default=10.0, show_default=True)
@click.option("--people", default=50, show_default=True)
@click.option("--paragraphs", default=100_000, show_default=True, help="Of an index that is made for this.")
@DATA
@INDEX
@click.option("--csv", "curve", type=click.Path(path_type=Path), help="Write the curve of the memory here.")
@click.option("--workers", default=1, show_default=True, help="In how many processes the server answers.")
def main(
    minutes: float, people: int, paragraphs: int, data: Path, index: Path | None, curve: Path | None, workers: int
) -> None:
    from index import Corpus

    known = sentences(data)
    with tempfile.TemporaryDirectory() as temporary:
        kept, copied, articles = index or Path(temporary) / "kept", Path(temporary) / "index", Path(temporary)
        if not kept.exists():
            build(kept, known, paragraphs)
        shutil.copytree(kept, copied)
        for name, text in ARTICLES.items():
            (articles / name).parent.mkdir(exist_ok=True)
            (articles / name).write_text(text, encoding="utf-8")
        with (
            server(copied, "--allow-uploads", "--workers", str(workers)) as (address, process),
            httpx.Client(base_url=address, timeout=300, trust_env=False) as client,
        ):
            editor = Editor(client, copied, articles)
            soak = Soak(client, editor, known)
            print(f"{editor.state()[1]:,} paragraphs of {editor.state()[0]:,} sources, {people} people")
            start = time.perf_counter()
            soak.learn()
            print(f"right answers                   {time.perf_counter() - start:8.1f} s")
            print("served after each change        " + ", ".join(f"{s} sources" for s, _ in soak.states))
            fresh = iter(questions(known, OF_THE_CORPUS + int(6000 * minutes))[OF_THE_CORPUS:])
            start = soak.run(address, process, minutes=minutes, people=people, fresh=fresh)
        table(soak, start)
        wrong = {
            "wrong answers": soak.wrong,
            "answers of a state that was not served": soak.late(),
            "quotes that do not stand in their source": misquoted(soak.cited, copied, articles),
            "files of the index that are not whole": Corpus.verify(copied),
        }
    if curve:
        with open(curve, "w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(("seconds", "rss_mb", "anonymous_mb", "changes"))
            rows.writerows((f"{at:.0f}", f"{rss:.1f}", f"{own:.1f}", count) for at, rss, own, count in soak.memory)
    verdict(soak, wrong)


if __name__ == "__main__":
    main()
