"""The project's commands: `nox` runs all checks, `nox -s demo` shows the client at work; `nox -l` lists the rest."""

import os
import re
from datetime import date
from pathlib import Path
from shutil import copytree, ignore_patterns, rmtree, which

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["lint", "typing", "drift", "tests"]
nox.options.reuse_existing_virtualenvs = True

nox.options.error_on_missing_interpreters = False

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # tests start 1,000 processes: 1.2 s to compile all, 0.4 s to read it

PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
RIVET = "@zoom/rivet@0.4.0"
PRISM = "@stoplight/prism-cli@5.14.2"
PARALLEL = ("-n", "auto", "--dist", "worksteal")  # by "load", one worker has all commands, and the others end early
OF_THE_CHECKOUT = [  # what looks at the project's own files, and not at the package
    *(f"--ignore=tests/{each}" for each in ("generator", "referee")),
    *(f"--ignore=tests/test_{each}.py" for each in ("house", "package", "workflows")),
    "--deselect=tests/test_documents.py::test_files_that_pages_name_are_there",
]
PROJECT = nox.project.load_toml("pyproject.toml")


def needs(session: nox.Session, *groups: str, extras: str = "") -> None:
    """Install the project with some of its dependency groups."""
    session.install("-e", f".[{extras}]" if extras else ".", *nox.project.dependency_groups(PROJECT, *groups))


@nox.session
def demo(session: nox.Session) -> None:
    """Run all actions and triggers, blocking and awaited, against the simulator, and show what was said."""
    needs(session, extras="cli")
    session.run("python", "-m", "zoom_api_client.cli.tour", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and formatting, and that GitHub can read the workflows."""
    session.install(*nox.project.dependency_groups(PROJECT, "generate", "workflows"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    workflows = [str(path) for path in sorted(Path(".github/workflows").glob("*.yml"))]
    session.run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *workflows)


@nox.session
def typing(session: nox.Session) -> None:
    """Check the types of everything, generated code included, with mypy and pyright; two more see what users write."""
    needs(session, "dev", extras="all")
    session.run("mypy", "zoom_api_client", "generator", "noxfile.py", "benchmarks", "examples", "tests/typing")
    session.run("pyright")
    session.run("ty", "check", "tests/typing")
    session.run("pyrefly", "check", "tests/typing")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests."""
    needs(session, "generate", "test", extras="all")
    session.run("pytest", *PARALLEL, *session.posargs)


@nox.session(python=PYTHONS)
def pythons(session: nox.Session) -> None:
    """Run the tests on every Python that is found; those that are not are named as skipped."""
    needs(session, "generate", "test", extras="all")
    session.run("pytest", *PARALLEL, *session.posargs)


@nox.session
def referee(session: nox.Session) -> None:
    """Judge all requests by Zoom's own documents; and with Prism, if npm is there, the embedded Zoom's answers."""
    documents = Path("../shared/zoom-openapi").resolve()
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
def interop(session: nox.Session) -> None:
    """Run clients of others, unmodified, against the simulator: Zoom's Rivet, zoomus, pyzoom."""
    needs(session, "interop", extras="testing")
    npm = []
    if which("npm"):
        place = session.create_tmp()
        session.run("npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", place, RIVET, external=True)
        npm = ["--npm", place]
    session.run("python", "-m", "tests.interop", *npm)


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
def update(session: nox.Session) -> None:
    """Bring in what Zoom changed, with a report: `nox -s update`, or `nox -s update -- --from DIR PRODUCT`."""
    needs(session, "generate", "test", extras="all")
    session.run("python", "-m", "generator", "update", *session.posargs)


@nox.session
def propose(session: nox.Session) -> None:
    """Update, and open a pull request with the report on what changed: what GitHub runs every night."""
    needs(session, "generate")
    update = ["python", "-m", "generator", "update", "--no-tests", *session.posargs]
    said = session.run(*update, success_codes=[0, 1], silent=True) or ""
    new = session.run("git", "status", "--porcelain", "--untracked-files=all", silent=True, external=True) or ""
    if new:
        pages = re.findall(r"^\?\? (docs/changes/.*\.md)$", new, re.MULTILINE)
        body = Path(session.create_tmp()) / "body.md"
        body.write_text("\n".join([f"```\n{said}\n```\n", *(Path(page).read_text() for page in pages)])[:60_000])
        _open_pull_request(session, f"zoom-{date.today()}", body)
    if "decisions that only a person can take" in said:
        session.error(said)


def _open_pull_request(session: nox.Session, branch: str, body: Path) -> None:
    title = "Take over what Zoom changed"
    session.run("git", "switch", "--force-create", branch, external=True)
    session.run("git", "add", "--all", external=True)
    session.run("git", "commit", "--message", title, external=True)
    session.run("git", "push", "--force", "origin", branch, external=True)
    session.run("gh", "pr", "create", "--title", title, "--body-file", str(body), external=True)


@nox.session
def package(session: nox.Session) -> None:
    """Build what is published into dist/, and check it: `nox -s package -- v1.2.3` holds the version against a tag."""
    session.install("cyclonedx-bom==7.5.0", "twine==7.0.0", "uv")
    if session.posargs and session.posargs != [f"v{_version()}"]:
        session.error(f"the tag is {session.posargs[0]}, and _version.py says {_version()}")
    rmtree("dist", ignore_errors=True)
    session.run("uv", "build", "--quiet")
    session.run("twine", "check", "--strict", *map(str, Path("dist").glob("zoom*")))
    _write_sbom(session, _built())


def _write_sbom(session: nox.Session, wheel: Path) -> None:
    """Write build/sbom.cdx.json: what an installation of the wheel with every extra has, with licences."""
    scratch = Path(session.create_tmp())
    place, project = str(scratch / "installed"), scratch / "pyproject.toml"
    static = Path("pyproject.toml").read_text().replace('dynamic = ["readme", "version"]', f'version = "{_version()}"')
    project.write_text(static)  # cyclonedx-py reads no version that is elsewhere
    session.run("uv", "venv", "--quiet", "--clear", place)
    session.run("uv", "pip", "install", "--quiet", "--python", place, f"{wheel}[all]")
    Path("build").mkdir(exist_ok=True)
    command = ["cyclonedx-py", "environment", "--pyproject", str(project), "--mc-type", "library"]
    session.run(*command, "--output-reproducible", "--output-file", "build/sbom.cdx.json", place)


def _version() -> str:
    return Path("zoom_api_client/_version.py").read_text().partition('__version__ = "')[2].partition('"')[0]


def _built() -> Path:
    """Return the wheel that `package` built."""
    return next(Path("dist").glob("*.whl")).resolve()


@nox.session
def wheel(session: nox.Session) -> None:
    """Run the tests away from the checkout, against the wheel that `package` built: `nox -s package wheel`."""
    session.install(f"{_built()}[all]", *nox.project.dependency_groups(PROJECT, "generate", "test"))
    elsewhere = Path(session.create_tmp()) / "elsewhere"
    left = ignore_patterns("zoom_api_client", "__pycache__", ".*", "dist", "build")
    copytree(".", elsewhere, ignore=left, dirs_exist_ok=True)
    session.chdir(elsewhere)
    session.run("pytest", *PARALLEL, *OF_THE_CHECKOUT, *session.posargs)


@nox.session(python=PYTHONS[0])
def minimal(session: nox.Session) -> None:
    """Run the tests with the least version of each dependency that pyproject.toml allows."""
    least = str(Path(session.create_tmp()) / "least.txt")
    session.install("uv", *nox.project.dependency_groups(PROJECT, "generate", "test"))
    wanted = ["--resolution", "lowest-direct", "--all-extras", "--python-version", PYTHONS[0], "pyproject.toml"]
    session.run("uv", "pip", "compile", "--quiet", *wanted, "--output-file", least)
    session.install("-r", least)
    session.install("--no-deps", "-e", ".")
    session.run("pytest", *PARALLEL, *OF_THE_CHECKOUT, *session.posargs)


@nox.session
def drift(session: nox.Session) -> None:
    """Fail if the generated code is not what the generator makes."""
    needs(session, "generate")
    session.run("python", "-m", "generator", "check")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation site in build/site; a warning, or a link to nothing, fails it."""
    needs(session, "generate", "docs")
    session.run("python", "-m", "generator", "site")


@nox.session
def bench(session: nox.Session) -> None:
    """Measure the budgets, side by side with what they are measured against."""
    needs(session, "generate", "bench", extras="all")
    rivet = session.create_tmp() if "peers" in session.posargs and which("npm") else ""
    if rivet:
        session.run("npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", rivet, RIVET, external=True)
    session.run("python", "-m", "benchmarks", *session.posargs, env={"RIVET": rivet})
