#!/bin/bash
# Brings the programs that judge this project, from Debian packages, and builds the two that Debian does not pack. It runs
# as root on Debian 12 or later, does nothing where everything is there, and says what it does.
#
#   test/oracles/install.sh              what `npm test` uses
#   test/oracles/install.sh torture      and the C torture tests of gcc 12
#   test/oracles/install.sh kernel       and the sources of Linux 6.12: its BPF selftests, samples and loader library
#
# What is built or unpacked goes to $TBCC_ORACLES, by default ${XDG_CACHE_HOME:-~/.cache}/tbcc-oracles:
#
#   bin/tc-internal     iproute2's tc with its own object loader, as tc was before it came to use libbpf
#   iproute2/           examples/bpf and include of the same source
#   gcc-torture/        gcc.c-torture                (torture)
#   linux-6.12/         the BPF parts of the kernel   (kernel)
#   corpus/             what its BPF programs need: headers, vmlinux.h of this kernel, veristat, testload, testrun   (kernel)
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
oracles=${TBCC_ORACLES:-${XDG_CACHE_HOME:-$HOME/.cache}/tbcc-oracles}
packages=(clang-19 llvm-19 bpftool iproute2 csmith creduce iputils-ping util-linux linux-libc-dev libc6-dev
  python3)
build_packages=(build-essential bison flex pkg-config libelf-dev libmnl-dev zlib1g-dev dpkg-dev)
updated=

say() { echo "install.sh: $*"; }

installed() { [ "$(dpkg-query -W -f='${Status}' "$1" 2>/dev/null)" = "install ok installed" ]; }

update() {
  if [ -z "$updated" ]; then
    apt-get -qq update
    updated=yes
  fi
}

# Installs what is missing of its arguments.
need() {
  local missing=() package
  for package in "$@"; do
    installed "$package" || missing+=("$package")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    say "installing ${missing[*]}"
    update
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
  fi
}

# Source packages: where the machine lists none, the lists of its own Debian archives are added once more, for sources.
source_lists=/etc/apt/sources.list.d
enable_sources() {
  if apt-cache showsrc iproute2 >/dev/null 2>&1; then
    return
  fi
  say "adding the sources of this Debian"
  local list
  for list in "$source_lists"/debian*.sources; do
    [ -e "$list" ] && sed 's/^Types:.*/Types: deb-src/' "$list" >"$source_lists/tbcc-oracles-$(basename "$list")"
  done
  for list in /etc/apt/sources.list "$source_lists"/debian*.list; do
    [ -e "$list" ] && sed -n 's/^deb /deb-src /p' "$list" >"$source_lists/tbcc-oracles-$(basename "$list")"
  done
  updated=
  update
}

# Runs its arguments in a new directory that does not outlive them.
in_scratch() {
  local scratch status=0
  scratch=$(mktemp -d)
  (cd "$scratch" && "$@") || status=$?
  rm -rf "$scratch"
  return $status
}

build_tc() {
  apt-get -qq source iproute2 >/dev/null 2>&1
  cd iproute2-*/
  # Without libbpf the configuration falls back to the loader that is part of tc.
  LIBBPF_FORCE=off ./configure >configure.log
  make -s -j"$(nproc)" SUBDIRS="lib tc" CCOPTS="-O2" >make.log 2>&1 || { tail -20 make.log; return 1; }
  ./tc/tc -V | grep -qv libbpf || { echo "the tc that was built uses libbpf"; return 1; }
  mkdir -p "$oracles/bin" "$oracles/iproute2"
  cp -r examples include "$oracles/iproute2/"
  cp tc/tc "$oracles/bin/tc-internal.new"
  mv "$oracles/bin/tc-internal.new" "$oracles/bin/tc-internal"
}

# What the kernel's own Makefile makes before it compiles its BPF programs (tools/testing/selftests/bpf/Makefile): vmlinux.h of
# the kernel that runs, and the helpers' prototypes.
build_corpus() {
  local tree=$oracles/linux-6.12 corpus=$oracles/corpus
  local library=$tree/tools/lib/bpf
  mkdir -p "$corpus/include/bpf"
  cp "$library"/*.h "$corpus/include/bpf/"
  "$tree/scripts/bpf_doc.py" --header --file "$tree/tools/include/uapi/linux/bpf.h" >"$corpus/include/bpf/bpf_helper_defs.h"
  bpftool btf dump file /sys/kernel/btf/vmlinux format c >"$corpus/include/vmlinux.h"
}

# build_loader NAME SOURCE: a program on the loader library of the kernel's tree.
build_loader() {
  local tree=$oracles/linux-6.12 corpus=$oracles/corpus
  local library=$tree/tools/lib/bpf
  say "building $1"
  gcc -O2 -w -D_GNU_SOURCE -DCOMPAT_NEED_REALLOCARRAY -o "$corpus/$1.new" -I "$corpus/include" \
    -I "$tree/tools/include" -I "$tree/tools/include/uapi" -I "$library" "$2" "$library"/*.c -lelf -lz -lm -lpthread
  mv "$corpus/$1.new" "$corpus/$1"
}

need "${packages[@]}"

if ! "$oracles/bin/tc-internal" -V >/dev/null 2>&1; then
  need "${build_packages[@]}"
  enable_sources
  say "building tc with its internal loader"
  in_scratch build_tc
fi

for extra in "$@"; do
  case $extra in
    torture)
      if [ ! -d "$oracles/gcc-torture/execute" ]; then
        need gcc-12-source
        say "unpacking the torture tests of gcc 12"
        mkdir -p "$oracles/gcc-torture"
        tar -C "$oracles/gcc-torture" --strip-components=4 --wildcards -xf /usr/src/gcc-12/gcc-12*-dfsg.tar.xz \
          '*/gcc/testsuite/gcc.c-torture/*'
      fi
      ;;
    kernel)
      if [ ! -d "$oracles/linux-6.12/tools/arch/x86" ]; then
        need linux-source-6.12
        say "unpacking the BPF parts of Linux 6.12"
        mkdir -p "$oracles/linux-6.12"
        tar -C "$oracles/linux-6.12" --strip-components=1 --wildcards -xf /usr/src/linux-source-6.12.tar.xz \
          '*/tools/testing/selftests/bpf' '*/tools/lib' '*/tools/include' '*/tools/scripts' '*/tools/bpf' \
          '*/tools/build' '*/tools/arch/*/include' '*/samples/bpf' '*/include/uapi' '*/kernel/bpf' '*/scripts'
      fi
      need "${build_packages[@]}" python3
      [ -e "$oracles/corpus/include/vmlinux.h" ] || build_corpus
      [ -x "$oracles/corpus/veristat" ] ||
        build_loader veristat "$oracles/linux-6.12/tools/testing/selftests/bpf/veristat.c"
      [ "$oracles/corpus/testload" -nt "$here/../corpus/testload.c" ] ||
        build_loader testload "$here/../corpus/testload.c"
      [ "$oracles/corpus/testrun" -nt "$here/../corpus/testrun.c" ] || build_loader testrun "$here/../corpus/testrun.c"
      ;;
    *)
      say "no such extra: $extra (torture, kernel)"
      exit 2
      ;;
  esac
done
say "all there"
