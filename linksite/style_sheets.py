"""Static files for production: compressed, with lasting names, and one style sheet to fetch."""

import re
from pathlib import Path
from posixpath import dirname, join, normpath

from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("([^"]+)"\)(?: layer\(([\w.]+)\))?;')


class BundlingStorage(CompressedManifestStaticFilesStorage):
    """Puts the files that `css/site.css` imports in their place when static files are collected.

    Browsers follow the imports themselves in development, where a request costs nothing.
    """

    bundled = "css/site.css"

    def post_process(self, paths, dry_run=False, **options):
        """Bundle, then do what the storage does: yields name, new name and whether it was done."""
        if self.bundled in paths and not dry_run:
            Path(self.path(self.bundled)).write_text(bundle(self.bundled, paths), "utf-8")
            # What comes next shall read what was bundled, not the source.
            paths = {**paths, self.bundled: (self, self.bundled)}
        yield from super().post_process(paths, dry_run, **options)


def bundle(name: str, paths: dict) -> str:
    """Give the style sheet `name` with its imports in place.

    `paths` says where each file comes from, as collectstatic has it: storage and path. An import
    of a file that is not there raises `KeyError`.
    """

    def put_in_place(found):
        address, layer = found.groups()
        imported = bundle(normpath(join(dirname(name), address)), paths)
        return f"@layer {layer} {{\n{imported}\n}}" if layer else imported

    storage, path = paths[name]
    with storage.open(path) as file:
        text = file.read().decode().removeprefix('@charset "UTF-8";')
    return IMPORT.sub(put_in_place, text)
