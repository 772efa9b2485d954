"""Downloads, without what sends requests: the decisions, the file on disk, its name and a progress bar.

    from zoom_api_client.downloads import bar

    with bar() as progress:
        zoom.recordings.download(meeting_id, to="recordings/", progress=progress)

A file comes into `<name>.part`, and gets its name when it is whole. What interrupts it, the end of the process too,
costs only what was on the wire: the next call goes on. Tokens go to Zoom's hosts over https, in a header.
`file_name("Plan: A/B", extension="md")` is a name that every system takes.
"""

from typing import TYPE_CHECKING

from zoom_api_client.core import lazy

if TYPE_CHECKING:
    from zoom_api_client.downloads.file_names import file_name
    from zoom_api_client.downloads.progress import Progress, bar

__all__ = ["Progress", "bar", "file_name"]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy.names(__name__, {"Progress": "progress", "bar": "progress", "file_name": "file_names"})
