-- SPDX-License-Identifier: Apache-2.0
-- Clients may have several keys and addresses, longer than the columns that Spring Security proposes.
alter table oauth2_registered_client
    alter column redirect_uris type text,
    alter column post_logout_redirect_uris type text,
    alter column client_settings type text,
    alter column token_settings type text;

-- When an authorization began, so that what came to nothing can be swept away.
alter table oauth2_authorization add column saved_at timestamptz not null default current_timestamp;

-- Tokens are too long for a B-tree, and are only ever looked for as a whole.
create index oauth2_authorization_state on oauth2_authorization using hash (state);
create index oauth2_authorization_code on oauth2_authorization using hash (authorization_code_value);
create index oauth2_authorization_access on oauth2_authorization using hash (access_token_value);
create index oauth2_authorization_id on oauth2_authorization using hash (oidc_id_token_value);
create index oauth2_authorization_refresh on oauth2_authorization using hash (refresh_token_value);
create index oauth2_authorization_user_code on oauth2_authorization using hash (user_code_value);
create index oauth2_authorization_device_code on oauth2_authorization using hash (device_code_value);
create index oauth2_authorization_saved on oauth2_authorization (saved_at);

-- Codes and refresh tokens that were used, by their SHA-256: each is good once, also for two who come at the same time,
-- and whoever shows one again ends what came of it.
create table spent_grant (
    hash             bytea primary key,
    authorization_id varchar(100) not null references oauth2_authorization on delete cascade
);

create index spent_grant_authorization on spent_grant (authorization_id);
