import './programs.css'
import { useSnapshot } from '../../../store/app-context.ts'
import { Aliases } from '../aliases/aliases.tsx'
import { AddressCard } from './address-card.tsx'
import { ClientSettings } from './client-settings.tsx'
import { Doors } from './doors.tsx'

/** How programs on this computer use the models: the address, what to copy into them, names, and the engines’ usual ports. */
export function Programs() {
  const ai = useSnapshot((snapshot) => snapshot.ai)
  return (
    <div className="programs-grid">
      <div className="programs-main">
        <ClientSettings ai={ai} />
        <Aliases ai={ai} />
      </div>
      <div className="programs-side">
        <AddressCard ai={ai} />
        <Doors ai={ai} />
      </div>
    </div>
  )
}
