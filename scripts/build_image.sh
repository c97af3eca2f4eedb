#!/bin/sh
# Build deploy/Dockerfile where no registry of images is reached: Debian's own Python stands in for the base image.
# As root on Debian 12: apt-get install buildah podman mmdebstrap; scripts/build_image.sh; REHEARSAL_IMAGE=cscp make rehearsal
# On a machine that reaches a registry, plain `docker build -f deploy/Dockerfile -t cscp .` needs none of this.
set -eu
cd "$(dirname "$0")/.."
base=docker.io/library/$(sed -n 's/^FROM \([^ ]*\).*/\1/p' deploy/Dockerfile | sort -u)
release=${base##*-}
export BUILDAH_ISOLATION="${BUILDAH_ISOLATION:-chroot}"

if ! buildah inspect --type image "$base" >/dev/null 2>&1; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  mmdebstrap --variant=minbase --include=python3,python3-venv,ca-certificates "$release" "$folder/base.tar"
  made=$(buildah from scratch)
  buildah add --quiet "$made" "$folder/base.tar" /
  buildah run "$made" -- ln -s /usr/bin/python3 /usr/local/bin/python
  buildah commit --quiet "$made" "$base"
  buildah rm "$made" >/dev/null
fi

# The steps fetch packages the way this machine does: its certificates, its settings of apt and pip.
set --
for path in /etc/ssl/certs /etc/apt/apt.conf.d /etc/pip.conf; do
  [ -e "$path" ] && set -- "$@" --volume "$path:$path:ro"
done
buildah bud --pull-never --network host "$@" --ignorefile deploy/Dockerfile.dockerignore -f deploy/Dockerfile -t cscp .
