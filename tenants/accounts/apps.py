from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tenants.accounts"
    label = "accounts"

    def ready(self) -> None:
        from tenants.accounts.acts import ACTIONS
        from tenants.accounts.mail_kinds import MAILS
        from tenants.audit.actions import name_actions
        from tenants.mail.kinds import name_kinds

        name_actions(ACTIONS)
        name_kinds(MAILS)
        for module in ("adapter", "checks", "second_factor", "sessions"):  # what listens to Django and allauth
            import_module(f"tenants.accounts.{module}")
