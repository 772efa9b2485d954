"""Write tables in Markdown."""

from collections.abc import Iterable, Sequence

from generator.site.fields import Row


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table, and an empty one after it; none for a table without rows."""
    written = [_line(each) for each in lines]
    return [_line(head), _line(["---"] * len(head)), *written, ""] if written else []


def facts(lines: Iterable[tuple[str, str]]) -> list[str]:
    """Return a table of names and values, of which the first is the head: the request, or the product."""
    head, *rest = lines
    return table(head, rest)


def fields(rows: Iterable[Row], *, sent: bool) -> list[str]:
    """Return a table of fields: of what is sent it says which must be given."""
    head = ("field", "type", "facts")
    return table(head, ((code(row.place), code(row.type), facts_of(row, sent=sent)) for row in rows))


def code(text: str) -> str:
    """Return a text as code; no text stays none."""
    return text and f"`{text}`"


def codes(texts: Iterable[str]) -> str:
    """Return texts as code, with commas."""
    return ", ".join(map(code, texts))


def facts_of(row: Row, *, sent: bool) -> str:
    """Return what is known of a field, with whether it must be given where it is sent."""
    return "; ".join(each for each in ("**required**" if sent and row.required else "", row.facts) if each)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
