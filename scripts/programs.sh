# Finds the programs that the scripts use; to be sourced.

say() { printf '%s\n' "motcua: $*" >&2; }

have() { command -v "$1" >/dev/null 2>&1; }

# The newest PostgreSQL's folder of programs; empty where there is none.
postgres_programs() {
  local folder found=""
  for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin /usr/local/pgsql/bin | sort -V); do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then found="$folder"; fi
  done
  if [ -z "$found" ] && have initdb && have pg_ctl; then found="$(dirname "$(command -v initdb)")"; fi
  printf '%s' "$found"
}

# Debian's own Python, which sees Debian's packages; another one first on PATH may not.
system_python() { if [ -x /usr/bin/python3 ]; then echo /usr/bin/python3; else command -v python3; fi; }

smtp_server_present() { "$(system_python)" -c 'import aiosmtpd' >/dev/null 2>&1; }

# Liberation Serif 2, where workers/forms/build.rs looks for it; version 1 lacks most Vietnamese letters.
fonts_present() {
  local folder
  for folder in "${MOTCUA_FONTS:-/nowhere}" /usr/share/fonts/{truetype/liberation2,truetype/liberation,liberation-serif-fonts,liberation}; do
    grep -aqP 'V\x00e\x00r\x00s\x00i\x00o\x00n\x00 \x002' "$folder/LiberationSerif-Regular.ttf" 2>/dev/null && return
  done
  return 1
}

# Newer releases have version 2 under the plain name.
fonts_package() {
  if apt-cache policy fonts-liberation 2>/dev/null | grep -q 'Candidate: .*2\.[0-9]*\.[0-9]'; then
    echo fonts-liberation
  else
    echo fonts-liberation2
  fi
}

# Tesseract with Vietnamese and the finding of the upright side.
reader_present() {
  have tesseract || return 1
  local languages
  languages="$(tesseract --list-langs 2>/dev/null)"
  grep -qx vie <<<"$languages" && grep -qx osd <<<"$languages"
}

# Debian keeps servers off an ordinary user's PATH.
virus_scanner_present() { have clamd || [ -x /usr/sbin/clamd ]; }

node_is_recent() {
  have node && [ "$(node -p 'process.versions.node.split(".")[0] >= 18' 2>/dev/null)" = true ]
}

# A port of the loopback below the range that outgoing connections take, with nobody on it now.
free_port() {
  local port
  for _ in $(seq 200); do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
  say "no free port between 20000 and 32000"
  return 1
}
