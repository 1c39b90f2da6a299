"""Names of the database's roles and special schemas. Pure."""

import re

PUBLIC = "public"
TEMPLATE = "template_municipality"  # every new municipality is copied from this schema

OWNER = "suunta_owner"
MIGRATOR = "suunta_migrator"
APP = "suunta_app"
CONSOLE = "app_public"
AUDIT_OWNER = "audit_owner"
BACKUP = "backup"
MUNICIPALITY_PREFIX = "t_"
APP_LOGIN = "app"  # of settings.LOGIN: web and workers

SCHEMA_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
RESERVED = {PUBLIC, TEMPLATE, "information_schema", "console"}


def role_for(schema: str) -> str:
    """Name the role whose rights end at this schema's walls."""
    return CONSOLE if schema == PUBLIC else f"{MUNICIPALITY_PREFIX}{schema}"


def is_schema_name(name: str) -> bool:
    """Tell whether a municipality's schema may have this name: at most 61 plain characters, and not one of ours."""
    return bool(SCHEMA_NAME.fullmatch(name)) and name not in RESERVED and not name.startswith("pg_")
