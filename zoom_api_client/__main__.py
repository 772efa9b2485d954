"""`python -m zoom_api_client`: the command `zoom-api`."""

import sys

from zoom_api_client.storage.extras import end_without_extra


def main() -> int:
    """Run the command, and return its exit code."""
    with end_without_extra("zoom-api"):
        from zoom_api_client.cli import app
    return app.main()


if __name__ == "__main__":
    sys.exit(main())
