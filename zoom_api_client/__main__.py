"""`python -m zoom_api_client`: the command `zoom-api`."""

import sys

from zoom_api_client.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
