import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, type Json } from '../../../../electron/agent/audit/canonical-json.ts'

describe('canonical JSON', () => {
  it('is the example of RFC 8785', () => {
    const value = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    ) as Json
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })

  it('says the same value, and the same thing whatever the order of members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = canonicalJson(value as Json)
        expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(JSON.parse(text)))
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text)
        expect(canonicalJson(Object.fromEntries(Object.entries(value).toReversed()) as Json)).toBe(text)
      }),
    )
  })
})
