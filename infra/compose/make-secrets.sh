#!/usr/bin/env bash
# Makes the secrets of infra/compose once, each a file; what is there stays. The folder is yours alone, and the files in it can be read by
# the containers' user.
set -euo pipefail
cd "$(dirname "$0")"
umask 077
mkdir -p secrets/roles
key() { head -c 32 /dev/urandom | base64 | tr -d '\n'; }
new() { [ -e "$1" ] || { cat > "$1"; chmod 444 "$1"; }; }

key | new secrets/postgres
for role in siaga_ingest siaga_notify siaga_feed siaga_operator siaga_backup; do key | new "secrets/roles/$role"; done
key | new secrets/grafana
new secrets/secrets.json << JSON
{ "author-key": "$(key)", "subscription-key": "$(key)", "push-token": "$(key | tr '+/' '-_')" }
JSON
chmod 755 secrets/roles
echo "secrets/ is complete: add to secrets/secrets.json what your policy and your sources name"
