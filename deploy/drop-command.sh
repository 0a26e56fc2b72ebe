#!/bin/sh
# An operator's command with the variables of drop.service, as its user: /usr/local/bin/drop (docs/deployment.md).
# Files are named by their whole path, or come on standard input: Drop's user reads them.
set -eu
current=/opt/drop/current
set -- "$current/node_modules/.bin/node" --env-file=/etc/drop/drop.env "$current/bin/drop.js" "$@"
if [ "$(id -un)" = drop ]; then exec "$@"; fi
# sudo says who typed it, which is the operator's name in Drop's records.
exec sudo --user=drop -- "$@"
