/**
 * Which characters a TrueType font can show. PDF/A allows no glyph for 'missing', and a name in a script that our font
 * lacks must not make the return fail.
 */

/** Reads the `cmap` of a font, formats 4 and 12 (OpenType 1.9). Throws when it has neither: the font is not ours. */
export function readCoverage(font: Uint8Array): (codePoint: number) => boolean {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const tables = view.getUint16(4)
  let cmap = 0
  for (let i = 0; i < tables; i++) {
    const record = 12 + 16 * i
    if (view.getUint32(record) === 0x636d_6170) cmap = view.getUint32(record + 8)
  }
  const ranges: [from: number, to: number][] = []
  const count = cmap === 0 ? 0 : view.getUint16(cmap + 2)
  for (let i = 0; i < count; i++) {
    const table = cmap + view.getUint32(cmap + 4 + 8 * i + 4)
    const format = view.getUint16(table)
    if (format === 4) ranges.push(...readFormat4(view, table))
    if (format === 12) ranges.push(...readFormat12(view, table))
  }
  if (ranges.length === 0) throw new Error('the font has no table of characters that we read')
  return (codePoint) => ranges.some(([from, to]) => codePoint >= from && codePoint <= to)
}

function readFormat4(view: DataView, table: number): [number, number][] {
  const segments = view.getUint16(table + 6) / 2
  return Array.from({ length: segments }, (_, i): [number, number] => [
    view.getUint16(table + 16 + 2 * segments + 2 * i),
    view.getUint16(table + 14 + 2 * i),
  ]).filter(([from]) => from !== 0xffff)
}

function readFormat12(view: DataView, table: number): [number, number][] {
  const groups = view.getUint32(table + 12)
  return Array.from({ length: groups }, (_, i): [number, number] => [
    view.getUint32(table + 16 + 12 * i),
    view.getUint32(table + 20 + 12 * i),
  ])
}

/** The text with each character that cannot or must not be shown written as `[U+0645]`; line ends become spaces. */
export function printable(text: string, covers: (codePoint: number) => boolean): string {
  let shown = ''
  for (const character of text.normalize('NFC')) {
    const codePoint = character.codePointAt(0) as number
    if (/\s/u.test(character) && codePoint !== 0xa0 && codePoint !== 0x202f) shown += ' '
    else if (covers(codePoint) && !/[\p{Cc}\p{Cf}]/u.test(character)) shown += character
    else shown += `[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]`
  }
  return shown
}
