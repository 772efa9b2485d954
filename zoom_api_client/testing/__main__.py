"""`python -m zoom_api_client.testing`: the simulator as a command."""

from zoom_api_client.storage.extras import end_without_extra

_PROGRAM = "python -m zoom_api_client.testing"


def main(arguments: list[str] | None = None) -> None:
    """Serve until interrupted."""
    with end_without_extra(_PROGRAM):
        from zoom_api_client.testing.simulator import command

        command.main(arguments, _PROGRAM)


if __name__ == "__main__":
    main()
