#!/usr/bin/env bash
# Installs the system packages that a target needs and the machine lacks, saying so first.
#   scripts/packages.sh demo    what a build needs, and the programs that read papers
#   scripts/packages.sh test    that, and the servers and tools of the tests
set -euo pipefail
source "$(dirname "$0")/programs.sh"

wanted=()
want() { wanted+=("$@"); }

need_build() {
  have cc || want gcc libc6-dev
  have pkg-config || want pkg-config
  [ -e /etc/ssl/certs/ca-certificates.crt ] || want ca-certificates
  fonts_present || want "$(fonts_package)"
}

need_reading() {
  reader_present || want tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd
  have pdftoppm || want poppler-utils
}

need_tests() {
  [ -n "$(postgres_programs)" ] || want postgresql
  have redis-server || want redis-server
  smtp_server_present || want python3-aiosmtpd
  have openssl || want openssl
  virus_scanner_present || want clamav-daemon
  have curl || want curl
  node_is_recent || want nodejs
  have npm || want npm
  have c++ || want g++
  "$(system_python)" -c 'import ensurepip, venv' >/dev/null 2>&1 || want python3-venv
}

# Rust comes from rustup or the distribution, never from here: two of them on one machine disagree.
require_rust() {
  local missing=()
  have cargo || missing+=(cargo)
  if [ "$1" = test ] && have cargo; then
    cargo fmt --version >/dev/null 2>&1 || missing+=(rustfmt)
    cargo clippy --version >/dev/null 2>&1 || missing+=(clippy)
  fi
  [ ${#missing[@]} -eq 0 ] && return
  say "Missing from your Rust: ${missing[*]}"
  say "Install Rust with rustup (profile default), or: rustup component add rustfmt clippy"
  exit 1
}

install_wanted() {
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    have sudo && sudo -n true 2>/dev/null && as_root=(sudo -n)
    [ ${#as_root[@]} -eq 0 ] && [ -t 0 ] && have sudo && as_root=(sudo)
    [ ${#as_root[@]} -gt 0 ] || refuse "this user may not install packages"
  fi
  have apt-get || refuse "this machine has no apt-get"
  say "Installing with apt: ${wanted[*]}"
  say "(Servers among them are not started; the tests start private ones of their own.)"
  hold_servers "${as_root[@]}"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
  local install=(install -y --no-install-recommends "${wanted[@]}")
  if ! "${apt[@]}" "${install[@]}" </dev/null; then
    say "The package lists may be old: apt-get update, then once more."
    "${apt[@]}" update </dev/null || refuse "apt-get update failed"
    "${apt[@]}" "${install[@]}" </dev/null || refuse "apt-get install failed"
  fi
}

# Debian starts a server as it installs it; this keeps it from doing so, for the length of the install.
hold_servers() {
  [ -e /usr/sbin/policy-rc.d ] && return
  printf '#!/bin/sh\nexit 101\n' | "$@" tee /usr/sbin/policy-rc.d >/dev/null
  "$@" chmod 755 /usr/sbin/policy-rc.d
  trap "$* rm -f /usr/sbin/policy-rc.d" EXIT
}

refuse() {
  say "Cannot install: $1. Please install these Debian/Ubuntu packages yourself, then run this again:"
  printf '  %s\n' "${wanted[@]}" >&2
  exit 1
}

check_again() {
  wanted=()
  "need_$1"
  [ ${#wanted[@]} -eq 0 ] && return
  if [ "${wanted[*]}" = nodejs ]; then
    say "Node here is $(node --version 2>/dev/null || echo missing); the client check needs 18 or later."
  fi
  refuse "still missing or too old after the install"
}

target="${1:-test}"
require_rust "$target"
need_build
need_reading
[ "$target" = test ] && need_tests
if [ ${#wanted[@]} -gt 0 ]; then
  install_wanted
  check_again build
  check_again reading
  [ "$target" = test ] && check_again tests
fi
exit 0
