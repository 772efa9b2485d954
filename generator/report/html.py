"""Write a report as one page that needs nothing else, with filters by product, effect and kind, and a search."""

import html
from collections import Counter

from generator.report.blocks import as_blocks, inline
from generator.report.changes import BREAKS_NOTHING, Change
from generator.report.figures import groups
from generator.report.listing import sentence
from generator.report.report import EFFECTS, Report
from generator.report.surface import PACKAGE
from generator.report.text import corrections, overview, renames, title

_KINDS = {"operation": ("endpoints", "master"), "event": ("webhooks",), "name of the package": (PACKAGE,)}

_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }}
body {{ font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }}
form {{ position: sticky; top: 0; background: Canvas; padding: .75rem 0; display: flex; gap: 1rem;
  flex-wrap: wrap; align-items: center; }}
form[hidden] {{ display: none; }}
fieldset {{ border: 1px solid var(--line); padding: 0 .5rem .2rem; }}
select, input {{ font: inherit; padding: .2rem .4rem; }}
table {{ border-collapse: collapse; width: 100%; }}
td, th {{ text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }}
code {{ font-size: .92em; overflow-wrap: anywhere; }}
td:first-child {{ white-space: nowrap; }}
.breaks td:first-child {{ border-left: 4px solid #c62828; }}
.fine td:first-child {{ border-left: 4px solid #2e7d32; }}
@media (max-width: 40rem) {{
  thead:has(+ tbody [data-kind]) {{ display: none; }}
  tr[data-kind]:not([hidden]) {{ display: block; padding: .4rem 0; border-bottom: 1px solid var(--line); }}
  [data-kind] td {{ display: inline; border-bottom: 0; }}
  [data-kind] td:nth-child(n+3) {{ display: block; }}
}}
</style>
<h1>{title}</h1>
{overview}<h2>All changes</h2>
<form hidden>
<label>Product <select name="product"><option value="">all</option>{products}</select></label>
<label>Effect <select name="effect"><option value="">all</option>{effects}</select></label>
<fieldset><legend>Kind</legend>{kinds}</fieldset>
<label>Search <input name="words" type="search"></label>
<output></output>
</form>
<table>
<thead><tr><th>Product<th>Effect<th>Where<th>Change</thead>
<tbody>
{rows}</tbody>
</table>
<script>
const form = document.querySelector("form"), rows = [...document.querySelectorAll("tr[data-kind]")];
const show = () => {{
  const {{product, effect, words}} = form.elements, said = words.value.toLowerCase();
  const kinds = [...form.querySelectorAll("[name=kind]:checked")].map(box => box.value);
  const fits = row => kinds.includes(row.dataset.kind) && (!product.value || row.dataset.product === product.value)
    && (!effect.value || row.dataset.effect === effect.value) && row.textContent.toLowerCase().includes(said);
  const count = (name, value) => rows.filter(
    row => kinds.includes(row.dataset.kind) && row.dataset[name] === value).length;
  for (const option of form.querySelectorAll("option[value]:not([value=''])"))
    option.text = `${{option.value}} (${{count(option.parentElement.name, option.value)}})`;
  rows.forEach(row => row.hidden = !fits(row));
  form.querySelector("output").value = `${{rows.filter(row => !row.hidden).length}} of ${{rows.length}}`;
}};
form.addEventListener("input", show);
form.hidden = false;
form.addEventListener("submit", event => event.preventDefault());
show();
</script>
</html>
"""


def as_html(report: Report) -> str:
    """Return the report as a page; rows on names of the package are shown when a reader asks for them."""
    changes = [change for effect in EFFECTS for change in report.changes if change.effect == effect]
    return _PAGE.format(
        title=html.escape(title(report)),
        overview=as_blocks("".join([*overview(report), *renames(report), *corrections(report)])),
        products="".join(_option(product) for product, _ in groups(changes)),
        effects="".join(map(_option, EFFECTS)),
        kinds=_boxes(Counter(map(_kind, changes))),
        rows="".join(_row(report, change) for change in changes),
    )


def _row(report: Report, change: Change) -> str:
    subject, module = change.subject, report.module(change)
    place = f" <code>{html.escape(subject.place)}</code>" if subject.place else ""
    named = f"<br><code>{html.escape(module)}</code>" if module else ""
    mark = "fine" if change.effect == BREAKS_NOTHING else "breaks"
    product, effect = html.escape(subject.product.replace("_", "-")), html.escape(change.effect)
    return (
        f'<tr class="{mark}" data-product="{product}" data-effect="{effect}" data-kind="{_kind(change)}">'
        f"<td>{product}<td>{effect}<td><code>{html.escape(subject.owner)}</code>{place}{named}"
        f"<td>{inline(sentence(report, change))}\n"
    )


def _kind(change: Change) -> str:
    return next(kind for kind, kinds in _KINDS.items() if change.subject.kind in kinds)


def _boxes(counts: Counter[str]) -> str:
    boxes = (
        f'<label><input type="checkbox" name="kind" value="{kind}"{"" if kinds == (PACKAGE,) else " checked"}> '
        f"{kind} ({counts[kind]})</label> "
        for kind, kinds in _KINDS.items()
    )
    return "".join(boxes)


def _option(value: str) -> str:
    return f'<option value="{html.escape(value)}">{html.escape(value)}</option>'
