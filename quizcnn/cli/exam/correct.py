"""``quizcnn exam correct``: a mark overruled by a person; reports and schedule follow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizcnn.cli.options import global_options, globals_of, write_json
from quizcnn.errors import UsageError

if TYPE_CHECKING:
    from quizcnn.services.exams.corrections import Correction
    from quizcnn.services.exams.manifest import Manifest
    from quizcnn.services.exams.marks import Marked
    from quizcnn.text import Lang


@click.command()
@click.argument("manifest", type=click.Path(path_type=Path))
@click.argument("answers", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--question", metavar="ID|N", help="Which question: its id, or its number on the version.")
@click.option("--version", "letter", metavar="LETTER", help="On which version the number or the answer stands.")
@click.option("--accept", metavar="TEXT", help="This answer is right too. Nobody loses.")
@click.option("--set-key", "key", metavar="TEXT", help="This answer is right, and what was the key is not. Who loses is shown and asked about.")  # fmt: skip
@click.option("--void", type=click.Choice(["give", "drop"]), help="The question is faulty: all get its points, or it leaves the total of those whom that helps.")  # fmt: skip
@click.option("--points", type=click.FloatRange(min=0), help="What one person's answer earns.")
@click.option("--person", metavar="NAME", help="Whose answer, for --points.")
@click.option("--reason", default="", metavar="TEXT", help="Why; the reports show it.")
@click.option("--withdraw", type=click.IntRange(min=1), metavar="N", help="Take back a correction by its number in the list.")  # fmt: skip
@click.option("--yes", is_flag=True, help="Do not ask.")
@global_options
def command(
    manifest: Path,
    answers: tuple[Path, ...],
    question: str | None,
    letter: str | None,
    accept: str | None,
    key: str | None,
    void: str | None,
    points: float | None,
    person: str | None,
    reason: str,
    withdraw: int | None,
    yes: bool,
) -> None:
    """Overrule marks: what is decided is kept in corrections.jsonl beside the answers, and every later report goes by it.

    Without an action it lists the corrections that stand.

    \b
    quizcnn exam correct paper/key/manifest.json sheets/ --question 4 --version B --accept C --reason "C holds for ceil_mode too"
    quizcnn exam correct paper/key/manifest.json sheets/ --question why-residuals --person "Li Lei" --points 4
    quizcnn exam correct paper/key/manifest.json sheets/ --question 9 --version A --void give
    quizcnn exam correct paper/key/manifest.json sheets/
    """
    from quizcnn.services.exams import corrections
    from quizcnn.services.exams.manifest import read_manifest
    from quizcnn.services.exams.report import grade_files

    context = globals_of().context()
    lang, printed = context.language, read_manifest(manifest)
    file = corrections.folder_of(answers) / corrections.FILE
    actions = {"accept": accept, "set-key": key, "void": void, "points": points, "withdraw": withdraw}
    given = [name for name, value in actions.items() if value is not None]
    if len(given) > 1:
        raise UsageError(f"--{' and --'.join(given)} are different corrections", mend="make one after the other")
    if not given:
        _list(printed, file, lang)
        return
    new = _made(printed, file, given[0], question, letter, accept or key, void, points, person, reason, withdraw, lang)
    if new.action == "withdraw":
        corrections.append(file, [new])
        _list(printed, file, lang)
        return
    before = grade_files(manifest, answers, lang).marked
    after = grade_files(manifest, answers, lang, more=[new]).marked
    _refuse_nobody(new, after)
    changed = [(old, now) for old, now in zip(before, after, strict=True) if (old.points, old.out_of) != (now.points, now.out_of)]  # fmt: skip
    losers = [now for old, now in changed if now.points / (now.out_of or 1) < old.points / (old.out_of or 1)]
    if losers and new.action == "set-key" and not yes:
        _tell(changed, lang, err=True)
        click.confirm(f"{len(losers)} of them lose points. Do it?", abort=True, err=True)
    corrections.append(file, [new])
    if globals_of().json:
        changes = [{"name": now.name, "was": old.points, "points": now.points, "out_of": now.out_of} for old, now in changed]  # fmt: skip
        write_json({"file": str(file), "correction": new.model_dump(mode="json"), "changed": changes})
        return
    _tell(changed, lang)
    click.echo(str(file))


def _made(
    manifest: Manifest,
    file: Path,
    action: str,
    question: str | None,
    letter: str | None,
    typed: str | None,
    void: str | None,
    points: float | None,
    person: str | None,
    reason: str,
    withdraw: int | None,
    lang: Lang,
) -> Correction:
    """The correction that was asked for; ``UsageError`` where something it needs was not said."""
    from quizcnn.clock import now
    from quizcnn.services.exams.accepting import named_question, values_for
    from quizcnn.services.exams.corrections import Correction, exam_of, read_lines, standing

    exam = exam_of(manifest)
    if withdraw is not None:
        if withdraw not in {number for number, _ in standing(exam, read_lines(file))}:
            raise UsageError(
                f"no correction {withdraw} stands", mend="`quizcnn exam correct MANIFEST ANSWERS` lists them"
            )
        return Correction(exam=exam, action="withdraw", withdraws=withdraw, reason=reason, at=now())
    if question is None:
        raise UsageError("no question is named", mend="add --question with its id or its number")
    if (action == "points") != (person is not None):
        raise UsageError("--points and --person belong together", mend='as in --person "Li Lei" --points 4')
    name = named_question(manifest, question, letter)
    if points is not None:
        full = next(each.points for paper in manifest.papers for each in paper.questions if each.id == name)
        if points > full:
            raise UsageError(f"{name} is worth {full} points", mend=f"give 0 to {full}")
        return Correction(exam=exam, question=name, action="points", points=points, person=person or "", reason=reason, at=now())  # fmt: skip
    if void is not None:
        return Correction(
            exam=exam, question=name, action="give" if void == "give" else "drop", reason=reason, at=now()
        )
    values = dict(values_for(manifest, name, typed or "", letter, lang))
    return Correction(exam=exam, question=name, action="accept" if action == "accept" else "set-key", values=values, reason=reason, at=now())  # fmt: skip


def _refuse_nobody(new: Correction, marked: tuple[Marked, ...]) -> None:
    names = sorted({sheet.name for sheet in marked})
    if new.person and new.person.casefold() not in {name.casefold() for name in names}:
        raise UsageError(f"no sheet is {new.person[:40]!r}'s", mend=f"there are {', '.join(names[:5])}")


def _tell(changed: list[tuple[Marked, Marked]], lang: Lang, *, err: bool = False) -> None:
    from quizcnn.services.exams.report import amount

    for old, now in changed:
        click.echo(f"{now.name}: {amount(old.points)}/{amount(old.out_of)} → {amount(now.points)}/{amount(now.out_of)}", err=err)  # fmt: skip
    if not changed:
        click.echo("no mark changes" if lang == "en" else "没有分数变化", err=err)


def _list(manifest: Manifest, file: Path, lang: Lang) -> None:
    """The corrections that stand, with their numbers."""
    from quizcnn.services.exams.corrections import exam_of, read_lines, standing

    found = standing(exam_of(manifest), read_lines(file))
    if globals_of().json:
        write_json([{"number": number, **each.model_dump(mode="json")} for number, each in found])
        return
    for number, each in found:
        values = ", ".join(f"{letter} {value}" for letter, value in each.values.items())
        what = values or (f"{each.person} {each.points:g}" if each.points is not None else "")
        click.echo("  ".join(part for part in (f"{number:>3}", f"{each.at:%Y-%m-%d}", each.question, each.action, what, each.reason) if part))  # fmt: skip
    if not found:
        click.echo("no corrections" if lang == "en" else "没有更正")
