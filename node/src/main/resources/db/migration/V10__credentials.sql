-- SPDX-License-Identifier: Apache-2.0
-- Credentials that this node issued: only what revoking one needs. Each has its own random entry in a status list, so that
-- neither order nor time of issue can be told from it; a list has 131,072 entries.
create table issued_credential (
    id         text primary key,
    list       text not null,
    entry      integer not null,
    status     text not null check (status in ('VALID', 'REVOKED', 'SUSPENDED')),
    issued_at  timestamptz not null,
    unique (list, entry)
);

create index issued_credential_marked on issued_credential (list) where status <> 'VALID';

-- Certifications of this node as a platform, as its certifiers signed them.
create table certification (
    id          text primary key,
    credential  text not null,
    received_at timestamptz not null
);
