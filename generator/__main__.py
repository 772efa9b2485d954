"""`python -m generator update`: bring Zoom's changes in, write the client, say what changed; or one step of it."""

import argparse
import subprocess
import sys
import time
from pathlib import Path

from generator import site
from generator.build import Layout, attempt, check
from generator.faults import BuildFault, Fault
from generator.fetch import fetch, report as tell_reading
from generator.install import alone
from generator.report import as_html, as_json, as_markdown, between, lines, state
from generator.report.figures import summary
from generator.report.words import count
from generator.update import update


def main(arguments: list[str] | None = None) -> int:
    """Run one command, and return its exit status."""
    options = _parser().parse_args(arguments)
    layout = Layout(options.root)
    try:
        commands = {
            "update": _update,
            "fetch": _fetch,
            "build": _build,
            "check": _check,
            "report": _report,
            "facts": _facts,
            "site": _site,
        }
        return commands[options.command](layout, options)
    except (BuildFault, ValueError, OSError) as fault:
        print(f"{options.command} stops:\n{fault}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m generator", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(), help="the project (default: where you stand)")
    commands = parser.add_subparsers(dest="command", required=True)
    update_ = commands.add_parser(
        "update", help="fetch, build, report, test: all that there is to do when Zoom changes"
    )
    update_.set_defaults(run=_update)
    update_.add_argument("--from", dest="directory", type=Path, help="a directory laid out like Zoom's site")
    update_.add_argument("--no-tests", dest="tests", action="store_false", help="leave the tests to somebody else")
    update_.add_argument("products", nargs="*", metavar="PRODUCT", help="all, if none is named")
    fetch_ = commands.add_parser("fetch", help="read Zoom's documents and keep their facts in openapi/")
    fetch_.set_defaults(run=_fetch)
    fetch_.add_argument("--from", dest="directory", type=Path, help="a directory laid out like Zoom's site")
    fetch_.add_argument("products", nargs="*", metavar="PRODUCT", help="all, if none is named")
    build_ = commands.add_parser("build", help="write zoom_api_client/{api,models,events}")
    build_.set_defaults(run=_build)
    build_.add_argument("products", nargs="*", metavar="PRODUCT", help="all, if none is named")
    facts_ = commands.add_parser("facts", help="print a document of openapi/ with a fact a line, for `git diff`")
    facts_.set_defaults(run=_facts)
    facts_.add_argument("document", type=Path)
    site_ = commands.add_parser(
        "site", help="make the documentation site in build/site, with the dependency group docs"
    )
    site_.set_defaults(run=_site)
    check_ = commands.add_parser("check", help="rebuild elsewhere and fail on any difference")
    check_.set_defaults(run=_check)
    report_ = commands.add_parser("report", help="say what changed between two states of openapi/, and for whom")
    report_.set_defaults(run=_report)
    form = report_.add_mutually_exclusive_group()
    form.add_argument("--json", dest="form", action="store_const", const=as_json, help="for machines, not Markdown")
    form.add_argument("--html", dest="form", action="store_const", const=as_html, help="a page with filters")
    report_.add_argument("old", help="a directory, or a revision of git")
    report_.add_argument("new", nargs="?", default=".", help="the same (default: where you stand)")
    return parser


def _update(layout: Layout, options: argparse.Namespace) -> int:
    started = time.perf_counter()
    with alone(layout.root):
        updated = update(layout, options.directory, options.products)
    nothing = "nothing that Zoom changed could be brought in" if updated.decisions else "Zoom changed nothing"
    if updated.unseen:
        nothing = f"Zoom changed nothing that users see, in the documents of {', '.join(updated.unseen)}"
    print("".join(["\n", *summary(updated.report)]) if updated.report else nothing, end="")
    print(f"\n{time.perf_counter() - started:.0f} s; the report: {updated.page or 'none, as nothing changed'}")
    if updated.decisions:
        print(f"\n{count(len(updated.decisions), 'decision')} that only a person can take:\n", file=sys.stderr)
        print("\n".join(updated.decisions), file=sys.stderr)
    tested = _test(layout) if options.tests and updated.report else 0
    return int(bool(updated.decisions)) or tested


def _test(layout: Layout) -> int:
    """Run the tests on what is there now, and return their exit status."""
    return int(bool(subprocess.run([sys.executable, "-m", "pytest", "-q", "-n", "auto"], cwd=layout.root).returncode))


def _fetch(layout: Layout, options: argparse.Namespace) -> int:
    with alone(layout.root):
        outcomes = fetch(layout.openapi, directory=options.directory, products=options.products)
    tell_reading(outcomes, layout.openapi)
    return int(any(outcome.fault for outcome in outcomes))


def _build(layout: Layout, options: argparse.Namespace) -> int:
    started = time.perf_counter()
    with alone(layout.root):
        outcome = attempt(layout, options.products)
    for name in (name for each in outcome.built for name in each.gone):
        print(f"gone from Zoom's documents, and so from the client: {name}", file=sys.stderr)
    for sentence in (sentence for each in outcome.built for sentence in each.moved):
        print(f"a name that is another now: {sentence}", file=sys.stderr)
    operations = sum(len(each.operations) for each in outcome.built)
    events = sum(len(each.events) for each in outcome.built)
    seconds = time.perf_counter() - started
    remembering = sum(each.remembering for each in outcome.built)
    forgetful = [each.product for each in outcome.built if not each.remembering]
    print(f"{len(outcome.built)} products, {operations} operations, {events} events in {seconds:.1f} s")
    print(f"{remembering} operations remember in the simulator, none of {', '.join(forgetful) or 'no product'}")
    return _tell(outcome.faults, "not built, and left as it was")


def _check(layout: Layout, options: argparse.Namespace) -> int:
    with alone(layout.root):
        checked = check(layout)
    for name in checked.differences:
        print(f"differs from what the generator makes: {name}", file=sys.stderr)
    count = len(checked.differences)
    print(f"{count} files differ" if count else "the generated code is what the generator makes")
    return _tell(checked.faults, "cannot be built, and is not compared") or int(bool(count))


def _report(layout: Layout, options: argparse.Namespace) -> int:
    with state(options.old, layout.root) as old, state(options.new, layout.root) as new:
        compared = between(old, new)
    print((options.form or as_markdown)(compared), end="")
    return 0


def _site(layout: Layout, options: argparse.Namespace) -> int:
    started = time.perf_counter()
    print(f"{site.build(layout.root)} pages in {time.perf_counter() - started:.0f} s: build/site/index.html")
    return 0


def _facts(layout: Layout, options: argparse.Namespace) -> int:
    print("\n".join(lines(options.document)))
    return 0


def _tell(faults: list[Fault], consequence: str) -> int:
    """Print each fault, and return the exit status that they make."""
    for fault in faults:
        print(f"{fault} ({consequence})", file=sys.stderr)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
