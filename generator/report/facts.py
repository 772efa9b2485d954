"""Take the documents in `openapi/` apart into facts that can be compared one by one."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from operator import itemgetter
from pathlib import Path
from typing import Any

import attrs

from generator import overlay
from generator.distil import operations
from generator.faults import read
from generator.homes import find_elsewhere, key_of
from generator.normalise import normalise
from generator.references import Lenient
from generator.schemas import Schema

SENT, ANSWERED = "sent", "answered"
KINDS = ("endpoints", "master", "webhooks")

_LIMITS = (
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "minItems",
    "maxItems", "uniqueItems", "pattern",
)  # fmt: skip


@attrs.frozen(order=True)
class Subject:
    """The subject of facts: an operation or an event (`owner`), or a value in it.

    `place` is where the value stands: `query page_size`, `body settings.host`, `200 meetings[].id`; "" is the whole.
    """

    product: str
    kind: str
    owner: str
    direction: str = ""
    place: str = ""

    @property
    def whole(self) -> "Subject":
        """The operation or event that it is a part of."""
        return attrs.evolve(self, direction="", place="")

    @property
    def key(self) -> str:
        """What the operation or event is known by, whatever product has it."""
        method, _, name = self.owner.rpartition(" ")
        return key_of(method or "post", name)


Facts = dict[Subject, dict[str, Any]]


def facts(openapi: Path, products: Collection[str] | None = None, overlays: Sequence[Path] = ()) -> Facts:
    """Return all facts of a directory of distilled documents, or those of some products, as overlays correct them.

    A product's overlays are those of the first folder that has any. What two
    products have is told of the one whose document is newer, as it is built.
    """
    found: Facts = {}
    elsewhere = find_elsewhere(openapi)
    for path in sorted(openapi.glob("*/*.json")):
        product = path.parent.name
        if path.stem in KINDS and (products is None or product in products):
            document = _correct(read(path), [each / product for each in overlays], path.stem)
            plain = normalise(document, Lenient(document))
            skipped = elsewhere.get(product, frozenset())
            found |= {
                subject: said for subject, said in _of_document(product, path.stem, plain) if subject.key not in skipped
            }
    return found


def _correct(document: dict[str, Any], folders: list[Path], kind: str) -> dict[str, Any]:
    """Return a document as a product's overlays correct it, where they still fit."""
    for path in next((overlay.files(each) for each in folders if each.is_dir()), []):
        correction = overlay.load(path)
        if Path(str(correction.get("extends"))).stem == kind:
            with suppress(overlay.OverlayError):
                document = overlay.apply(document, correction, strict=False)
    return document


def lines(path: Path) -> Iterator[str]:
    """Yield the facts of one document, a line each: what `git diff` compares, however Zoom nests and orders them."""
    document = read(path)
    kind = "webhooks" if "webhooks" in document else "endpoints"
    found = dict(_of_document("", kind, normalise(document, Lenient(document))))
    for subject, said in sorted(found.items(), key=itemgetter(0)):
        for fact, value in said.items():
            if value not in (None, "", False, []):
                yield " ".join(filter(None, [subject.owner, subject.place, f"{fact}: {value}"]))


def _of_document(product: str, kind: str, document: dict[str, Any]) -> Iterator[tuple[Subject, dict[str, Any]]]:
    servers = [server["url"] for server in document.get("servers", [])]
    for method, name, operation in operations(document):
        owner = name if kind == "webhooks" else f"{method.upper()} {name}"
        subject = Subject(product, kind, owner)
        yield subject, _of_operation(operation, servers)
        for parameter in operation["parameters"]:
            place = f"{parameter['in']} {parameter['name']}"
            of_value = attrs.evolve(subject, direction=SENT, place=place)
            for value, said in _of_value(of_value, parameter["schema"], required=parameter["required"]):
                outdated = value == of_value and parameter.get("deprecated", False)
                yield value, said | ({"deprecated": True} if outdated else {})
        direction = ANSWERED if kind == "webhooks" else SENT
        yield from _of_content(attrs.evolve(subject, direction=direction, place="body"), operation.get("requestBody"))
        for status, answer in operation.get("responses", {}).items():
            if status.startswith("2"):
                yield from _of_content(attrs.evolve(subject, direction=ANSWERED, place=status), answer)


def _of_operation(operation: dict[str, Any], servers: list[str]) -> dict[str, Any]:
    zoom = operation["x-zoom"]
    scopes = zoom.get("scopes", {})
    return {
        "title": operation["x-name"],
        "operationId": operation["operationId"],
        "deprecated": operation.get("deprecated", False),
        "rate limit": zoom.get("rate-limit", ""),
        "scopes": sorted(scopes.get("granular", [])),
        "classic scopes": sorted(scopes.get("classic", [])),
        "requires": zoom.get("requires", []),
        "host": zoom.get("upload-host") or [each["url"] for each in operation.get("servers", [])] or servers,
    }


def _of_content(subject: Subject, holder: dict[str, Any] | None) -> Iterator[tuple[Subject, dict[str, Any]]]:
    if holder is None:
        return
    [(media_type, media)] = holder.get("content", {}).items() or [("", {})]
    yield subject, {"media type": media_type}
    required = bool(holder.get("required"))
    yield from _of_value(subject, media.get("schema", {}), required=required, known={"media type": media_type})


def _of_value(
    subject: Subject, schema: Schema, *, required: bool, known: dict[str, Any] | None = None
) -> Iterator[tuple[Subject, dict[str, Any]]]:
    options = schema.get("anyOf", [schema])
    values = [value for option in options for value in option.get("enum", [])]
    yield (
        subject,
        {
            **(known or {}),
            "type": sorted(_kind(option) for option in options),
            "values": values,
            "required": required,
            "deprecated": schema.get("deprecated", False),
            **{limit: schema[limit] for limit in _LIMITS if limit in schema},
        },
    )
    for option in options:
        part = f"{subject.place}."
        while option.get("type") == "array":
            option, part = option["items"], f"{part.removesuffix('.')}[]."
        for inner in option.get("anyOf", [option]):
            for name, each in inner.get("properties", {}).items():
                of_field = attrs.evolve(subject, place=f"{part}{name}")
                yield from _of_value(of_field, each, required=name in inner.get("required", []))


def _kind(option: Schema) -> str:
    if option.get("type") == "array":
        items = option["items"]
        return f"list of {' or '.join(sorted(_kind(each) for each in items.get('anyOf', [items])))}"
    kind = str(option.get("type", "anything"))
    return f"{kind} {option['format']}" if kind == "string" and "format" in option else kind
