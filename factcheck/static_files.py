"""Static files under names that change with their content, for far-future caching."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

try:
    from whitenoise.storage import CompressedManifestStaticFilesStorage as Hashed
except ImportError:
    # Another web server hands the files out then, and compresses them.
    Hashed = ManifestStaticFilesStorage


class HashedNames(Hashed):
    """Adds a digest of its content to each file's name, also where modules import it.

    Without `collectstatic` there are no such names; nor has a file that the desk itself
    put beside those collected, as its logo. Both are called what they are.
    """

    support_js_module_import_aggregation = True

    def stored_name(self, name):
        """Return the name under which a file is served."""
        if self.clean_name(name) not in self.hashed_files:
            return name
        return super().stored_name(name)
