-- SPDX-License-Identifier: Apache-2.0
-- A subject has one key for each epoch in which something was recorded of it, and one for the state of the agents
-- (epoch -1). Times are milliseconds since 1970, the end is exclusive: what a key covers stays what it was when the
-- setting of the period changes. Under a closed key nothing more is sealed; it still opens what it sealed.
alter table subject_keys add column epoch bigint not null default 0;
alter table subject_keys add column until bigint not null default 0;
alter table subject_keys add column closed boolean not null default false;
update subject_keys set until = (extract(epoch from now()) * 1000)::bigint + 1;
alter table subject_keys alter column epoch drop default;
alter table subject_keys alter column until drop default;
alter table subject_keys drop constraint subject_keys_subject_key;
create unique index subject_keys_open on subject_keys (subject, epoch, until) where not closed;
create index subject_keys_subject on subject_keys (subject);

-- What is being forgotten: the subject stands here only until nothing else is left to do.
create table erasure (
    id        text primary key,
    subject   text not null,
    nonce     bytea not null,
    whole     boolean not null,
    since     bigint not null,
    until     bigint not null,
    cause     text not null,
    asked_at  bigint not null,
    tombstone bigint
);

-- Statistics would keep names that are forgotten.
alter table subject_keys alter column subject set statistics 0;
alter table erasure alter column subject set statistics 0;
alter table thing alter column did set statistics 0;
alter table thing alter column registration set statistics 0;
alter table mapping alter column thing set statistics 0;
alter table mapping alter column terms set statistics 0;
