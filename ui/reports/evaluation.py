"""What does a report look like in a browser? One file without scripts, which opens from disk without a network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from index.records import Hit
from qa.answers import Answer
from qa.evaluation import Metric, Outcome, Report
from qa.evaluation.report import gap
from ui.escaping import disarm
from ui.reports.pictures import draw_bars, draw_lines

TELLING = ("passage first", "value", "refused", "kept", "follow-up", "nDCG@10")
"""The metrics by which questions are called worst, and types of questions are compared."""

WORST = 20
"""Questions that are shown."""

_STYLE = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 1rem }
.skip { position: absolute; left: -99rem } .skip:focus { position: static }
:focus-visible { outline: 3px solid #0072b2; outline-offset: 2px }
table { border-collapse: collapse } caption { text-align: left; font-weight: 600; padding: .4rem 0 }
th, td { padding: .25rem .7rem; border-bottom: 1px solid #8886; text-align: right; white-space: nowrap }
th[scope=row], th:first-child { text-align: left; white-space: normal } th small { font-weight: 400 }
.wide { overflow-x: auto }
figure { margin: 1rem 0 } img { max-width: 100%; height: auto; background: #fff }
details { border-bottom: 1px solid #8886; padding: .5rem 0 } summary { cursor: pointer }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 1rem }
blockquote { margin: .3rem 0 .8rem; padding-left: .8rem; border-left: 3px solid #8886 }
mark { background: #ffe08a; color: #000 } small { opacity: .85 }
"""


def write_report_page(report: Report, *, title: str) -> str:
    """Return a report as a page: tables, bars by type and language, the abstention curve, the worst questions.

    Raises MissingExtra without matplotlib.
    """
    heading = f"Evaluation: {_shown(title)}"
    parts = [
        f"<h1>{heading}</h1>",
        f"<p>{len(report.outcomes)} questions. A figure is a mean over its cases; beside it stands how many there "
        "are, of them right where a case is right or wrong, or n.</p>",
        _tables(report),
        _by_language(report),
        _by_type(report),
        _abstention(report),
        _worst(report),
    ]
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{heading}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#main">Skip to the figures</a>\n<main id="main">\n'
        + "\n".join(part for part in parts if part)
        + "\n</main>\n</body>\n</html>\n"
    )


def _shown(text: str) -> str:
    return escape(disarm(text))


def _tables(report: Report) -> str:
    codes = report.languages
    rows = []
    for metric in report.metrics:
        own = [report.rate(metric.name, language=code) for code in codes]
        rows.append((metric, [*map(str, own), str(report.rate(metric.name)), gap(own)]))
    counts = report.summary()["questions"]
    heads = [f"{code} ({counts[code]} questions)" for code in [*codes, "all"]]
    tables = [_table("By language of the question", [*heads, "gap"], rows)]
    if len({passage for _, passage in report.pairs}) > 1:
        rows = []
        for metric in report.metrics:
            own = [report.rate(metric.name, language=a, passage=b) for a, b in report.pairs]
            if any(rate.total for rate in own):
                rows.append((metric, [*map(str, own), gap(own)]))
        heads = [f"{a}→{b}" for a, b in report.pairs]
        tables.append(_table("By languages of the question and of the passage", [*heads, "gap"], rows))
    times = [
        f"<li>{name}: {1000 * own['p50']:.0f} ms median, {1000 * own['p95']:.0f} ms at the 95th percentile "
        f"(n={own['n']:.0f})</li>"
        for name, own in report.latency().items()
    ]
    return "<h2>Figures</h2>\n" + "\n".join(tables) + f"\n<h3>Time</h3>\n<ul>{''.join(times)}</ul>"


def _table(caption: str, heads: Sequence[str], rows: Iterable[tuple[Metric, Sequence[str]]]) -> str:
    head = "".join(f'<th scope="col">{_shown(cell)}</th>' for cell in heads)
    body = "\n".join(
        f'<tr><th scope="row">{_shown(metric.name)}<br><small>{_shown(metric.about)}</small></th>'
        + "".join(f"<td>{_shown(cell)}</td>" for cell in cells)
        + "</tr>"
        for metric, cells in rows
    )
    return _scrolling(
        caption,
        f'<table><caption>{_shown(caption)}</caption>\n<thead><tr><th scope="col">metric</th>{head}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody></table>",
    )


def _scrolling(label: str, table: str) -> str:
    """Return a table that a keyboard can scroll where it is wider than the window."""
    return f'<div class="wide" role="region" tabindex="0" aria-label="{_shown(label)}">{table}</div>'


def _picture(address: str, told: str, caption: str) -> str:
    return f'<figure><img src="{address}" alt="{_shown(told)}"><figcaption>{_shown(caption)}</figcaption></figure>'


def _by_language(report: Report) -> str:
    codes = report.languages
    rows = {m.name: {code: report.rate(m.name, language=code).value for code in codes} for m in report.metrics}
    told = "Bars of every metric by language of the question; the first table has the same figures."
    return "<h2>By language</h2>\n" + _picture(draw_bars(rows), told, "Every metric, by language of the question.")


def _by_type(report: Report) -> str:
    rows = {}
    for type_ in report.types:
        own = {name: report.rate(name, type=type_) for name in TELLING}
        count = sum(outcome.question.type == type_ for outcome in report.outcomes)
        rows[disarm(f"{type_} (n={count})")] = {name: rate.value for name, rate in own.items() if rate.total}
    told = "; ".join(
        f"{type_}: " + ", ".join(f"{name} {value:.2f}" for name, value in own.items() if value is not None)
        for type_, own in rows.items()
    )
    return "<h2>By type of question</h2>\n" + _picture(draw_bars(rows), told, "By type, with the number of questions.")


def _abstention(report: Report) -> str:
    curve = report.curve()
    if not curve:
        return ""
    names = ("wrongly refused", "wrongly answered")
    address = draw_lines(
        [point["threshold"] for point in curve],
        {name: [point[name] for point in curve] for name in names},
        across="probability from which a passage answers",
    )
    rows = "\n".join(
        f'<tr><th scope="row">{point["threshold"]:.2f}</th>'
        + "".join(f"<td>{point[n]:.3f}</td>" for n in names)
        + "</tr>"
        for point in curve
    )
    caption = "Abstention, by the probability from which a passage answers"
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("threshold", *names))
    table = f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    weighed = [o for o in report.outcomes if o.confidence is not None]
    answerable = sum(bool(o.question.answers) for o in weighed)
    counts = f"{answerable} answerable questions, {len(weighed) - answerable} unanswerable ones."
    return (
        "<h2>Abstention</h2>\n"
        + _picture(address, "Both error rates over the threshold; the table below has the same figures.", counts)
        + f"\n<details><summary>The curve as a table</summary>{_scrolling(caption, table)}</details>"
    )


def _worst(report: Report) -> str:
    scored = sorted((_goodness(outcome), number) for number, outcome in enumerate(report.outcomes))
    worst = [report.outcomes[number] for score, number in scored if score < 1][:WORST]
    shown = "\n".join(_question(outcome) for outcome in worst) or "<p>Every question went well.</p>"
    return f"<h2>The worst questions</h2>\n<p>By the mean of: {_shown(', '.join(TELLING))}.</p>\n{shown}"


def _goodness(outcome: Outcome) -> float:
    means = [sum(c.score for c in cases) / len(cases) for name in TELLING if (cases := outcome.cases.get(name))]
    return sum(means) / len(means) if means else 1.0


def _question(outcome: Outcome) -> str:
    question = outcome.question
    cases = {name: own for name, own in outcome.cases.items() if own and name in TELLING}
    scores = ", ".join(f"{name} {sum(c.score for c in own) / len(own):.2f}" for name, own in cases.items())
    earlier = "".join(f"<li>{_shown(text)}</li>" for text in question.history)
    expected = "".join(
        f"<p>{_shown(a.source)}{': <strong>' + _shown(a.answer) + '</strong>' if a.answer else ''}</p>"
        f"<blockquote>{_shown(a.quotes[0])}</blockquote>"
        for a in question.answers
    )
    return (
        f'<details><summary><span lang="{_shown(question.language)}">{_shown(question.question)}</span> '
        f"<small>({_shown(question.id)}: {_shown(scores)})</small></summary>\n"
        + (f"<p>Asked before:</p><ol>{earlier}</ol>" if earlier else "")
        + '<div class="sides"><section><h3>Expected</h3>'
        + (expected or "<p>No source answers.</p>")
        + "</section><section><h3>Returned</h3>"
        + (_answer(outcome.answer) if outcome.answer else _ranked(outcome.best))
        + "</section></div></details>"
    )


def _answer(answer: Answer) -> str:
    if not answer.found:
        return "<p>Refused.</p>"
    return "".join(
        f"<p>{_shown(source.source)}"
        + (f": <strong>{_shown(source.claim.text)}</strong>" if source.claim else "")
        + f"</p><blockquote>{_marked(source.passages[0].citation.quote, source.passages[0].highlights)}</blockquote>"
        for source in answer.sources
    )


def _marked(quote: str, highlights: Iterable[tuple[int, int]]) -> str:
    """Return a quote with the sentences that answer marked."""
    parts, last = [], 0
    for start, end in sorted(highlights):
        parts += [_shown(quote[last:start]), f"<mark>{_shown(quote[start:end])}</mark>"]
        last = end
    return "".join([*parts, _shown(quote[last:])])


def _ranked(hits: Sequence[Hit]) -> str:
    return (
        "".join(
            f"<p>{_shown(hit.paragraph.source)}</p><blockquote>{_shown(hit.paragraph.text)}</blockquote>"
            for hit in hits
        )
        or "<p>Nothing was found.</p>"
    )
