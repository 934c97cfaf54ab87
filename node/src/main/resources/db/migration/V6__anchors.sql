-- SPDX-License-Identifier: Apache-2.0
-- What this node anchored on an EVM chain. The chain and the record know it, too: a lost row loses the link only.
create table anchors (
    chain       bigint not null,
    contract    text not null,
    size        bigint not null,
    note        bytea not null,
    transaction text not null,
    block       bigint not null,
    anchored_at timestamptz not null,
    primary key (chain, contract, size)
);

-- Transactions that were signed, kept before they are sent: what is not confirmed yet is sent again after a crash.
create table anchor_attempts (
    chain     bigint not null,
    contract  text not null,
    note      bytea not null,
    number    bigint not null,
    gas       bigint not null,
    fee       numeric not null,
    tip       numeric not null,
    hash      text primary key,
    raw       text not null,
    signed_at timestamptz not null
);
