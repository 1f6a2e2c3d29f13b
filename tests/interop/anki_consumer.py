"""Run by a Python that has the `anki` package: imports packages into a new collection and tells what came of it, as JSON."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

COUNTED = ("new", "updated", "duplicate", "conflicting")


def main(files: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder) / "collection.anki2"))
        imports = []
        for file in files:
            request = ImportAnkiPackageRequest(package_path=file, options=ImportAnkiPackageOptions())
            log = collection.import_anki_package(request).log
            imports.append({name: len(getattr(log, name)) for name in COUNTED})
        cards = [collection.get_card(number) for number in collection.find_cards("")]
        shown = [card.question() + card.answer() for card in cards]
        found = {
            "imports": imports,
            "notes": collection.note_count(),
            "cards": len(cards),
            "sound": sum(len(card.question_av_tags()) + len(card.answer_av_tags()) for card in cards),
            "scripts": sum(
                bool(re.search(r"<script|onerror", page.replace("&", ""))) and "<script" in page for page in shown
            ),
            "ok": bool(collection.fix_integrity()[1]),
        }
        collection.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
