import type { LikeEnglish } from '../catalogue.ts'

export const diagnostics: LikeEnglish['diagnostics'] = {
  title: 'Diagnóstico',
  promise:
    'Los nombres están reemplazados, las direcciones ocultas, y no hay claves, tokens ni contenidos. No se envía nada: léelo, guárdalo, pásalo tú.',
  collecting: 'Recogiendo…',
  collectingHelp: 'Mira la red y pide a los pares que se conecten de vuelta. Tarda unos segundos.',
  failed: 'No se pudo recoger',
  again: 'Recoger de nuevo',
  save: 'Guardar como fichero',
  copy: 'Copiar todo',
  search: 'Buscar en él',
  sections: 'Secciones',
  found_one: '{{count}} línea',
  found_other: '{{count}} líneas',
  nothingFound: 'Ninguna línea tiene «{{text}}».',
  lines_one: '{{count}} línea',
  lines_other: '{{count}} líneas',
  saved: 'Guardado como {{name}}',
  whole: 'Este es el fichero entero: {{lines}}, {{size}}.',
  section: {
    program: 'Programa y ordenador',
    settings: 'Ajustes',
    state: 'Estado',
    health: 'Avisos',
    network: 'Red',
    peers: 'Pares',
    findings: 'Hallazgos',
    log: 'Log',
  },
}
