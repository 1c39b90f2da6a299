"""The only settings file. Everything that differs between machines is read from the environment."""

import logging
import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
from django.utils.csp import CSP

from deploy.local import embedded
from deploy.observability import ScrubbedRecord, start_sentry

ROOT = Path(__file__).resolve().parent.parent
STATE = embedded.state_folder()

# --- what this process is ---------------------------------------------------------------------------------

FAULTS: list[str] = []  # of the environment, a sentence each: deploy.checks tells all of them before anything starts


def _number(name: str, default: int, *, least: int = 0, otherwise: str = "is not a whole number.") -> int:
    """Read a number; what is none is told among the faults."""
    text = os.environ.get(name, str(default))
    if text.isascii() and text.isdigit() and int(text) >= least:
        return int(text)
    FAULTS.append(f"{name}={text} {otherwise}")
    return default


IS_DEMO = os.environ.get("SUUNTA_DEMO", "") == "1"  # its people have a password that stands in the code
LOGIN = os.environ.get("SUUNTA_LOGIN", "app")  # "app" for web and workers, "migrator" for changes of structure
_URLS = {"app": "DATABASE_URL", "migrator": "MIGRATOR_DATABASE_URL"}
if LOGIN not in _URLS:
    FAULTS.append(f"SUUNTA_LOGIN={LOGIN} is not a login: app or migrator.")
    LOGIN = "app"
PORT = os.environ.get("PORT", "8000")
BASE_DOMAIN = os.environ.get("SUUNTA_DOMAIN", "localhost")
_DATABASE_URL = os.environ.get(_URLS[LOGIN], "")
if not _DATABASE_URL and BASE_DOMAIN == "localhost":
    _DATABASE_URL = embedded.database_url(LOGIN)
elif not _DATABASE_URL:
    FAULTS.append(f"{_URLS[LOGIN]} is not set.")
# On localhost with the embedded database, and nowhere else: what is not given is made, and the doors below may open.
IS_LOCAL = BASE_DOMAIN == "localhost" and embedded.is_at_home(_DATABASE_URL)
DEBUG = IS_LOCAL and os.environ.get("SUUNTA_DEBUG", "") == "1"
SECOND_FACTOR_OFF = IS_LOCAL and os.environ.get("SUUNTA_SECOND_FACTOR", "") == "off"
for _name, _opens in (("SUUNTA_DEBUG", "1"), ("SUUNTA_SECOND_FACTOR", "off")):
    if os.environ.get(_name) == _opens and not IS_LOCAL:
        FAULTS.append(f"{_name}={_opens} is for the demo on localhost with the embedded database: unset it.")
SECRET_KEY = os.environ.get("SECRET_KEY") or (embedded.secret_key() if IS_LOCAL else "")
CONSOLE_HOST = os.environ.get("SUUNTA_CONSOLE_HOST", f"console.{BASE_DOMAIN}")
PUBLIC_ADDRESS = os.environ.get("SUUNTA_PUBLIC_ADDRESS", "http://{host}:" + PORT)  # {host} is a municipality's domain
ALLOWED_HOSTS = ["*"]  # tenants.hosts answers 404 to every host that is not in the table of domains
RELEASE = os.environ.get("SUUNTA_RELEASE", "development")
LOG_LINES = os.environ.get("SUUNTA_LOG", "line")
if LOG_LINES not in {"line", "json"}:
    FAULTS.append(f"SUUNTA_LOG={LOG_LINES} is not a form of log lines: line or json.")
    LOG_LINES = "line"

# --- apps: which side of the house a table lives on ---------------------------------------------------------

BOTH_SIDES = [
    "tenants.accounts",
    "tenants.audit",
    "tenants.caching",
    "tenants.keys",
    "tenants.mail",
    "tenants.once",
    "django.contrib.sessions",
    "allauth.account",
    "allauth.mfa",
]
SHARED_APPS = [
    "django_tenants",
    "tenants",
    "billing",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    *BOTH_SIDES,
]
TENANT_APPS = ["casework", *BOTH_SIDES]
INSTALLED_APPS = [
    *SHARED_APPS,
    "casework",
    "tasks",
    "deploy",
    "allauth",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
]
TENANT_MODEL = "tenants.Municipality"
TENANT_DOMAIN_MODEL = "tenants.Domain"
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]

# --- database and broker --------------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        _DATABASE_URL or "postgresql://",
        engine="tenants.database",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
_OPTIONS = DATABASES["default"].setdefault("OPTIONS", {})
# Compiling a query of a page costs more than running it: our pages are many joins over few rows, which are found by
# their indexes in memory or on a disk without a head to move.
_OPTIONS["options"] = f"{_OPTIONS.get('options', '')} -c jit=off -c random_page_cost=1.1".strip()
REDIS_URL = os.environ.get("REDIS_URL") or (embedded.redis_url() if IS_LOCAL else "redis://")
# Attempts to sign in and used codes: they outlive the broker.
CACHES = {"default": {"BACKEND": "tenants.caching.backend.TableCache", "KEY_FUNCTION": "tenants.scope.cache_key"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- requests ---------------------------------------------------------------------------------------------------

ROOT_URLCONF = "deploy.urls_portal"
CONSOLE_URLCONF = "deploy.urls_console"
WSGI_APPLICATION = "deploy.wsgi.application"
MIDDLEWARE = [
    "django.middleware.csp.ContentSecurityPolicyMiddleware",  # these first: files and errors have their headers, too
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tenants.requests.HeadMiddleware",
    "deploy.health.HealthMiddleware",  # before anybody's host is asked for
    "tenants.requests.SecretMiddleware",
    "tenants.hosts.MunicipalityMiddleware",
    "tenants.audit.requests.RequestMarkMiddleware",
    "tenants.accounts.languages.LanguageMiddleware",
    "tenants.updating.BeingUpdatedMiddleware",
    "tenants.proxies.ProxyMiddleware",
    "tenants.requests.NulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tenants.accounts.sessions.SessionGuardMiddleware",
    "tenants.accounts.ended.SignInMiddleware",
    "tenants.accounts.second_factor.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tenants.refusals.RefusalMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tenants.navigation.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "tenants.templatetags.suunta"],
        },
    }
]
FORM_RENDERER = "tenants.forms.UiRenderer"

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
IS_HTTPS = PUBLIC_ADDRESS.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/(live|ready)?$"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True  # below a host of ours nothing else is; no preload: the domain above is a city's
_COOKIE_PREFIX = "__Host-" if IS_HTTPS else ""
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}suunta_session"
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}suunta_csrf"
LANGUAGE_COOKIE_NAME = f"{_COOKIE_PREFIX}suunta_language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "tenants.accounts.session_rows"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # messages name people: no cookie
SESSION_SERIALIZER = "tenants.accounts.sessions.SealedSerializer"
SESSION_IDLE_SECONDS = 20 * 60
SESSION_NOTED_SECONDS = 60  # that somebody is there is written down this often, not at each page
SESSION_COOKIE_AGE = SESSION_IDLE_SECONDS + SESSION_NOTED_SECONDS
SESSION_LONGEST_SECONDS = 10 * 60 * 60
SESSION_WARNING_SECONDS = 2 * 60  # before the end (WCAG 2.2.1)
CSRF_FAILURE_VIEW = "tenants.accounts.ended.token_refused"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Threads that work, in each process of the web server, each with its connection to the database.
WEB_THREADS = _number(
    "SUUNTA_WEB_THREADS", 4, least=2, otherwise="is not a number of threads from 2: a host has half of them."
)

# --- people -----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "tenants.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation proves the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers get no mail from us
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "40/m/ip,5/5m/key"}  # an office shares one address
PASSWORD_RESET_TIMEOUT = 60 * 60
# tenants.proxies refuses what came through more or fewer.
ALLAUTH_TRUSTED_PROXY_COUNT = _number(
    "SUUNTA_PROXIES", 0, otherwise="is not the number of proxies before the web server."
)
if IS_HTTPS and not ALLAUTH_TRUSTED_PROXY_COUNT:
    FAULTS.append("https ends at a proxy: set SUUNTA_PROXIES to the number before the web server.")
MFA_ADAPTER = "tenants.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TRUST_ENABLED = False
MFA_TOTP_TOLERANCE = 1  # periods of 30 seconds, before and after; tenants.accounts.codes lets each code in once
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "tenants.accounts.codes.AuthenticateForm",
    "reauthenticate": "tenants.accounts.codes.ReauthenticateForm",
    "activate_totp": "tenants.accounts.codes.ActivateTOTPForm",
    "add_webauthn": "tenants.accounts.codes.AddWebAuthnForm",
    "edit_webauthn": "tenants.accounts.codes.EditWebAuthnForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS and BASE_DOMAIN == "localhost"

# --- mail -------------------------------------------------------------------------------------------------------

MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": os.environ.get("SMTP_HOST", "127.0.0.1"),
            "port": _number("SMTP_PORT", embedded.smtp_port() if IS_LOCAL else 25),
            "username": os.environ.get("SMTP_USER", ""),
            "password": os.environ.get("SMTP_PASSWORD", ""),
            "use_tls": os.environ.get("SMTP_TLS", "") == "1",
            "timeout": _number("SMTP_TIMEOUT", 10),  # four answers of a server must fit into a lease
        },
    }
}
SUPPORT_EMAIL = os.environ.get("SUUNTA_SUPPORT_EMAIL", "tuki@suunta.example")  # shown on the public pages
DEFAULT_FROM_EMAIL = os.environ.get("SUUNTA_FROM", "Suunta <no-reply@suunta.example>")
# The mail server's own record, to find out what became of a mail. Another server has another record, or none.
_OWN_ARCHIVE = "" if "SMTP_HOST" in os.environ else str(STATE / "mail")
_ARCHIVE = os.environ.get("SUUNTA_MAIL_ARCHIVE", _OWN_ARCHIVE)
MAIL_ARCHIVE = Path(_ARCHIVE) if _ARCHIVE else None
# How long a mail takes at most, with every answer of the server as late as it may be; how long after that the server
# may still be writing down what it took. Drills shorten them.
MAIL_LEASE = timedelta(seconds=_number("SUUNTA_MAIL_LEASE", 60))
MAIL_GRACE = timedelta(seconds=_number("SUUNTA_MAIL_GRACE", 10))

# --- keys and files -----------------------------------------------------------------------------------------------

MAKES_MASTER_KEYS = IS_LOCAL or IS_DEMO  # elsewhere somebody makes the first one, and backs it up
MASTER_KEYS_FILE = Path(os.environ.get("SUUNTA_MASTER_KEYS_FILE", STATE / "master-keys.json"))
FILES = Path(os.environ.get("SUUNTA_FILES", STATE / "files"))
CLAMD_ADDRESS = os.environ.get("CLAMD_ADDRESS", "")  # host:port or a socket's path; empty: files are not scanned

# --- background work ------------------------------------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL
# Work that was woken and is not done after this time is woken again: longer than a turn of it takes. Drills shorten it.
WAKE_AGAIN = timedelta(seconds=_number("SUUNTA_WAKE_AGAIN", 60))

# --- language, time, static files -------------------------------------------------------------------------------------

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [ROOT / "tenants" / "locale", ROOT / "casework" / "locale", ROOT / "billing" / "locale"]
FORMAT_MODULE_PATH = ["tenants.formats"]
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
IS_COLLECTED = (STATIC_ROOT / "staticfiles.json").exists()  # by collectstatic; else files are served where they lie
S3_BUCKET = os.environ.get("SUUNTA_S3_BUCKET", "")  # instead of a folder, where several hosts share the documents
_DOCUMENTS: dict[str, object] = {"BACKEND": "tenants.stores.folder.PrivateFolder"}
if S3_BUCKET:
    _DOCUMENTS = {
        "BACKEND": "tenants.stores.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": os.environ.get("SUUNTA_S3_ENDPOINT") or None,
            "region_name": os.environ.get("SUUNTA_S3_REGION") or None,
        },
    }
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # unused
    "documents": _DOCUMENTS,  # sealed before they get there: tenants.files
    "staticfiles": {"BACKEND": "tenants.static_files.StaticFiles"},
}
WHITENOISE_USE_FINDERS = DEBUG or not IS_COLLECTED
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # an address is unique whatever its case: accounts.User's own constraint
    "postgres.E005",  # arrays need no app; django.contrib.postgres would ask for hstore at every new connection
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"place": {"()": "deploy.observability.PlaceFilter"}},
    "formatters": {
        "line": {
            "format": "{asctime} {levelname} [{municipality} {trace}] {name}: {message}",
            "style": "{",
        },
        "json": {"()": "deploy.observability.JsonLines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_LINES, "filters": ["place"]}},
    "loggers": {  # Django's own handlers would write the demo's lines a second time, and mail whole pages to admins
        "django": {"handlers": [], "level": "NOTSET"},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.db.backends": {"level": "INFO"},  # below, it says every statement with its values
        "tenants.audit.sealing": {"level": "INFO"},  # the process log holds every seal, whatever its level
    },
    "root": {"handlers": ["console"], "level": os.environ.get("SUUNTA_LOG_LEVEL", "WARNING")},
}
logging.setLogRecordFactory(ScrubbedRecord)

# --- errors -------------------------------------------------------------------------------------------------

if os.environ.get("SENTRY_DSN"):
    start_sentry(dsn=os.environ["SENTRY_DSN"], release=RELEASE)
