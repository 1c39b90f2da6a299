"""What a decision's letter says of itself: date, decider, result, appeal body, last day of appeal. Pure.

Each is proposed with the places where it stands. A wrong proposal is worse than none: where two candidates compete,
none is proposed and both places are shown.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from casework.letters import results
from casework.letters.dates import IS_A_DATE, LEAD, Dated, dates_in
from casework.letters.text import Sentence

MOST_PLACES = 4  # shown of one proposal
HEAD = 15  # sentences at the beginning, where a letter says from whom and of when it is
NEAR = 40  # characters before a label that say of what it is

_OF_DECISION = r"""(?:päätöspäivä(?:määrä)?|päätöksen\s+(?:antopäivä|päiväys|päivämäärä|päivä|pvm)
    |päätös\s+(?:on\s+)?(?:annettu|tehty)|päätös\s?pvm\.?
    |beslutsdatum|beslutsdag(?:en)?|datum\s+för\s+beslutet|beslutets\s+datum
    |beslut(?:et)?\s+(?:gavs|fattat|fattades|har\s+getts|är\s+fattat))"""
_OF_THE_LETTER = r"(?:päiväys|päivätty|antopäivä|pvm\.?|daterat|datum)"  # in its head; further down, of something else
_LABELLED = re.compile(rf"(?<!\w){_OF_DECISION}{LEAD}", re.IGNORECASE | re.VERBOSE)
_DATED = re.compile(rf"(?<!\w){_OF_THE_LETTER}{LEAD}", re.IGNORECASE | re.VERBOSE)
_HEADING = re.compile(rf"(?:^|\s)(?:PÄÄTÖS|BESLUT)\s*{LEAD}|^\s*(?:Päätös|Beslut)\s*{LEAD}", re.VERBOSE)
_OF_SOMETHING_ELSE = re.compile(
    r"hakemu|saapu|aiem|aikaisem|edelli|entinen|kumo|lausun|vireill|synty|maksu|tiedoksi"
    r"|ansök|inkom|tidigare|föregå|utlåtan|läkar|född|betal|delgiv",
    re.IGNORECASE,
)
_WAS_APPEALED = re.compile(
    r"valitit|valittanut|\bhait(?:te)?\b|hakenut|kumo|överklagat|sökt\s+ändring|upphäv", re.IGNORECASE
)
_ONE_WORD = re.compile(r"^[A-ZÅÄÖ][\w-]+,?\s+")

_TO_SEEK = r"\bha(?:kea|kee|kemalla|kemisen|kenut|keneet|ettava|etaan|ette|et|itte)\b"
# Of appealing; not of choosing (valita, valitettavissa), of a change (muutosta) or of a benefit that is looked at anew.
_OF_APPEAL = re.compile(
    rf"""valit(?:us|uks(?!i\b)|etaan|etta(?!vasti\b|van\b|vissa\b)|ta(?!essa\b|v(?:ana|issa|at)\b)|at|iti)|muutoksenha
    |oikaisuvaatim|{_TO_SEEK}(?:\s+[\w-]+){{0,5}}?\s+muutosta\b|\bmuutosta(?:\s+[\w-]+){{0,6}}?\s+{_TO_SEEK}
    |besvär|överklag|sök\w*\s+ändring|ändringssök|omprövnings(?:begär|yrk)|rättelseyrk
    |(?:begär|yrk)\w*(?:\s+\w+){{0,3}}?\s+ompröv|ompröv\w*(?:\s+\w+){{0,3}}?\s+(?:begär|yrk)""",
    re.IGNORECASE | re.VERBOSE,
)
_TIME_OF_APPEAL = re.compile(r"(?:valitus|muutoksenhaku|oikaisuvaatimus)ai(?:ka|ja)|besvärstid", re.IGNORECASE)
_LAST_BEFORE = re.compile(
    rf"""(?:viimeistään|viimeinen\s+(?:\w+\s+)?\w*päivä\w*|valitusaika\s+(?:päättyy|kuluu\s+umpeen)|päättyy
    |senast|sista\s+(?:\w+\s+){{0,2}}\w*dag\w*(?:\s+\w+){{0,3}}?|(?:går|löper)\s+ut|upphör){LEAD}""",
    re.IGNORECASE | re.VERBOSE,
)
_OF_ANOTHER_LAST_DAY = re.compile(
    r"""vastine|vastaselity|selvity|lausun|täydenn|ilmoit|siir[rt]|saapui|antaa\s+päätök|aiem|aikaisem|edelli
    |(?<!olla\s)(?<!oltava\s)saapunut|sai(?:tte)?\s+hakea|uu(?:si|den|tta)\s+hakemu
    |bemötande|genmäle|utredning|utlåtan|komplett|anmäl|överför|(?<!ska\sha\s)inkommit|tidigare|föregå|ny\s+ansökan""",
    re.IGNORECASE | re.VERBOSE,
)
_LAST_AFTER = re.compile(r"\s*(?:mennessä|saakka|asti)\b", re.IGNORECASE)
_INTERIM = re.compile(r"\W*(?:välipäätös|mellanbeslut|interimistiskt\s+beslut)\b", re.IGNORECASE)
_NO_SENTENCE = r"(?!\w)\W*(?:$|[A-ZÅÄÖ\d])"  # behind the name of whose letter it is


@dataclass(frozen=True)
class Place:
    """Where something stands in a letter."""

    page: int
    text: str
    is_picture: bool = False


@dataclass(frozen=True)
class Proposal:
    """What is proposed, and where it stands. `value` is "" where candidates compete; `places` empty: not found."""

    value: str = ""
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """One reading of one place."""

    value: str
    place: Place


@dataclass(frozen=True)
class Known:
    """The names that are looked for, by codes: of deciders, and of those that decide a first appeal.

    `boards` are the names of all whose letters tell what became of an appeal.
    """

    deciders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    bodies: Mapping[str, Sequence[str]] = field(default_factory=dict)
    boards: Sequence[str] = ()


def propose(sentences: Sequence[Sentence], known: Known) -> dict[str, Proposal]:
    """Propose by name: decided_on, decider, result, granted_until, appeal_body, printed_last_day.

    Of a letter that tells what became of an appeal nothing is proposed but what it is, as "answer".
    """
    if answer := _answer(sentences, known):
        return {"answer": answer}
    decided_on = decided(_days_of_decision(sentences))
    verdicts = list(_verdicts(sentences))
    last_day = decided(list(_last_days(sentences, decided_on.value)))
    if decided_on.value and last_day.value and last_day.value <= decided_on.value:
        last_day = Proposal(places=last_day.places)
    ends = _ends(verdicts, sentences)
    result = _result(verdicts, ends)
    return {
        "decided_on": decided_on,
        "decider": decided(list(_deciders(sentences, known))),
        "result": result,
        "granted_until": decided(ends) if result.value == results.GRANTED_UNTIL else Proposal(),
        "appeal_body": decided(list(_bodies(sentences, known))),
        "printed_last_day": last_day,
    }


def decided(candidates: Sequence[Candidate]) -> Proposal:
    """Propose what all candidates say; of several readings each is shown where it stands, and none proposed."""
    by_value = {candidate.value: candidate.place for candidate in reversed(candidates)}
    if len(by_value) == 1:
        [value] = by_value
        return Proposal(value, _different(candidate.place for candidate in candidates))
    return Proposal(places=_different(reversed(by_value.values())))


def _different(places: Iterator[Place] | Sequence[Place]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(places))[:MOST_PLACES]


# --- days -------------------------------------------------------------------------------------------------------------


def _days_of_decision(sentences: Sequence[Sentence]) -> list[Candidate]:
    """Days that are called those of the decision; unless one is in the head, also the days of the letter there."""
    head, further = sentences[:HEAD], list(_labelled(sentences[HEAD:], _LABELLED, _HEADING))
    if in_head := list(_labelled(head, _LABELLED, _HEADING)):
        return in_head + further
    return [*_labelled(head, _DATED), *_days_alone(head), *further]


def _labelled(sentences: Sequence[Sentence], *labels: re.Pattern[str]) -> Iterator[Candidate]:
    for sentence in sentences:
        for found in dates_in(sentence.text):
            before = sentence.text[: found.start]
            label = next(filter(None, (label.search(before) for label in labels)), None)
            if label is None or _WAS_APPEALED.search(sentence.text[found.end :]):
                continue
            if not _OF_SOMETHING_ELSE.search(before[max(label.start() - NEAR, 0) : label.start()]):
                yield _dated(found.day, sentence)


def _days_alone(head: Sequence[Sentence]) -> Iterator[Candidate]:
    """Days that stand alone, or behind one word only: a place, or who sends it."""
    for sentence in head:
        rest = _ONE_WORD.sub("", sentence.text, count=1)
        is_of_else = _OF_SOMETHING_ELSE.search(sentence.text) or _OF_APPEAL.search(sentence.text)
        if IS_A_DATE.fullmatch(rest) and not is_of_else:
            yield from (_dated(found.day, sentence) for found in dates_in(rest))


def _last_days(sentences: Sequence[Sentence], decided_on: str) -> Iterator[Candidate]:
    """Days that a sentence about appealing calls the last; a later one behind it competes: by post, electronically."""
    for sentence in sentences:
        if _OF_APPEAL.search(sentence.text) and not _OF_ANOTHER_LAST_DAY.search(sentence.text):
            dates = list(dates_in(sentence.text))
            last = next((place for place, found in enumerate(dates) if _is_last(sentence.text, found)), len(dates))
            days = [found.day for found in dates[last:]]
            if _TIME_OF_APPEAL.search(sentence.text):
                days += results.ends_of(sentence.text)
            yield from (_dated(day, sentence) for day in days if day.isoformat() != decided_on)


def _is_last(text: str, found: Dated) -> bool:
    return bool(_LAST_BEFORE.search(text[: found.start]) or _LAST_AFTER.match(text[found.end :]))


def _dated(day: date, sentence: Sentence) -> Candidate:
    return Candidate(day.isoformat(), _place(sentence))


def _place(sentence: Sentence) -> Place:
    return Place(sentence.page, sentence.text, sentence.is_picture)


# --- who decides ------------------------------------------------------------------------------------------------------


def _answer(sentences: Sequence[Sentence], known: Known) -> Proposal | None:
    """Where a letter says that it is the answer to an appeal: of a board or a court, before any decider is named.

    An interim decision is a decider's, which changed a part of its decision and passed the appeal on.
    """
    heads = [re.compile(rf"^\W*(?:[\w-]+\s+)?(?i:{re.escape(name)}){_NO_SENTENCE}") for name in known.boards]
    is_deciders = False
    for sentence in sentences[:HEAD]:
        if _INTERIM.match(sentence.text):
            return Proposal("interim", (_place(sentence),))
        is_deciders = is_deciders or next(_deciders([sentence], known), None) is not None
        if not is_deciders and any(head.search(sentence.text) for head in heads):
            return Proposal("board", (_place(sentence),))
    return None


def _deciders(sentences: Sequence[Sentence], known: Known) -> Iterator[Candidate]:
    """Names in the head of the letter: further down others are named, too. Some are words: Varma, Elo."""
    for sentence in sentences[:HEAD]:
        for code, names in known.deciders.items():
            if any(re.search(rf"(?<![\w-]){re.escape(name)}(?!\w)", sentence.text) for name in _written(names)):
                yield Candidate(code, _place(sentence))


def _written(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield from (name, name[:1].upper() + name[1:], name.upper())


def _bodies(sentences: Sequence[Sentence], known: Known) -> Iterator[Candidate]:
    """Who decides a first appeal, in a sentence about appealing; endings of cases are passed over."""
    for sentence in sentences:
        if _OF_APPEAL.search(sentence.text):
            for code, names in known.bodies.items():
                if any(_is_asked(name, sentence.text) for name in names):
                    yield Candidate(code, _place(sentence))


def _is_asked(name: str, text: str) -> bool:
    """Tell whether somebody is named as who decides, not as whose decision it is that others change."""
    return re.search(rf"{re.escape(name[:-2])}\w*(?!\w)(?!\s+(?:päätö|beslut))", text, re.IGNORECASE) is not None


# --- the result -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Verdict:
    result: str
    sentence: Sentence

    @property
    def is_told(self) -> bool:
        return results.is_perhaps_told(self.sentence.text)


def _verdicts(sentences: Sequence[Sentence]) -> Iterator[_Verdict]:
    """Verdicts of whole sentences: what is cut off may be an "if"."""
    for sentence in sentences:
        if not sentence.is_cut and (result := results.verdict(sentence.text)):
            yield _Verdict(result, sentence)


def _result(verdicts: Sequence[_Verdict], ends: Sequence[Candidate]) -> Proposal:
    """A word of "in part" speaks for the whole letter: what is granted and what is rejected belong to it.

    What may be told of an earlier decision is shown, and proposed only when this letter says the same. What is granted
    for a time is not proposed as granted when nothing tells for how long.
    """
    partly = [verdict for verdict in verdicts if verdict.result == results.PARTLY]
    candidates = [Candidate(verdict.result, _place(verdict.sentence)) for verdict in partly or verdicts]
    proposal = decided(candidates)
    if all(verdict.is_told for verdict in partly or verdicts):
        return Proposal(places=proposal.places)
    if proposal.value == results.GRANTED and ends:
        return Proposal(results.GRANTED_UNTIL, proposal.places)
    if proposal.value == results.GRANTED and any(results.is_for_a_time(one.sentence.text) for one in verdicts):
        return Proposal(places=proposal.places)
    return proposal


def _ends(verdicts: Sequence[_Verdict], sentences: Sequence[Sentence]) -> list[Candidate]:
    """The days until which is granted, said with the grant or right behind it: "on voimassa … saakka"."""
    granted = [one.sentence for one in verdicts if one.result == results.GRANTED and not one.is_told]
    behind = [after for before, after in pairwise(sentences) if before in granted and _is_in_force(after)]
    return [_dated(end, sentence) for sentence in granted + behind for end in results.ends_of(sentence.text)]


def _is_in_force(sentence: Sentence) -> bool:
    return results.is_of_what_is_in_force(sentence.text) and not _OF_APPEAL.search(sentence.text)
