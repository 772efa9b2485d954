from tests.client.conftest import world as world
