# Runs a command where a document's addresses and paths exist: within a network of its own, in which the loopback
# interface has one address more, and under a root of its own, which is this machine's but for what is added here.
# Nothing outside changes, and all of it is gone with the command. To be started by unshare(1), with a network and a
# mount namespace.
#
# usage: own-namespace.sh ROOT NAME ADDRESS DIRECTORY COMMAND...
#   ROOT       an empty directory of this machine, where the root is put together
#   NAME       a host name that leads to the address
#   ADDRESS    an IPv4 address of this host
#   DIRECTORY  made, and left empty
set -eu

root=$1
name=$2
address=$3
directory=$4
shift 4

here=$PWD
mount -t tmpfs tmpfs "$root"
for entry in /*; do
  if [ -L "$entry" ]; then
    cp -P "$entry" "$root$entry"
  elif [ -d "$entry" ]; then
    mkdir "$root$entry"
    mount --rbind "$entry" "$root$entry"
  fi
done
mkdir -p "$root$directory"

{ echo "$address $name"; cat /etc/hosts; } >"$root/hosts"
mount --bind "$root/hosts" "$root/etc/hosts"
ip link set lo up
ip address add "$address/32" dev lo

exec chroot "$root" sh -c 'cd "$1" && shift && exec "$@"' sh "$here" "$@"
