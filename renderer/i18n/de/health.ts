import type { LikeEnglish } from '../catalogue.ts'

export const health: LikeEnglish['health'] = {
  no_network: {
    title: 'Kein Netz',
    text: 'Nichts ist verloren; das Teilen geht weiter, wenn es wieder da ist.',
    action: 'Steck das Kabel ein oder tritt einem WLAN bei.',
  },
  captive_portal: {
    title: 'Dieses Netz will, dass du dich anmeldest',
    text: 'Es antwortet anstelle deiner Peers, also wird keiner von ihnen erreicht.',
    action: 'Öffne irgendeine Webseite in einem Browser und melde dich dort an. Der Knoten macht von selbst weiter.',
  },
  peers_unreachable: {
    title: 'Kein Peer wird erreicht',
    text: 'Alle sind aus, oder etwas hält sie fern. Es wird von selbst weiter versucht.',
    action: 'Sieh nach, was „Erreichen andere diesen Knoten?“ findet.',
  },
  port_mapping_fails: {
    title: 'Der Router lässt das Internet nicht zu diesem Computer',
    text: 'Das Mesh zu Hause läuft weiter; es wird von selbst wieder versucht.',
    action: 'Der Grund steht in den Einstellungen unter Netzwerk.',
  },
  discovery_fails: {
    title: 'In einem Teil des Netzes werden Knoten nicht von selbst gefunden',
    text: 'Bekannte Mitglieder werden weiter erreicht. Es wird von selbst wieder versucht.',
    action: 'Sieh nach, was „Erreichen andere diesen Knoten?“ findet, oder tritt per URL bei.',
  },
  port_moved: {
    title: 'Der Port ist belegt',
    text: 'Ein anderes Programm benutzt ihn, also ist dieser Knoten auf einen anderen ausgewichen. Mitglieder finden ihn von selbst.',
    action: 'Wer per URL beitritt, braucht den neuen Port. Wähle einen in den Einstellungen, um ihn zu behalten.',
  },
  audit_failed: {
    title: 'Das Protokoll lässt sich nicht schreiben',
    text: 'Was auf diesem Knoten geschieht, wird nicht festgehalten.',
    action: 'Prüfe den freien Platz und die Rechte des Datenordners.',
  },
  identity_renewal: {
    title: 'Dieser Knoten wird beim nächsten Start ein neuer',
    text: 'Er wird eine neue ID haben und in keinem Mesh sein. Seine alten Schlüssel werden im Datenordner beiseitegelegt.',
    action: 'Starte den Knoten jetzt neu und tritt dann deinen Meshes wieder bei.',
  },
  removed_from: {
    title: 'Dieser Computer wurde aus einem Mesh entfernt',
    text: 'Er teilt nichts mehr mit diesem Mesh.',
    action: 'War das ein Versehen, frag einen Admin dort, ob er ihn wieder zulässt, und tritt dann bei wie beim ersten Mal.',
  },
  single_admin: {
    title: 'Dieser Computer ist der einzige Admin eines Meshes',
    text: 'Geht er verloren, kann niemand mehr Mitglieder zulassen oder entfernen.',
    action: 'Mach ein weiteres Mitglied zum Admin, oder sichere den Wiederherstellungsschlüssel.',
  },
  cloned: {
    title: 'Ein Peer läuft auf zwei Geräten',
    text: 'Zwei Geräte benutzen seinen Schlüssel zur selben Zeit: Eines ist die Kopie des anderen, durch eine eingespielte Sicherung oder eine geklonte Festplatte, oder der Schlüssel wurde gestohlen.',
    action:
      'Lass seinen Besitzer auf einem der beiden eine neue Identität erzeugen. Hat dort niemand eine Kopie gemacht, entferne den Knoten aus dem Mesh.',
  },
  cloned_here: {
    title: 'Ein anderes Gerät benutzt die Identität dieses Knotens',
    text: 'Eines ist die Kopie des anderen, durch eine eingespielte Sicherung oder eine geklonte Festplatte. Beide sind unzuverlässig, solange beide laufen.',
    action: 'Erzeuge auf der Kopie eine neue Identität, oder schalte sie aus.',
  },
  requests_dropped: {
    title: 'Eine Beitrittsanfrage wurde verworfen',
    text: 'Zu viele Knoten wollen beitreten.',
    action: 'Entscheide über die, die warten. Jener Knoten kann wieder anfragen.',
  },
  codes_differed: {
    title: 'Die Codes waren verschieden',
    text: 'Vielleicht steht jemand dazwischen: Die beiden Bildschirme zeigten nicht denselben Code. Niemand wurde zugelassen.',
    action: 'Versuch es noch einmal in einem Netz, dem du vertraust.',
  },
  keys_not_settled: {
    title: 'Ein Schlüssel ließ sich nicht schützen oder freigeben',
    text: 'Nichts ist verloren.',
    action: 'Entsperre den Schlüsselspeicher dieses Systems und ändere die Einstellung noch einmal, oder starte die App neu.',
  },
  keys_in_files: {
    title: 'Schlüssel liegen nur in Dateien',
    text: 'Dieses System bietet keinen verlässlichen Schlüsselspeicher, also liegen die privaten Schlüssel in Dateien, die nur du lesen kannst.',
    action: 'Verschlüssle die Festplatte, oder installiere einen Schlüsselspeicher (GNOME Keyring, KWallet) und starte die App neu.',
  },
  no_tray: {
    title: 'Diese Oberfläche zeigt keine Symbole im Infobereich',
    text: 'Ohne das Symbol geht alles genauso: Das Programm noch einmal zu starten öffnet sein Fenster.',
    action: 'GNOME braucht die Erweiterung „AppIndicator and KStatusNotifierItem Support“; andere brauchen eine Leiste mit Infobereich.',
  },
  data_exposed: {
    title: 'Andere Benutzer dieses Computers kommen an die Daten dieses Knotens',
    text: 'Sie können sie lesen oder ersetzen.',
    action: 'Schließe den Datenordner für andere (chmod 700), dann starte den Knoten neu.',
  },
  legacy_open: {
    title: 'Ein älterer Peer steht jedem offen',
    text: 'Der allgemein bekannte Schlüssel, mit dem jeder solche Knoten kommt, öffnet ihn.',
    action: 'Setze dort einen anderen ROUTER_AUTH_KEY und tritt ihm mit diesem Schlüssel wieder bei.',
  },
  sync_failing: {
    title: 'Der Sync mit einem Hub funktioniert nicht',
    text: 'Es wird von selbst weiter versucht.',
    action: 'Der Grund steht in den Einstellungen unter Hubs.',
  },
  capability: {
    title: 'Eine Fähigkeit funktioniert nicht',
    text: 'Das Programm dahinter antwortet nicht, wie es sollte.',
    action: 'Sieh sie dir unter Fähigkeiten an.',
  },
  part: {
    title: 'Ein Teil des Knotens wird neu gestartet',
    text: 'Er hielt unerwartet an. Es wird von selbst weiter versucht.',
    action: 'Bleibt es so, sagt das Protokoll des Knotens mehr.',
  },
}
