"""Identity codes are found wherever they stand; ids, times and hashes are left as they are."""

import hashlib
import json
import random
import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import islice

import pytest

from tenants import identity_code
from tenants.identity_code import CHECK_CHARACTERS, SEPARATORS, artificial
from tenants.scrubbing import LEFT_OUT, scrubbed, without_codes

MARKS = [(mark, century) for century, marks in SEPARATORS.items() for mark in marks]
IN_TEXT = [
    "{}", " {} ", "hetu {}.", "({})", "[{}]", "'{}'", '"{}"', "„{}“", "<{}>", "{},", "{};", "{}: syntyi", "hetu:{}",
    "{}…", "–{}–",
    "hetu={}", "?q={}&page=2", "?q=%20{}%20", "?q=%22{}%22", "/clients/{}/", "/clients/{}", "%2Fclients%2F{}%2F",
    "hetu_{}_x", "rivi\n{}\nrivi", r"rivi\n{}\nrivi", r"\t{}", r"\x00{}", r"\u00a0{}", "hetu{}on", "x{}x", "ö{}ö",
    "2026-0143/{}", "2026-0143-{}", "0b1c {} 0b1c", "111111-{}", "070770-{}",
]  # fmt: skip


def a_day(rng, century):
    return date(century, 1, 1) + timedelta(days=rng.randrange(36_500))


def a_code(rng, mark, century):
    """A code that belongs to no person."""
    turn = SEPARATORS[century].index(mark)
    return artificial(a_day(rng, century), turn * 100 + rng.randrange(100))


def ids(rng):
    """What stands in our logs and reports and is no code: one of each kind after the other, for ever."""
    while True:
        some = rng.randbytes(32)
        at = datetime(1990, 1, 1, tzinfo=UTC) + timedelta(microseconds=rng.randrange(2 * 10**15))
        at = at.astimezone(timezone(timedelta(minutes=15 * rng.randrange(-48, 57))))
        commit = hashlib.sha1(some).hexdigest()
        yield from (some[:16].hex(), some[:8].hex(), str(uuid.UUID(bytes=some[:16], version=4)))
        yield from (commit, commit[: rng.randrange(7, 13)], hashlib.sha256(some).hexdigest())
        yield from (at.isoformat(), f"{at:%Y-%m-%dT%H:%M:%S.%f%z}", f"{at:%Y%m%dT%H%M%S%z}", f"{at:%Y%m%d %H%M%S%z}")
        yield from (str(at.timestamp()), hex(rng.getrandbits(48)), f"<{uuid.UUID(bytes=some[:16])}@suunta.example>")


@pytest.mark.parametrize("frame", ["{}", "/here/{}/", "?id={}&x", '"{}",', "release suunta@{} failed"])
def test_of_ten_thousand_ids_times_and_hashes_none_is_touched(frame):
    made = [frame.format(one) for one in islice(ids(random.Random(20261130)), 10_000)]

    assert [text for text in made if scrubbed(text) != text] == []


def test_a_piece_of_an_id_that_happens_to_be_a_right_code_is_not_touched():
    rng = random.Random(20261130)
    for _ in range(2_000):
        code = a_code(rng, *rng.choice([(mark, century) for mark, century in MARKS if mark in "ABCDEF"])).lower()
        old = a_code(rng, "-", 1900).lower()
        made = [f"{rng.randbytes(6).hex()}{code}{rng.randbytes(4).hex()}", f"a{code}", f"{code}0", f"0x7f{code}"]
        made += [f"ab{old}-4b2a-9c01-0123456789ab", f"0b7e91{old}00"]
        assert [text for text in made if scrubbed(text) != text] == []


@pytest.mark.parametrize("frame", IN_TEXT)
@pytest.mark.parametrize(("mark", "century"), MARKS)
def test_a_code_is_found_with_every_mark_beside_anything_in_both_cases(frame, mark, century):
    rng = random.Random(f"{frame}{mark}")
    for _ in range(10):
        code = a_code(rng, mark, century)
        assert without_codes(frame.format(code)) == frame.format(LEFT_OUT)
        assert without_codes(frame.format(code.lower())) == frame.format(LEFT_OUT)


@pytest.mark.parametrize("code", ["131052-308T", "070770-905D"])
@pytest.mark.parametrize(
    "dash",
    ["‐", "‑", "‒", "–", "—", "−", " - ", " -", "- ", "\u00a0–\u00a0", "\u00ad-", "%2D", "%2d", "%E2%80%93",
     r"\u2013"],
)  # fmt: skip
def test_a_code_is_found_as_people_and_programs_write_its_dash(code, dash):
    written = code.replace("-", dash)

    assert without_codes(f"hetu {written}, q={written}&") == f"hetu {LEFT_OUT}, q={LEFT_OUT}&"
    assert without_codes(json.dumps(written)) == f'"{LEFT_OUT}"'


def test_a_plus_is_found_in_an_address():
    assert without_codes(f"?q={artificial(date(1899, 5, 1), 3).replace('+', '%2B')}") == f"?q={LEFT_OUT}"


def test_several_codes_in_a_line_are_all_found():
    line = "131052-308T,070770-905D 131052-308T/070770-905D"

    assert without_codes(line) == line.replace("131052-308T", LEFT_OUT).replace("070770-905D", LEFT_OUT)


# --- mistyped: decision 26 ------------------------------------------------------------------------------------


def mistyped(code):
    return [code[:-1] + character for character in CHECK_CHARACTERS if character != code[-1]]


@pytest.mark.parametrize(("mark", "century"), MARKS)
@pytest.mark.parametrize("frame", ["{}", "hetu {}.", "/clients/{}/", "?q={}&", "?q=%20{}", r"\n{}", '"{}"'])
def test_a_code_with_a_wrong_last_character_is_found_where_it_stands_alone(mark, century, frame):
    for wrong in mistyped(a_code(random.Random(mark), mark, century)):
        assert without_codes(frame.format(wrong)) == frame.format(LEFT_OUT)
        is_like_a_hash = set(wrong.lower()) <= set("0123456789abcdef")
        assert (without_codes(frame.format(wrong.lower())) == frame.format(LEFT_OUT)) is not is_like_a_hash


@pytest.mark.parametrize("frame", ["hetu{}", "{}x", "a{}", "{}0"])
def test_a_code_with_a_wrong_last_character_is_none_inside_of_something_longer(frame):
    wrong = mistyped("131052-308T")

    assert [text for code in wrong if without_codes(text := frame.format(code)) != text] == []


@pytest.mark.parametrize("text", ["310294-900X", "000594-9001", "290201A9001", "320194-9001"])
def test_a_day_that_is_in_no_calendar_is_no_code(text):
    with pytest.raises(identity_code.NoSuchBirthDate):
        identity_code.parse(text)
    assert without_codes(text) == text


@pytest.mark.parametrize("individual", ["000", "001"])
def test_a_number_that_nobody_has_is_found_too(individual):
    check = CHECK_CHARACTERS[int(f"010594{individual}") % 31]

    assert without_codes(f"010594-{individual}{check}") == LEFT_OUT


@pytest.mark.parametrize(
    "text",
    ["2026-0143", "2026-11-22 10:00:00,123", "0207506-5", "<f9a0@suunta.example>", "+358 40 123 4567",
     "FI2112345600000785", "20261005T100500+0200", "10:05:00.010594-0500", "suunta@0.2.0", "040 123 4567", ""],
)  # fmt: skip
def test_what_is_no_code_is_left(text):
    assert scrubbed(text) == text
