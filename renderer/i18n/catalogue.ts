import type { english } from './en/catalogue.ts'

/** A form of a text that has a number in it, as CLDR names them. */
export type PluralForm = Intl.LDMLPluralRule

/** `request` where there are `request_one` and `request_other`. */
type Counted<E> = { [K in keyof E]: K extends `${infer Name}_other` ? Name : never }[keyof E]

type FormsOf<E, Form extends PluralForm> = `${Counted<E>}_${Form}`

/**
 * The texts of `E` in a language that needs the forms `Form`: each plain text, each counted one in every form, and what
 * English says instead of a zero. Further forms may be given.
 */
type Translated<E, Form extends PluralForm> = {
  [K in Exclude<keyof E, FormsOf<E, PluralForm>>]: E[K] extends string
    ? string
    : E[K] extends readonly string[]
      ? readonly string[]
      : Translated<E[K], Form>
} & { [K in FormsOf<E, Form> | Extract<keyof E, FormsOf<E, 'zero'>>]: string } & { [K in FormsOf<E, PluralForm>]?: string }

/** All texts of a language that needs these forms, by namespace; of any language when none is named. */
export type Catalogue<Form extends PluralForm = never> = { [N in keyof typeof english]: Translated<(typeof english)[N], Form> }

/** German, Spanish and French count like English. (Spanish and French have a form for whole millions as well; see plural-forms.ts.) */
export type LikeEnglish = Catalogue<'one' | 'other'>

export type Arabic = Catalogue<'zero' | 'one' | 'two' | 'few' | 'many' | 'other'>
