"""The words by which a letter grants or rejects, in Finnish and Swedish. Pure.

What the law would allow ("voidaan myöntää, jos"), what was decided before ("aiemmin") and what others decide is no
verdict of this letter.
"""

import re
from collections.abc import Iterator
from datetime import date

from casework.letters.dates import dates_in, ends_of_months_in

GRANTED, GRANTED_UNTIL, PARTLY, REJECTED = "granted", "granted_until", "partly", "rejected"

_NO_VERDICT = re.compile(
    r"""\b(?:jos|mikäli|kun|ellei\w*|jollei\w*|voidaan|voi(?:t|tte)?|edellyttää|edellytyksenä|aiem\w+|aikaisem\w+|edelli\w+
    |jolla|joilla|kumo(?:aa|amme|taan|nnut|ttu)|poist(?:aa|amme|etaan)|oikais(?:ee|emme|taan|sut)
    |enintään|yleensä|tavallisesti|muuten|muutoin|muussa\s+tapauksessa|annars|i\s+annat\s+fall|sairausloma\w*|omavastuu\w*
    |ifall|när|förutsätter|tidigare|föregående|genom\s+vilket|varigenom|upphäv\w*|rättar|högst|vanlig\w+
    |sjukskriv\w*|sjukled\w*|självrisk\w*)\b|(?:^|,\s*)om\b""",
    re.IGNORECASE | re.VERBOSE,
)
_FEW_WORDS = r"\s+(?:[\w-]+\s+){0,3}?"
_NOT = r"\b(?:ei|eivät|emme|ettei|ettemme)"
_CANNOT = re.compile(
    rf"{_NOT}{_FEW_WORDS}(?:ole{_FEW_WORDS}voitu|voida|voi){_FEW_WORDS}(?:myöntää|hyväksyä)\b"
    rf"|\bkan{_FEW_WORDS}(?:inte|ej){_FEW_WORDS}(?:bevilja|godkänna|bifalla)s?\b",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"""\b(?:hyväksy\w*|myönn\w*|hylä\w*|hylk\w*)\s+(?:\w+\s+)?(?:osittain|osaksi|osin)\b
    |\b(?:osittain|osaksi|osin)\s+(?:hyväksy|myönn|hylä|hylk)\w*
    |\bmuilta\s+osin\s+(?:[\w-]+\s+){0,3}?hyl|\b(?:till\s+övriga\s+delar|i\s+övrigt)\s+(?:[\w-]+\s+){0,3}?avsl
    |\bdelvis\s+(?:bevilj|avsl|bifall|godkän)\w*|\b(?:bevilj|avsl|bifall|godkän)\w*\s+(?:\w+\s+)?delvis\b""",
    re.IGNORECASE | re.VERBOSE,
)
_REJECTED = re.compile(
    rf"""\b(?:hylätään|hylkää(?:mme)?|hylkäävä\w*|hylä(?:nnyt|nneet)|on\s+hylätty)\b
    |{_NOT}{_FEW_WORDS}(?:myön(?:netä|nä|netty|tänyt|täneet)|hyväksy(?:tä|tty|nyt|neet)?)\b
    |\b(?:teille|sinulle)\s+ei{_FEW_WORDS}makseta\b|\bkielteinen\s+päätös\b|\bpäätös\s+on\s+kielteinen\b
    |\b(?:teillä|sinulla)\s+ei{_FEW_WORDS}ole\s+oikeutta\b(?!\s+(?:valit|hak|muuto))
    |\b(?:ni|du)\s+har\s+(?:inte|ingen)\s+rätt\s+till\b
    |\bavslås\b|\bavslår\b|\bavslag\w*|\bhar\s+(?:\w+\s+)?avslagi\w*|\bförkasta[rs]\b
    |\b(?:bevilja|bifalle?|godkänne?)[rs]{_FEW_WORDS}(?:inte|ingen|inget|ej)\b
    |\b(?:inte|ej){_FEW_WORDS}(?:bevilja|bifall|godkän)\w*""",
    re.IGNORECASE | re.VERBOSE,
)
_GRANTED = re.compile(
    r"""\b(?:myönnetään|myönnämme|myöntää|olemme\s+myöntäneet|on\s+myöntänyt|hyväksytään|hyväksymme|on\s+hyväksytty|myönteinen\s+päätös)\b
    |\b(?:beviljas|beviljar|har\s+beviljat|har\s+beviljats|bifalls|bifaller|godkänns)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_PERFECT = re.compile(
    r"""\b(?:on|ole|olemme)\s+(?:[\w.-]+\s+){0,6}?(?:hylä(?:nnyt|nneet|tty)|myön(?:tänyt|täneet|netty)|hyväksy(?:nyt|neet|tty))\b
    |\bhar\s+(?:[\w.-]+\s+){0,6}?(?:avslagi|bevilja|bifalli|godkän)\w*""",
    re.IGNORECASE | re.VERBOSE,
)
_BEFORE = re.compile(r"(?<!tällä\s)päätöksellä|genom\s+(?:sitt\s+)?beslut|\b(?:vuonna|år)\s+\d{4}\b", re.IGNORECASE)
_OF_AN_APPEAL = re.compile(
    r"""\b(?:valitu|oikaisuvaatimu)(?:s|kse\w*)\s+(?:\w+\s+)?hyl|\bhyl\w+\s+(?:\w+\s+)?(?:valitu|oikaisuvaatimu)
    |\b(?:besvär|omprövning)\w*\s+(?:avslås|förkastas)|\b(?:avslår|förkastar)\s+(?:\w+\s+)?besvär""",
    re.IGNORECASE | re.VERBOSE,
)
_WHO_GRANTS = re.compile(r"\b(?:myöntää|beviljar)\b", re.IGNORECASE)
_TO_SOMEBODY = re.compile(r"\b(?:te|ni|er|du|dig)\b|\b(?:teille|teidän|sinulle|hakemu\w*|ansökan\w*)\b", re.IGNORECASE)
_FOR_A_TIME = re.compile(r"määräaja|määräaik|tidsbegräns|\bviss\s+tid\b", re.IGNORECASE)
_IN_FORCE = re.compile(r"\bvoimassa\b|\b(?:gäller|i\s+kraft)\b", re.IGNORECASE)
_END_AFTER = re.compile(r"\s*(?:saakka|asti|loppuun)\b", re.IGNORECASE)
_END_BEFORE = re.compile(
    r"""(?:(?:\d{4}|(?<![\d.])\d{1,2}\.(?:\d{1,2}\.)?)\s*[–—-]|päättyen|till\s+och\s+med|t\.?\s?o\.?\s?m\.?
    |fram\s+till)\s*(?:den\s+)?$""",
    re.IGNORECASE | re.VERBOSE,
)


def verdict(sentence: str) -> str:
    """Tell what a sentence decides: in part, rejected, granted, or "" for nothing or both.

    A question decides nothing, and what becomes of appeals is decided by others.
    """
    if sentence.rstrip().endswith("?") or _OF_AN_APPEAL.search(sentence):
        return ""
    if _NO_VERDICT.search(_CANNOT.sub(" ", sentence)):
        return ""
    if _CANNOT.search(sentence):
        return REJECTED
    if _PARTLY.search(sentence):
        return PARTLY
    is_rejected = _REJECTED.search(sentence)
    is_granted = _GRANTED.search(_REJECTED.sub(" ", sentence))
    if is_rejected and is_granted:
        return ""
    return REJECTED if is_rejected else GRANTED if is_granted else ""


def is_perhaps_told(sentence: str) -> bool:
    """Tell whether a verdict may be told of an earlier decision, or of what is granted to anybody.

    "On hylännyt" with a day, "myöntää" without anybody to whom: it competes with other verdicts and is none by itself.
    """
    has_day = any(dates_in(sentence))
    if _PERFECT.search(sentence):
        return has_day or _BEFORE.search(sentence) is not None
    return not has_day and _WHO_GRANTS.search(sentence) is not None and not _TO_SOMEBODY.search(sentence)


def ends_of(sentence: str) -> Iterator[date]:
    """The days until which a sentence grants: "… saakka", "1.12.2026–30.11.2027", "till och med …".

    A month that is told with its end is its last day.
    """
    for found in dates_in(sentence):
        if _END_AFTER.match(sentence[found.end :]) or _END_BEFORE.search(sentence[: found.start]):
            yield found.day
    yield from ends_of_months_in(sentence)


def is_for_a_time(sentence: str) -> bool:
    """Tell whether a sentence grants for a time, whether or not it says until when."""
    return _FOR_A_TIME.search(sentence) is not None


def is_of_what_is_in_force(sentence: str) -> bool:
    """Tell whether a sentence says how long something is in force, and decides and supposes nothing."""
    return _IN_FORCE.search(sentence) is not None and _NO_VERDICT.search(sentence) is None
