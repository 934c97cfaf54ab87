-- SPDX-License-Identifier: Apache-2.0
-- Where the sealed details of a subject may be kept besides this node: names of mirrors, with commas between them. A
-- subject without a row has chosen nothing, and every mirror may have them.
create table storage_choice (
    subject text primary key,
    mirrors text not null
);
alter table storage_choice alter column subject set statistics 0;
