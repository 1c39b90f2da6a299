"""The words by which a letter grants or rejects, in Finnish and Swedish. Pure.

What the law would allow ("voidaan myöntää, jos"), what was decided before ("aiemmin") and what others decide is no
verdict of this letter.
"""

import re
from collections.abc import Iterator
from datetime import date

from casework.letters.dates import dates_in

GRANTED, GRANTED_UNTIL, PARTLY, REJECTED = "granted", "granted_until", "partly", "rejected"

_NO_VERDICT = re.compile(
    r"""\b(?:jos|mikäli|voidaan|voi(?:t|tte)?|edellyttää|edellytyksenä|aiem\w+|aikaisem\w+|edelli\w+
    |ifall|förutsätter|tidigare|föregående)\b|(?:^|,\s*)om\b""",
    re.IGNORECASE | re.VERBOSE,
)
_CANNOT = re.compile(
    r"\bei\s+voida\s+myöntää\b|\bemme\s+voi\s+myöntää\b|\bkan\s+(?:\w+\s+)?inte\s+(?:\w+\s+)?beviljas\b", re.IGNORECASE
)
_PARTLY = re.compile(
    r"""\b(?:hyväksy\w*|myönn\w*|hylä\w*|hylk\w*)\s+(?:\w+\s+)?(?:osittain|osaksi|osin)\b
    |\b(?:osittain|osaksi|osin)\s+(?:hyväksy|myönn|hylä|hylk)\w*
    |\bdelvis\s+(?:bevilj|avsl|bifall|godkän)\w*|\b(?:bevilj|avsl|bifall|godkän)\w*\s+(?:\w+\s+)?delvis\b""",
    re.IGNORECASE | re.VERBOSE,
)
_REJECTED = re.compile(
    r"""\b(?:hylätään|hylkää(?:mme)?|hylkäävä\w*|hylä(?:nnyt|nneet)|on\s+hylätty)\b
    |\bei\s+(?:\w+\s+)?myönnetä\b|\bemme\s+(?:\w+\s+)?myönnä\b|\bei\s+(?:\w+\s+)?myönnä\b
    |\bavslås\b|\bavslår\b|\bavslag\w*|\bhar\s+(?:\w+\s+)?avslagi\w*
    |\b(?:beviljas|beviljar)\s+(?:\w+\s+){0,3}?(?:inte|ingen|inget)\b|\binte\s+(?:\w+\s+){0,2}?(?:beviljas|beviljar|beviljats)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_GRANTED = re.compile(
    r"""\b(?:myönnetään|myönnämme|myöntää|olemme\s+myöntäneet|on\s+myöntänyt|hyväksytään|hyväksymme|on\s+hyväksytty|myönteinen\s+päätös)\b
    |\b(?:beviljas|beviljar|har\s+beviljat|har\s+beviljats|bifalls|bifaller|godkänns)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_END_AFTER = re.compile(r"\s*(?:saakka|asti)\b", re.IGNORECASE)
_END_BEFORE = re.compile(
    r"(?:\d{4}\s*[–—-]|till\s+och\s+med|t\.?\s?o\.?\s?m\.?|fram\s+till)\s*(?:den\s+)?$", re.IGNORECASE
)


def verdict(sentence: str) -> str:
    """Tell what a sentence decides: in part, rejected, granted, or "" for nothing or both."""
    if _CANNOT.search(sentence):
        return REJECTED
    if _NO_VERDICT.search(sentence):
        return ""
    if _PARTLY.search(sentence):
        return PARTLY
    is_rejected = _REJECTED.search(sentence)
    is_granted = _GRANTED.search(_REJECTED.sub(" ", sentence))
    if is_rejected and is_granted:
        return ""
    return REJECTED if is_rejected else GRANTED if is_granted else ""


def ends_of(sentence: str) -> Iterator[date]:
    """The days until which a sentence grants: "… saakka", "1.12.2026–30.11.2027", "till och med …"."""
    for found in dates_in(sentence):
        if _END_AFTER.match(sentence[found.end :]) or _END_BEFORE.search(sentence[: found.start]):
            yield found.day
