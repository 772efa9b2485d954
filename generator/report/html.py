"""Write a report as one page that needs nothing else: filters by product, by effect and by words."""

import html
import re

from generator.report.changes import BREAKS_NOTHING, Change
from generator.report.report import EFFECTS, Report
from generator.report.text import describe, groups, summary

_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What Zoom changed</title>
<style>
:root {{ color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }}
body {{ font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }}
form {{ position: sticky; top: 0; background: Canvas; padding: .75rem 0; display: flex; gap: 1rem; flex-wrap: wrap; }}
select, input {{ font: inherit; padding: .2rem .4rem; }}
table {{ border-collapse: collapse; width: 100%; }}
td, th {{ text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }}
code {{ font-size: .92em; overflow-wrap: anywhere; }}
td:first-child {{ white-space: nowrap; }}
.breaks td:first-child {{ border-left: 4px solid #c62828; }}
.fine td:first-child {{ border-left: 4px solid #2e7d32; }}
</style>
<h1>What Zoom changed</h1>
<ul>
{summary}</ul>
<form>
<label>Product <select name="product"><option value="">all</option>{products}</select></label>
<label>Effect <select name="effect"><option value="">all</option>{effects}</select></label>
<label>Words <input name="words" type="search"></label>
<output></output>
</form>
<table>
<thead><tr><th>Product<th>Effect<th>Of what<th>Change</thead>
<tbody>
{rows}</tbody>
</table>
<script>
const form = document.querySelector("form"), rows = [...document.querySelectorAll("tbody tr")];
const show = () => {{
  const {{product, effect, words}} = form.elements, said = words.value.toLowerCase();
  const fits = row => (!product.value || row.dataset.product === product.value)
    && (!effect.value || row.dataset.effect === effect.value) && row.textContent.toLowerCase().includes(said);
  rows.forEach(row => row.hidden = !fits(row));
  form.querySelector("output").value = `${{rows.filter(row => !row.hidden).length}} of ${{rows.length}}`;
}};
form.addEventListener("input", show);
form.addEventListener("submit", event => event.preventDefault());
show();
</script>
</html>
"""


def as_html(report: Report) -> str:
    """Return the report as a page."""
    return _PAGE.format(
        summary="".join(f"<li>{_inline(line.strip().removeprefix('- '))}\n" for line in summary(report)),
        products="".join(_option(product) for product, _ in groups(report.changes)),
        effects="".join(_option(effect) for effect in EFFECTS),
        rows="".join(
            _row(report, change) for effect in EFFECTS for change in report.changes if change.effect == effect
        ),
    )


def _row(report: Report, change: Change) -> str:
    subject, module = change.subject, report.module(change)
    place = f" <code>{html.escape(subject.place)}</code>" if subject.place else ""
    named = f"<br>module <code>{html.escape(module)}</code>" if module else ""
    kind = "fine" if change.effect == BREAKS_NOTHING else "breaks"
    product, effect = html.escape(subject.product), html.escape(change.effect)
    return (
        f'<tr class="{kind}" data-product="{product}" data-effect="{effect}"><td>{product}<td>{effect}'
        f"<td><code>{html.escape(subject.owner)}</code>{place}{named}<td>{_inline(describe(change))}\n"
    )


def _option(value: str) -> str:
    return f"<option>{html.escape(value)}</option>"


def _inline(text: str) -> str:
    """Turn the Markdown of a line into HTML."""
    escaped = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(text))
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", escaped)
