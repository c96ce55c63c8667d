#!/usr/bin/env bash
# The role of the processes, made when the server of deploy/compose.yaml makes its data for the first time. It owns nothing;
# `motcua migrate` gives it its rights. Beside a server that is there already, run the order below by hand.
set -eu
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 --set password="$APP_PASSWORD" <<'SQL'
CREATE ROLE motcua_app LOGIN PASSWORD :'password';
SQL
