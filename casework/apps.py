from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"

    def ready(self) -> None:
        from casework import subjects
        from casework.cases import draft_queries, queries
        from casework.timeline.kinds import EVENTS
        from tenants import autosave, navigation
        from tenants.accounts import role_changes
        from tenants.audit.actions import name_actions
        from tenants.mail.kinds import name_kinds

        name_actions({kind: event.label for kind, event in EVENTS.items()})
        name_actions(subjects.gathered("acts", "ACTIONS"))
        name_kinds(subjects.gathered("mail_kinds", "MAILS"))
        navigation.add_places("portal", subjects.NAVIGATION, search="client_search")
        role_changes.guard_when(queries.has_content)
        autosave.keep_with(draft_queries.kept, save="draft_save", throw_away="draft_throw_away")
