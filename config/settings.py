"""Every setting of the site, read from the environment (prefix ``MAHDAR_``).

Safe by default: without ``MAHDAR_DEBUG=1`` the site does not start unless it has a secret key and
the names of the hosts that it serves.
"""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent


def _flag(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def _list(name: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]


DEBUG = _flag("MAHDAR_DEBUG")
SECRET_KEY = os.environ.get("MAHDAR_SECRET_KEY", "")
ALLOWED_HOSTS = _list("MAHDAR_ALLOWED_HOSTS")
if DEBUG:
    SECRET_KEY = SECRET_KEY or "for-development-on-this-machine-only"
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "Set MAHDAR_SECRET_KEY to a long random text, or MAHDAR_DEBUG=1 to develop."
        " — عيّن MAHDAR_SECRET_KEY نصاً عشوائياً طويلاً، أو MAHDAR_DEBUG=1 للتطوير."
    )
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "Set MAHDAR_ALLOWED_HOSTS to the site's host names, separated by commas."
        " — عيّن MAHDAR_ALLOWED_HOSTS بأسماء مضيفات الموقع، تفصل بينها فواصل."
    )

# Everything made at run time: database, index, media, collected static files, generated secrets.
VAR_DIR = Path(os.environ.get("MAHDAR_VAR") or BASE_DIR / "var").resolve()
INDEX_DIR = VAR_DIR / "index"
FONTS_DIR = VAR_DIR / "fonts"
MEDIA_ROOT = VAR_DIR / "media"
STATIC_ROOT = VAR_DIR / "static"
FIXTURES_DIR = BASE_DIR / "fixtures"
for _folder in (VAR_DIR, FONTS_DIR, STATIC_ROOT):
    _folder.mkdir(parents=True, exist_ok=True)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    # Before Haystack, whose commands it has under the same names.
    "archive",
    "search",
    "haystack",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "archive.admin.waiting.WaitingChangesMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("MAHDAR_DATABASE_URL") or f"sqlite:///{VAR_DIR / 'mahdar.sqlite3'}",
        conn_max_age=60,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers never wait for the writer, and a writer waits for another instead of failing.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

HAYSTACK_CONNECTIONS = {
    "default": {"ENGINE": "search.backend.MahdarEngine", "PATH": str(INDEX_DIR)},
}
# The archive does not know search: it calls this, by name, once a change is committed.
ARCHIVE_AFTER_CHANGE = "search.indexing.drain_changes"
# An index that must be built anew is built by a process of its own, or, with "inline", by whoever notices.
ARCHIVE_REBUILD = os.environ.get("MAHDAR_REBUILD") or "process"
# How long a reader may wait for the database's answer while there is no index.
SEARCH_FALLBACK_SECONDS = float(os.environ.get("MAHDAR_FALLBACK_SECONDS") or 5)

LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", _("Arabic")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("MAHDAR_TIME_ZONE") or "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static", ("fonts", FONTS_DIR)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_MAX_AGE = 60 if DEBUG else 3600

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# Behind a proxy that speaks HTTPS, MAHDAR_HTTPS=1 makes cookies and redirects follow.
HTTPS = _flag("MAHDAR_HTTPS")
CSRF_TRUSTED_ORIGINS = _list("MAHDAR_TRUSTED_ORIGINS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # A page that does not exist and a host that is not ours are no faults of the server's.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
    "root": {"handlers": ["stderr"], "level": os.environ.get("MAHDAR_LOG_LEVEL") or "WARNING"},
}
