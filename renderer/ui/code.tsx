/** Something two people compare by eye or voice: a node id today, six digits later. Read aloud letter by letter. */
export function Code({ value }: { value: string }) {
  const groups = value.split('-')
  return (
    <span className="code" role="img" aria-label={groups.map((group) => group.split('').join(' ')).join(', ')}>
      {groups.map((group) => (
        <span key={group}>{group}</span>
      ))}
    </span>
  )
}
