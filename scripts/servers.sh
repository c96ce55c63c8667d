#!/usr/bin/env bash
# Private PostgreSQL, Redis and SMTP servers on free ports, all inside one folder.
#   scripts/servers.sh start FOLDER    starts them and writes FOLDER/env (to be sourced)
#   scripts/servers.sh stop FOLDER     stops them and removes FOLDER
# Works as root (PostgreSQL then runs as `postgres`) and as a user; touches no other server.
set -euo pipefail
source "$(dirname "$0")/programs.sh"

as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start() {
  mkdir -p "$folder" && chmod 755 "$folder" && start_postgres && start_redis && start_smtp && write_environment
}

write_environment() {
  cat >"$folder/env" <<END
export MOTCUA_TEST_POSTGRES_URL=postgres://postgres@127.0.0.1:$postgres_port/postgres
export MOTCUA_TEST_REDIS_URL=redis://127.0.0.1:$redis_port/0
export MOTCUA_TEST_SMTP=127.0.0.1:$smtp_port
export MOTCUA_TEST_SMTP_CERTIFICATE=$folder/smtp/certificate.pem
export MOTCUA_TEST_MAILDIR=$folder/smtp/mail
END
}

start_postgres() {
  local programs data="$folder/postgres" sockets="''"
  programs="$(postgres_programs)"
  mkdir -p "$data"
  if [ "$(id -u)" -eq 0 ]; then chown postgres "$data" || return 1; fi
  # A socket's path has at most 107 bytes.
  [ ${#data} -lt 80 ] && sockets="'$data'"
  (cd / && as_postgres "$programs/initdb" -D "$data" -E UTF8 --locale=C.UTF-8 -U postgres --auth=trust \
    --no-sync >"$folder/initdb.log" 2>&1) || { cat "$folder/initdb.log" >&2; return 1; }
  as_postgres tee -a "$data/postgresql.conf" >/dev/null <<END
listen_addresses = '127.0.0.1'
unix_socket_directories = $sockets
max_connections = 400
shared_buffers = '256MB'
fsync = ${MOTCUA_SERVERS_FSYNC:-off}
synchronous_commit = ${MOTCUA_SERVERS_FSYNC:-off}
full_page_writes = ${MOTCUA_SERVERS_FSYNC:-off}
END
  for _ in 1 2 3 4 5; do
    postgres_port="$(free_port)"
    (cd / && as_postgres "$programs/pg_ctl" -D "$data" -l "$data/log" -o "-p $postgres_port" -w start \
      >/dev/null 2>&1) && return
  done
  say "PostgreSQL did not start:"
  as_postgres tail -n 20 "$data/log" >&2
  return 1
}

start_redis() {
  mkdir -p "$folder/redis"
  for _ in 1 2 3 4 5; do
    redis_port="$(free_port)"
    redis-server --port "$redis_port" --bind 127.0.0.1 --save '' --appendonly no --dir "$folder/redis" \
      --daemonize yes --pidfile "$folder/redis/pid" --logfile "$folder/redis/log" >/dev/null
    answers "$redis_port" && [ -s "$folder/redis/pid" ] && return
  done
  say "Redis did not start:"
  tail -n 20 "$folder/redis/log" >&2
  return 1
}

# A server that offers STARTTLS with a certificate of its own making, and drops each message into a maildir.
start_smtp() {
  mkdir -p "$folder/smtp"
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
    -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' -addext 'basicConstraints=critical,CA:FALSE' \
    -keyout "$folder/smtp/key.pem" -out "$folder/smtp/certificate.pem" 2>/dev/null
  for _ in 1 2 3 4 5; do
    smtp_port="$(free_port)"
    setsid "$(system_python)" -m aiosmtpd --nosetuid --smtputf8 --listen "127.0.0.1:$smtp_port" \
      --tlscert "$folder/smtp/certificate.pem" --tlskey "$folder/smtp/key.pem" --no-requiretls \
      --class aiosmtpd.handlers.Mailbox "$folder/smtp/mail" </dev/null >"$folder/smtp/log" 2>&1 &
    echo $! >"$folder/smtp/pid"
    answers "$smtp_port" && kill -0 "$(cat "$folder/smtp/pid")" 2>/dev/null && return
  done
  say "the SMTP server did not start:"
  tail -n 20 "$folder/smtp/log" >&2
  return 1
}

answers() {
  for _ in $(seq 100); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return
    sleep 0.1
  done
  return 1
}

stop() {
  [ -d "$folder" ] || return 0
  if [ -e "$folder/postgres/postmaster.pid" ]; then
    (cd / && as_postgres "$(postgres_programs)/pg_ctl" -D "$folder/postgres" -m immediate -w stop >/dev/null 2>&1) || true
  fi
  end_process "$folder/redis/pid"
  end_process "$folder/smtp/pid"
  rm -rf "$folder"
}

end_process() {
  local pid
  [ -s "$1" ] || return 0
  pid="$(cat "$1")"
  kill "$pid" 2>/dev/null || return 0
  for _ in $(seq 50); do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -9 "$pid" 2>/dev/null || true
}

action="${1:-}"
folder="${2:-}"
case "$action $folder" in
  "start /"?*) start || { stop; exit 1; } ;;
  "stop /"?*) stop ;;
  *) say "usage: scripts/servers.sh start|stop FOLDER (an absolute path)"; exit 2 ;;
esac
