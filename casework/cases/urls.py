"""Addresses of clients, cases, referrals and what belongs to a case. A case goes by its number, never by a name."""

from django.urls import path

from casework.case_tasks import views as tasks
from casework.cases import note_views as notes
from casework.cases import team_views as teams
from casework.clients import illness_views as illnesses
from casework.clients import views as clients
from casework.documents import views as documents
from casework.overview import case_views as cases
from casework.referrals import views as referrals
from casework.services import views as service_entries

urlpatterns = [
    path("clients/", clients.client_list, name="client_list"),
    path("clients/search/", clients.client_search, name="client_search"),
    path("clients/new/", clients.client_new, name="client_new"),
    path("referrals/", referrals.referral_list, name="referral_list"),
    path("referrals/new/", referrals.referral_new, name="referral_new"),
    path("referrals/<uuid:referral_id>/", referrals.referral, name="referral"),
    path("referrals/<uuid:referral_id>/edit/", referrals.referral_edit, name="referral_edit"),
    path("referrals/<uuid:referral_id>/accept/", referrals.referral_accept, name="referral_accept"),
    path("referrals/<uuid:referral_id>/return/", referrals.referral_return, name="referral_return"),
    path("referrals/<uuid:referral_id>/decline/", referrals.referral_decline, name="referral_decline"),
    path("cases/<str:case_number>/", cases.case, name="case"),
    path("cases/<str:case_number>/reason/", cases.case_reason, name="case_reason"),
    path("cases/<str:case_number>/timeline/", cases.case_timeline, name="case_timeline"),
    path("cases/<str:case_number>/basics/", cases.case_basics, name="case_basics"),
    path("cases/<str:case_number>/reassign/", cases.case_reassign, name="case_reassign"),
    path("cases/<str:case_number>/direction/", cases.case_direction, name="case_direction"),
    path("cases/<str:case_number>/close/", cases.case_close, name="case_close"),
    path("cases/<str:case_number>/reopen/", cases.case_reopen, name="case_reopen"),
    path("cases/<str:case_number>/team/", teams.case_team, name="case_team"),
    path(
        "cases/<str:case_number>/team/<uuid:participant_id>/remove/",
        teams.participant_remove,
        name="participant_remove",
    ),
    path("cases/<str:case_number>/client/edit/", clients.client_edit, name="client_edit"),
    path("cases/<str:case_number>/client/reveal/", clients.client_reveal, name="client_reveal"),
    path("cases/<str:case_number>/client/voluntariness/", clients.client_voluntariness, name="client_voluntariness"),
    path("cases/<str:case_number>/illnesses/add/", illnesses.illness_add, name="illness_add"),
    path("cases/<str:case_number>/illnesses/<uuid:illness_id>/", illnesses.illness_edit, name="illness_edit"),
    path(
        "cases/<str:case_number>/illnesses/<uuid:illness_id>/remove/", illnesses.illness_remove, name="illness_remove"
    ),
    path("cases/<str:case_number>/tasks/", tasks.case_tasks, name="case_tasks"),
    path("cases/<str:case_number>/tasks/add/", tasks.task_add, name="task_add"),
    path("tasks/<uuid:task_id>/done/", tasks.task_done, name="task_done"),
    path("tasks/<uuid:task_id>/undo/", tasks.task_undo, name="task_undo"),
    path("cases/<str:case_number>/notes/add/", notes.note_add, name="note_add"),
    path("cases/<str:case_number>/documents/", documents.case_documents, name="case_documents"),
    path("cases/<str:case_number>/documents/add/", documents.document_add, name="document_add"),
    path("cases/<str:case_number>/documents/<uuid:document_id>/", documents.document, name="document"),
    path(
        "cases/<str:case_number>/documents/<uuid:document_id>/replace/",
        documents.document_replace,
        name="document_replace",
    ),
    path("cases/<str:case_number>/services/", service_entries.case_services, name="case_services"),
    path("cases/<str:case_number>/services/add/", service_entries.service_entry_add, name="service_entry_add"),
]
