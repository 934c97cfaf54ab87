-- SPDX-License-Identifier: Apache-2.0
-- Who signs a status list: the node under the DID that issued its credentials. Before, there was the node's own key only.
alter table issued_credential add column issuer text;

-- Who avatars are to other platforms (Y.4462): one row for each avatar and platform. The avatar's key and its credential are
-- sealed under the keys of the owner.
create table avatar_identity (
    id         text primary key,
    owner      text not null,
    avatar     text,
    thing      text,
    platform   text not null,
    did        text not null unique,
    alias      text,
    list       text not null,
    entry      integer not null,
    sealed     bytea not null,
    shows      text[] not null,
    standing   timestamptz,
    expires    timestamptz not null,
    created_at timestamptz not null
);

create index avatar_identity_owner on avatar_identity (owner);
create index avatar_identity_thing on avatar_identity (thing, platform);

-- What was shown there, together for equal claims; each time is a record as well.
create table avatar_showing (
    identity text not null references avatar_identity on delete cascade,
    claims   text[] not null,
    times    bigint not null,
    first_at timestamptz not null,
    last_at  timestamptz not null,
    record   bigint not null,
    primary key (identity, claims)
);

-- Statistics would keep names that are forgotten.
alter table avatar_identity alter column owner set statistics 0;
alter table avatar_identity alter column avatar set statistics 0;
alter table avatar_identity alter column thing set statistics 0;
alter table avatar_identity alter column did set statistics 0;
alter table avatar_identity alter column alias set statistics 0;

-- The newest version of each did:webvh that was ever met: no other past of it is believed.
create table met_platform (
    did     text primary key,
    version text not null,
    seen_at timestamptz not null
);

-- Requests of other platforms that were accepted, for as long as they could be sent again.
create table exchange_nonce (
    platform text not null,
    nonce    text not null,
    until    timestamptz not null,
    primary key (platform, nonce)
);

create index exchange_nonce_until on exchange_nonce (until);
