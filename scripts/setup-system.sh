#!/usr/bin/env bash
# What the system must offer: a C compiler, Chromium with fonts that know Vietnamese, Python's venv for the contract
# tests and the corpus.
# Installs what is missing where apt-get may be used; else says what is missing and stops.
set -euo pipefail

missing=()
command -v cc >/dev/null 2>&1 || missing+=(build-essential)
command -v pkg-config >/dev/null 2>&1 || missing+=(pkg-config)
command -v curl >/dev/null 2>&1 || missing+=(curl)
command -v git >/dev/null 2>&1 || missing+=(git)
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || missing+=(chromium)
python3 -c 'import ensurepip, venv' >/dev/null 2>&1 || missing+=(python3 python3-venv)
if command -v dpkg >/dev/null 2>&1 && ! dpkg -s fonts-noto-core >/dev/null 2>&1; then missing+=(fonts-noto-core); fi
[ ${#missing[@]} -gt 0 ] || exit 0

echo "setup: the system lacks ${missing[*]}"
if command -v apt-get >/dev/null 2>&1; then
  if [ "$(id -u)" -eq 0 ]; then as_root=(); elif sudo -n true 2>/dev/null; then as_root=(sudo -n); else
    echo "setup: run 'sudo apt-get install ${missing[*]}' and try again" >&2
    exit 1
  fi
  echo "setup: installing with apt-get (about a minute)"
  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get update -qq </dev/null
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >/dev/null
else
  echo "setup: install the packages above with your package manager and try again" >&2
  exit 1
fi
