-- SPDX-License-Identifier: Apache-2.0
-- The platforms whose logs this node witnesses. Their keys are pinned: a row's keys never change.
create table peer (
    origin text primary key,
    url text not null,
    log_vkeys text not null,
    witness_vkeys text not null,
    did text,
    source text not null check (source in ('SETTINGS', 'OPERATOR', 'ANNOUNCED')),
    since timestamptz not null
);

-- What their logs did that no log may do. The evidence is a file, and each row is on the record.
create table incident (
    id text primary key,
    origin text not null,
    kind text not null check (kind in ('FORK', 'ROLLBACK', 'STALL')),
    reported_at timestamptz not null,
    proven boolean not null,
    summary text not null,
    record bigint not null,
    over_at timestamptz
);

create index incident_reported on incident (reported_at);
