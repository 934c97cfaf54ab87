-- SPDX-License-Identifier: Apache-2.0
-- The keys of the subjects, wrapped by the key of the node. Deleting a row makes unreadable, everywhere and for good,
-- what was sealed with it, and leaves every proof valid.
create table subject_keys (
    id         bigserial primary key,
    subject    text not null unique,
    wrapped    bytea not null,
    created_at timestamptz not null default now()
);
