"""A letter is the client's by name and identity code; what does not match is named by its kind, never told."""

import pytest

from casework.letters.whose import Mismatch, Whose, mismatches

MATTI = Whose("Matti", "Meikäläinen", "010180-999A")
OTHER_CODE = "131052-308T"


@pytest.mark.parametrize(
    "text",
    [
        "Meikäläinen Matti\n010180-999A",
        "MATTI JUHANI MEIKÄLÄINEN, 010180-999a",
        "Meikäläinen, Matti Juhani",
        "Henkilötunnus 010180 – 999A. Hakija: Matti Meikäläinen.",
        "Puoliso 131052-308T, hakija Matti Meikäläinen 010180-999A",
        "Matti Meikäläinen, tunnus 010180-999B",  # a slip of a machine's reading is no code
    ],
)
def test_a_letter_of_the_client(text):
    assert mismatches(text, MATTI) == []


def test_a_letter_with_another_code_is_not_the_clients():
    assert mismatches(f"Matti Meikäläinen {OTHER_CODE}", MATTI) == [Mismatch.IDENTITY_CODE]


@pytest.mark.parametrize("text", ["Maija Meikäläinen 010180-999A", "Matti Virtanen", "Kansaneläkelaitos"])
def test_a_letter_without_the_name_is_not_known_to_be_the_clients(text):
    assert mismatches(text, MATTI) == [Mismatch.NAME]


def test_a_first_name_far_from_the_last_name_is_somebody_elses():
    text = "Meikäläinen Maija asuu Kaavilla ja hänen lääkärinsä on nimeltään Matti"

    assert mismatches(text, MATTI) == [Mismatch.NAME]


def test_a_letter_of_somebody_else_differs_in_both():
    assert mismatches(f"Maija Virtanen {OTHER_CODE}", MATTI) == [Mismatch.IDENTITY_CODE, Mismatch.NAME]


def test_a_client_without_a_code_is_known_by_name():
    assert mismatches(f"Matti Meikäläinen {OTHER_CODE}", Whose("Matti", "Meikäläinen", "")) == []


def test_a_client_of_one_name_is_known_by_it():
    assert mismatches("Hakija Amina", Whose("Amina", "", "")) == []
    assert mismatches("Hakija Samira", Whose("Amina", "", "")) == [Mismatch.NAME]


def test_a_double_name_is_found_with_and_without_its_hyphen():
    client = Whose("Anna-Liisa", "Mäki-Korpela", "")

    assert mismatches("MÄKI KORPELA ANNA LIISA", client) == []


def test_whom_it_should_be_about_is_never_shown():
    assert "Matti" not in repr(MATTI)
    assert "999A" not in repr(MATTI)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("Matti", "Virtanen", "Matti Virtasen asia"),
        ("Matti", "Virtanen", "Päätös on annettu Virtaselle Matille"),
        ("Pekka", "Mäki", "Pekka Mäen hakemus"),
        ("Heikki", "Lahti", "Heikki Lahden eläkehakemus"),
        ("Tuomas", "Virta", "Tuomas Virralta puuttuva selvitys koskee Tuomas Virtaa"),
        ("Markus", "Koski", "Koskelle Markukselle"),
        ("Anne", "Bengtsson", "Anne Bengtssonille"),
        ("Anna-Liisa", "Mäki-Korpela", "Anna-Liisa Mäki-Korpelan asiassa"),
        ("Päiviikki", "Hämäläinen", "HÄMÄLÄISEN PÄIVIIKIN"),
        ("Virve", "Hietanen", "Virve Hietasta"),
        ("Mari", "Virtanen", "Päätös on lähetetty Virtasen Marille"),
    ],
)
def test_a_name_is_found_in_any_case(first, last, text):
    assert mismatches(text, Whose(first, last, "")) == []


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("Olli", "Virtanen", "Virtanen Pekka, työtön ollessaan"),
        ("Aki", "Virtanen", "Virtanen aina"),
        ("Matti", "Virta", "Matti Virtanen"),
        ("Matti", "Mäki", "Matti Mäkinen"),
        ("Mari", "Salo", "Marianne Salonen"),
        ("Mari", "Virtanen", "Maria Virtanen"),
        ("Mari", "Virtanen", "Virtanen Maria"),
        ("Mari", "Virtanen", "Maria Virtasen hakemus"),
        ("Kari", "Lindberg", "Karin Lindberg"),
        ("Juha", "Koski", "Juhana Kosken asia"),
    ],
)
def test_a_word_that_is_like_a_name_is_none(first, last, text):
    assert mismatches(text, Whose(first, last, "")) == [Mismatch.NAME]


def test_beside_the_clients_own_code_the_parts_of_a_name_may_stand_in_boxes_far_apart():
    text = "Sukunimi Meikäläinen\nHenkilötunnus 010180-999A\nKotikunta Kaavi\nKansalaisuus Suomi\nEtunimet Matti"

    assert mismatches(text, MATTI) == []
    assert mismatches(text.replace("010180-999A", ""), MATTI) == [Mismatch.NAME]
