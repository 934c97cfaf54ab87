-- SPDX-License-Identifier: Apache-2.0
-- What is asked by query. Every row is also on the record, from which a lost one is restored.
create table thing (
    did text primary key,
    registration jsonb not null,
    created_at timestamptz not null default now()
);

create table mapping (
    id text primary key,
    number bigint generated always as identity,
    thing text not null references thing,
    terms jsonb not null,
    state text not null check (state in ('ACTIVE', 'PAUSED', 'ENDED'))
);

create index mapping_thing on mapping (thing);
