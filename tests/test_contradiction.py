"""Whether two sentences contradict each other: only where their figures tell."""

import pytest

from index.records import CorpusError
from qa.evaluation.contradiction import SentencePair, compare_sentences, measure, read_sentences


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("L'incendie a fait 12 morts.", "L'incendie a tué 17 personnes.", "contradiction"),
        ("L'incendie a fait 12 morts.", "Au moins 12 personnes sont mortes dans l'incendie.", "compatible"),
        ("Le maire a démenti que 71 personnes soient mortes.", "71 personnes sont mortes.", "contradiction"),
        ("L'incendie a fait 12 morts.", "L'incendie a fait 40 blessés.", ""),
        ("Le feu est éteint.", "Le feu couve encore.", ""),
    ],
)
def test_what_is_said_of_two_sentences(one, other, expected):
    assert compare_sentences(one, other) == compare_sentences(other, one) == expected


def test_what_is_counted():
    pairs = [
        SentencePair("1", "L'incendie a fait 12 morts.", "L'incendie a fait 17 morts.", True),
        SentencePair("2", "L'incendie a fait 12 morts.", "L'incendie a fait 17 morts.", False),
        SentencePair("3", "L'incendie a fait 12 morts.", "L'incendie a fait douze morts.", True),
        SentencePair("4", "Le feu est éteint.", "Le feu couve.", True),
    ]
    assert {name: str(rate) for name, rate in measure(pairs).items()} == {
        "judged": "0.750 (3/4)",
        "right where judged": "0.333 (1/3)",
        "precision": "0.500 (1/2)",
        "recall where judged": "0.500 (1/2)",
        "recall of all": "0.333 (1/3)",
    }


def test_a_table_of_pairs(tmp_path):
    file = tmp_path / "pairs.tsv"
    file.write_text('id\tpremise\thypothesis\tlabel\na1\tUn "feu".\tDeux.\t1\n', encoding="utf-8")
    assert read_sentences(file) == [SentencePair("a1", 'Un "feu".', "Deux.", True)]
    file.write_text("id\tpremise\nx\ty\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="not a table of sentence pairs"):
        read_sentences(file)
