"""Figures of invented news sentences: value, unit, hedges, and the words that their role must and must not hold."""

from __future__ import annotations

import re

import pytest

from index.facts import Span, spans
from index.language import fold

# sentence
#   text = value[..max] [unit] / role words (-word must not be there) / hedges
FRENCH = """
Le séisme a fait au moins 212 morts et plus de 1 500 blessés, selon la protection civile.
  212 = 212 / morts -blessés / at least
  1 500 = 1500 / blessés -morts / more than
Trois mille personnes ont été évacuées de la vallée dimanche.
  Trois mille = 3000 / personnes évacuées /
La maire sortante a recueilli 48,7 % des suffrages au premier tour.
  48,7 % = 48.7 % / suffrages recueilli /
Le candidat centriste a obtenu 3 412 voix contre 2 980 pour sa rivale.
  3 412 = 3412 / voix obtenu /
  2 980 = 2980 / voix /
Le taux de participation s'établissait à 61,3 % à 17 heures.
  61,3 % = 61.3 % / taux participation /
Environ 340 cas de choléra ont été recensés en une semaine dans le nord du pays.
  340 = 340 / cas choléra recensés / about
L'épidémie aurait tué une centaine de personnes et contaminé près de 2 000 habitants.
  une centaine = 100 / personnes tué / about, conditional
  2 000 = 2000 / habitants contaminé / nearly, conditional
Le budget de la commune est fixé à 14,2 millions d'euros pour 2025.
  14,2 millions d'euros = 14200000 EUR / budget /
Les travaux ont coûté 3,5 M€, soit deux fois plus que prévu.
  3,5 M€ = 3500000 EUR / travaux coûté /
  deux fois = 2 times / /
L'usine supprimera 450 emplois d'ici 2027.
  450 = 450 / emplois supprimera / planned
Le groupe prévoit d'embaucher 1 200 ingénieurs l'an prochain.
  1 200 = 1200 / ingénieurs embaucher / planned
Le chômage a reculé de 0,4 point au troisième trimestre.
  0,4 point = 0.4 points / chômage reculé /
L'inflation est passée de 2,1 % à 3,4 % en un an.
  2,1 % = 2.1 % / inflation passée de /
  3,4 % = 3.4 % / inflation passée /
Le nombre de demandeurs d'asile est passé de 1 200 à 3 400.
  1 200 = 1200 / nombre demandeurs asile /
  3 400 = 3400 / nombre demandeurs asile /
Douze maisons ont été détruites et une vingtaine d'autres endommagées.
  Douze = 12 / maisons détruites -endommagées /
  une vingtaine = 20 / maisons endommagées -détruites / about
L'incendie a ravagé 2 300 hectares de forêt et mobilisé 600 pompiers.
  2 300 hectares = 2300 ha / forêt ravagé /
  600 = 600 / pompiers mobilisé /
Bilan provisoire : 9 morts, 27 blessés et 4 disparus.
  9 = 9 / morts -blessés -disparus /
  27 = 27 / blessés -morts /
  4 = 4 / disparus -morts /
L'accident de car a coûté la vie à quatorze touristes.
  quatorze = 14 / touristes vie coûté /
Un homme âgé de 34 ans a été mis en examen.
  34 ans = 34 years / âgé homme /
L'attaquant de 27 ans a marqué 18 buts en 30 matchs.
  27 ans = 27 years / âgé /
  18 = 18 / buts marqué /
  30 = 30 / matchs -buts /
Les Bleus l'ont emporté 3-1 devant 78 000 spectateurs.
  78 000 = 78000 / spectateurs /
La rivière a atteint 6,4 mètres mardi, un record depuis 1910.
  6,4 mètres = 6.4 m / rivière /
Il est tombé 120 mm de pluie en trois heures.
  120 mm = 120 mm / pluie tombé /
  trois heures = 3 hours / /
Des centaines de manifestants se sont rassemblés devant la préfecture.
  Des centaines = 200..999 / manifestants rassemblés / vague
Plusieurs milliers de foyers étaient privés d'électricité samedi.
  Plusieurs milliers = 2000..9999 / foyers privés électricité / vague
Entre 10 000 et 12 000 personnes ont défilé, d'après la préfecture.
  Entre 10 000 et 12 000 = 10000..12000 / personnes défilé /
La réparation coûtera de 3 à 4 millions d'euros.
  3 à 4 millions d'euros = 3000000..4000000 EUR / réparation coûtera / planned
Les prix ont augmenté de 10 à 15 % en un an.
  10 à 15 % = 10..15 % / prix augmenté /
Le parquet a requis dix-huit mois de prison avec sursis.
  dix-huit mois = 18 months / prison requis /
La fusée a placé 56 satellites en orbite.
  56 = 56 / satellites placé /
Les chercheurs ont suivi 1 240 patients pendant cinq ans.
  1 240 = 1240 / patients suivi /
  cinq ans = 5 years / suivi /
Un Français sur trois dit renoncer à des soins.
  Un Français sur trois = 0.333333 fraction / /
Les deux tiers des communes n'ont plus de médecin.
  deux tiers = 0.666667 fraction / communes /
La dette atteint 3 101 milliards d'euros, soit 110,6 % du PIB.
  3 101 milliards d'euros = 3101000000000 EUR / dette /
  110,6 % = 110.6 % / PIB /
La ville compte 45.000 habitants.
  45.000 = 45000 / habitants /
Aucun des 150 passagers n'a été blessé.
  150 = 150 / passagers /
Le ministre dément que 300 soldats soient morts.
  300 = 300 / soldats morts / denied
L'armée n'a pas tué 40 civils, affirme le porte-parole.
  40 = 40 / civils tué / denied
Le nombre de victimes pourrait atteindre 5 000, avertit l'ONG.
  5 000 = 5000 / nombre victimes / conditional, planned
Au moins six personnes seraient portées disparues.
  six = 6 / personnes disparues / at least, conditional
Jusqu'à 80 000 visiteurs sont attendus ce week-end.
  80 000 = 80000 / visiteurs attendus / up to
La température a dépassé 42 °C à Séville.
  42 °C = 42 °C / température / more than
Moins de 200 grammes de plutonium ont été saisis.
  200 grammes = 200 g / plutonium saisis / less than
L'avion volait à 900 km/h à 10 000 mètres d'altitude.
  900 km/h = 900 km/h / avion volait /
  10 000 mètres = 10000 m / altitude /
Le chiffre d'affaires progresse de 7,5 % à 2,3 milliards d'euros.
  7,5 % = 7.5 % / chiffre affaires progresse /
  2,3 milliards d'euros = 2300000000 EUR / chiffre affaires /
L'Assemblée a adopté le texte par 289 voix contre 231.
  289 = 289 / voix adopté /
  231 = 231 / voix contre /
Quelque 12 tonnes de cocaïne ont été saisies au Havre.
  12 tonnes = 12 t / cocaïne saisies / about
La grève touche 40 % des trains régionaux.
  40 % = 40 % / trains /
Vingt-cinq élèves ont été hospitalisés après une intoxication, dont trois dans un état grave.
  Vingt-cinq = 25 / élèves hospitalisés /
  trois = 3 / dont /
Deux personnes sont mortes et cinq autres ont été blessées dans la collision.
  Deux = 2 / personnes mortes -blessées /
  cinq = 5 / personnes blessées -mortes /
Un soldat tué, trois blessés : le bilan s'alourdit.
  Un = 1 / soldat tué /
  trois = 3 / blessés -tué /
L'association a distribué 15 000 repas et 3 000 couvertures.
  15 000 = 15000 / repas distribué /
  3 000 = 3000 / couvertures distribué /
On dénombre 17 décès et plus de 200 personnes hospitalisées.
  17 = 17 / décès -hospitalisées /
  200 = 200 / personnes hospitalisées -décès / more than
La cagnotte s'élève à 1,5 million d'euros.
  1,5 million d'euros = 1500000 EUR / cagnotte /
La Banque centrale a relevé son taux directeur de 25 points de base, à 4 %.
  25 points de base = 25 points / taux relevé /
  4 % = 4 % / taux /
Le tunnel, long de 57 kilomètres, a nécessité dix-sept ans de travaux.
  57 kilomètres = 57 km / long /
  dix-sept ans = 17 years / travaux /
L'ONU estime à 4,5 millions le nombre de déplacés.
  4,5 millions = 4500000 / déplacés / estimated
On estime que 600 tonnes de poissons ont péri.
  600 tonnes = 600 t / poissons péri / estimated
Des centaines de familles ont été relogées ; 85 ont refusé de partir.
  Des centaines = 200..999 / familles relogées / vague
  85 = 85 / familles refusé /
Le chantier coûtera 12 milliards d'euros, dont 3 milliards pour les gares.
  12 milliards d'euros = 12000000000 EUR / chantier coûtera / planned
  3 milliards = 3000000000 EUR / dont chantier coûtera / planned
Deux millions et demi de doses ont été livrées.
  Deux millions et demi = 2500000 / doses livrées /
La récolte n'a pas donné plus de 700 tonnes de pommes.
  700 tonnes = 700 t / pommes / at most
La mairie attendait 300 coureurs ; elle en a compté 520.
  300 = 300 / coureurs attendait /
  520 = 520 / coureurs compté /
Le litre coûte 98 centimes, selon les six dernières enquêtes.
  98 centimes = 98 cent / litre coûte /
  six = 6 / enquêtes /
Trente-deux députés ont voté contre, 12 se sont abstenus.
  Trente-deux = 32 / députés voté /
  12 = 12 / députés abstenus /
"""

ENGLISH = """
At least 43 people were killed and more than 120 injured when the ferry sank.
  43 = 43 / people killed -injured / at least
  120 = 120 / people injured -killed / more than
The earthquake left 1,200 families homeless.
  1,200 = 1200 / families homeless /
Turnout stood at 61.3% by 5 p.m., the commission said.
  61.3% = 61.3 % / turnout /
Ms Ortega won 52% of the vote, or 18,442 ballots.
  52% = 52 % / vote won /
  18,442 = 18442 / ballots /
Lawmakers approved the bill by 289 votes to 231.
  289 = 289 / votes approved /
  231 = 231 / votes /
About 340 cases of measles have been confirmed in the state since March.
  340 = 340 / cases measles confirmed / about
Health officials say the virus may have infected as many as 2,000 residents.
  2,000 = 2000 / residents infected / up to, conditional
The stadium cost £80m to build, twice the original estimate.
  £80m = 80000000 GBP / stadium cost /
The company will cut 450 jobs by 2027.
  450 = 450 / jobs cut / planned
The carmaker plans to hire 1,200 engineers next year.
  1,200 = 1200 / engineers hire / planned
Unemployment fell to 4.1% in October from 4.3% a month earlier.
  4.1% = 4.1 % / unemployment fell /
  4.3% = 4.3 % / unemployment /
Inflation rose from 2.1% to 3.4% in a year.
  2.1% = 2.1 % / inflation rose from /
  3.4% = 3.4 % / inflation rose /
The number of asylum seekers rose from 1,200 to 3,400.
  1,200 = 1200 / number asylum seekers /
  3,400 = 3400 / number asylum seekers /
Twelve houses were destroyed and dozens damaged.
  Twelve = 12 / houses destroyed -damaged /
  dozens = 24..99 / houses damaged -destroyed / vague
The wildfire has burned 12,000 acres and forced 3,000 people from their homes.
  12,000 acres = 12000 acre / burned /
  3,000 = 3000 / people forced /
Rescuers pulled 27 survivors from the rubble; four people are still missing.
  27 = 27 / survivors pulled /
  four = 4 / people missing -survivors /
The crash claimed the lives of fourteen tourists.
  fourteen = 14 / tourists lives claimed /
A 34-year-old man was charged on Tuesday.
  34-year-old = 34 years / man /
Maria Lopez, 45, said she had lost everything.
  45 = 45 years / /
The striker scored 18 goals in 30 games.
  18 = 18 / goals scored /
  30 = 30 / games -goals /
They won 3-1 in front of 78,000 fans.
  78,000 = 78000 / fans /
The river reached 21 feet on Tuesday.
  21 feet = 21 ft / river /
Several hundred protesters gathered outside parliament.
  Several hundred = 200..999 / protesters gathered / vague
Thousands of homes were without power on Saturday.
  Thousands = 2000..9999 / homes power / vague
Between 10,000 and 12,000 people marched, police said.
  Between 10,000 and 12,000 = 10000..12000 / people marched /
Repairs are expected to cost $3 million to $4 million.
  $3 million to $4 million = 3000000..4000000 USD / repairs cost / planned
The judge sentenced him to 18 months in prison.
  18 months = 18 months / sentenced /
The rocket carried 56 satellites into orbit.
  56 = 56 / satellites carried /
Researchers followed 1,240 patients for five years.
  1,240 = 1240 / patients followed /
  five years = 5 years / /
One in three adults skips medical care.
  One in three = 0.333333 fraction / adults /
Two-thirds of the villages have no doctor.
  Two-thirds = 0.666667 fraction / villages /
The debt stands at $35 trillion.
  $35 trillion = 35000000000000 USD / debt /
None of the 150 passengers was hurt.
  150 = 150 / passengers /
The minister denied that 300 soldiers had died.
  300 = 300 / soldiers died / denied
The army did not kill 40 civilians, its spokesman said.
  40 = 40 / civilians kill / denied
The death toll could reach 5,000, the charity warned.
  5,000 = 5000 / death toll / conditional, planned
Six miners were reportedly trapped underground.
  Six = 6 / miners trapped / conditional
Up to 80,000 visitors are expected this weekend.
  80,000 = 80000 / visitors / up to, planned
Temperatures topped 42 degrees Celsius in Seville.
  42 degrees Celsius = 42 °C / temperatures / more than
Fewer than 200 whales remain in the bay.
  200 = 200 / whales remain / less than
The storm brought winds of 150 mph.
  150 mph = 150 mph / winds /
Revenue rose 7.5% to $2.3bn.
  7.5% = 7.5 % / revenue rose /
  $2.3bn = 2300000000 USD / revenue /
Customs officers seized roughly 12 tonnes of cocaine.
  12 tonnes = 12 t / cocaine seized / about
The strike affects 40 percent of regional trains.
  40 percent = 40 % / trains /
Two people died and five others were hurt in the collision.
  Two = 2 / people died -hurt /
  five = 5 / people hurt -died /
The blast killed three soldiers, including one officer, and wounded 11.
  three = 3 / soldiers killed /
  11 = 11 / soldiers wounded -killed /
The charity handed out 15,000 meals and 3,000 blankets.
  15,000 = 15000 / meals handed /
  3,000 = 3000 / blankets handed /
The jackpot stands at $1.5 million.
  $1.5 million = 1500000 USD / jackpot /
The central bank raised rates by 25 basis points to 4%.
  25 basis points = 25 points / rates raised /
  4% = 4 % / rates raised /
The tunnel is 57 kilometres long.
  57 kilometres = 57 km / tunnel /
The UN estimates that 4.5 million people have been displaced.
  4.5 million = 4500000 / people displaced / estimated
An estimated 600 tonnes of fish died.
  600 tonnes = 600 t / fish died / estimated
Thirty-two lawmakers voted against and 12 abstained.
  Thirty-two = 32 / lawmakers voted /
  12 = 12 / lawmakers abstained /
Nearly half a million voters have already cast their ballots.
  half a million = 500000 / voters cast ballots / nearly
Two dozen cows drowned in the flood.
  Two dozen = 24 / cows drowned /
She finished 12 seconds ahead of her rival.
  12 seconds = 12 seconds / finished /
Police arrested 300 people during the protests, down from 450 last year.
  300 = 300 / people arrested /
  450 = 450 / people arrested /
The vaccine will be offered to 240,000 children.
  240,000 = 240000 / children offered / planned
Airlines cancelled some 1,100 flights because of the storm.
  1,100 = 1100 / flights cancelled / about
More than a hundred firefighters battled the blaze.
  a hundred = 100 / firefighters battled / more than
The museum drew 2.5m visitors last year.
  2.5m = 2500000 / visitors drew /
The mill will shed 80 of its 600 jobs.
  80 = 80 / jobs shed / planned
  600 = 600 / jobs /
The deal is worth €5-6 million.
  €5-6 million = 5000000..6000000 EUR / deal worth /
Three and a half million trees were planted.
  Three and a half million = 3500000 / trees planted /
Six nurses, two of them trainees, were suspended.
  Six = 6 / nurses suspended /
  two = 2 / trainees /
The fare will rise by $1.50 to $4.25.
  $1.50 = 1.5 USD / fare rise / planned
  $4.25 = 4.25 USD / fare rise /
The budget deficit narrowed to 3.2 billion euros.
  3.2 billion euros = 3200000000 EUR / budget deficit narrowed /
"""

NO_FIGURES = """
fr Le F-16 et le Boeing 747 ont été modernisés.
fr Le Covid-19 a marqué l'année 2020.
fr Le G7 se réunira le 12 juin 2025 à 14h30.
fr L'article 49 de la Constitution, page 12, chapitre 3.
fr Elle a fini 3e de la course, derrière le 1er et le 2e.
fr Appelez le 01 23 45 67 89 ou le +33 1 23 45 67 89.
fr La saison 2018-2019 et les années 1990.
fr Il habite 12 rue de la Paix.
fr Les deux pays ont signé un accord de 2018.
fr Le sous-marin Triton-2 a coulé en 2000.
fr Un accord a été trouvé entre une banque et un fonds.
fr Le 23/10/24 à 10:07.
fr L'équipe s'est imposée 3-1 puis 2-0.
fr 1) Introduction
en The F-16 and the Boeing 747 were upgraded.
en Covid-19 spread in 2020.
en The G7 meets on June 12, 2025 at 2:30 p.m.
en See Article 49, Section 3, page 12.
en She finished 3rd, behind the 1st and the 2nd.
en Call 555-123-4567 for details.
en The 2018-19 season and the 1990s.
en He lives at 10 Downing Street.
en The two countries signed the 2018 agreement.
en A deal was reached between a bank and a fund.
en They won 3-1 and then lost 0-2.
en One of the best films of the year.
en Windows 11 and Apollo 11.
en Open 24/7 on Channel 4.
"""


def _cases(table: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in table.strip("\n").splitlines():
        if line.startswith("  "):
            found[-1][1].append(line.strip())
        else:
            found.append((line, []))
    return found


CASES = [(language, *case) for language, table in (("fr", FRENCH), ("en", ENGLISH)) for case in _cases(table)]


def _numbers(sentence: str, language: str) -> list[Span]:
    return [span for span in spans(sentence, language) if span.kind == "number"]


def _read(span: Span) -> str:
    """Return a span's value as the table writes it: "90..120 EUR"."""
    parts = [f"{value:.15g}" for value in (span.value, span.value_max) if isinstance(value, (int, float))]
    return f"{'..'.join(parts)} {span.unit}".strip()


@pytest.mark.parametrize(("language", "sentence", "expected"), CASES)
def test_every_figure_of_a_sentence_has_its_value_and_unit(language: str, sentence: str, expected: list[str]) -> None:
    wanted = [re.match(r"(.+?) = (.+?) / ", line).group(1, 2) for line in expected]  # type: ignore[union-attr]
    assert [(span.text, _read(span)) for span in _numbers(sentence, language)] == wanted


@pytest.mark.parametrize(("language", "sentence", "expected"), CASES)
def test_every_figure_has_its_hedges(language: str, sentence: str, expected: list[str]) -> None:
    wanted = [line.split(" / ")[0].split(" = ")[0] + ":" + line.rsplit("/", 1)[1].strip() for line in expected]
    assert [f"{span.text}:{span.qualifier}" for span in _numbers(sentence, language)] == wanted


@pytest.mark.parametrize(("language", "sentence", "expected"), CASES)
def test_every_role_holds_its_words_and_not_those_of_its_neighbour(
    language: str, sentence: str, expected: list[str]
) -> None:
    found = [set(re.findall(r"\w+", fold(span.role))) for span in _numbers(sentence, language)]
    for words, line in zip(found, expected, strict=True):
        required = fold(line.split(" / ", 1)[1].rsplit("/", 1)[0]).split()
        missing = [word for word in required if not word.startswith("-") and word not in words]
        intruding = [word[1:] for word in required if word.startswith("-") and word[1:] in words]
        assert (line, sorted(words), missing, intruding) == (line, sorted(words), [], [])


@pytest.mark.parametrize("line", NO_FIGURES.strip("\n").splitlines())
def test_numbers_that_name_order_or_date_are_no_figures(line: str) -> None:
    language, sentence = line.split(" ", 1)
    assert [span.text for span in _numbers(sentence, language)] == []
