"""Nothing is loaded before it is used, and everything can be: each script runs in a Python of its own."""

import subprocess
import sys

import pytest


def run(script: str) -> None:
    """Run a script, with warnings as errors."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_import_loads_nothing_of_the_products_and_no_http() -> None:
    """A command line tool that needs `__version__` must not wait for 4,000 classes and an HTTP library."""
    run("""if True:
        import sys
        import zoom_api_client
        ours = {name for name in sys.modules if name.startswith("zoom_api_client")}
        face = {"zoom_api_client", "zoom_api_client._version"}
        assert ours == {*face, "zoom_api_client.core", "zoom_api_client.core.lazy"}, ours
        heavy = {"httpx", "httpcore", "anyio", "attr", "attrs", "msgspec", "json", "ssl", "asyncio"} & set(sys.modules)
        assert not heavy, heavy
        assert zoom_api_client.__version__
    """)


@pytest.mark.parametrize("name", ["Zoom", "AsyncZoom"])
def test_client_alone_loads_no_product(name: str) -> None:
    """Whoever only uses `call()` needs none of them; the other world is not loaded either."""
    run(f"""if True:
        import sys
        from zoom_api_client import {name}
        {name}("a token")
        products = tuple(f"zoom_api_client.{{kind}}." for kind in ("api", "models", "events"))
        assert not [each for each in sys.modules if each.startswith(products)]
        other = "zoom_api_client._async.client" if "{name}" == "Zoom" else "zoom_api_client._sync.client"
        assert other not in sys.modules
    """)


@pytest.mark.parametrize(
    ("operation", "arguments"),
    [
        ("meetings.get_meeting", "1"),
        ("meetings.create_meeting", '"me"'),
        ("users.get_user_settings", '"me"'),
        ("phone.get_phone_site_details", '"1"'),
        ("team_chat.send_chat_message", '"me", body=UNSET'),
        ("contact_center.list_voice_call_logs", ""),
    ],
)
def test_use_of_one_operation_loads_few_modules(operation: str, arguments: str) -> None:
    """The budget: 12 modules of ours more than the client takes, from the attribute to the decoded answer."""
    product = operation.partition(".")[0]
    run(f"""if True:
        import sys
        from zoom_api_client import UNSET, Zoom
        zoom = Zoom("a token")
        before = set(sys.modules)
        call = zoom.api.{operation}
        call.request({arguments})
        status = next(iter(call.operation.results))
        result = call.operation.decode(status, {{"settings": {{}}, "items": [{{}}], "meetings": [{{}}]}})
        assert type(result).__module__.startswith("zoom_api_client.models.{product}"), type(result)
        loaded = sorted(each for each in sys.modules.keys() - before if each.startswith("zoom_api_client"))
        assert len(loaded) <= 12, loaded
    """)


def test_every_operation_is_known_before_its_module_is_loaded() -> None:
    """`operations()` reads one file, not one for each."""
    run("""if True:
        import sys
        from zoom_api_client.api import operations
        assert len(operations()) > 1000
        assert not [each for each in sys.modules if each.startswith("zoom_api_client.api.")]
        assert "httpx" not in sys.modules
    """)


def test_names_are_seen_before_they_are_loaded() -> None:
    """`dir()` is what completion in a shell shows."""
    run("""if True:
        import zoom_api_client
        from zoom_api_client.events import meetings as events
        from zoom_api_client.models import meetings as models
        assert set(zoom_api_client.__all__) <= set(dir(zoom_api_client))
        assert {"Meeting", "CreateMeetingBody", "MeetingList"} <= set(dir(models))
        assert {"MeetingStarted", "MeetingEnded"} <= set(dir(events))
        assert "Meeting" not in vars(models)
        assert models.Meeting is models.Meeting and "Meeting" in vars(models)
    """)


def test_unknown_name_is_an_attribute_error_that_names_it() -> None:
    """`hasattr`, `copy` and debuggers ask for names that are not there."""
    run("""if True:
        import zoom_api_client
        from zoom_api_client.models import meetings
        for package, name in [(zoom_api_client, "Zooom"), (meetings, "Meating"), (meetings, "__wrapped__")]:
            assert not hasattr(package, name)
            try:
                getattr(package, name)
            except AttributeError as error:
                assert str(error) == f"module {package.__name__!r} has no attribute {name!r}", error
        try:
            from zoom_api_client.models.meetings import Meating
        except ImportError as error:
            assert "Meating" in str(error)
        else:
            raise AssertionError
    """)


def test_everything_that_is_promised_can_be_imported() -> None:
    """`__all__` and `from zoom_api_client import *` name what users use."""
    run("""if True:
        import zoom_api_client
        for name in zoom_api_client.__all__:
            assert getattr(zoom_api_client, name) is not None, name
        from zoom_api_client import *
        assert Zoom.__name__ == "Zoom" and AsyncZoom.__name__ == "AsyncZoom" and errors.ZoomError and events.parse
        assert callable(api.operations) and File and UNSET is not None and models
    """)


@pytest.mark.parametrize("kind", ["models", "events"])
def test_every_name_of_every_package_can_be_imported(kind: str) -> None:
    """A name that stands in the list of a package and not in its file fails where it is first used, at a customer's."""
    run(f"""if True:
        import importlib, inspect, pkgutil, warnings
        import zoom_api_client.{kind} as packages
        from zoom_api_client.core.model import Model
        count = 0
        for package in pkgutil.iter_modules(packages.__path__, packages.__name__ + "."):
            home = importlib.import_module(package.name)
            names = [name for name in dir(home) if name[0].isupper() and name not in ("TYPE_CHECKING",)]
            assert names or not list(pkgutil.iter_modules(home.__path__)), package.name
            for name in names:
                with warnings.catch_warnings(record=True) as told:
                    warnings.simplefilter("always", DeprecationWarning)
                    found = getattr(home, name)
                if told:  # a name that is kept for a while, of what is another product's now
                    continue
                assert found.__name__ == name, (package.name, name)
                assert found.__module__.startswith(package.name + "."), (package.name, name)
                assert issubclass(found, Model) or issubclass(found, dict), (package.name, name)
                count += 1
        assert count > {2500 if kind == "models" else 900}, count
    """)
