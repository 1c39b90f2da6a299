from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"

    def ready(self) -> None:
        from casework.access_actions import ACTIONS
        from tenants.audit.actions import name_actions

        name_actions(ACTIONS)
