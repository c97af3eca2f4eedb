#!/bin/sh
# Makes the two roles that roles.sql gives rights to; run once by the container of PostgreSQL when its volume is new.
set -eu
psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" \
  --set=web="$WEB_PASSWORD" --set=sealer="$SEALER_PASSWORD" <<'SQL'
CREATE ROLE cscp_web LOGIN PASSWORD :'web';
CREATE ROLE cscp_sealer LOGIN PASSWORD :'sealer';
SQL
