"""`python -m zoom_api_client.testing`: the simulator as a command."""

from zoom_api_client.storage.extras import end_without_extra


def main(arguments: list[str] | None = None) -> None:
    """Serve until interrupted."""
    with end_without_extra("python -m zoom_api_client.testing"):
        from zoom_api_client.testing.simulator import command

        command.main(arguments)


if __name__ == "__main__":
    main()
