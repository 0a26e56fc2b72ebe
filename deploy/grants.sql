-- The two roles of Drop in a database of its own, for an administrator (docs/deployment.md). Set their passwords, or
-- another way to sign in, beside it: alter role drop_app password '…'.

-- Applies the migrations (npx drop migrate), and owns the tables.
create role drop_migrate login;
-- What the processes of Drop sign in as. It reads and writes rows, and cannot change or empty a table.
create role drop_app login;
-- Through a pooler Drop cannot set this limit itself.
alter role drop_app set statement_timeout = '10s';

revoke all on schema public from public;
grant usage, create on schema public to drop_migrate;
grant usage on schema public to drop_app;
alter default privileges for role drop_migrate in schema public
  grant select, insert, update, delete on tables to drop_app;
alter default privileges for role drop_migrate in schema public grant usage on sequences to drop_app;

-- The queue of jobs is kept by pg-boss, which brings its own tables up to date at each start.
create schema jobs authorization drop_app;
