#!/bin/sh
# Makes the secrets of compose.yaml in deploy/secrets/, once; an existing file is never changed.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
cd secrets

# Containers read these files under other users than their owner, so the directory alone is closed.
keep() {
  if [ -e "$1" ]; then cat >/dev/null; else cat >"$1.new" && chmod 644 "$1.new" && mv "$1.new" "$1"; fi
}

openssl rand -hex 24 | keep postgres_password
openssl rand -hex 24 | keep migrate_password
openssl rand -hex 24 | keep app_password
openssl rand -base64 32 | keep national_id_hash_key
openssl rand -base64 32 | keep data_encryption_key
openssl rand -base64 32 | keep audit_signing_key
printf 'postgres://drop_migrate:%s@postgres:5432/drop\n' "$(cat migrate_password)" | keep migrate_url
printf 'postgres://drop_app:%s@postgres:5432/drop\n' "$(cat app_password)" | keep database_direct_url
printf 'postgres://drop_app:%s@pgbouncer:6432/drop\n' "$(cat app_password)" | keep database_url
printf '"drop_app" "%s"\n' "$(cat app_password)" | keep pgbouncer_users
