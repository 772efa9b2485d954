"""The project's commands: `nox` runs all checks, `nox -s demo` shows the client at work; `nox -l` lists the rest."""

from pathlib import Path
from shutil import which

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["lint", "typing", "drift", "tests"]
nox.options.reuse_existing_virtualenvs = True

nox.options.error_on_missing_interpreters = False

PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
PRISM = "@stoplight/prism-cli@5.14.2"
PROJECT = nox.project.load_toml("pyproject.toml")


def needs(session: nox.Session, *groups: str, extras: str = "") -> None:
    """Install the project with some of its dependency groups."""
    session.install("-e", f".[{extras}]" if extras else ".", *nox.project.dependency_groups(PROJECT, *groups))


@nox.session
def demo(session: nox.Session) -> None:
    """Run all actions and triggers, blocking and awaited, against the embedded Zoom, and show what was said."""
    needs(session, extras="testing")
    session.run("python", "-m", "zoom_api_client.cli.tour", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and formatting."""
    session.install(*nox.project.dependency_groups(PROJECT, "generate"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def typing(session: nox.Session) -> None:
    """Check the types of everything, generated code included, with mypy and pyright; two more see what users write."""
    needs(session, "dev", extras="all")
    session.run("mypy", "zoom_api_client", "generator", "noxfile.py", "benchmarks", "tests/typing")
    session.run("pyright")
    session.run("ty", "check", "tests/typing")
    session.run("pyrefly", "check", "tests/typing")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests."""
    needs(session, "generate", "test", extras="all")
    session.run("pytest", "-n", "auto", *session.posargs)


@nox.session(python=PYTHONS)
def pythons(session: nox.Session) -> None:
    """Run the tests on every Python that is found; those that are not are named as skipped."""
    needs(session, "generate", "test", extras="all")
    session.run("pytest", "-n", "auto", *session.posargs)


@nox.session
def referee(session: nox.Session) -> None:
    """Judge all requests by Zoom's own documents; and with Prism, if npm is there, the embedded Zoom's answers."""
    documents = Path("../shared/zoom-openapi/api-hub").resolve()
    if not documents.is_dir():
        session.skip("Zoom's own documents are not at ../shared/zoom-openapi")
    needs(session, "generate", "test", extras="all")
    prism = []
    if which("npm"):
        place = session.create_tmp()
        session.run("npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", place, PRISM, external=True)
        prism = ["--prism", place]
    session.run("python", "-m", "tests.referee", str(documents), *prism, *session.posargs)


@nox.session
def soak(session: nox.Session) -> None:
    """Run what runs long: processes killed at every step, limits held for a minute; `-- -k 5s` is a short form."""
    needs(session, "generate", "test", extras="all")
    session.run("pytest", "-m", "soak", *session.posargs)


@nox.session
def generate(session: nox.Session) -> None:
    """Write the generated code anew, of all products or of those named: `nox -s generate -- meetings`."""
    needs(session, "generate")
    session.run("python", "-m", "generator", "build", *session.posargs)


@nox.session
def drift(session: nox.Session) -> None:
    """Fail if the generated code is not what the generator makes."""
    needs(session, "generate")
    session.run("python", "-m", "generator", "check")


@nox.session
def bench(session: nox.Session) -> None:
    """Measure the budgets, side by side with what they are measured against."""
    needs(session, "generate", "bench", extras="all")
    session.run("python", "-m", "benchmarks", *session.posargs)
