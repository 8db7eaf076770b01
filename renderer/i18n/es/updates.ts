import type { LikeEnglish } from '../catalogue.ts'

export const updates: LikeEnglish['updates'] = {
  title: 'Actualizaciones',
  automatic: 'Instalar por sí solo las versiones nuevas',
  way: {
    itself:
      'Mira cada pocas horas. Instala solo lo que han firmado sus autores, mientras ningún par usa este ordenador y su ventana está cerrada.',
    package: 'Mira cada pocas horas y lo dice aquí. El gestor de paquetes que instaló este programa instala la versión nueva.',
    portable: 'Mira cada pocas horas y lo dice aquí. Pon la versión nueva en el lugar de esta.',
    unsigned: 'Esta copia se hizo sin la clave por la que se conocen las versiones nuevas; por eso no se reemplaza a sí misma.',
    checkout: 'Este nodo funciona desde su código fuente. Para actualizarlo, detenlo, ejecuta «git pull && npm ci» y arráncalo de nuevo.',
  },
  state: {
    never: 'Todavía no se ha mirado.',
    newest: 'Esta es la versión más nueva.',
    looking: 'Buscando una versión nueva…',
    available: 'Hay una versión {{version}}.',
    metered: 'Hay una versión {{version}}. Tu conexión se paga por volumen, así que no se descarga nada sin preguntar.',
    downloading: 'Descargando la versión {{version}}: {{percent}}',
    peers: 'La versión {{version}} está lista. Se instala cuando ningún par use este ordenador.',
    window: 'La versión {{version}} está lista. Se instala en cuanto esta ventana esté cerrada y ningún par use este ordenador.',
    quiet: 'La versión {{version}} está lista. Se instala cuando ningún par haya usado este ordenador durante diez minutos.',
    person: 'La versión {{version}} está lista. Se instala cuando tú lo digas.',
    installing: 'Instalando la versión {{version}}. El nodo vuelve enseguida.',
    failed:
      'La versión {{version}} no se pudo instalar, tres veces. Esta versión sigue funcionando. La nueva está en la página de descarga.',
    silent: 'Nadie responde donde están las versiones nuevas.',
  },
  lookedAt: 'Se miró {{ago}}',
  look: 'Mirar ahora',
  download: 'Descargar ahora',
  install: 'Reiniciar e instalar',
  page: 'Página de descarga',
}
