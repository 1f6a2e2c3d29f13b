"""YAML's syntax errors in plain words, with the place where the author must look."""

from __future__ import annotations

from yaml import MarkedYAMLError

_QUOTE = "a text that begins with one of { [ ` @ % & * ! | > ' \" or holds ': ' or ' #' must stand in quotes"
_SAID = {
    "mapping values are not allowed in this context": "a second ': ' or a wrong indent",
    "found character that cannot start any token": "no value can begin with this character",
    "found unexpected end of stream": "a quote is opened here and never closed",
    "did not find expected ',' or ']'": "a '[' is opened here and never closed, or something follows it",
    "did not find expected ',' or '}'": "a '{' is opened here and never closed, or something follows it",
    "did not find expected key": "a key is expected here",
    "did not find expected '-' indicator": "a list item ('- ') is expected here; check the indent",
    "could not find expected ':'": "a key without ':'; check the indent",
    "found unknown escape character": "an unknown escape in double quotes; write LaTeX in single quotes or double the backslash",
    "did not find expected node content": "a value is expected here",
    "found incompatible YAML document": "the %YAML line names another version; leave it out",
}
_AT_START = ("found unexpected end of stream", "did not find expected ',' or ']'", "did not find expected ',' or '}'")


def say_syntax(error: MarkedYAMLError, text: str) -> tuple[str, int, int]:
    """What is wrong, line and column from 0."""
    problem = error.problem or "cannot be read"
    mark = (
        error.context_mark if problem in _AT_START and error.context_mark else error.problem_mark or error.context_mark
    )
    line, column = (mark.line, mark.column) if mark else (0, 0)
    rows = text.split("\n")
    row = rows[line] if line < len(rows) else ""
    if "tab" in problem or row[column : column + 1] == "\t" or row[: len(row) - len(row.lstrip())].count("\t"):
        return "a tab stands in the indent; YAML takes spaces only", line, column
    said = _SAID.get(problem, f"YAML: {problem}")
    quoted = problem.startswith(("mapping values", "found character", "did not find expected key"))
    return f"{said}; {_QUOTE}" if quoted else said, line, column
