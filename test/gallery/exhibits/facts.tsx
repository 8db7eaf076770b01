/** What is said of a thing: codes, values to copy, offers, meters, limits. */
import { defaultLimits } from '../../../electron/contract/routing.ts'
import { capabilityName } from '../../../electron/contract/capability.ts'
import { CodePanel } from '../../../renderer/ui/code-panel.tsx'
import { Code, SmallCode } from '../../../renderer/ui/code.tsx'
import { CopyAction, CopyValue } from '../../../renderer/ui/copy-value.tsx'
import { LimitSlider } from '../../../renderer/ui/limits/limit-slider.tsx'
import { LimitsFold } from '../../../renderer/ui/limits/limits-fold.tsx'
import { LimitsSection } from '../../../renderer/ui/limits/limits-section.tsx'
import { roundScale } from '../../../renderer/ui/limits/scale.ts'
import { Meter } from '../../../renderer/ui/meter.tsx'
import { Offers } from '../../../renderer/ui/offers.tsx'
import { QrCode } from '../../../renderer/ui/qr-code.tsx'
import { ResourceMeters } from '../../../renderer/ui/resource-meters.tsx'
import { answers } from '../../fixtures/answers.ts'
import { calm } from '../../fixtures/snapshot.ts'
import { drawn, type Exhibit } from '../exhibit.ts'

const nothing = { failure: null, save: () => Promise.resolve(undefined) }
const slider = {
  scale: roundScale(100),
  label: 'Share of the processor',
  suffix: ' %',
  onChange: () => undefined,
  onChangeEnd: () => undefined,
}
const made = answers['invite.create']
const link = made !== undefined && 'link' in made ? made.link : ''
const resources = calm().resources

export const factExhibits: Exhibit[] = [
  {
    id: 'code',
    title: 'Six digits',
    kind: 'sheet',
    states: drawn({
      panel: () => <CodePanel question="Does its screen show this code?" code="482913" why="A name can be imitated, this code cannot." />,
      large: () => <Code value="482913" />,
      small: () => <SmallCode value="482913" />,
    }),
  },
  {
    id: 'copy',
    title: 'Value to copy',
    kind: 'sheet',
    states: drawn({
      action: () => <CopyAction value="fcn1.AQBPb" label="Copy the link" first />,
      'second action': () => <CopyAction value="fcn1.AQBPb" label="Copy the text" />,
      value: () => (
        <div className="copy-line">
          <code>K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ</code>
          <CopyValue value="K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ" label="Copy the node id" />
        </div>
      ),
    }),
  },
  {
    id: 'qr',
    title: 'QR code',
    kind: 'sheet',
    states: drawn({
      invite: () => (
        <div style={{ inlineSize: 240 }}>
          <QrCode value={link} label="The invite as a QR code" />
        </div>
      ),
    }),
  },
  {
    id: 'offers',
    title: 'What a peer offers',
    kind: 'sheet',
    states: drawn({
      some: () => (
        <Offers
          offers={[
            { name: 'storage', state: 'ready', detail: '1.2 TB free' },
            { name: 'ai', state: 'problem' },
            { name: 'printing', state: 'ready' },
          ]}
        />
      ),
      all: () => <Offers offers={capabilityName.options.map((name) => ({ name, state: 'ready' }))} />,
      nothing: () => <Offers offers={[]} />,
    }),
  },
  {
    id: 'meters',
    title: 'Meters',
    kind: 'sheet',
    states: drawn({
      half: () => <Meter label="Disk" words="950 GB of 2 TB" value={0.475} />,
      'nearly full': () => <Meter label="Disk" words="1.9 TB of 2 TB" value={0.95} />,
      empty: () => <Meter label="Disk" words="0 of 2 TB" value={0} />,
      machine: () => resources && <ResourceMeters resources={resources} />,
    }),
  },
  {
    id: 'limits',
    title: 'Limits',
    kind: 'sheet',
    states: drawn({
      usual: () => <LimitsSection what="Storage" limits={defaultLimits} {...nothing} />,
      changed: () => <LimitsSection what="AI" limits={{ ...defaultLimits, bandwidthPerPeer: 2_500_000 }} {...nothing} />,
      failed: () => (
        <LimitsSection
          what="Compute"
          limits={defaultLimits}
          {...nothing}
          failure={{ code: 'internal', message: 'The node did not answer.' }}
        />
      ),
      'on a slider': () => <LimitSlider {...slider} value={40} />,
      'no limit on a slider': () => <LimitSlider {...slider} value="" />,
      fold: () => (
        <LimitsFold title="Limits" words="1 MB/s, 20 GB a month">
          <p>What is changed.</p>
        </LimitsFold>
      ),
    }),
  },
]
