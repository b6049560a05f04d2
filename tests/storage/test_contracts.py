"""The stores' contracts on SQLite, PostgreSQL and MongoDB (`database_url` in conftest)."""

from tests.contracts.chat import ChatStoreContract
from tests.contracts.chat_changes import ChatChangesContract
from tests.contracts.events import EventStoreContract
from tests.contracts.insights import InsightsStoreContract
from tests.contracts.people import PeopleStoreContract
from tests.contracts.runs import RunStoreContract
from tests.contracts.sessions import SessionStoreContract
from tests.contracts.timeline import TimelineStoreContract


class TestPeopleStore(PeopleStoreContract):
    pass


class TestSessionStore(SessionStoreContract):
    pass


class TestTimelineStore(TimelineStoreContract):
    pass


class TestChatStore(ChatStoreContract):
    pass


class TestChatChanges(ChatChangesContract):
    pass


class TestRunStore(RunStoreContract):
    pass


class TestInsightsStore(InsightsStoreContract):
    pass


class TestEventStore(EventStoreContract):
    pass
