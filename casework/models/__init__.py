"""The rooms of a municipality, one noun a module."""

from casework.models.appeal import Appeal
from casework.models.application import Application, Evidence
from casework.models.case import Case, CaseCounter, CaseParticipant
from casework.models.client import Client
from casework.models.coverage import CoverageCheck, CoverageRow
from casework.models.decision import Decision
from casework.models.document import Document
from casework.models.event import Event
from casework.models.illness import Illness
from casework.models.note import Note
from casework.models.referral import Referral
from casework.models.reminder import Reminder
from casework.models.rule import BenefitRule
from casework.models.service_entry import ServiceEntry
from casework.models.task import Task

__all__ = [
    "Appeal",
    "Application",
    "BenefitRule",
    "Case",
    "CaseCounter",
    "CaseParticipant",
    "Client",
    "CoverageCheck",
    "CoverageRow",
    "Decision",
    "Document",
    "Event",
    "Evidence",
    "Illness",
    "Note",
    "Referral",
    "Reminder",
    "ServiceEntry",
    "Task",
]
