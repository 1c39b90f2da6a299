"""The rooms of a municipality, one noun a module. Whose words a line of the timeline shows names them as `WORDS`."""

from casework.models.annex_answer import AnnexAnswer
from casework.models.appeal import Appeal
from casework.models.appeal_letter import AppealLetter
from casework.models.appeal_supplement import AppealSupplement
from casework.models.application import Application, Evidence
from casework.models.appointment import Appointment, CalendarFeed
from casework.models.assessment import Assessment, DomainScore, InstrumentResult
from casework.models.care_referral import CareReferral
from casework.models.case import Case, CaseCounter, CaseParticipant
from casework.models.client import Client
from casework.models.consent import Consent, Disclosure
from casework.models.continuation import NoContinuation
from casework.models.correction import Correction
from casework.models.coverage import CoverageCheck, CoverageRow
from casework.models.decision import Decision
from casework.models.description import AbilityDescription, DescriptionSection
from casework.models.document import Document
from casework.models.draft import Draft
from casework.models.event import Event
from casework.models.illness import Illness
from casework.models.ledger import LedgerEntry
from casework.models.letter import Letter, LetterSearch
from casework.models.mapping import MappingEntry, TargetGroup
from casework.models.meeting import AgendaItem, AgreedTask, Meeting, MeetingParticipant, MinutesVersion
from casework.models.network import NetworkPerson
from casework.models.note import Note
from casework.models.open_end import OpenEnd
from casework.models.other_benefit import OtherBenefit
from casework.models.own_annex import OwnAnnex
from casework.models.own_figure import OwnFigure
from casework.models.phrase import Phrase, PhraseWording
from casework.models.reading import ReadingRemark, ReadingRequest
from casework.models.referral import Referral
from casework.models.removal import Removal
from casework.models.representation import Representation
from casework.models.round import Round
from casework.models.rule import BenefitRule
from casework.models.service_entry import ServiceEntry
from casework.models.sickness_days import JobseekerRegistration, SicknessDayCount
from casework.models.statement import StatementRequest
from casework.models.task import Task

__all__ = [
    "AbilityDescription",
    "AgendaItem",
    "AgreedTask",
    "AnnexAnswer",
    "Appeal",
    "AppealLetter",
    "AppealSupplement",
    "Application",
    "Appointment",
    "Assessment",
    "BenefitRule",
    "CalendarFeed",
    "CareReferral",
    "Case",
    "CaseCounter",
    "CaseParticipant",
    "Client",
    "Consent",
    "Correction",
    "CoverageCheck",
    "CoverageRow",
    "Decision",
    "DescriptionSection",
    "Disclosure",
    "Document",
    "DomainScore",
    "Draft",
    "Event",
    "Evidence",
    "Illness",
    "InstrumentResult",
    "JobseekerRegistration",
    "LedgerEntry",
    "Letter",
    "LetterSearch",
    "MappingEntry",
    "Meeting",
    "MeetingParticipant",
    "MinutesVersion",
    "NetworkPerson",
    "NoContinuation",
    "Note",
    "OpenEnd",
    "OtherBenefit",
    "OwnAnnex",
    "OwnFigure",
    "Phrase",
    "PhraseWording",
    "ReadingRemark",
    "ReadingRequest",
    "Referral",
    "Removal",
    "Representation",
    "Round",
    "ServiceEntry",
    "SicknessDayCount",
    "StatementRequest",
    "TargetGroup",
    "Task",
]
