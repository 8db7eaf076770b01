import type { LikeEnglish } from '../catalogue.ts'

export const doctor: LikeEnglish['doctor'] = {
  title: '¿Llegan otros a este nodo?',
  looking: 'Mirando el puerto, el cortafuegos, el descubrimiento y el reloj, y pidiendo a los pares que se conecten de vuelta…',
  noProblem: 'No se encontró ningún problema.',
  problems_one: 'Se encontró {{count}} problema.',
  problems_other: 'Se encontraron {{count}} problemas.',
  again: 'Mirar de nuevo',
  copyCommand: 'Copiar el comando',
  state: {
    ok: 'Bien',
    info: 'Bueno saberlo',
    warning: 'Puede importar',
    problem: 'Problema',
    unknown: 'No se pudo averiguar',
  },
}
