"""What a letter says of itself is proposed with its place; where two readings compete, both are shown."""

import pytest

from casework.letters.proposals import Known, Place, propose
from casework.letters.text import Page, sentences_of
from tests.casework.letters import samples

KNOWN = Known(
    deciders={
        "kela": ["Kela", "FPA", "Kansaneläkelaitos", "Folkpensionsanstalten"],
        "varma": ["Varma"],
        "elo": ["Elo"],
        "wellbeing_county": ["Hyvinvointialue", "hyvinvointialue"],
    },
    bodies={
        "samu": ["sosiaaliturva-asioiden muutoksenhakulautakunta", "besvärsnämnden för social trygghet"],
        "telk": ["työeläkeasioiden muutoksenhakulautakunta", "besvärsnämnden för arbetspensionsärenden"],
    },
    boards=[
        *("sosiaaliturva-asioiden muutoksenhakulautakunta", "besvärsnämnden för social trygghet"),
        *("vakuutusoikeus", "hallinto-oikeus"),
    ],
)


def proposed(text, *more):
    pages = [Page(number, page) for number, page in enumerate((text, *more), 1)]
    return propose(sentences_of(pages), KNOWN)


def values(text, *more):
    return {name: found.value for name, found in proposed(text, *more).items() if found.value}


# --- whole letters ------------------------------------------------------------------------------------------------


def test_a_rejection_by_kela():
    assert values(samples.KELA) == {
        "decided_on": "2026-11-23",
        "decider": "kela",
        "result": "rejected",
        "appeal_body": "samu",
        "printed_last_day": "2027-01-04",
    }


def test_a_rejection_in_swedish():
    assert values(samples.SWEDISH) == values(samples.KELA)


def test_a_pension_for_a_time():
    assert values(samples.PENSION) == {
        "decided_on": "2026-11-16",
        "result": "granted_until",
        "granted_until": "2027-11-30",
        "appeal_body": "telk",
        "printed_last_day": "2026-12-28",
    }


def test_a_place_is_the_page_and_the_sentence():
    found = proposed("Saate", samples.KELA)["printed_last_day"]

    assert found.places == (Place(2, "Valituksen on oltava perillä viimeistään 4.1.2027."),)


def test_a_place_tells_that_a_machine_read_it_from_a_picture():
    pages = [Page(1, "Päätöspäivä 23.11.2026", is_picture=True)]

    assert propose(sentences_of(pages), KNOWN)["decided_on"].places[0].is_picture


def test_an_empty_letter_proposes_nothing():
    assert values("") == {}


# --- the day of the decision --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        "PÄÄTÖS 23.11.2026",
        "Kansaneläkelaitos PÄÄTÖS 23.11.2026",
        "Päätös\n23.11.2026",
        "Päätöksen päivämäärä: 23. marraskuuta 2026",
        "Päätöspvm. 23.11.2026",
        "Päätös annettu maanantaina 23.11.2026",
        "Päiväys 23.11.2026",
        "Helsinki 23.11.2026",
        "23.11.2026",
        "BESLUT den 23 november 2026",
        "Beslutsdatum 23.11.2026",
        "Datum för beslutet 23.11.2026",
        "Helsingfors den 23 november 2026",
    ],
)
def test_the_day_of_the_decision(head):
    assert values(f"Keva\n{head}\nMeikäläinen Matti").get("decided_on") == "2026-11-23"


@pytest.mark.parametrize(
    "text",
    [
        "Hakemuksen päiväys 1.9.2026",
        "Hakemuksenne on saapunut 1.9.2026.",
        "Aiempi päätös annettu 3.2.2025",
        "Syntymäaika 1.2.1991",
        "Kelan päätöksestä 3.2.2025 olette valittanut.",
        "Lääkärinlausunto, päivätty 2.9.2026",
        "Ansökan, datum 1.9.2026",
        "Föregående beslut gavs 3.2.2025",
    ],
)
def test_the_day_of_something_else_is_not_the_decisions(text):
    assert "decided_on" not in values(f"Kela\n{text}")


@pytest.mark.parametrize(
    "further_down",
    [
        "Epikriisi, päivätty 2.9.2026",
        "Päiväys 2.9.2026",
        "Kelan päätös on annettu 3.2.2025, ja haitte siihen muutosta.",
        "Beslutet fattades den 3 februari 2025.",
    ],
)
def test_a_labelled_day_further_down_does_not_outdo_the_day_in_the_head(further_down):
    pages = ["Helsinki 23.11.2026\nMeikäläinen Matti", *["Sivun tekstiä. " * 20] * 2, further_down]
    found = proposed(*pages)["decided_on"]

    assert found.value in ("", "2026-11-23")
    assert found.places[0].text == "Helsinki 23.11.2026"


def test_a_label_without_the_word_decision_counts_in_the_head_only():
    text = "\n".join(["Kela", *("Rivi tekstiä." for _line in range(20)), "Epikriisi, päivätty 2.9.2026"])

    assert "decided_on" not in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "Päätös 3.2.2025, josta valititte, on kumottu.",
        "Kelan päätös on annettu 3.2.2025, ja haitte siihen muutosta.",
        "Beslut 3.2.2025, som ni har överklagat, upphävs.",
    ],
)
def test_a_day_of_the_decision_that_was_appealed_is_not_this_ones(text):
    assert "decided_on" not in values(f"Kela\n{text}")


def test_of_two_days_none_is_proposed_and_both_are_shown():
    found = proposed("Päätöspäivä 23.11.2026", "Päätöspäivä 24.11.2026")["decided_on"]

    assert (found.value, [place.page for place in found.places]) == ("", [1, 2])


def test_the_same_day_twice_is_one():
    assert values("Päätöspäivä 23.11.2026", "Päätös annettu 23. marraskuuta 2026")["decided_on"] == "2026-11-23"


# --- the last day of appeal ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Valituksen on oltava perillä viimeistään 28.12.2026.",
        "Valitusaika päättyy maanantaina 28.12.2026.",
        "Valitus on toimitettava 28.12.2026 mennessä.",
        "Viimeinen valituspäivä\n28.12.2026",
        "Oikaisuvaatimus on tehtävä viimeistään 28. joulukuuta 2026.",
        "Besväret ska lämnas senast den 28 december 2026.",
        "Besvärstiden går ut den 28 december 2026.",
        "Sista dagen för besvär är 28.12.2026.",
        "Valitusaika 24.11.2026–28.12.2026",
        "Muutoksenhakuaika: 24.11.–28.12.2026",
        "Viimeinen valituspäivä on joulukuun 28. päivä 2026.",
        "Päätöksestä on valitettava 28. päivänä joulukuuta 2026 mennessä.",
        "Muutosta tähän päätökseen on haettava viimeistään 28.12.2026.",
        "Päätökseen voitte hakea siihen muutosta viimeistään 28.12.2026.",
        "Valituksen tulee olla saapunut Kelaan viimeistään 28.12.2026.",
        "Besväret ska ha inkommit till FPA senast den 28 december 2026.",
        "Begäran om omprövning ska göras senast 28.12.2026.",
    ],
)
def test_the_last_day_of_appeal(text):
    assert values(text).get("printed_last_day") == "2026-12-28"


@pytest.mark.parametrize(
    "text",
    [
        "Toimittakaa lisäselvitys viimeistään 28.12.2026.",
        "Valitus saapui 28.12.2026.",
        "Valitusaika on 30 päivää tiedoksisaannista.",
        "Lämna utredningen senast den 28 december 2026.",
        "Lautakunta pyytää vastinetta valitukseenne viimeistään 28.12.2026.",
        "Valitukseen liittyvä lisäselvitys on toimitettava 28.12.2026 mennessä.",
        "Valituksenne on saapunut 28.12.2026 mennessä.",
        "Lämna ert bemötande till besväret senast den 28 december 2026.",
        "Muutoksenhakulautakunta antaa päätöksen viimeistään 28.12.2026.",
        "Aiempaan päätökseen sai hakea muutosta viimeistään 28.12.2026.",
        "Valitkaa kuntoutuspaikka viimeistään 28.12.2026.",
        "Valitsemanne palveluntuottaja on kerrottava Kelaan viimeistään 28.12.2026.",
        "Valitettavasti lomake puuttuu, toimittakaa se viimeistään 28.12.2026.",
        "Valittavana on kaksi kurssia, paikka on varattava viimeistään 28.12.2026.",
        "Jos tuloihinne tulee muutosta, kertokaa siitä viimeistään 28.12.2026.",
        "Uusi hakemus on tehtävä viimeistään 28.12.2026, ellette hae muutosta.",
        "Rätten till förmånen omprövas senast den 28 december 2026.",
        "Valituksenne siirretään lautakuntaan 28.12.2026 mennessä.",
        "Besväret har inkommit senast den 28 december 2026.",
    ],
)
def test_another_day_is_no_last_day(text):
    assert "printed_last_day" not in values(text)


def test_a_last_day_that_lies_before_the_decision_is_not_proposed_but_shown():
    found = proposed("Päätöspäivä 23.11.2026\nValituksen on oltava perillä viimeistään 4.1.2026.")["printed_last_day"]

    assert (found.value, len(found.places)) == ("", 1)


@pytest.mark.parametrize(
    "text",
    [
        "Valituksen on oltava perillä viimeistään 21.12.2026, tai jos saitte päätöksen postitse, 28.12.2026.",
        "Valitusaika päättyy 28.12.2026 postitse ja 21.12.2026 sähköisesti tiedoksi annetusta päätöksestä.",
    ],
)
def test_of_two_last_days_in_a_sentence_none_is_proposed(text):
    found = proposed(f"Päätöspäivä 23.11.2026\n{text}")["printed_last_day"]

    assert (found.value, len(found.places)) == ("", 1)


def test_the_day_of_the_decision_beside_the_last_day_is_not_another():
    text = "Päätöspäivä 23.11.2026\nValitus on tehtävä viimeistään 28.12.2026 (päätös 23.11.2026)."

    assert values(text)["printed_last_day"] == "2026-12-28"


@pytest.mark.parametrize("rows", ["1.9.2026 12/3456/2026 23.11.2026", "1.9.2026\n23.11.2026"])
def test_a_day_under_the_heads_of_a_table_is_nobodys(rows):
    found = proposed(f"Kela\nHakemus saapunut Asianumero Viimeinen valituspäivä Päätöspäivä\n{rows}")

    assert (found["decided_on"].value, found["printed_last_day"].value) == ("", "")


# --- the result ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Teille myönnetään kuntoutustuki 1.12.2026 alkaen. Kuntoutustuki on voimassa 30.11.2027 saakka.",
        "Ni beviljas rehabiliteringsstöd fr.o.m. 1.12.2026 t.o.m. 30.11.2027.",
        "Teille myönnetään kuntoutustuki määräajaksi marraskuun 2027 loppuun.",
        "Teille myönnetään kuntoutustuki määräajaksi ajalle\n1.12.2026 – 30.11.2027. Perustelut ovat liitteessä.",
    ],
)
def test_a_grant_for_a_time_is_never_proposed_as_one_without_an_end(text):
    assert values(text) == {"result": "granted_until", "granted_until": "2027-11-30"}


def test_a_grant_for_a_time_whose_end_is_not_found_is_shown_and_not_proposed():
    found = proposed("Teille myönnetään kuntoutustuki määräajaksi. Tarkemmat tiedot ovat liitteessä.")["result"]

    assert (found.value, len(found.places)) == ("", 1)


def test_a_sentence_of_which_one_sees_a_part_only_is_no_verdict():
    text = f"Kuntoutustuki myönnetään {'pitkän selvityksen perusteella ' * 15}silloin, jos työkyky on heikentynyt."

    assert "result" not in values(text)


def test_a_grant_and_a_rejection_compete():
    found = proposed("Teille myönnetään kuntoutusraha.", "Hakemuksenne hylätään.")["result"]

    assert (found.value, [place.page for place in found.places]) == ("", [1, 2])


def test_a_word_of_in_part_speaks_for_the_whole_letter():
    assert values("Hakemuksenne hyväksytään osittain. Muilta osin hakemus hylätään.")["result"] == "partly"


def test_what_was_decided_before_is_shown_and_not_proposed():
    found = proposed("Kela on hylännyt hakemuksenne 3.2.2025.\nTutustuimme uuteen selvitykseenne.")["result"]

    assert (found.value, len(found.places)) == ("", 1)


def test_what_was_granted_before_is_no_end_of_this_grant():
    text = "Keva on myöntänyt teille kuntoutustuen 31.12.2025 saakka.\nTeille myönnetään kuntoutustuki 1.1.2026 alkaen."

    assert values(text)["result"] == "granted"
    assert "granted_until" not in values(text)


def test_what_was_decided_before_competes_with_what_is_decided_now():
    text = "Olemme myöntäneet teille kuntoutustuen 31.12.2027 saakka.\nKuntoutusta koskeva hakemuksenne hylätään."

    assert "result" not in values(text)


def test_two_ends_of_a_grant_compete_and_the_result_stands():
    found = proposed("Kuntoutustuki myönnetään 30.11.2027 saakka.\nOsakuntoutustuki myönnetään 31.5.2028 saakka.")

    assert found["result"].value == "granted_until"
    assert (found["granted_until"].value, len(found["granted_until"].places)) == ("", 2)


# --- who decides --------------------------------------------------------------------------------------------------


def test_a_decider_is_looked_for_in_the_head_only():
    text = "\n".join(["Keskinäinen työeläkevakuutusyhtiö Varma", *("Rivi tekstiä." for _line in range(20)), "Kela"])

    assert values(text)["decider"] == "varma"


@pytest.mark.parametrize("text", ["Asia on varma.", "Varmaa ei ole.", "Elokuussa"])
def test_a_word_is_no_name(text):
    assert "decider" not in values(text)


def test_two_names_in_the_head_compete():
    found = proposed("Varma\nYhteinen päätös Kelan kanssa\nKela")["decider"]

    assert (found.value, len(found.places)) == ("", 2)


def test_a_board_is_found_in_any_case_and_only_where_appeal_is_spoken_of():
    assert values("Valitus osoitetaan työeläkeasioiden muutoksenhakulautakunnalle.")["appeal_body"] == "telk"
    assert "appeal_body" not in values("Työeläkeasioiden lautakunta on muuttanut.")


def test_a_board_whose_own_decision_may_be_appealed_is_not_where_to_appeal():
    text = "Sosiaaliturva-asioiden muutoksenhakulautakunnan päätökseen saa hakea muutosta vakuutusoikeudelta."

    assert "appeal_body" not in values(text)


def test_a_county_is_found_behind_its_own_name():
    assert values("Pohjois-Savon hyvinvointialue\nPäätös")["decider"] == "wellbeing_county"


# --- the answer to an appeal --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        "SOSIAALITURVA-ASIOIDEN MUUTOKSENHAKULAUTAKUNTA\nPÄÄTÖS 12.10.2026",
        "Sosiaaliturva-asioiden muutoksenhakulautakunta Päätös",
        "Besvärsnämnden för social trygghet\nBESLUT",
        "Vakuutusoikeus\nPäätös 12.10.2026",
        "Itä-Suomen hallinto-oikeus\nPäätös 12.10.2026",
    ],
)
def test_of_the_answer_to_an_appeal_nothing_is_proposed_as_of_a_decision(head):
    text = f"{head}\nMuutoksenhakija Meikäläinen Matti\nVastapuoli Kela\nValitus hylätään."

    assert values(text) == {"answer": "board"}


@pytest.mark.parametrize("head", ["VÄLIPÄÄTÖS 20.11.2026", "Välipäätös valitukseenne", "Mellanbeslut 20.11.2026"])
def test_an_interim_decision_is_called_one_and_nothing_is_proposed_of_it(head):
    text = f"Varma\n{head}\nTeille myönnetään osakuntoutustuki 1.9.2026–31.8.2027."

    assert values(text) == {"answer": "interim"}


@pytest.mark.parametrize(
    "text",
    [
        "Kela\nSosiaaliturva-asioiden muutoksenhakulautakunta\nHelsinki",
        "Kela\nVakuutusoikeus on palauttanut asianne. Hakemuksenne hylätään.",
    ],
)
def test_a_letter_of_a_decider_that_names_a_board_is_its_own(text):
    assert values(text)["decider"] == "kela"
