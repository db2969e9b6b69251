import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Theme = 'light' | 'dark' | 'light, high contrast' | 'dark, high contrast'
type Oklch = [lightness: number, chroma: number, hue: number]

const css = readFileSync(new URL('../src/tokens.css', import.meta.url), 'utf8')
const [plain = '', contrast = ''] = css.split('@variant contrast')

function read(source: string, side: 1 | 2): Record<string, Oklch> {
  const pattern = /--color-([\w-]+): light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\)/g
  return Object.fromEntries(
    [...source.matchAll(pattern)].map((match) => [
      match[1],
      (match[1 + side] ?? '').split('/')[0]?.trim().split(/\s+/).map(Number) as Oklch,
    ]),
  )
}

const themes: Record<Theme, Record<string, Oklch>> = {
  light: read(plain, 1),
  dark: read(plain, 2),
  'light, high contrast': { ...read(plain, 1), ...read(contrast, 1) },
  'dark, high contrast': { ...read(plain, 2), ...read(contrast, 2) },
}

/** OKLCH to linear sRGB (Ottosson 2020), clipped to the gamut as a browser shows it, then WCAG 2.2 relative luminance. */
function luminance([lightness, chroma, hue]: Oklch): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const [red, green, blue] = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((channel) => Math.min(1, Math.max(0, channel))) as Oklch
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function ratio(one: Oklch, other: Oklch): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

const surfaces = ['surface-0', 'surface-1', 'surface-2', 'surface-3', 'float', 'highlight']
const text = [
  ...['strong', 'normal', 'muted'].flatMap((role) => surfaces.map((on) => [role, on])),
  ...['accent-text', 'danger-text', 'warning-text', 'success-text'].flatMap((role) =>
    ['surface-0', 'surface-1', 'surface-2', 'float', role.replace('-text', '-soft')].map((on) => [role, on]),
  ),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-danger', 'danger'],
  ['on-danger', 'danger-hover'],
  ['mention-text', 'mention'],
  ['strong', 'mention'],
  ['normal', 'mention'],
  ['strong', 'selection'],
  ['normal', 'accent-soft'],
  ['strong', 'accent-soft'],
  ['muted', 'accent-soft'],
]
/** WCAG 2.2 §1.4.11: what shows where a control, a focus or a state is. */
const outlines = ['focus', 'line-strong', 'accent', 'danger', 'success'].flatMap((role) =>
  ['surface-0', 'surface-1', 'float'].map((on) => [role, on]),
)

describe.each(Object.entries(themes))('in the %s theme', (_, colours) => {
  it.each(text)('%s can be read on %s', (role = '', on = '') => {
    expect(ratio(colours[role]!, colours[on]!)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(outlines)('%s can be seen on %s', (role = '', on = '') => {
    expect(ratio(colours[role]!, colours[on]!)).toBeGreaterThanOrEqual(3)
  })
})

it('knows black from white, so that the measure itself can fail', () => {
  expect(ratio([0, 0, 0], [1, 0, 0])).toBeCloseTo(21, 0)
  expect(ratio([0.5, 0, 0], [0.5, 0, 0])).toBe(1)
})
