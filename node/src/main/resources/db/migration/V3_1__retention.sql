-- SPDX-License-Identifier: Apache-2.0
-- Whether only epochs go that lie wholly within the range, as retention wants it, or all that it touches.
alter table erasure add column within boolean not null default false;

-- The latest time that retention has believed: one row.
create table believed_time (
    one    boolean primary key default true check (one),
    millis bigint not null
);
