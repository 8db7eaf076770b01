import { useLocalStorage } from '@mantine/hooks'
import { isSort, type Sort } from './peer-sort.ts'

/** The order that a person chose for the list, kept in this browser. */
export function useSort(): [Sort, (sort: Sort) => void] {
  const [kept, keep] = useLocalStorage<string>({ key: 'fcn.peers.sort', defaultValue: 'state', getInitialValueInEffect: false })
  return [isSort(kept) ? kept : 'state', keep]
}
