import { SegmentedControl, Select } from '@mantine/core'

/** More than this are chosen from a list instead of tabs. */
const mostTabs = 3

interface MeshChoiceProps {
  label: string
  choices: readonly { id: string; name: string }[]
  chosen: string
  onChoose: (id: string) => void
}

/** One mesh out of some. */
export function MeshChoice({ label, choices, chosen, onChoose }: MeshChoiceProps) {
  const data = choices.map(({ id, name }) => ({ value: id, label: name }))
  if (data.length > mostTabs)
    return (
      <Select
        size="xs"
        data={data}
        value={chosen}
        onChange={(id) => id !== null && onChoose(id)}
        aria-label={label}
        allowDeselect={false}
      />
    )
  return <SegmentedControl size="xs" data={data} value={chosen} onChange={onChoose} aria-label={label} />
}
