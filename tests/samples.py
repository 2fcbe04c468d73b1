"""Values made by hand that several test files share (a conftest is not to be imported: each folder may have one)."""

from pathlib import Path

from index.records import Hit, Paragraph
from qa.answers import Citation, Passage

ROOT = Path(__file__).resolve().parent.parent
HOSTILE = "<script>alert(1)</script> *gras* $$x$$ [lien](javascript:alert(2)) \x1b[2J\u202e"


def passage_of(number, source, quote, sentence, *, page=None):
    start = quote.index(sentence)
    paragraph = Paragraph(number, source, "", "", 100, 100 + len(quote), quote, "fr")
    citation = Citation(number, source, "", None, 100, 100 + len(quote), quote, page)
    return Passage(citation, ((start, start + len(sentence)),), (), Hit(paragraph, 1.0))
