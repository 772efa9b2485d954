"""Write the docstrings of the generated code: one sentence, then facts."""

import textwrap

from openapi_python_client.strings import safe_for_docstring

from generator.model_views import ModelView
from generator.operation_views import OperationView

WIDTH = 118


def module_doc(op: OperationView) -> str:
    """Return the docstring of an operation's module: the facts, for `request` says what it does."""
    facts = [f"`{op.method} {op.path}`, {op.page}"]
    if op.facts.get("master"):
        facts.append("For master accounts only.")
    if op.facts.get("deprecated"):
        instead = f" Use `{op.facts['successor']}`." if op.facts.get("successor") else ""
        facts.append(f"Zoom has deprecated it.{instead}")
    if op.error_codes:
        facts += _wrap(f"Zoom's errors: {op.error_codes}.", 0)
    described = ["", *_wrap(op.description, 0)] if op.description else []
    return _quote([*facts, *described], 0)


def function_doc(op: OperationView) -> str:
    """Return the docstring of `request`: what the operation does, and what a type does not say of the arguments."""
    arguments = [(each.name, each.doc) for each in [*op.positional, *op.keyword] if each.doc]
    return _quote([*_wrap(op.summary, 4), *_section("Args", arguments)], 4)


def model_doc(model: ModelView) -> str:
    """Return the docstring of a model: fields that we describe one by one, the limits of the others together."""
    limits = "; ".join(f"`{field.name}` {field.limits}" for field in model.fields if field.limits)
    described = [(field.name, field.doc) for field in model.fields if field.doc]
    facts = ["", *_wrap(f"Zoom's limits: {limits}.", 4)] if limits else []
    return _quote([*_wrap(model.doc, 4), *facts, *_section("Attributes", described)], 4)


def _section(title: str, entries: list[tuple[str, str]]) -> list[str]:
    if not entries:
        return []
    lines = [line for name, doc in entries for line in _entry(f"{name}: {doc}.")]
    return ["", f"{title}:", *lines]


def _entry(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH - 8, initial_indent="    ", subsequent_indent="        ", break_long_words=False)


def _wrap(text: str, indent: int) -> list[str]:
    return [
        line
        for paragraph in text.strip().split("\n")
        for line in textwrap.wrap(paragraph, WIDTH - indent, break_long_words=False, break_on_hyphens=False) or [""]
    ]


def _quote(lines: list[str], indent: int) -> str:
    text = safe_for_docstring("\n".join(lines))
    if len(lines) == 1:
        text = f'{text[:-1]}\\"' if text.endswith('"') else text  # a path may end so
        return f'"""{text}"""'
    return textwrap.indent(f'"""{text}\n"""', " " * indent).lstrip()
