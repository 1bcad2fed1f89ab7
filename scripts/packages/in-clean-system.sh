#!/usr/bin/env bash
# Run by test-packages.sh as root in a minimal Debian with /packages: installs, uses and purges them.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin
cd /packages

install() { apt-get install -q -y --no-install-recommends "$@" > /tmp/apt.log 2>&1 || { cat /tmp/apt.log; exit 1; }; }
as_user() { runuser -u user -- "$@"; }
must() { "$@" || { echo "in-clean-system.sh: failed: $*" >&2; exit 1; }; }
must_not() { if "$@"; then echo "in-clean-system.sh: must not succeed: $*" >&2; exit 1; fi; }
# Everything there is but what apt, dpkg and man keep for themselves.
files() { find / -xdev \( -path /proc -o -path /packages -o -path /tmp -o -path /var/lib/apt \
  -o -path /var/lib/dpkg -o -path /var/cache -o -path /var/log \) -prune -o -print | sort; }
installed() { dpkg-query -W -f '${Package} ${db:Status-Abbrev}\n'; }
ours() { files | grep -E '/(lib)?vio[-_.]' || true; }

apt-get update -q > /dev/null 2>&1
install man-db bash-completion
useradd --create-home user
files > /tmp/files.before
installed > /tmp/installed.before

echo "- vio-annotate"
install ./vio-annotate_*.deb
must_not grep -q torch <(installed)
must_not grep -q torch <(ldd /usr/bin/vio-annotate)
as_user vio-annotate -q genes.fa > /tmp/found.tsv
must diff expected.tsv /tmp/found.tsv
must grep -q '^vio-v1' <(as_user vio-annotate --list-models)
must test "$(man -w vio-annotate)" = /usr/share/man/man1/vio-annotate.1.gz
must grep -q 'EXIT STATUS' <(man vio-annotate)
must grep -q '^vio-annotate (1)' <(whatis vio-annotate)
# As a login shell finds it: bash-completion loads the script when the program is first completed.
completed=$(bash -c 'source /usr/share/bash-completion/bash_completion
  _completion_loader vio-annotate || [ $? = 124 ]
  COMP_WORDS=(vio-annotate -m vio-v); COMP_CWORD=2; _vio_annotate; echo "${COMPREPLY[@]}"')
must test "$completed" = vio-v1
must test -z "$(dpkg --verify vio-annotate)"
apt-get purge -q -y vio-annotate > /dev/null 2>&1
apt-get autoremove -q -y --purge > /dev/null 2>&1
must diff /tmp/files.before <(files)
must diff /tmp/installed.before <(installed)

echo "- libvio-dev, with a project that uses it"
install ./libvio-dev_*.deb ./vio-annotate_*.deb cmake g++ make
must cmake -S consumer -B /tmp/consumer > /tmp/consumer.log
must cmake --build /tmp/consumer >> /tmp/consumer.log
sequence=$(sed -n 2p genes.fa)
model=/usr/share/vio-annotate/models/vio-v1.safetensors
must test "$(/tmp/consumer/consumer $model "$sequence" fused)" = \
  "$(as_user vio-annotate -q -m $model genes.fa | sed -n 2p | cut -f 9-17 | tr '\t' '\n')"

if compgen -G './vio-torch_*.deb' > /dev/null; then
  echo "- vio-torch"
  install ./vio-torch_*.deb libopenblas0-pthread
  must grep -q '^network' <(as_user vio-train describe v1)
  must grep -q 'EXIT STATUS' <(man vio-train-fit)
  as_user vio-annotate -q --engine torch genes.fa > /tmp/torch.tsv
  must test "$(cut -f 1-6 /tmp/torch.tsv)" = "$(cut -f 1-6 expected.tsv)"
  awk 'BEGIN { srand(3); print "sequence,label"; for (r = 0; r < 40; r++) { line = ""
    for (k = 0; k < 30; k++) line = line substr(r % 2 ? "ACGT" : "GGCT", int(rand() * 4) + 1, 1)
    print line "," (r % 2 ? "even" : "rich") } }' > /tmp/table.csv
  as_user vio-train fit -q --epochs 1 -o /tmp/tiny.safetensors /tmp/table.csv > /dev/null 2>&1
  must grep -q 'OK$' <(as_user vio-annotate -q -m /tmp/tiny.safetensors genes.fa)
fi

echo "- purged"
installed | awk '/^(lib)?vio-/ { print $1 }' | xargs apt-get purge -q -y > /dev/null 2>&1
must test -z "$(ours)"
must_not grep -qE '^(lib)?vio' <(installed)
echo "in-clean-system.sh: all passed"
