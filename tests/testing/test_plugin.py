import subprocess
import sys

import pytest

pytest_plugins = ["pytester"]

WITH_MISTAKE = """
    from zoom_api_client import Zoom

    def plan(client):
        client.call("POST", "/users/me/meetings", json={"topik": "Standup"})

    def plan_carelessly(client):
        try:
            plan(client)
        except Exception:
            return None

    def test_plans(mock_zoom):
        with Zoom("any token") as client:
            WHAT
"""
SAYS = "create_meeting: body.topik is unknown to Zoom; did you mean 'topic'?"


@pytest.fixture(autouse=True)
def _plain_settings(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests within are run by a suite of its own, without the settings of this one, and as at home."""
    for name in ("CI", "BUILD_NUMBER"):  # pytest says everything twice where one is set
        monkeypatch.delenv(name, raising=False)
    pytester.makeini("[pytest]\nasyncio_mode = auto\nasyncio_default_fixture_loop_scope = function\n")


def run(pytester: pytest.Pytester, what: str) -> pytest.RunResult:
    """Run a test whose code leaves the contract."""
    pytester.makepyfile(WITH_MISTAKE.replace("WHAT", what))
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:xdist")


def test_violation_fails_the_test_with_one_message(pytester: pytest.Pytester) -> None:
    """A failure that hides the one sentence under the frames of four libraries helps nobody."""
    result = run(pytester, "plan(client)")
    result.assert_outcomes(failed=1)
    text = result.stdout.str().partition("FAILURES")[2]
    assert text.count(f"E       zoom_api_client.testing.ContractViolation: {SAYS}") == 1
    assert 'client.call("POST"' in text
    assert "httpcore" not in text
    assert "respx" not in text


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ('client.meetings.get(1); mock_zoom.meetings.get.called_once_with(topik="Standup")', "has no 'topik'"),
        ("client.meetings.get(1); mock_zoom.meetings.create.called_once_with()", "called 0 times"),
        ("import httpx; httpx.get('https://example.com')", "not a host of Zoom's"),
    ],
)
def test_failed_assertion_shows_the_test_and_not_the_kit(pytester: pytest.Pytester, what: str, says: str) -> None:
    """A host that is none of Zoom's was told under ten frames of libraries, an expectation under the kit's source."""
    text = run(pytester, what).stdout.str().partition("FAILURES")[2]
    assert says in text
    assert "zoom_api_client/" not in text
    assert "respx/" not in text


def test_swallowed_violation_fails_the_test_itself(pytester: pytest.Pytester) -> None:
    """`except Exception` in the code under test must not make a wrong request right; nor is it an error of teardown."""
    result = run(pytester, "plan_carelessly(client)")
    result.assert_outcomes(failed=1)
    assert result.stdout.str().count(SAYS) == 1
    assert "plugin.py" not in result.stdout.str()


def test_swallowed_violation_is_reported_beside_the_failure_that_it_led_to(pytester: pytest.Pytester) -> None:
    """`assert None` says nothing of the request that was refused before it."""
    result = run(pytester, "assert plan_carelessly(client) is not None")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E*assert None is not None*", "E*Before that, the code left*", f"E*{SAYS}*"])


def test_violation_that_became_another_error_is_not_shown_twice(pytester: pytest.Pytester) -> None:
    """Python shows the cause of an error already."""
    result = run(
        pytester,
        """
            try:
                plan(client)
            except Exception as cause:
                raise RuntimeError("no plan") from cause
        """.strip(),
    )
    result.assert_outcomes(failed=1)
    assert "Before that" not in result.stdout.str()
    assert result.stdout.str().count(f"ContractViolation: {SAYS}") == 1


def test_violation_that_a_test_wants_can_be_forgiven(pytester: pytest.Pytester) -> None:
    """Who tests that wrong code is caught must be able to end in green."""
    result = run(pytester, "plan_carelessly(client); mock_zoom.violations.clear()")
    result.assert_outcomes(passed=1)


def test_fixture_serves_awaited_tests_and_each_anew(pytester: pytest.Pytester) -> None:
    """What one test said of an answer must not reach the next."""
    pytester.makepyfile("""
        from zoom_api_client import AsyncZoom, Zoom

        async def test_awaited(mock_zoom):
            mock_zoom.meetings.get.returns(topic="Of the first test")
            async with AsyncZoom("any token") as client:
                assert (await client.meetings.get(85746065432)).topic == "Of the first test"

        def test_blocking(mock_zoom):
            assert not mock_zoom.meetings.get.called
            with Zoom("any token") as client:
                assert client.meetings.get(85746065432).topic != "Of the first test"
    """)
    pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:xdist").assert_outcomes(passed=2)


def test_plugin_costs_nothing_where_it_is_not_used(pytester: pytest.Pytester) -> None:
    """Pytest loads every installed plugin in every run: this one must not bring httpx and a JSON Schema validator."""
    pytester.makepyfile("""
        import sys

        def test_nothing_was_loaded(request):
            assert request.config.pluginmanager.has_plugin("zoom_api_client")
            heavy = {"httpx", "respx", "jsonschema_rs", "attrs", "msgspec", "zoom_api_client._async.client"}
            assert not heavy & sys.modules.keys()
    """)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:anyio", "-p", "no:respx"]
    done = subprocess.run([*command, pytester.path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
