from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "tenants.audit"
    label = "audit"

    def ready(self) -> None:
        from tenants.audit.anchors import MAIL
        from tenants.mail.kinds import name_kinds

        name_kinds({MAIL: _("The day's digest of the access log")})
