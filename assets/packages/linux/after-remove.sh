#!/bin/bash
# After the files of a deb or rpm are gone. dpkg says "remove", "purge", "upgrade" …; rpm says how many versions are left.
# On an upgrade the new version has already put everything in its place (rpm runs this after it), so nothing may go.
# What the node keeps (settings, keys, meshes) is in its user's home and is not ours to remove, whatever happens here.
case "$1" in
  remove | purge | 0) ;;
  *) exit 0 ;;
esac

if type update-alternatives >/dev/null 2>&1; then
  update-alternatives --remove '${executable}' '/opt/${sanitizedProductName}/${executable}' || true
else
  rm -f '/usr/bin/${executable}'
fi

profile='/etc/apparmor.d/${executable}'
if [ -f "$profile" ]; then
  if apparmor_status --enabled >/dev/null 2>&1 && hash apparmor_parser 2>/dev/null; then
    apparmor_parser --remove "$profile" || true
  fi
  rm -f "$profile"
fi

if hash update-desktop-database 2>/dev/null; then
  update-desktop-database /usr/share/applications || true
fi
