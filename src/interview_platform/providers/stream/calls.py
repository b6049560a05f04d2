"""What a browser needs for Stream's call and chat, beside what it needs without Stream."""

from interview_platform.accounts.model import Person
from interview_platform.call.ports import CallProvider
from interview_platform.call.views import CallConfigAnswer, StreamView
from interview_platform.kit.clock import rfc3339
from interview_platform.providers.stream.client import CALL_TYPE
from interview_platform.providers.stream.sync import StreamSync, role_of
from interview_platform.providers.stream.tokens import Tokens
from interview_platform.sessions.model import Role, Session


class StreamCalls:
    """Implements call's `CallProvider` on top of another one (`inner`), whose answer stays whole: a browser whose build
    has no plug-in for Stream uses it, and so does everybody while Stream is away.

    `video` False: `inner` carries the call, Stream only the chat.
    """

    def __init__(self, inner: CallProvider, sync: StreamSync, tokens: Tokens, *, video: bool = True) -> None:
        self._inner = inner
        self._sync = sync
        self._tokens = tokens
        self._video = video

    async def config(self, session: Session, person: Person, role: Role) -> CallConfigAnswer:
        answer = await self._inner.config(session, person, role)
        if not await self._sync.ready(session, person.id):
            return answer
        cid = f"{CALL_TYPE}:{session.call_id}"
        stream = StreamView(
            api_key=self._tokens.api_key,
            token=self._tokens.for_call(person.id, cid, role_of(role)),
            user_id=person.id,
            call_type=CALL_TYPE,
            call_id=session.call_id,
        )
        expires = rfc3339(self._tokens.expires() * 1000)
        return answer.model_copy(
            update={
                "provider": "stream" if self._video else answer.provider,
                "stream": stream,
                "expires_at": min(expires, answer.expires_at or expires),
            }
        )
