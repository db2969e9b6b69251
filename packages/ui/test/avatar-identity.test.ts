import { describe, expect, it } from 'vitest'
import { hueOf, initialsOf } from '../src/avatar-identity.ts'

describe('an avatar without a picture', () => {
  it.each([
    ['Alice Liddell', 'AL'],
    ['bob', 'B'],
    ['Carol  van der  Berg ', 'CB'],
    ['山田 太郎', '山太'],
    ['محمد علي', 'مع'],
    ['👩🏽‍🚀 Erin', '👩🏽‍🚀E'],
    ['', ''],
  ])('shows %j as %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })

  it('keeps a person’s colour, and gives different people different ones', () => {
    expect(hueOf('7321')).toBe(hueOf('7321'))
    const hues = new Set(Array.from({ length: 200 }, (_, id) => hueOf(String(id))))
    expect(hues.size).toBeGreaterThan(20)
  })
})
