import type { TrayItem } from '../../../../electron/shell/tray/tray-menu.ts'

/** The menu as a person would copy it onto paper. */
export const drawn = (items: TrayItem[], indent = ''): string[] =>
  items.flatMap((item) => {
    switch (item.kind) {
      case 'line':
        return [`${indent}---`]
      case 'text':
        return [`${indent}(${item.label})`]
      case 'action':
        return [`${indent}${item.label}`]
      case 'tick':
        return [`${indent}[${item.ticked ? 'x' : ' '}] ${item.label}`]
      default:
        return [`${indent}${item.label} >`, ...drawn(item.items, `${indent}  `)]
    }
  })
