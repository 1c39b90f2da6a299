"""Addresses of the console that concern municipalities, outgoing mail and jobs."""

from django.urls import path

from tenants.console import jobs, mail, municipalities

urlpatterns = [
    path("", municipalities.front, name="front"),
    path("municipalities/", municipalities.municipality_list, name="municipality_list"),
    path("municipalities/add/", municipalities.municipality_add, name="municipality_add"),
    path("municipalities/<slug:schema_name>/", municipalities.municipality, name="municipality"),
    path("municipalities/<slug:schema_name>/retry/", municipalities.municipality_retry, name="municipality_retry"),
    path(
        "municipalities/<slug:schema_name>/withdraw/",
        municipalities.municipality_withdraw,
        name="municipality_withdraw",
    ),
    path("mail/", mail.mail_list, name="mail_list"),
    path("mail/<str:place>/<uuid:mail_id>/", mail.mail_decide, name="mail_decide"),
    path("jobs/", jobs.job_list, name="job_list"),
]
