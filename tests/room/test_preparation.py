"""How a session was prepared is its staff's: after the start nobody else finds a message or a run of that time."""

from interview_platform.sessions.model import Role, Visibility
from interview_platform.sessions.policy import Access
from interview_platform.sessions.staffing import StaffingService
from tests.room.events import events
from tests.room.world import World

SECRET = "the last one failed at this"


async def test_what_was_said_and_run_before_the_start_stays_with_the_staff(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.api.sessions.create(
        host.person, "two-sum", visibility=Visibility.PRIVATE, capacity=4, prepare=True
    )
    staff = await world.admit(session, "Iris", Role.INTERVIEWER)
    guest = await world.admit(session, "Ben")
    said = await world.chat.post(session.id, staff.person, SECRET)
    world.runs.start(session.id, host.person.id, "Ada")
    url = world.url(session, "events")
    async with events(url, guest.headers, hello=False) as ben, events(url, staff.headers) as iris:
        await ben.heard("waiting")
        await StaffingService(world.api.sessions, world.rooms.seats.away).start(session.id, host.person)
        await ben.heard("hello")
        assert (ben.state["messages"], ben.state["messagesBefore"], ben.state["runs"]) == ([], None, [])
        await world.changes.edit(session.id, staff.person, said.id, f"{SECRET} twice")
        await world.chat.post(session.id, staff.person, "Welcome!")
        await iris.heard("chat.message")
        await ben.heard("chat.message")
        assert SECRET in str(iris.events)
        assert SECRET not in str(ben.events)
    ended = (await world.api.sessions.access(session.id, guest.person)).session
    for who, texts in ((guest, ["Welcome!"]), (staff, [f"{SECRET} twice", "Welcome!"])):
        messages, before = await world.chat.history(session.id, who.person)
        assert ([message.text for message in messages], before) == (texts, None)
        assert len(await world.runs.recent(Access(ended, who.person))) == (who is staff)
