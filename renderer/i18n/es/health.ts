import type { LikeEnglish } from '../catalogue.ts'

export const health: LikeEnglish['health'] = {
  no_network: {
    title: 'No hay red',
    text: 'No se pierde nada; se sigue compartiendo cuando vuelva.',
    action: 'Conecta el cable o únete a una red Wi-Fi.',
  },
  captive_portal: {
    title: 'Esta red quiere que inicies sesión',
    text: 'Responde en lugar de tus pares, así que no se llega a ninguno.',
    action: 'Abre cualquier página web en un navegador e inicia sesión allí. El nodo sigue por sí solo.',
  },
  peers_unreachable: {
    title: 'No se llega a ningún par',
    text: 'Todos están apagados, o algo los aparta. Se intenta de nuevo por sí solo.',
    action: 'Mira qué encuentra «¿Llegan otros a este nodo?».',
  },
  port_mapping_fails: {
    title: 'El router no deja que internet llegue a este ordenador',
    text: 'La malla de casa sigue; se intenta de nuevo por sí solo.',
    action: 'El motivo está en Ajustes, Red.',
  },
  discovery_fails: {
    title: 'En una parte de la red los nodos no se encuentran por sí solos',
    text: 'A los miembros conocidos se llega igual. Se intenta de nuevo por sí solo.',
    action: 'Mira qué encuentra «¿Llegan otros a este nodo?», o únete por URL.',
  },
  port_moved: {
    title: 'El puerto está ocupado',
    text: 'Lo usa otro programa, así que este nodo pasó a otro. Los miembros lo encuentran por sí solos.',
    action: 'Quien se une por URL necesita el puerto nuevo. Elige uno en Ajustes para conservarlo.',
  },
  audit_failed: {
    title: 'No se puede escribir el registro',
    text: 'Lo que pasa en este nodo no queda anotado.',
    action: 'Comprueba el espacio libre y los permisos de la carpeta de datos.',
  },
  identity_renewal: {
    title: 'Este nodo será uno nuevo en su próximo arranque',
    text: 'Tendrá un id nuevo y no estará en ninguna malla. Sus claves anteriores se apartan en la carpeta de datos.',
    action: 'Reinicia el nodo ahora, y luego únete de nuevo a tus mallas.',
  },
  removed_from: {
    title: 'Este ordenador fue quitado de una malla',
    text: 'Ya no comparte nada con esa malla.',
    action: 'Si es un error, pide a un administrador de allí que lo admita de nuevo, y únete como la primera vez.',
  },
  single_admin: {
    title: 'Este ordenador es el único administrador de una malla',
    text: 'Si se pierde, ya nadie puede admitir ni quitar miembros.',
    action: 'Haz administrador a otro miembro, o guarda la clave de recuperación.',
  },
  cloned: {
    title: 'Un par funciona en dos máquinas',
    text: 'Dos máquinas usan su clave a la vez: una es copia de la otra, por una copia de seguridad restaurada o un disco clonado, o la clave fue robada.',
    action: 'Pide a su dueño que cree una identidad nueva en una de las dos. Si nadie hizo allí una copia, quita el nodo de la malla.',
  },
  cloned_here: {
    title: 'Otra máquina usa la identidad de este nodo',
    text: 'Una es copia de la otra, por una copia de seguridad restaurada o un disco clonado. Ninguna es fiable mientras funcionen las dos.',
    action: 'Crea una identidad nueva en la copia, o apágala.',
  },
  requests_dropped: {
    title: 'Se descartó una solicitud para unirse',
    text: 'Demasiados nodos piden entrar.',
    action: 'Decide sobre las que esperan. Ese nodo puede pedirlo de nuevo.',
  },
  codes_differed: {
    title: 'Los códigos eran distintos',
    text: 'Puede haber alguien en medio: las dos pantallas no mostraban el mismo código. No se admitió a nadie.',
    action: 'Inténtalo de nuevo en una red en la que confíes.',
  },
  keys_not_settled: {
    title: 'Una clave no se pudo proteger o liberar',
    text: 'No se perdió nada.',
    action: 'Desbloquea el almacén de claves de este sistema y cambia el ajuste otra vez, o reinicia la aplicación.',
  },
  keys_in_files: {
    title: 'Las claves están solo en ficheros',
    text: 'Este sistema no ofrece un almacén de claves fiable, así que las claves privadas están en ficheros que solo tú puedes leer.',
    action: 'Cifra el disco, o instala un almacén de claves (GNOME Keyring, KWallet) y reinicia la aplicación.',
  },
  no_tray: {
    title: 'Este escritorio no muestra iconos en la bandeja',
    text: 'Todo funciona sin el icono: iniciar el programa otra vez abre su ventana.',
    action: 'GNOME necesita la extensión «AppIndicator and KStatusNotifierItem Support»; otros escritorios, un panel con bandeja.',
  },
  data_exposed: {
    title: 'Otros usuarios de este ordenador pueden llegar a los datos de este nodo',
    text: 'Pueden leerlos o reemplazarlos.',
    action: 'Cierra la carpeta de datos a los demás (chmod 700), y reinicia el nodo.',
  },
  legacy_open: {
    title: 'Un par antiguo está abierto a cualquiera',
    text: 'Lo abre la clave conocida con la que viene todo nodo de ese tipo.',
    action: 'Pon allí otro ROUTER_AUTH_KEY, y únete de nuevo con esa clave.',
  },
  sync_failing: {
    title: 'La sincronización con un hub no funciona',
    text: 'Se intenta de nuevo por sí solo.',
    action: 'El motivo está en Ajustes, en los hubs.',
  },
  capability: {
    title: 'Una capacidad no funciona',
    text: 'El programa detrás no responde como debería.',
    action: 'Mírala en Capacidades.',
  },
  part: {
    title: 'Una parte del nodo se está reiniciando',
    text: 'Se detuvo de forma inesperada. Se intenta de nuevo por sí solo.',
    action: 'Si sigue igual, el registro del nodo dice más.',
  },
}
