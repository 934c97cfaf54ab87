-- SPDX-License-Identifier: Apache-2.0
-- What became of a thing since it was registered: its key now and before, and whether it may send. Null while nothing did.
alter table thing add column condition jsonb;

-- By what its maker knows the device, so that one device is one thing.
alter table thing add column device text unique;

-- A mapping stays with whoever was the thing's owner, also when the thing has gone to somebody else.
alter table mapping drop constraint mapping_thing_fkey;

-- Statistics would keep copies of what is to be forgotten.
alter table thing alter column condition set statistics 0;
alter table thing alter column device set statistics 0;
