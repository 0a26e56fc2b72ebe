#!/bin/sh
# Runs once, when the container of PostgreSQL makes its database: the roles of deploy/grants.sql with their passwords.
set -eu
psql --set ON_ERROR_STOP=1 --username postgres --dbname drop --file /deploy/grants.sql
for role in migrate app; do
  # The password is hexadecimal, so it needs no quoting.
  psql --set ON_ERROR_STOP=1 --quiet --username postgres --dbname drop \
    --command "alter role drop_$role password '$(cat "/run/secrets/${role}_password")'"
done
