"""people of sign-in providers; deliveries of events"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    op.add_column('people', sa.Column('provider', sa.String(), nullable=True))
    op.add_column('people', sa.Column('subject', sa.String(), nullable=True))
    op.drop_index('uq_people_email', table_name='people')
    by_password = sa.text('password_hash IS NOT NULL')
    op.create_index('uq_people_email', 'people', [sa.text('lower(email)')], unique=True,
                    sqlite_where=by_password, postgresql_where=by_password)
    op.create_index('uq_people_provider', 'people', ['provider', 'subject'], unique=True)
    op.create_table('deliveries',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('function', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('data', sa.Text(), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_at', sa.BigInteger(), nullable=False),
    sa.Column('dead', sa.Boolean(), nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deliveries'))
    )
    op.create_index('ix_deliveries_due', 'deliveries', ['dead', 'next_at'], unique=False)
