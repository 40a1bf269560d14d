#!/usr/bin/env bash
# Makes the native binding of @tensorflow/tfjs-node 4.22.0 work in this workspace. Idempotent; writes below node_modules and its
# cache only. Its own installer comes first (it downloads Google's libtensorflow); where that cannot be reached, the libraries come
# out of the tensorflow-cpu wheel on PyPI and the 87 KB N-API binding is compiled here. See README.md beside this file.
#
# usage: infra/tfjs/install-native.sh [repository root]
# exit: 0 the binding works; 1 it does not, with the reason on standard error
set -euo pipefail

ROOT=$(cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}" && pwd)
CACHE=${SIAGA_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/siaga}/tfjs-native
OWN_INSTALLER_SECONDS=${SIAGA_TFJS_OWN_INSTALLER_SECONDS:-90}
# The wheel that the binding of tfjs-node 4.22.0 was found to work with: same C API as the 2.9.1 it was built for.
TENSORFLOW=2.12.1
WHEEL_PYTHON=3.10
WHEEL_SHA256=d05b8268da5bd87cf43d46da177e3b3ca39f2db0437e56c5e18351db4cde8679

step=0
say() { step=$((step + 1)); printf 'tfjs native [%d, %3ds] %s\n' "$step" "$SECONDS" "$*" >&2; }
fail() { printf 'tfjs native: %s\n' "$*" >&2; exit 1; }

PACKAGE=$ROOT/node_modules/@tensorflow/tfjs-node
[ -d "$PACKAGE" ] || fail "@tensorflow/tfjs-node is not in $ROOT/node_modules; run npm install first"

works() {
  [ -f "$PACKAGE/lib/napi-v8/tfjs_binding.node" ] || return 1
  (cd "$ROOT" && TF_CPP_MIN_LOG_LEVEL=2 node -e '
    const util = require("util");
    util.isNullOrUndefined ??= (v) => v == null;
    util.isArray ??= Array.isArray;
    const tf = require("@tensorflow/tfjs-node");
    const sum = tf.matMul(tf.eye(2), tf.eye(2)).sum().dataSync()[0];
    if (tf.getBackend() !== "tensorflow" || sum !== 2) process.exit(1);
    process.stderr.write(`tfjs native: ready, libtensorflow ${tf.backend().binding.TF_Version}, node ${process.version}\n`);
  ') 2> >(grep -v '^$' | tail -n 1 >&2)
}

if works 2>/dev/null; then say "already works, nothing to do"; exit 0; fi

# --- 1. the package's own installer ---------------------------------------------------------------------------------------------
own_installer() {
  # A cached wheel says that this machine went the other way before: do not wait for a download that failed then.
  [ ! -f "$CACHE/$TENSORFLOW/complete" ] || return 1
  say "trying the package's own installer (at most ${OWN_INSTALLER_SECONDS} s)"
  (cd "$PACKAGE" && timeout "$OWN_INSTALLER_SECONDS" node scripts/install.js) >"$LOG" 2>&1 && works
}

# --- 2. PyPI wheel + compiled binding -------------------------------------------------------------------------------------------
fetch_libraries() {
  if [ -f "$CACHE/$TENSORFLOW/complete" ]; then say "libtensorflow $TENSORFLOW is in the cache"; return; fi
  local scratch; scratch=$(mktemp -d)
  say "downloading the tensorflow-cpu $TENSORFLOW wheel from PyPI (231 MB)"
  python3 -m pip download -q --disable-pip-version-check --no-deps --only-binary=:all: --platform manylinux2014_x86_64 \
    --python-version "$WHEEL_PYTHON" -d "$scratch" "tensorflow-cpu==$TENSORFLOW" >&2 ||
    fail "pip could not download tensorflow-cpu $TENSORFLOW"
  local wheel; wheel=$(echo "$scratch"/*.whl)
  echo "$WHEEL_SHA256  $wheel" | sha256sum -c --quiet - >&2 || fail "the wheel's SHA-256 is not the pinned one"
  say "unpacking two libraries and the C headers"
  rm -rf "${CACHE:?}/$TENSORFLOW"
  mkdir -p "$CACHE/$TENSORFLOW"
  python3 - "$wheel" "$CACHE/$TENSORFLOW" <<'PY'
import os, shutil, sys, zipfile

wheel, out = zipfile.ZipFile(sys.argv[1]), sys.argv[2]
LIBRARIES = ('tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2')
HEADERS = tuple('tensorflow/include/tensorflow/' + d for d in ('c/', 'core/platform/', 'tsl/'))
for name in wheel.namelist():
    if name in LIBRARIES:
        target = os.path.join(out, 'lib', os.path.basename(name))
    elif name.endswith('.h') and name.startswith(HEADERS):
        target = os.path.join(out, name[len('tensorflow/'):])
    else:
        continue
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with wheel.open(name) as source, open(target, 'wb') as sink:
        shutil.copyfileobj(source, sink, 1 << 20)
PY
  rm -rf "$scratch"
  chmod 755 "$CACHE/$TENSORFLOW"/lib/*
  if command -v strip >/dev/null; then strip --strip-unneeded "$CACHE/$TENSORFLOW"/lib/*.so.2; fi
  touch "$CACHE/$TENSORFLOW/complete"
}

place_libraries() {
  say "placing the libraries in node_modules"
  rm -rf "$PACKAGE/deps"
  mkdir -p "$PACKAGE/deps/lib"
  cp -r "$CACHE/$TENSORFLOW/include" "$PACKAGE/deps/"
  # Hard links where cache and workspace share a file system: the libraries are 400 MB.
  cp -l "$CACHE/$TENSORFLOW"/lib/*.so.2 "$PACKAGE/deps/lib/" 2>/dev/null || cp "$CACHE/$TENSORFLOW"/lib/*.so.2 "$PACKAGE/deps/lib/"
  cd "$PACKAGE/deps/lib"
  ln -s libtensorflow_cc.so.2 libtensorflow.so
  ln -s libtensorflow_framework.so.2 libtensorflow_framework.so
  # The names that scripts/install.js looks for; with them a later npm rebuild does not download anything.
  ln -s libtensorflow_cc.so.2 libtensorflow.so.2.9.1
  ln -s libtensorflow_framework.so.2 libtensorflow_framework.so.2.9.1
}

compile_binding() {
  local node_dir gyp
  node_dir=${SIAGA_NODE_DIR:-$(node -p "require('path').resolve(process.execPath, '../..')")}
  gyp=$(npm root -g)/npm/node_modules/node-gyp/bin/node-gyp.js
  cd "$PACKAGE"
  # node-gyp loses include paths that hold a blank.
  if [ -f "$node_dir/include/node/node_api.h" ] && [ -f "$gyp" ] && [[ $PACKAGE != *' '* ]]; then
    say "compiling the binding with node-gyp"
    node "$gyp" rebuild --nodedir="$node_dir" --napi_build_version=8 --module_name=tfjs_binding \
      --module_path="$PACKAGE/lib/napi-v8" >"$LOG" 2>&1 || { tail -n 20 "$LOG" >&2; fail "node-gyp could not compile the binding"; }
    rm -rf build
  else
    say "compiling the binding with g++ and the headers of npm's node-api-headers"
    local headers; headers=$(mktemp -d)
    (cd "$headers" && npm pack -s node-api-headers@1.5.0 >/dev/null && tar xzf ./*.tgz)
    mkdir -p lib/napi-v8
    g++ -O2 -fPIC -std=c++17 -shared -DNAPI_VERSION=8 -DBUILDING_NODE_EXTENSION -I"$headers/package/include" -I.. -Ideps/include \
      binding/tfjs_backend.cc binding/tfjs_binding.cc -o lib/napi-v8/tfjs_binding.node \
      -Ldeps/lib -ltensorflow -ltensorflow_framework '-Wl,-rpath,$ORIGIN/../../deps/lib' >&2 || fail "g++ could not compile the binding"
    rm -rf "$headers"
  fi
  rm -rf "$PACKAGE/deps/include"
}

LOG=$(mktemp)
trap 'rm -f "$LOG"' EXIT
if own_installer; then say "done, by the package's own installer"; exit 0; fi

[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || fail "its own installer failed, and the PyPI path is for Linux on x86-64 only"
for tool in python3 g++ make npm; do command -v "$tool" >/dev/null || fail "its own installer failed, and the PyPI path needs $tool"; done
python3 -m pip --version >/dev/null 2>&1 || fail "its own installer failed, and the PyPI path needs pip (apt-get install python3-pip)"
fetch_libraries
place_libraries
compile_binding
works || fail "compiled, but the binding does not load"
say "done, from PyPI"
