// Contrast (WCAG 2.2) of every pair that CONSOLE's colours are used in: automatic checks of pages do not see text in SVG.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'

const css = await readFile(new URL('./tokens.css', import.meta.url), 'utf8')

function tokensOf(marker: string): Map<string, string> {
  const from = css.indexOf(marker)
  assert.ok(from >= 0, marker)
  const block = css.slice(from, css.indexOf('}', from))
  return new Map(
    [...block.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name as string, value as string]),
  )
}

const themes = {
  light: tokensOf('[data-mantine-color-scheme="light"]'),
  dark: tokensOf('[data-mantine-color-scheme="dark"]'),
}

function luminance(colour: string): number {
  const part = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const grounds = ['page', 'surface', 'sunken']
/** Ink and the grounds that it stands on: at least 4.5 for text. */
const texts: readonly (readonly [string, readonly string[]])[] = [
  ...['ink', 'ink-2', 'ink-3', 'action', 's1', 's2-text', 'unknown'].map((ink) => [ink, grounds] as const),
  ['action-ink', ['action']],
  ['s1-ink', ['s1']],
  ['s1', ['s1-wash']],
  ['ink', ['s1-wash', 's2-wash', 'unknown-wash']],
  ['s2-ink', ['s2']],
  ['s2-text', ['s2-wash']],
  ['unknown', ['unknown-wash']],
  ['past-ink', ['past']],
  // Words in a band: on an order in the colour of the ground, on context in ink.
  ['surface', ['bar', 'ink']],
]
/** Edges and fills that carry meaning: at least 3 (WCAG 1.4.11). */
const shapes: readonly (readonly [string, readonly string[]])[] = [
  ['control', grounds],
  ['bar', grounds],
  ['s2-text', grounds],
]

for (const [theme, tokens] of Object.entries(themes)) {
  const get = (name: string) => tokens.get(name) ?? assert.fail(`${theme} lacks ${name}`)
  const check =
    (least: number) =>
    ([ink, on]: readonly [string, readonly string[]]) => {
      for (const ground of on) {
        const found = contrast(get(ink), get(ground))
        assert.ok(found >= least, `${theme}: ${ink} on ${ground} has ${found.toFixed(2)}`)
      }
    }
  test(`${theme}: text is told from its ground by 4.5 and more`, () => texts.forEach(check(4.5)))
  test(`${theme}: edges and fills are told from their ground by 3 and more`, () => shapes.forEach(check(3)))
}

test('both themes have the same tokens, and paper all of them', () => {
  assert.deepEqual([...themes.light.keys()], [...themes.dark.keys()])
  assert.deepEqual([...tokensOf('@media print').keys()], [...themes.light.keys()])
})
