-- SPDX-License-Identifier: Apache-2.0
-- Who has an account here. A row is never deleted, so that a name never means somebody else later.
create table account (
    name      text primary key,
    roles     text[] not null,
    state     text not null check (state in ('ACTIVE', 'SUSPENDED', 'CLOSED')),
    opened_at timestamptz not null
);

-- Public keys of programs that act for an account, as JWK (RFC 7517), by thumbprint (RFC 7638).
create table account_key (
    thumbprint text primary key,
    account    text not null references account,
    jwk        text not null,
    added_at   timestamptz not null
);

create index account_key_account on account_key (account);

-- WebAuthn credentials: the attested credential data of the authenticator, which holds the public key.
create table passkey (
    id          bytea primary key,
    account     text not null references account,
    label       text not null,
    attested    bytea not null,
    counter     bigint not null,
    eligible    boolean not null,
    backed_up   boolean not null,
    added_at    timestamptz not null,
    used_at     timestamptz
);

create index passkey_account on passkey (account);

-- The other way: a password (Argon2id) together with one-time codes (RFC 6238). The secret of the codes is sealed with
-- a key of the data directory; no code of a step up to last_step is taken again.
create table password (
    account   text primary key references account,
    hash      text not null,
    totp      bytea not null,
    last_step bigint not null,
    set_at    timestamptz not null
);

-- Only hashes: of what a person keeps for the day everything else is lost, and of links that an administrator hands out.
create table recovery_code (
    hash    bytea primary key,
    account text not null references account
);

create index recovery_code_account on recovery_code (account);

create table sign_in_link (
    hash       bytea primary key,
    account    text not null references account,
    expires_at timestamptz not null
);

-- The hash of what a browser's cookie holds. since: when the person last proved who it is.
create table session (
    hash       bytea primary key,
    id         uuid not null unique,
    account    text not null references account,
    factors    text[] not null,
    since      timestamptz not null,
    started_at timestamptz not null,
    used_at    timestamptz not null,
    agent      text not null
);

create index session_account on session (account);
