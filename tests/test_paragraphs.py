"""Paragraphs, sentences, furniture and datelines: exact results on news layouts, and laws on made-up texts."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.paragraphs import Block, is_furniture, sentences, split
from index.paragraphs.datelines import read_dateline
from index.paragraphs.layout import units
from index.paragraphs.roles import BODY, roles

A = "Le maire de la ville a inauguré mardi le nouveau pont, qui a coûté 42 millions d'euros et deux ans de travaux."
B = "Les riverains, eux, réclamaient cet ouvrage depuis 1998. Près de 12 000 voitures l'emprunteront chaque jour."
C = "The company said on Tuesday that it would close three of its plants by 2027, at a cost of about 2,400 jobs."
D = "Unions called the decision a betrayal. “We were never consulted,” said Mary O'Neill, who leads the largest one."


def read(text: str, language: str = "fr", title: str = "", limit: int = 600) -> list[tuple[str, str]]:
    """Return the (heading, text) of each block."""
    blocks = split(text, language=language, title=title, limit=limit)
    return [(b.heading, text[b.start : b.end]) for b in blocks]


# --- layouts of news articles ---------------------------------------------------------------------------------------


def test_blank_lines_between_paragraphs_with_title_dateline_and_headings():
    text = f"Un pont pour Lormeaux\n\nPublié le 3 mars 2023\n\n{A}\n\nUn ouvrage attendu\n\n{B}\n"
    assert read(text, title="Un pont pour Lormeaux") == [("", A), ("Un ouvrage attendu", B)]


def test_one_paragraph_a_line():
    text = f"Un pont pour Lormeaux\n{A}\nUn ouvrage attendu\n{B}\n{A}"
    assert read(text) == [("Un pont pour Lormeaux", A), ("Un ouvrage attendu", B), ("Un ouvrage attendu", A)]


def test_lines_wrapped_at_a_fixed_width_are_one_paragraph():
    wrapped = (
        "Le maire de la ville a inauguré mardi le nouveau pont, qui a coûté 42\n"
        "millions d'euros et deux ans de travaux. Les riverains, eux, réclamaient\n"
        "cet ouvrage depuis 1998."
    )
    second = "Près de 12 000 voitures l'emprunteront chaque jour, selon les prévisions\nde la préfecture."
    assert read(f"UN PONT POUR LORMEAUX\n\n{wrapped}\n\n{second}\n") == [
        ("UN PONT POUR LORMEAUX", wrapped),
        ("UN PONT POUR LORMEAUX", second),
    ]


def test_wrapped_lines_without_blank_lines_part_where_a_line_ends_early():
    first = (
        "The company said on Tuesday that it would close three of its plants\n"
        "by 2027, at a cost of about 2,400 jobs, most of them in the north of\nthe country."
    )
    second = "Unions called the decision a betrayal and said that they had never\nbeen consulted."
    assert read(f"{first}\n{second}", "en") == [("", first), ("", second)]


def test_a_dash_in_a_wrapped_sentence_is_no_bullet():
    text = (
        "Le nouveau pont, inauguré mardi par le maire de la ville et le préfet\n"
        "– qui l'avait longtemps refusé – a coûté 42 millions d'euros et deux\nans de travaux."
    )
    assert read(text) == [("", text)]


def test_bullets_stand_alone_under_their_heading_which_ends_with_them():
    text = f"Points clés\n• Le pont a coûté 42 millions.\n• Il ouvre mardi.\n{A}\nLa suite\n{B}"
    assert read(text) == [
        ("Points clés", "Le pont a coûté 42 millions."),
        ("Points clés", "Il ouvre mardi."),
        ("", A),
        ("La suite", B),
    ]


def test_numbered_items_are_bullets_and_a_numbered_line_over_a_paragraph_is_a_heading():
    text = (
        f"1. Le contexte\n{A}\n\nTrois mesures :\n1. Fermer le pont\n2. Ouvrir le tunnel\n3. Taxer les camions\n\n{B}"
    )
    assert read(text) == [
        ("Le contexte", A),
        ("Trois mesures", "Fermer le pont"),
        ("Trois mesures", "Ouvrir le tunnel"),
        ("Trois mesures", "Taxer les camions"),
        ("Trois mesures", B),
    ]


def test_markdown_headings_nest_and_last():
    text = f"# Plants to close\n\n## Three sites\n\n{C}\n\n{D}\n\n### Reactions ###\n\n- None from the state\n"
    assert read(text, "en", title="Plants to close") == [
        ("Three sites", C),
        ("Three sites", D),
        ("Reactions", "None from the state"),
    ]


def test_questions_of_an_interview_are_headings():
    text = f"Pourquoi ce pont a-t-il coûté si cher ?\n\n{A}\n\nEt les riverains ?\n\n{B}"
    assert read(text) == [("Pourquoi ce pont a-t-il coûté si cher ?", A), ("Et les riverains ?", B)]


def test_rows_of_a_table_are_one_block():
    table = "Morts : 12\nBlessés : 45\nDisparus : 3"
    assert read(f"Le bilan\n{table}\n\n{A}") == [("Le bilan", table), ("Le bilan", A)]


def test_the_website_around_an_article_is_dropped():
    text = f"""Skip to content
Home
World
Business
Sport

Plants to close, thousands to go

By Anna Lind, Senior Correspondent
Updated March 3, 2023 at 5:00 PM

Share on Facebook
{C}

Advertisement - Continue reading below

{D}

Read also:
Ten years of closures in the north
What the unions want

Tags: industry, jobs
Leave a Reply
Your email address will not be published. Required fields are marked *
© 2023 The Northern Gazette. All rights reserved.
Privacy Policy
"""
    assert read(text, "en", title="Plants to close, thousands to go") == [("", C), ("", D)]


def test_a_french_page_with_its_menu_breadcrumb_and_footer():
    text = f"""Accueil > Régions > Lormeaux
Abonnez-vous à partir de 1 €
Un pont pour Lormeaux
Par Anne Martin, avec AFP
Le 03/03/2023 à 10 h 30, mis à jour le 04/03/2023
Temps de lecture : 3 min
(Photo : Jean Petit / AFP)
{A}
La suite après la publicité
À lire aussi : Les ponts de France en danger
Un ouvrage attendu
{B}
Partager cet article
12 commentaires
Dans la même rubrique
Le tunnel fermé pour six mois
Pourquoi la rocade déborde
Mentions légales | Politique de confidentialité | Contact
"""
    assert read(text, title="Un pont pour Lormeaux") == [("", A), ("Un ouvrage attendu", B)]


def test_links_in_the_middle_of_an_article_leave_the_heading_below_them():
    text = f"{A}\n\nÀ lire aussi\n\nLe tunnel fermé pour six mois\n\nUn ouvrage attendu\n\n{B}"
    assert read(text) == [("", A), ("Un ouvrage attendu", B)]


def test_a_table_of_contents_is_dropped_and_its_headings_stay():
    text = f"Sommaire\nUn ouvrage attendu\nLe prix\n\n{A}\nUn ouvrage attendu\n{B}\nLe prix\n{A}"
    assert read(text) == [("", A), ("Un ouvrage attendu", B), ("Le prix", A)]


def test_what_a_correction_says_is_kept_and_that_there_was_one_is_not():
    kept = "Mise à jour le 4 mars 2023 : le pont a finalement coûté 43 millions d'euros."
    dropped = "Mise à jour le 4/3/23, 10:07 : cet article a été complété avec la réaction du maire."
    assert read(f"{A}\n\n{kept}") == [("", A), ("", kept)]
    assert read(f"{A}\n\n{dropped}") == [("", A)]


def test_a_short_last_line_without_a_full_stop_is_kept():
    assert read(f"{A}\n\nLe pont sera gratuit pour les vélos") == [("", A), ("", "Le pont sera gratuit pour les vélos")]


def test_a_live_page_keeps_its_times_as_headings_and_its_figures_together():
    figures = "Dead: 14\nInjured: 120\nHomes without power: 45,000"
    text = f"10:07\n{C}\n\n09:30\nThe road is closed\n{D}\n\nKEY FIGURES\n{figures}\n\n{C}"
    assert read(text, "en") == [
        ("10:07", C),
        ("09:30 — The road is closed", D),
        ("KEY FIGURES", figures),
        ("KEY FIGURES", C),
    ]


def test_an_interview_with_its_speakers():
    answer = "Marc Petit : Oui, de 3 % environ d'ici à décembre, à cause de l'énergie."
    text = f"Trois questions à Marc Petit\n\nLa Gazette : Les prix vont-ils monter ?\n{answer}\nEt les salaires ?\n{A}"
    assert read(text, title="Trois questions à Marc Petit") == [
        ("La Gazette : Les prix vont-ils monter ?", answer),
        ("Et les salaires ?", A),
    ]


def test_a_standfirst_without_a_full_stop_is_kept():
    lead = "Les combats ont repris dans l'est du pays, faisant au moins 30 victimes civiles selon un premier bilan"
    text = f"Le bilan s'alourdit\n\n{lead}\n\nPar Anne Martin (avec AFP)\n\n{A}"
    assert read(text, title="Le bilan s'alourdit") == [("", lead), ("", A)]


def test_a_broken_line_goes_on():
    text = "Selon un proche de la mairie de Lormeaux, joint par\nLe Progrès\n, le pont ouvrira mardi."
    assert read("Le maire a dit que le pont et la\nroute ouvriraient mardi.") == [
        ("", "Le maire a dit que le pont et la\nroute ouvriraient mardi.")
    ]
    assert read(text)[-1][1].endswith("Le Progrès\n, le pont ouvrira mardi.")


def test_text_of_nothing_but_a_title_or_short_lines_is_not_lost():
    assert read("Un pont pour Lormeaux", title="Un pont pour Lormeaux") == [("", "Un pont pour Lormeaux")]
    assert read("Jean Petit\nAnne Martin\nPaul Roux") == [("", "Jean Petit\nAnne Martin\nPaul Roux")]
    assert read("") == read(" \n\n\t\n") == read("Retour en haut") == []


# --- long paragraphs ------------------------------------------------------------------------------------------------


def test_an_article_on_one_line_is_cut_at_sentence_ends():
    text = " ".join(f"La phrase numéro {n} de M. Durand compte environ 3.000 signes, ou presque." for n in range(110))
    blocks = split(text, language="fr")
    assert {text[b.end - 8 : b.end] for b in blocks} == {"presque."}
    assert {text[b.start : b.start + 9] for b in blocks} == {"La phrase"}
    assert all(450 <= b.end - b.start <= 750 for b in blocks)
    assert " ".join(text[b.start : b.end] for b in blocks) == text


def test_no_short_tail_is_left_alone():
    text = " ".join(
        ["La commission a rendu son rapport au ministre après deux ans d'enquête à huis clos."] * 14 + ["Fin."]
    )
    assert min(end - start for start, end in ((b.start, b.end) for b in split(text, language="fr"))) > 300


def test_a_paragraph_a_little_over_the_limit_stays_whole():
    text = " ".join([A] * 7)
    assert len(text) > 700
    assert read(text) == [("", text)]


def test_a_sentence_without_end_is_cut_between_words():
    text = "alors " * 400 + "fin"
    pieces = [piece for _, piece in read(text)]
    assert " ".join(pieces) == text
    assert max(map(len, pieces)) <= 1200
    assert "".join(piece for _, piece in read("x" * 5000)) == "x" * 5000


def test_a_limit_that_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="at least 50"):
        split("abc", language="en", limit=0)


# --- sentences ------------------------------------------------------------------------------------------------------


SENTENCES = """
fr M. Macron est arrivé à 10 h 30. | Il a vu Mme. Petit et M. Le Goff. | Le Dr. Roux était là.
fr Le n° 5 est à l'art. 12 du code. | Il aime l'art. | Il peint. | Voir p. 4 et fig. 3.
fr César naquit en 100 av. J.-C. à Rome. | A.-M. Durand l'a écrit. | Environ 3.000 soldats ont suivi.
fr « Nous irons. Nous gagnerons », a-t-il déclaré. | Puis il est parti. | « C'est faux ! » a lancé M. Roux.
fr Elle vend des pommes, des poires, etc. | Le marché ferme à 14 h. | Qui vient ? | Personne… | Dommage !
fr Il l'a vu de près. | Paris dort. | Le prix est de 3,5 millions. | Les É.-U. ont refusé.
fr 1. Le pont ferme. | 2. Le tunnel ouvre.
en The U.S. Army left. | J. R. R. Tolkien wrote it. | Dr. Smith said. | He lives in the U.S. | They know.
en It begins at 10 p.m. Monday. | Acme Inc. said No. 5 won. | See e.g. Table 2. | Pay by Oct. 5. | Thanks.
en “We won. We did it,” he said. | It cost $3.5 million. | He told me. | Paris agreed. | "Stop." | "No."
en Gen. Mark Lee and Sen. Ann Roe met Mr. Wu. | The minister said no. | 12 people died. | Was it St. Paul?
en He ate vitamin C. | It helps. | “Really?” she asked. | Roe v. Wade stands! | Then... nothing.
"""


@pytest.mark.parametrize("line", SENTENCES.strip().split("\n"))
def test_sentences(line: str) -> None:
    language, parts = line[:2], line[3:].split(" | ")
    text = " ".join(parts)
    assert [text[start:end] for start, end in sentences(text, language)] == parts


def test_sentences_glued_by_a_copy_are_parted_and_addresses_are_not():
    text = "Le maire a parlé.Il est parti vers www.Le-site.fr et Lormeaux.Fr hier."
    assert [text[s:e] for s, e in sentences(text, "fr")] == [
        "Le maire a parlé.",
        "Il est parti vers www.Le-site.fr et Lormeaux.Fr hier.",
    ]


def test_rows_part_sentences_and_wrapped_lines_do_not():
    rows = "Morts : 12\nBlessés : 45"
    assert [rows[s:e] for s, e in sentences(rows, "fr")] == ["Morts : 12", "Blessés : 45"]
    wrapped = "Le maire de la ville a inauguré mardi le nouveau pont de la ville de\nLormeaux. Il a ri."
    assert [wrapped[s:e] for s, e in sentences(wrapped, "fr")] == [wrapped[:-9], "Il a ri."]


TEXTS = st.text(st.sampled_from("aé M.J.?!…«»“”\"' ,\n\t\u00a0-(): 15°lLe"), max_size=200)


@given(TEXTS, st.sampled_from(["fr", "en"]))
def test_law_sentences_hold_every_character_once_and_are_trimmed(text: str, language: str) -> None:
    found = sentences(text, language)
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in pairwise(found))
    assert all(text[s:e] == text[s:e].strip() != "" for s, e in found)
    assert "".join("".join(text[s:e].split()) for s, e in found) == "".join(text.split())


# --- furniture ------------------------------------------------------------------------------------------------------

FURNITURE = """Suivez aussi La Gazette sur Google Actualités
Suivez-nous
Rejoignez-nous sur Telegram
Si vous voulez lire la suite, connectez-vous ou abonnez-vous !
Abonnez-vous à notre infolettre
Recevez chaque matin notre newsletter
Il vous reste 80 % de cet article à lire. La suite est réservée aux abonnés.
Article réservé aux abonnés
Déjà abonné ? Identifiez-vous
Laisser un commentaire
Laissez un commentaire sur « Un pont pour Lormeaux »
12 commentaires
Votre adresse de messagerie ne sera pas publiée. Les champs obligatoires sont indiqués avec *
Enregistrer mon nom, mon e-mail et mon site dans le navigateur pour mon prochain commentaire.
- Publicité -
La suite après cette publicité
Sommaire
Table des matières
Retour en haut ↑
Haut de page
À lire aussi :
À lire aussi : les ponts de France en danger
Lire aussi La rocade déborde encore
Sur le même sujet
Partager sur Facebook
Partager cet article
Copier le lien
Nous utilisons des cookies pour améliorer votre expérience.
En poursuivant votre navigation, vous acceptez l'utilisation de cookies.
Accepter et continuer
Tous droits réservés.
© La Gazette 2023 - Reproduction interdite
© AFP
Photo : Jean Petit / AFP
(Crédits : REUTERS/Kim Lee)
Par Jean Petit
Propos recueillis par Anne Martin
Publié le 3 mars 2023 à 10h30, mis à jour à 11h
Mis à jour le 4 mars 2023 : cet article a été complété avec la réaction du maire.
Cet article a été initialement publié par une autre revue
Mots-clés : pont, rivière
Temps de lecture : 4 min
Accueil | Politique | Monde | Sport
Dernières actualités
Mentions légales
https://exemple.fr/article?id=3
* * *
Subscribe to our newsletter for the latest updates
Sign up for our daily briefing
Already a subscriber? Log in
You have 2 free articles left this month
Follow us on X and Instagram
Follow The Gazette on Google News
Like us on Facebook
Share this article
Share on X
Facebook Twitter WhatsApp Email
Leave a Reply
Post a comment
3 Comments
Your email address will not be published. Required fields are marked *
- Advertisement -
Advertisement - Continue reading below
Story continues below
Table of Contents
Back to top
Read also
Read more: Ten years of closures
Related articles
Most Read
You may also like
We use cookies to give you the best experience.
By continuing to browse, you agree to our use of cookies.
Accept all cookies
Privacy Policy
All rights reserved.
Photo by Ann Roe/Getty Images
By John Smith and Ann Roe, Staff Reporters
Reporting by John Smith; Editing by Ann Roe
March 3, 2023 | 10:07 am EST
Published: March 3, 2023
This story has been updated.
Tags: bridges, rivers
3 min read
Skip to main content
Load more
Click here""".split("\n")

ARTICLE = """Le gouvernement veut encadrer les cookies publicitaires, a annoncé la CNIL mardi.
Il s'est abonné au journal en 1995.
Laisser un commentaire raciste est puni par la loi, rappelle le ministère.
Ce site utilise des cookies sans l'accord des visiteurs, a constaté la CNIL.
« Abonnez-vous à la vie », a lancé le ministre.
Le journal a gagné 300 000 abonnés en 2023.
Les commentaires du ministre ont suscité l'indignation.
Il a partagé cet article sur Facebook avant de mourir.
Publicité mensongère : le groupe condamné
Plus de 600 soldats tués
Plus tard, il a démissionné
Par le passé, Séoul avait refusé.
Par ici la sortie
Photo truquée : l'armée dément
Table des négociations
Menu des négociations : armes et pétrole
Accueil des réfugiés : la France s'engage
Contact perdu avec le sous-marin
Monde : 12 morts en Asie
En continuant leur avance, les troupes ont pris la ville.
Suivez mon regard, disait-il.
À voir la situation, le bilan sera lourd.
Mise à jour le 3 mars 2023 : le bilan est passé à 12 morts.
Le 3 mars 2023, la tempête a touché la côte.
Publié le 3 mars 2023, le rapport accuse le maire.
Jean Petit, 45 ans
Principaux renseignements
Si vous voulez la paix, préparez la guerre.
Pour lire l'avenir, il consultait des voyantes.
La reproduction est interdite aux zoos depuis 2010, selon un vétérinaire.
We use cookies as bait, said the fisherman.
Share prices fell 3 percent on Monday.
Follow the money, investigators said.
Comments by the minister drew criticism.
More than 600 soldiers were killed
Latest figures show 300 dead
Related companies were fined 3 million euros, the court found.
By Monday, 12 people had died.
By using drones, the army killed 300 soldiers.
Video shows soldiers fleeing
Search teams found 12 bodies.
Copyright law will change next year, the EU said.
Twitter removed 300 accounts.
Support our troops, the senator said.
Read more than 100 books a year, she advises.
This article of the treaty was amended in 1998.
No comment
If you want to join the army, you must be 18.""".split("\n")


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", ARTICLE)
def test_lines_of_an_article_are_no_furniture(line: str) -> None:
    assert not is_furniture(line, edge=True)


def test_the_name_of_a_section_is_furniture_only_around_an_article():
    assert is_furniture("Politique", edge=True)
    assert not is_furniture("Politique")
    assert read(f"Politique\n\n{A}\n\nPolitique\n\n{B}") == [("", A), ("Politique", B)]


# --- datelines ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "language", "kind", "day"),
    [
        ("lundi, novembre 25, 2024", "fr", "bare", date(2024, 11, 25)),
        ("Lundi 25 novembre 2024", "fr", "bare", date(2024, 11, 25)),
        ("Le 1er février 2022 à 10 h 30", "fr", "bare", date(2022, 2, 1)),
        ("Paris, le 1er février 2022", "fr", "bare", date(2022, 2, 1)),
        ("Mise à jour le 23/10/24, 10:07 ET", "fr", "updated", date(2024, 10, 23)),
        ("Publié le 3 mars 2023", "fr", "published", date(2023, 3, 3)),
        ("Par Anne Petit avec AFP Publié le 3 mars 2023 à 12h05", "fr", "published", date(2023, 3, 3)),
        ("03/04/23", "fr", "bare", date(2023, 4, 3)),
        ("03/04/23", "en", "bare", date(2023, 3, 4)),
        ("25/04/23", "en", "bare", date(2023, 4, 25)),
        ("Published: March 3, 2023", "en", "published", date(2023, 3, 3)),
        ("Last updated on 4 March 2023", "en", "updated", date(2023, 3, 4)),
        ("By Ann Roe | Dec. 5, 2023 | 10:07 a.m. EST", "en", "bare", date(2023, 12, 5)),
        ("2024-11-25T10:00:00Z", "en", "bare", date(2024, 11, 25)),
    ],
)
def test_datelines(line: str, language: str, kind: str, day: date) -> None:
    dateline = read_dateline(line, language)
    assert dateline is not None
    assert {k: getattr(dateline, k) for k in ("published", "updated", "bare")} == {
        "published": None, "updated": None, "bare": None, kind: day,
    }  # fmt: skip
    assert dateline.alone


@pytest.mark.parametrize(
    "line",
    [
        "Le rapport, publié le 3 mars 2023, accuse le maire.",
        "Le 3 mars 2023, la tempête a touché la côte.",
        "Bataille de Verdun, 21 février 1916",
        "Published 3 March 2023 in London, the novel sold well.",
        "Modifié le 31/02/2024",
        "12 morts en 2024",
    ],
)
def test_dates_in_running_text_are_no_datelines(line: str) -> None:
    assert read_dateline(line, "en") is None


def test_a_dateline_at_the_start_of_an_article_on_one_line():
    dateline = read_dateline(f"Publié le 3 mars 2023 à 10 h 30 {A}", "fr")
    assert dateline is not None
    assert (dateline.published, dateline.alone) == (date(2023, 3, 3), False)


# --- laws -----------------------------------------------------------------------------------------------------------

LINES = st.one_of(
    st.sampled_from(
        [
            A,
            B,
            C,
            D,
            "Un titre court",
            "- un point",
            "• deux",
            "2. trois",
            "# Titre",
            "Retour en haut",
            "À lire aussi :",
        ]
    ),
    st.text(st.sampled_from("abé XY.,:?-•1#«»\u00a0\t"), max_size=40),
)
PAGES = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\n\n", " \n", "\n \n"])), max_size=14).map(
    lambda lines: "".join(line + end for line, end in lines)
)


@given(PAGES, st.sampled_from([60, 600]))
def test_law_blocks_are_ordered_disjoint_and_trimmed(text: str, limit: int) -> None:
    blocks = split(text, language="fr", limit=limit)
    assert all(isinstance(b, Block) and text[b.start : b.end].strip() == text[b.start : b.end] != "" for b in blocks)
    assert all(a.end <= b.start for a, b in pairwise(blocks))


@given(PAGES, st.sampled_from([60, 600]))
def test_law_every_character_of_the_body_stands_in_exactly_one_block(text: str, limit: int) -> None:
    lines = units(text)
    covered = sorted(i for b in split(text, language="fr", limit=limit) for i in range(b.start, b.end))
    assert len(covered) == len(set(covered))
    body = {
        i
        for unit, role in roles(text, lines, language="fr", title="")
        if role == BODY
        for i in range(unit.start, unit.end)
        if not text[i].isspace()
    }
    assert {i for i in covered if not text[i].isspace()} == body
    outside = "".join(
        text[end:start]
        for end, start in zip([0, *(u.end for u in lines)], [*(u.start for u in lines), len(text)], strict=True)
    )
    assert set(outside) <= set(" \t\n\u00a0#-*+–—•·().0123456789abcdefghijklmnopqrstuvwxyz")


@given(st.lists(st.sampled_from([A, B, C, D]), min_size=1, max_size=8), st.sampled_from(["\n", "\n\n", "\n \n\n"]))
def test_law_prose_is_never_lost(paragraphs: list[str], end: str) -> None:
    assert [text for _, text in read(end.join(paragraphs))] == paragraphs


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "La ville dort. " * 66_000,
        "\n" * 1_000_000,
        " \n" * 500_000,
        "« " * 300_000,
        '" ' * 300_000,
        "." * 1_000_000,
        ("À lire aussi :\n" + "Un titre\n" * 11) * 500 + A,
        "- douze morts\n" * 5_000,
        "Un titre court\n" * 5_000,
        "Abonnez " * 60_000,
    ],
    ids=lambda text: f"{text[:8]!r}x{len(text)}",
)
def test_what_quadratic_work_would_take_minutes_for_is_split(text: str) -> None:
    """How long it takes is told by tests/benchmarks/linear.py."""
    blocks = split(text, language="fr")
    assert all(one.end <= other.start for one, other in pairwise(blocks))
    assert all(block.start < block.end <= len(text) for block in blocks)


def test_a_paragraph_is_kept_with_a_notice_that_is_stuck_to_its_end():
    notice = "Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *"
    body = "Le pont des Tanneurs, construit en 1911, a été emporté vers 4 heures. La route reste coupée."
    assert is_furniture(notice, language="fr")
    assert not is_furniture(f"{body} {notice}", language="fr")
