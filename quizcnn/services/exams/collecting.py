"""From files and folders to sheets that can be marked: whose each is, and of which paper. One bad file stops none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from quizcnn.errors import QuizError, UsageError
from quizcnn.generation.papercode import read_code
from quizcnn.services.exams.decoding import read_text
from quizcnn.services.exams.manifest import Manifest, PrintedPaper
from quizcnn.services.exams.plain_sheet import PlainReader
from quizcnn.services.exams.sheets import RawSheet
from quizcnn.services.exams.table_sheet import read_table
from quizcnn.services.exams.yaml_sheet import read_yaml
from quizcnn.text import Text

ENDINGS = {".txt": "plain", ".md": "plain", ".yaml": "yaml", ".yml": "yaml", ".csv": "table", ".tsv": "table"}


@dataclass(frozen=True, slots=True)
class Refused:
    """A file or sheet that is not marked, and why."""

    file: str
    name: str
    why: Text


@dataclass(frozen=True, slots=True)
class Claimed:
    """A sheet with its person and its paper."""

    name: str
    paper: PrintedPaper
    sheet: RawSheet
    notes: tuple[Text, ...]


def find_answer_files(paths: Sequence[Path]) -> list[Path]:
    """The answer files named, and those in the folders named, by name. ``UsageError`` where a path does not exist."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(file for file in path.iterdir() if file.suffix.lower() in ENDINGS and file.is_file() and not file.name.startswith("."))  # fmt: skip
        elif path.exists():
            found.append(path)
        else:
            raise UsageError(f"there is no {path}")
    if not found:
        raise UsageError("no answer file was found", mend="name files that end in .txt, .yaml or .csv, or their folder")
    return list(dict.fromkeys(found))


def collect(manifest: Manifest, files: Sequence[Path], *, latest: bool = False) -> tuple[list[Claimed], list[Refused]]:
    """The sheets in these files. With ``latest`` the newer file counts where a person handed in twice."""
    claimed: list[Claimed] = []
    refused: list[Refused] = []
    for file in files:
        try:
            sheets = read_sheets(manifest, file)
        except QuizError as error:
            refused.append(Refused(str(file), "", Text.same(str(error))))
            continue
        for sheet in sheets:
            found = _claim(manifest, sheet)
            claimed += [found] if isinstance(found, Claimed) else []
            refused += [found] if isinstance(found, Refused) else []
    return _once(claimed, refused, latest=latest)


def read_sheets(manifest: Manifest, file: Path) -> list[RawSheet]:
    """The sheets in one file, by its ending."""
    text, notes = read_text(file)
    spelling = ENDINGS.get(file.suffix.lower(), "plain")
    if spelling == "yaml":
        return read_yaml(str(file), text, notes)
    if spelling == "table":
        return read_table(str(file), text, _ids(manifest), notes)
    numbers = frozenset(question.number for paper in manifest.papers for question in paper.questions)
    ids = frozenset(question.id for paper in manifest.papers for question in paper.questions)
    return [PlainReader(str(file), numbers, ids).read(text, notes)]


def _ids(manifest: Manifest) -> dict[tuple[str, int], str]:
    """The id of every printed number, by the paper's code and by its letter."""
    return {
        (name, question.number): question.id
        for paper in manifest.papers
        for name in (paper.code, paper.letter)
        for question in paper.questions
    }


def _claim(manifest: Manifest, sheet: RawSheet) -> Claimed | Refused | None:
    """The sheet with its person and paper; None for an empty form that nobody put a name on."""
    name = sheet.name or Path(sheet.file).stem
    if not sheet.name and not any(typed.text for parts in sheet.answers.values() for typed in parts.values()) and not sheet.doubts:  # fmt: skip
        return Refused(sheet.file, "", Text("an empty form: no name, no answers", "空表：没有姓名，也没有答案"))
    paper, why = _paper(manifest, sheet)
    if paper is None:
        return Refused(sheet.file, name, why)
    return Claimed(name, paper, sheet, (*sheet.notes, why) if why.en else sheet.notes)


def _paper(manifest: Manifest, sheet: RawSheet) -> tuple[PrintedPaper | None, Text]:
    """The paper that the sheet names, and what is to be said of it."""
    letters = ", ".join(paper.letter for paper in manifest.papers)
    typed = sheet.letter.strip().upper()
    by_letter = manifest.paper(letter=typed) or manifest.paper(letter=typed[:1]) if typed else None
    if sheet.letter and by_letter is None:
        return None, Text(f"there is no version {sheet.letter[:20]}; there are {letters}", f"没有试卷 {sheet.letter[:20]}，只有 {letters}")  # fmt: skip
    if sheet.code:
        code = read_code(sheet.code)
        if code is None:
            return None, Text(f"{sheet.code[:20]!r} is no paper code: a character is wrong or missing", f"{sheet.code[:20]!r} 不是试卷编号：有字符写错或漏掉")  # fmt: skip
        paper = manifest.paper(code=code)
        if paper is None:
            return None, Text(f"{code} is another paper than those of this manifest", f"{code} 不是这份清单里的试卷")
        if by_letter is not None and by_letter is not paper:
            return None, Text(f"{code} is version {paper.letter}, and the sheet says {by_letter.letter}", f"{code} 是试卷 {paper.letter}，答卷却写着 {by_letter.letter}")  # fmt: skip
        return paper, Text("", "")
    if by_letter is not None:
        return by_letter, Text("", "")
    if len(manifest.papers) == 1:
        return manifest.papers[0], Text("no paper code; there is only one version", "没有试卷编号，好在只有一份试卷")
    return None, Text(f"no paper code and no version; add a line such as paper: {manifest.papers[0].code}", f"没有试卷编号，也没有版本；加一行，如 paper: {manifest.papers[0].code}")  # fmt: skip


def _once(claimed: list[Claimed], refused: list[Refused], *, latest: bool) -> tuple[list[Claimed], list[Refused]]:
    """Each person once for a paper: twice is refused, both named; with ``latest`` the newer file is kept."""
    by_person: dict[tuple[str, str], list[Claimed]] = {}
    for sheet in claimed:
        by_person.setdefault((sheet.name.casefold(), sheet.paper.code), []).append(sheet)
    kept: list[Claimed] = []
    for sheets in by_person.values():
        if len(sheets) == 1 or latest:
            kept.append(max(sheets, key=lambda sheet: Path(sheet.sheet.file).stat().st_mtime))
        else:
            refused = refused + [_twice(sheet, sheets[place - 1]) for place, sheet in enumerate(sheets)]
    return kept, refused


def _twice(sheet: Claimed, other: Claimed) -> Refused:
    return Refused(
        sheet.sheet.file,
        sheet.name,
        Text(
            f"{sheet.name} handed in version {sheet.paper.letter} twice, also in {other.sheet.file}; remove one, or take the newer with --latest",
            f"{sheet.name} 交了两份试卷 {sheet.paper.letter}，另一份在 {other.sheet.file}；删去一份，或用 --latest 取较新的一份",
        ),
    )
