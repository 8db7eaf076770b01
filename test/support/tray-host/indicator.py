"""A program with a tray, as many Linux programs have it (libayatana-appindicator): it says on stdout what was clicked."""

import signal

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("AyatanaAppIndicator3", "0.1")
from gi.repository import AyatanaAppIndicator3, GLib, Gtk  # noqa: E402


def say(text):
    print(text, flush=True)


def entry(label, menu):
    item = Gtk.MenuItem(label=label)
    item.connect("activate", lambda _: say(label))
    menu.append(item)
    return item


menu = Gtk.Menu()
entry("Open it", menu)
menu.append(Gtk.SeparatorMenuItem())
offer = Gtk.CheckMenuItem(label="Offer storage")
offer.connect("toggled", lambda item: say("offered" if item.get_active() else "not offered"))
menu.append(offer)
pause = Gtk.MenuItem(label="Pause sharing")
times = Gtk.Menu()
entry("For 1 hour", times)
pause.set_submenu(times)
menu.append(pause)
state = Gtk.MenuItem(label="Online, 2 of 3 members")
state.set_sensitive(False)
menu.append(state)
menu.show_all()

indicator = AyatanaAppIndicator3.Indicator.new(
    "fcn-test", "network-server", AyatanaAppIndicator3.IndicatorCategory.APPLICATION_STATUS
)
indicator.set_title("A tray")
indicator.set_status(AyatanaAppIndicator3.IndicatorStatus.ACTIVE)
indicator.set_menu(menu)
GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGTERM, Gtk.main_quit)
say("ready")
Gtk.main()
