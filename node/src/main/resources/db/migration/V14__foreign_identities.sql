-- SPDX-License-Identifier: Apache-2.0
-- Which account somebody has here whom the OpenID Provider of another platform knows. A subject is one person's only
-- together with its issuer.
create table foreign_identity (
    id        uuid primary key,
    issuer    text not null,
    subject   text not null,
    account   text not null references account,
    linked_at timestamptz not null,
    unique (issuer, subject)
);

create index foreign_identity_account on foreign_identity (account);
