"""the live room: stages and settings of a session, a second document, chat that changes"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'

_documents = (
    sa.Column('session_id', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.LargeBinary(), nullable=False),
    sa.Column('checksum', sa.BigInteger(), nullable=True),
)


def upgrade() -> None:
    empty_object, empty_list = sa.text("'{}'"), sa.text("'[]'")
    op.add_column('people', sa.Column('settings', sa.Text(), nullable=False, server_default=empty_object))
    op.add_column('sessions', sa.Column('lobby', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('sessions', sa.Column('started_at', sa.BigInteger(), nullable=True))
    op.add_column('sessions', sa.Column('settings', sa.Text(), nullable=False, server_default=empty_object))
    op.execute('UPDATE sessions SET started_at = created_at')  # there was no preparing before
    op.add_column('members', sa.Column('waiting', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('members', sa.Column('invite', sa.String(), nullable=True))
    op.add_column('messages', sa.Column('attachments', sa.Text(), nullable=False, server_default=empty_list))
    op.add_column('messages', sa.Column('edited_at', sa.BigInteger(), nullable=True))
    op.add_column('messages', sa.Column('deleted_at', sa.BigInteger(), nullable=True))
    op.add_column('messages', sa.Column('rev', sa.Integer(), nullable=False, server_default=sa.text('0')))
    _name_the_documents()
    op.create_table('reactions',
    sa.Column('session_id', sa.String(), nullable=False),
    sa.Column('message_id', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('emoji', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_reactions_person_id_people')),
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], name=op.f('fk_reactions_session_id_sessions')),
    sa.PrimaryKeyConstraint('session_id', 'message_id', 'person_id', 'emoji', name=op.f('pk_reactions')),
    sqlite_with_rowid=False
    )
    op.create_table('attachments',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('session_id', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=True),
    sa.Column('height', sa.Integer(), nullable=True),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_attachments_person_id_people')),
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], name=op.f('fk_attachments_session_id_sessions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachments'))
    )
    op.create_index(op.f('ix_attachments_session_id'), 'attachments', ['session_id'], unique=False)


def _name_the_documents() -> None:
    """A session has several documents now. SQLite changes no primary key: the table is made anew."""
    op.execute('CREATE TABLE documents_before AS SELECT session_id, seq, state FROM documents')
    op.drop_table('documents')
    op.create_table('documents',
    *_documents,
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], name=op.f('fk_documents_session_id_sessions')),
    sa.PrimaryKeyConstraint('session_id', 'name', name=op.f('pk_documents'))
    )
    op.execute("INSERT INTO documents (session_id, name, seq, state) "
               "SELECT session_id, 'main', seq, state FROM documents_before")
    op.drop_table('documents_before')
