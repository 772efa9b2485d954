"""`python -m generator fetch | build | check`: bring Zoom's changes in, write the client, see that both agree."""

import argparse
import sys
import time
from pathlib import Path

from generator.build import Layout, build, check
from generator.fetch import fetch, report
from generator.overlay import OverlayError
from generator.verify import BuildFault


def main(arguments: list[str] | None = None) -> int:
    """Run one command, and return its exit status."""
    options = _parser().parse_args(arguments)
    layout = Layout(options.root)
    try:
        return {"fetch": _fetch, "build": _build, "check": _check}[options.command](layout, options)
    except (BuildFault, OverlayError, ValueError) as fault:
        print(f"{options.command} stops:\n{fault}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m generator", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(), help="the project (default: where you stand)")
    commands = parser.add_subparsers(dest="command", required=True)
    fetch_ = commands.add_parser("fetch", help="read Zoom's documents and keep their facts in openapi/")
    fetch_.add_argument("--from", dest="directory", type=Path, help="a directory laid out like Zoom's site")
    fetch_.add_argument("products", nargs="*", metavar="PRODUCT", help="all, if none is named")
    build_ = commands.add_parser("build", help="write zoom_api_client/{api,models,events}")
    build_.add_argument("products", nargs="*", metavar="PRODUCT", help="all, if none is named")
    commands.add_parser("check", help="rebuild elsewhere and fail on any difference")
    return parser


def _fetch(layout: Layout, options: argparse.Namespace) -> int:
    outcomes = fetch(layout.openapi, directory=options.directory, products=options.products)
    report(outcomes, layout.openapi)
    return int(all(outcome.fault for outcome in outcomes))


def _build(layout: Layout, options: argparse.Namespace) -> int:
    started = time.perf_counter()
    built = build(layout, options.products)
    for name in (name for each in built for name in each.gone):
        print(f"gone from Zoom's documents, and so from the client: {name}", file=sys.stderr)
    operations = sum(len(each.operations) for each in built)
    events = sum(len(each.events) for each in built)
    print(f"{len(built)} products, {operations} operations, {events} events in {time.perf_counter() - started:.1f} s")
    return 0


def _check(layout: Layout, options: argparse.Namespace) -> int:
    differences = check(layout)
    for name in differences:
        print(f"differs from what the generator makes: {name}", file=sys.stderr)
    print(f"{len(differences)} files differ" if differences else "the generated code is what the generator makes")
    return int(bool(differences))


if __name__ == "__main__":
    sys.exit(main())
