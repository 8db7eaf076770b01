import type { LikeEnglish } from '../catalogue.ts'

export const identity: LikeEnglish['identity'] = {
  title: '¿Crear una identidad nueva?',
  help: 'Este ordenador empieza como un nodo nuevo con una clave nueva. Hazlo en uno de los dos ordenadores que salieron de la misma copia, nunca en ambos.',
  consequence: 'Sale de todas sus mallas',
  consequenceHelp:
    'Sus miembros ven un nodo que no conocen; alguien tiene que admitirlo de nuevo. La clave anterior se aparta en la carpeta de datos. Los ajustes, capacidades y servicios se quedan.',
  type: 'Escribe {{start}}, el comienzo del id de nodo que acaba',
  verb: 'Crear una identidad nueva',
  doneDesktop:
    'La identidad nueva se usa desde el próximo arranque. Sal de Free Compute Node desde el icono de la bandeja y ábrelo de nuevo.',
  doneHeadless: 'La identidad nueva se usa desde el próximo arranque. Detén el nodo y arráncalo de nuevo.',
}
