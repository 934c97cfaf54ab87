-- SPDX-License-Identifier: Apache-2.0
-- What looked like fraud and what became of it; the id is the index of the record that says so.
create table signal (
    id         bigint primary key,
    sort       text not null,
    party      text not null,
    owner      text not null,
    rule       text not null,
    score      double precision not null,
    reasons    jsonb not null,
    joint      double precision not null,
    effect     text not null check (effect in ('NOTED', 'STEP_UP', 'SUSPENDED')),
    state      text not null check (state in ('OPEN', 'CONFIRMED', 'LIFTED', 'UPHELD')),
    raised_at  timestamptz not null,
    due_at     timestamptz,
    decided_by text,
    decided_at timestamptz,
    why        text
);

create index signal_owner on signal (owner, id);
