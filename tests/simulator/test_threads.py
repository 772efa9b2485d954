"""Many callers at once: a simulator that is served has a thread for each."""

from concurrent.futures import ThreadPoolExecutor

from tests.simulator.calling import Calling


def test_callers_at_once_lose_nothing() -> None:
    """Two ids that are equal, or a list that is changed while it is read, would show under load only."""
    zoom = Calling()

    def work(number: int) -> str:
        created = zoom.post("/users/me/meetings", {"topic": f"Meeting {number}"})
        zoom.get("/users/me/meetings", page_size=300)
        return str(created["id"])

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(work, range(100)))
    assert len(set(ids)) == 100
    listed = zoom.get("/users/me/meetings", page_size=300)["meetings"]
    assert {str(each["id"]) for each in listed} == set(ids)
