/** For private use in Unicode: no name has them, and no translator or formatter takes them for anything. */
const begin = '\uE000'
const end = '\uE001'
const marks = /[\uE000\uE001]/gu

/** A name to be put into a sentence that NamedSentence shows. */
export const marked = (name: string): string => `${begin}${name.replaceAll(marks, '')}${end}`

/** The sentence as plain text. */
export const unmarked = (sentence: string): string => sentence.replaceAll(marks, '')

/** A sentence in which the marked name stands out, wherever the language puts it. */
export function NamedSentence({ children }: { children: string }) {
  return children.split(begin).map((piece, index) => {
    const [name = '', rest] = piece.split(end)
    return rest === undefined ? (
      piece
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- pieces of one text have no other identity
      <span key={index}>
        <b>
          <bdi>{name}</bdi>
        </b>
        {rest}
      </span>
    )
  })
}
