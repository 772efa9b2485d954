"""Serve files of any length on loopback: run by `download`. The path is the length; prints the port, and serves on."""

import socket
from threading import Thread

BLOCK = bytes(1 << 20)


def serve(connection: socket.socket) -> None:
    """Answer one request after the other."""
    with connection, connection.makefile("rb") as lines:
        while line := lines.readline():
            while lines.readline().strip():
                pass
            left = int(line.split()[1].rpartition(b"/")[2])
            head = f'HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\netag: "1"\r\ncontent-length: {left}\r\n\r\n'
            connection.sendall(head.encode())
            while left:
                left -= connection.send(memoryview(BLOCK)[:left])


def main() -> None:
    """Serve until killed."""
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)
    while True:
        connection, _ = listening.accept()
        Thread(target=serve, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    main()
