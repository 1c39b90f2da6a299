from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"

    def ready(self) -> None:
        from casework.cases import draft_queries as drafts
        from casework.timeline.access import ACTIONS
        from casework.timeline.mail_kinds import MAILS
        from tenants import autosave
        from tenants.audit.actions import name_actions
        from tenants.mail.kinds import name_kinds

        name_actions(ACTIONS)
        name_kinds(MAILS)
        autosave.keep_with(drafts.kept)
