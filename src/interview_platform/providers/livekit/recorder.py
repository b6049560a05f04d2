"""Recording a call: the whole room as one MP4, by LiveKit's egress service, where its configuration puts files."""

from livekit import api

from interview_platform.call.ports import AlreadyRecording, NobodyInCall
from interview_platform.kit.ids import new_id
from interview_platform.providers.livekit.server import LiveKitServer
from interview_platform.sessions.model import Session, SessionId


class LiveKitRecorder:
    """Implements call.ports.CallRecorder. `path`: the folder in the egress service's storage (its disk or bucket)."""

    def __init__(self, server: LiveKitServer, path: str) -> None:
        self._server = server
        self._path = path.rstrip("/")

    async def start(self, session: Session) -> str:
        async with self._server.client() as client:
            if await _running(client, session):
                raise AlreadyRecording
            try:
                info = await client.egress.start_room_composite_egress(self._request(session))
            except api.ServerError as error:
                if error.code == api.ServerErrorCode.NOT_FOUND:
                    raise NobodyInCall from error
                raise
            return info.egress_id

    async def stop(self, session: Session) -> list[str]:
        async with self._server.client() as client:
            running = await _running(client, session)
            for recording in running:
                await _stop(client, recording)
            return running

    def _request(self, session: Session) -> api.RoomCompositeEgressRequest:
        # The folder names the session: nothing else of ours comes back with what LiveKit reports (`session_of`).
        path = f"{self._path}/{session.id}/{new_id(8)}-{{time}}.mp4"
        output = api.EncodedFileOutput(file_type=api.EncodedFileType.MP4, filepath=path)
        return api.RoomCompositeEgressRequest(room_name=session.call_id, layout="grid", file_outputs=[output])


def session_of(info: api.EgressInfo) -> SessionId | None:
    """Of which session this is a recording; None when it was not begun by us (operators may run others)."""
    for output in info.room_composite.file_outputs:
        parts = output.filepath.split("/")
        if len(parts) > 1:
            return SessionId(parts[-2])
    return None


async def _running(client: api.LiveKitAPI, session: Session) -> list[str]:
    found = await client.egress.list_egress(api.ListEgressRequest(room_name=session.call_id, active=True))
    return [one.egress_id for one in found.items if session_of(one) == session.id]


async def _stop(client: api.LiveKitAPI, recording: str) -> None:
    try:
        await client.egress.stop_egress(api.StopEgressRequest(egress_id=recording))
    except api.ServerError as error:
        # It ended by itself between our two questions.
        if error.code not in (api.ServerErrorCode.NOT_FOUND, api.ServerErrorCode.FAILED_PRECONDITION):
            raise
