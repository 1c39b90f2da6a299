"""How static files are named: by their content once `collectstatic` has run, as they lie before that."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed, compressed and kept for years by browsers, as soon as there is a manifest.

    The same storage collects and serves: one that is chosen by the manifest's being there can never write the first.
    """

    file_permissions_mode = None  # as the umask says: who serves them is who collected them

    def stored_name(self, name: str) -> str:
        return super().stored_name(name) if self.hashed_files else name
