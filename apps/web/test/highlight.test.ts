import { describe, expect, it } from 'vitest'
import { highlight } from '../features/markdown/highlight.ts'

const textOf = (code: string, language: string) =>
  highlight(code, language)
    .map((run) => run.text)
    .join('')

describe('code that mallory wrote to hold everybody up', () => {
  it('is shown, soon, and without losing a sign, however many blocks of it there are', () => {
    const blocks = Array.from({ length: 50 }, (_, i) => ['let ', 'async ', 'a a', 'A'][i % 4]!.repeat(2_000))
    const began = performance.now()
    for (const code of blocks) expect(textOf(code, 'csharp')).toBe(code)
    for (const sign of ['"', '_a', '$']) expect(textOf(sign.repeat(5_000), 'java')).toBe(sign.repeat(5_000))
    expect(performance.now() - began).toBeLessThan(3_000)
  })
})

describe('code that alice wrote', () => {
  it('is coloured by its language, and plain in one that nobody knows', () => {
    expect(highlight('const a = 1', 'ts').some((run) => run.style?.includes('font-medium'))).toBe(true)
    expect(highlight('const a = 1', '__proto__')).toEqual([{ text: 'const a = 1', style: undefined }])
  })
})
