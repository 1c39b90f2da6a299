from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "tenants.mail"
    label = "mail"
