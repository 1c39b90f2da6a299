"""Notes by their own address."""

import uuid

from django.shortcuts import get_object_or_404

from casework.models import Case, Note


def note_or_404(case: Case, note_id: uuid.UUID) -> Note:
    """Fetch a note of a case that stands.

    Raises:
        Http404
    """
    note: Note = get_object_or_404(case.notes.select_related("case"), pk=note_id)
    return note


def any_note_or_404(case: Case, note_id: uuid.UUID) -> Note:
    """Fetch a note of a case, also one that was taken back.

    Raises:
        Http404
    """
    notes = Note.everything.select_related("written_by", "removed_by")
    note: Note = get_object_or_404(notes, pk=note_id, case=case)
    return note
