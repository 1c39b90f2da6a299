from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"

    def ready(self) -> None:
        from casework.access_actions import ACTIONS
        from casework.mail_kinds import MAILS
        from casework.queries import drafts
        from tenants import autosave
        from tenants.audit.actions import name_actions
        from tenants.mail.kinds import name_kinds

        name_actions(ACTIONS)
        name_kinds(MAILS)
        autosave.keep_with(drafts.kept)
