"""What stands beside an answer of figures: its timeline, and other figures that bear on it."""

import pytest
from test_matters import corpus_of

from qa import Assistant
from qa.answers import Bearing
from ui.terminal.text import write_answer

ARTICLES = {
    "lundi": (
        "2031-05-05",
        "Crue à Valmerie : trente blessés",
        "La crue de la Sorle a fait 30 blessés à Valmerie, selon la préfecture. On compte 42 morts et blessés, selon "
        "la mairie. Le maire Paul Erval appelle les habitants au calme.",
    ),
    "mercredi": (
        "2031-05-07",
        "Valmerie : 38 blessés",
        "À Valmerie, la crue de la Sorle a fait 38 blessés, ont indiqué les pompiers mercredi. La circulation reste "
        "difficile dans le centre.",
    ),
}


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    return Assistant(corpus_of(tmp_path_factory.mktemp("bearing"), ARTICLES)).ask("combien de blessés à Valmerie ?")


def test_what_was_said_from_day_to_day_is_in_the_order_of_the_days(answer):
    assert [(one.published.isoformat(), one.text, one.source) for one in answer.timeline] == [
        ("2031-05-05", "30", "lundi.txt"),
        ("2031-05-07", "38", "mercredi.txt"),
    ]


def test_a_combined_toll_bears_on_the_wounded(answer):
    assert answer.bearing == (Bearing("combined", ("42",), ("lundi.txt",)),)
    assert "1 source donne aussi un bilan global : 42" in write_answer(answer)
